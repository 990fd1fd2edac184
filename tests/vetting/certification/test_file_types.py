"""What a file is, is told by its content: six kinds are taken, everything else is refused by its true name."""

import pytest

from schemas.evidence import FileKind
from schemas.setting import Limits
from tests.vetting.certification.evidence_files import PAGE, bomb, document, package, pdf, picture, workbook
from vetting.certification.file_types import kind_of, neutral_name
from vetting.intake.file_kind import UnreadableFile

LIMITS = Limits()
MACROS = (
    '<Override PartName="/word/document.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (pdf(), FileKind.PDF),
        (picture("PNG"), FileKind.PNG),
        (picture("JPEG"), FileKind.JPEG),
        (picture("JPEG") + b"what a camera adds", FileKind.JPEG),
        (workbook(), FileKind.XLSX),
        (document(), FileKind.DOCX),
        ("Repaid: 1,500 रुपैयाँ to each\r\n".encode(), FileKind.TEXT),
        ("paid;to\n1 500 \N{EURO SIGN};all\n".encode("cp1252"), FileKind.TEXT),
        (b"\xef\xbb\xbfamount,currency\n1500,NPR\n", FileKind.TEXT),
    ],
    ids=lambda each: each.value if isinstance(each, FileKind) else "",
)
def test_six_kinds_are_taken_whatever_they_are_called(data: bytes, kind: FileKind):
    assert kind_of(data, "evidence.exe", LIMITS) is kind


REFUSED = {
    "a web page under a name of a PDF": (PAGE, "is a web page"),
    "a page after blanks and a comment": (b"\n \n<!-- hello --><body onload=x>", "is a web page"),
    "a page far down in a text": (b"receipts\n" * 20_000 + PAGE, "is a web page"),
    "a page in capitals": (b"<SCRIPT src=//x></SCRIPT>", "is a web page"),
    "a drawing": (SVG, "SVG"),
    "a drawing with its declaration": (b'<?xml version="1.0"?>' + SVG, "SVG"),
    "a PDF that never ends, with a page in it": (b"%PDF-1.7\n" + PAGE, "does not end as one"),
    "a picture cut short": (picture()[:-12], "does not end as one"),
    "a picture with a page behind it": (picture() + PAGE, "does not end as one"),
    "a photograph cut short": (picture("JPEG")[:-2], "does not end as one"),
    "a program of Windows": (b"MZ\x90\x00\x03\x00\x00\x00\x04\x00" + bytes(200), "none of the kinds"),
    "a program of Linux": (b"\x7fELF\x02\x01\x01\x00" + bytes(200), "none of the kinds"),
    "a page in UTF-16": (PAGE.decode().encode("utf-16"), "none of the kinds"),
    "an old Word file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Office file"),
    "a text that is none far down": (b"receipts\n" * 20_000 + b"\x00MZ", "none of the kinds"),
    "rich text": (b"{\\rtf1\\object hello}", "a text document"),
    "a film": (b"\x00\x00\x00\x20ftypmp42" + bytes(100), "none of the kinds"),
    "an animated picture": (b"GIF89a" + bytes(40), "a picture"),
    "a compressed file": (b"\x1f\x8b\x08\x00" + bytes(40), "gzip"),
    "a zip archive": (package({"receipts.txt": b"x"}), "is a zip archive"),
    "a presentation": (package({"ppt/presentation.xml": b"<p/>"}), "a presentation"),
    "a document with macros": (document({"word/vbaProject.bin": b"x"}), "with macros"),
    "a document that says it has macros": (document(types=MACROS), "with macros"),
    "a zip bomb": (bomb(), "zip bomb"),
    "an archive cut short": (document()[:-30], "damaged"),
}


@pytest.mark.parametrize("named", REFUSED)
def test_everything_else_is_refused_by_its_true_name(named: str):
    data, said = REFUSED[named]
    with pytest.raises(UnreadableFile, match=said):
        kind_of(data, "receipts.pdf", LIMITS)


def test_a_bomb_that_lies_about_its_size_is_found_by_counting():
    """The directory and the part's own header say 1,000 bytes where 60 MB come out."""
    large = 60 << 20
    said = document({"word/media/image1.bmp": bytes(large)})
    lie = said.replace(large.to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert lie != said
    with pytest.raises(UnreadableFile, match="zip bomb"):
        kind_of(lie, "letter.docx", LIMITS)


def test_two_kinds_in_one_file_are_one_kind_and_never_a_page():
    """A PDF that a browser could also read as a page is a PDF here, and is named and given back as one."""
    both = pdf(inside=b"%" + PAGE)
    assert kind_of(both, "x.html", LIMITS) is FileKind.PDF
    assert neutral_name("x.html", FileKind.PDF) == "x.pdf"


@pytest.mark.parametrize(
    ("name", "kind", "shown"),
    [
        ("Receipts 2026.PDF", FileKind.PDF, "Receipts 2026.pdf"),
        ("../../etc/passwd", FileKind.TEXT, "passwd.txt"),
        ("C:\\Users\\me\\ledger.xlsx", FileKind.XLSX, "ledger.xlsx"),
        ("invoice.pdf.exe", FileKind.PDF, "invoice.pdf.pdf"),
        ("\u202egnp.exe", FileKind.PNG, "gnp.png"),
        ('a"b<c>|d\r\n.csv', FileKind.TEXT, "a b c d.txt"),
        ("=cmd|' /C calc'!A0.csv", FileKind.TEXT, "C calc'!A0.txt"),
        (".htaccess", FileKind.TEXT, "htaccess.txt"),
        ("", FileKind.PNG, "file.png"),
        ("रसिद.jpeg", FileKind.JPEG, "रसिद.jpg"),
        ("x" * 300 + ".docx", FileKind.DOCX, "x" * 80 + ".docx"),
    ],
)
def test_a_name_is_shown_without_folders_tricks_or_another_kinds_ending(name: str, kind: FileKind, shown: str):
    assert neutral_name(name, kind) == shown
