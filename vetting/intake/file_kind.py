"""What kind of file is it? Whatever is neither text nor an Excel workbook is refused by its true name."""

import re

from schemas.setting import Limits
from vetting.refusals import Refusal

SAVE_AS = 'In Excel choose "Save as", type "Excel workbook (.xlsx)" or "CSV UTF-8 (comma delimited)", and send that.'
BEGINNING = 1 << 16  # bytes looked at
MARK = b"\xef\xbb\xbf"
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
ZIPPED = (b"PK\x03\x04", b"PK\x05\x06")
# How a file begins, and what it then is.
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\x00", "a picture"),
    (b"MM\x00*", "a picture"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"BZh", "a compressed file (bzip2)"),
    (b"\xfd7zXZ", "a compressed file (xz)"),
    (b"7z\xbc\xaf", "a compressed file (7-Zip)"),
    (b"Rar!", "a compressed file (RAR)"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3", "a database"),
    (b"{\\rtf", "a text document (RTF)"),
)
MARKUP = re.compile(rb"\s*<(?:!doctype|html|head|meta|table|\?xml|!--|svg)", re.IGNORECASE)
JSON = re.compile(rb'\s*(?:\{\s*"[^"\r\n]*"\s*:|\[\s*\{\s*")')
# Control characters that no text holds; a binary file is full of them.
CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\x0b\x0c\r\x1a\x1b"))
MOST_CONTROLS = 0.02  # share of the beginning above which a file is taken for binary; assumed


class UnreadableFile(Refusal):
    """The file cannot be read as a table."""


def refuse_size(data: bytes, limits: Limits) -> None:
    """UnreadableFile when there is nothing in it, or more than the limit."""
    megabytes = len(data) / (1 << 20)
    if megabytes > limits.largest_file_mb:
        raise UnreadableFile(
            f"The file has {megabytes:,.1f} MB, and the limit is {limits.largest_file_mb:,} MB (setting "
            "largest_file_mb). Split it into several files, each with the header row, and send them one by one."
        )
    if not data[:BEGINNING].strip(MARK + b" \t\r\n") and not data.strip(MARK + b" \t\r\n"):
        raise UnreadableFile("The file is empty. Send a file with a header row and one row per report.")


def refuse_other_kinds(data: bytes, file_name: str) -> None:
    """UnreadableFile for what is neither text nor a workbook."""
    for signature, kind in SIGNATURES:
        if data.startswith(signature):
            raise UnreadableFile(f"{file_name} is {kind}, not a table that can be read. {SAVE_AS}")
    beginning = data[:BEGINNING].removeprefix(MARK)
    if beginning[:4] == b"RIFF" or b"ftyp" in beginning[4:8] or (beginning[:2] == b"BM" and b"\x00" in beginning[:32]):
        raise UnreadableFile(f"{file_name} is a picture, a sound or a film, not a table. {SAVE_AS}")
    if MARKUP.match(beginning):
        raise UnreadableFile(
            f"{file_name} is a web page or XML, whatever its name says: some systems save it so as .xls. Open it in "
            f"Excel first. {SAVE_AS}"
        )
    if JSON.match(beginning):
        raise UnreadableFile(f"{file_name} is JSON, not a table. Export it as CSV or as an Excel workbook.")


def refuse_binary(data: bytes, file_name: str) -> None:
    """UnreadableFile when the beginning is full of characters that no text has. Not for UTF-16."""
    beginning = data[:BEGINNING]
    controls = len(beginning) - len(beginning.translate(None, CONTROLS))
    if controls > MOST_CONTROLS * len(beginning) and controls > 1:
        raise UnreadableFile(f"{file_name} is not text: it holds bytes that no table has (binary). {SAVE_AS}")
