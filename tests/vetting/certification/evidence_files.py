"""Real files, made here: what an agency would send, and what somebody would send who means harm."""

import io
import zipfile

import xlsxwriter
from PIL import Image

TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{}</Types>'
PAGE = b"<html><script>alert(1)</script></html>"


def pdf(said: str = "Receipts", inside: bytes = b"") -> bytes:
    """One page, with its table of places right, so that any reader opens it. `inside`: put into a comment of it."""
    stream = f"BT /F1 24 Tf 72 720 Td ({said}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    made, places = b"%PDF-1.7\n" + inside + b"\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + (
        b"xref\n0 5\n0000000000 65535 f \n%strailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (table, len(made))
    )


def picture(kind: str = "PNG") -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (12, 8), (27, 127, 92)).save(made, kind)
    return made.getvalue()


def workbook() -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        book.add_worksheet().write(0, 0, "repaid")
    return made.getvalue()


def package(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def document(more: dict[str, bytes] | None = None, types: str = "") -> bytes:
    """A Word document of one paragraph; `more`: other parts in its archive."""
    text = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body/></w:document>'
    return package({"[Content_Types].xml": TYPES.format(types).encode(), "word/document.xml": text} | (more or {}))


def bomb() -> bytes:
    """A document of some 300 kB that would unpack to 300 MB."""
    return document({"word/media/image1.bmp": bytes(300 << 20)})
