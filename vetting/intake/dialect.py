"""In which encoding, with which delimiter, from which row on? Guessed from the file and stated with the reading."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator

from vetting.intake.columns import recognised
from vetting.refusals import Refusal

DELIMITERS = (",", ";", "\t")
SAMPLE_ROWS, SAMPLE_BYTES = 50, 1 << 20
DECODED_AT_ONCE = 16 << 20
BLANK_BYTES = 1 << 10  # to strip all of a large file would copy it
BOM = b"\xef\xbb\xbf"
OTHER_KINDS = {
    b"PK\x03\x04": "It is an Excel workbook or another zipped file.",
    b"\xd0\xcf\x11\xe0": "It is an old Excel workbook.",
    b"%PDF": "It is a PDF.",
    b"\xff\xfe": "It is text in UTF-16.",
    b"\xfe\xff": "It is text in UTF-16.",
}
SAVE_AS = 'In Excel choose "Save as", type "CSV UTF-8 (comma delimited)", and send that file.'


class UnreadableFile(Refusal):
    """The file cannot be read as a table."""


def decodable(data: bytes, file_name: str) -> str:
    """The encoding's name; UnreadableFile when the file is empty, of another kind, or not UTF-8."""
    if not data[:BLANK_BYTES].strip(BOM + b" \t\r\n") and not data.strip(BOM + b" \t\r\n"):
        raise UnreadableFile("The file is empty. Send a CSV file with a header row and one row per report.")
    for signature, kind in OTHER_KINDS.items():
        if data.startswith(signature):
            raise UnreadableFile(f"{file_name} is not a CSV file in UTF-8. {kind} {SAVE_AS}")
    decoder = codecs.getincrementaldecoder("utf-8")()
    for start in range(0, len(data), DECODED_AT_ONCE):
        try:
            decoder.decode(data[start : start + DECODED_AT_ONCE], final=start + DECODED_AT_ONCE >= len(data))
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, start + error.start) + 1
            raise UnreadableFile(
                f"The file is not text in UTF-8: what stands in text line {line} cannot be read. {SAVE_AS}"
            ) from None
    if b"\x00" in data:
        raise UnreadableFile(f"The file holds characters that no text has (NUL). It may be damaged. {SAVE_AS}")
    return "utf-8-sig" if data.startswith(BOM) else "utf-8"


def guess_delimiter(data: bytes) -> str:
    """The delimiter under which most headers are known; else under which most rows have the header's many cells."""
    return max(DELIMITERS, key=lambda delimiter: _fit(data, delimiter))


def header_record(data: bytes, delimiter: str) -> tuple[int, tuple[str, ...]]:
    """The first row in which anything is written, and its cells, trimmed."""
    for line, cells in enumerate(_records(data, delimiter), start=1):
        if any(cell.strip() for cell in cells):
            return line, tuple(cell.strip() for cell in cells)
    raise UnreadableFile("The file has no header row. The first row must name the columns, as in the template.")


def _fit(data: bytes, delimiter: str) -> tuple[int, float]:
    rows = [cells for cells in _records(data, delimiter) if any(cell.strip() for cell in cells)][:SAMPLE_ROWS]
    if not rows:
        return 0, 0.0
    width, times = Counter(len(cells) for cells in rows).most_common(1)[0]
    return sum(recognised(cell) for cell in rows[0]), 0.0 if width == 1 else times / len(rows) * width**0.5


def _records(data: bytes, delimiter: str) -> Iterator[list[str]]:
    """The rows of the file's beginning."""
    text = data[:SAMPLE_BYTES].decode("utf-8-sig", errors="ignore")
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error:
        return
