"""What is this file of evidence, by its content? Whatever is not on the list is refused, whatever its name says.

No library that is installed tells all six apart and looks for macros, so these are small checks of our own: how a
format begins and ends, and what an Office file's archive holds. They keep web pages, programs and bombs out; they do
not look for viruses. Nothing here or later opens, renders or runs a file: it is kept, and given back as a download.
"""

import re
import unicodedata
from pathlib import PurePath

from schemas.evidence import FileKind
from schemas.setting import Limits
from vetting.intake.archive import Archive, Wanted
from vetting.intake.file_kind import (
    BEGINNING,
    CONTROLS,
    MARK,
    MOST_CONTROLS,
    OLD_OFFICE,
    SIGNATURES,
    ZIPPED,
    UnreadableFile,
)

TAKEN = "PDF, PNG, JPEG, text (TXT or CSV), Excel workbooks (XLSX) and Word documents (DOCX), both without macros"
REMEDY = f"Save it as one of: {TAKEN}."
# A PDF says so in its first bytes and ends with %%EOF; readers look for that mark in the last 1024 bytes (ISO 32000-1,
# 7.5.5 and annex H).
PDF_HEADER, PDF_END, PDF_TAIL = re.compile(rb"%PDF-[12]\.\d"), b"%%EOF", 1024
# W3C, Portable Network Graphics (third edition), 5.2 and 11.2: the signature, IHDR first, IEND last and nothing after.
PNG_HEADER, PNG_END = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"\x00\x00\x00\x00IEND\xaeB`\x82"
# ITU-T T.81, B.1.1.3: start of image, and an end of image somewhere; cameras write more after it.
JPEG_HEADER, JPEG_END = b"\xff\xd8\xff", b"\xff\xd9"
# What a browser would take for a page to show or run, were it given the text as one (whatwg.org, MIME sniffing, 7.1).
MARKUP = re.compile(rb"<\s*(?:!doctype|\?xml|html|head|body|script|svg|iframe|object|embed|style|!--)", re.IGNORECASE)
OFFICE = {
    FileKind.XLSX: Wanted("xl/workbook.xml", "workbook", "workbook that is in it", REMEDY, REMEDY),
    FileKind.DOCX: Wanted("word/document.xml", "document", "document that is in it", REMEDY, REMEDY),
}
# A CSV comes back as .txt: a spreadsheet that opens it by itself would run what looks like a formula.
SUFFIXES = {
    FileKind.PDF: ".pdf",
    FileKind.PNG: ".png",
    FileKind.JPEG: ".jpg",
    FileKind.TEXT: ".txt",
    FileKind.XLSX: ".xlsx",
    FileKind.DOCX: ".docx",
}
# What no file system takes, what hides or turns round a name on screen, and a dot that would hide the file.
UNFIT = re.compile(r"[\x00-\x1f\x7f<>:\"/\\|?*]")
LONGEST_NAME = 80  # characters, without the ending; assumed
UNNAMED = "file"


def kind_of(data: bytes, name: str, limits: Limits) -> FileKind:
    """What the content is. Raises UnreadableFile for everything else; `name` only says which file is meant."""
    if PDF_HEADER.match(data):
        return _if(PDF_END in data[-PDF_TAIL:], FileKind.PDF, name, "a PDF")
    if data.startswith(PNG_HEADER):
        return _if(data.endswith(PNG_END), FileKind.PNG, name, "a PNG picture")
    if data.startswith(JPEG_HEADER):
        return _if(JPEG_END in data, FileKind.JPEG, name, "a JPEG picture")
    if data.startswith(ZIPPED):
        return _office(data, name, limits)
    return _text(data, name)


def neutral_name(name: str, kind: FileKind) -> str:
    """The name as it is shown and saved: no folder, nothing that hides or runs, and the ending of what the file is."""
    stem = PurePath(name.replace("\\", "/")).name
    ending = PurePath(stem).suffix
    stem = stem.removesuffix(ending) if re.fullmatch(r"\.[A-Za-z0-9]{1,5}", ending) else stem
    shown = "".join(sign for sign in unicodedata.normalize("NFC", stem) if unicodedata.category(sign)[0] != "C")
    plain = " ".join(UNFIT.sub(" ", shown).split()).strip(". ")
    return f"{plain[:LONGEST_NAME].rstrip('. ') or UNNAMED}{SUFFIXES[kind]}"


def _office(data: bytes, name: str, limits: Limits) -> FileKind:
    """Which of the two it is, is told by the part it has; the archive's own checks refuse all others by name."""
    kind = FileKind.DOCX if b"word/document.xml" in data else FileKind.XLSX
    Archive(data, name, limits, OFFICE[kind])
    return kind


def _text(data: bytes, name: str) -> FileKind:
    if data.startswith(OLD_OFFICE):
        raise UnreadableFile(
            f"{name} is an old Office file, or one with a password: what is in it cannot be seen. {REMEDY}"
        )
    for signature, what in SIGNATURES:
        if data.startswith(signature):
            raise UnreadableFile(f"{name} is {what}, whatever its name says, and is not taken. {REMEDY}")
    if MARKUP.search(data):
        raise UnreadableFile(
            f"{name} is a web page, a drawing (SVG) or XML, whatever its name says: a browser would run what is in it. "
            f"Print it to a PDF and send that. {REMEDY}"
        )
    beginning = data[:BEGINNING].removeprefix(MARK)
    controls = len(beginning) - len(beginning.translate(None, CONTROLS))
    if controls > MOST_CONTROLS * len(beginning) or b"\x00" in data:
        raise UnreadableFile(f"{name} is none of the kinds of file that are taken. {REMEDY}")
    return FileKind.TEXT


def _if(whole: bool, kind: FileKind, name: str, what: str) -> FileKind:
    if not whole:
        raise UnreadableFile(f"{name} begins as {what} and does not end as one: it is damaged. Send it again.")
    return kind
