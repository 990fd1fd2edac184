"""The certificate on paper: every name in its own script, nothing read as markup, the same bytes each time."""

import json
import re
import subprocess
import sys
import zlib
from datetime import datetime
from typing import Any

import pytest

from schemas.certificate import Signed
from vetting.certification.canonical import canonical
from vetting.certification.paper import FOLDER, _scope, as_pdf
from vetting.refusals import Refusal

NAMES = {
    "Latin": "Łódź & Çelik Müşteri Þjónusta, Ñandú São Tomé",
    "Vietnamese": "Công ty Cổ phần Nguyễn Hữu Thắng – Xuất khẩu lao động",
    "Thai": "บริษัทจัดหางานน้ำใจไทย จำกัด",
    "Bengali": "শ্রীমঙ্গল জনশক্তি রপ্তানি লিমিটেড",
    "Arabic": "شركة النخيل لاستقدام العمالة",
    "Devanagari": "हिमचुली सेतु ओभरसिज प्रा. लि.",
    "Myanmar": "မြန်မာ့ရွှေလုပ်သားအေဂျင်စီ",
    "Khmer": "ក្រុមហ៊ុនផ្គត់ផ្គង់ពលករខ្មែរ",
    "Sinhala": "ශ්‍රී ලංකා විදේශ රැකියා",
    "Tamil": "தமிழ் மனிதவள நிறுவனம்",
    "Ethiopic": "እንጦጦ ብርሃን የሥራ ስምሪት",
    "Lao": "ບໍລິສັດຈັດຫາງານ",
}
INJECTED = (
    '#let x = 1 $a^2$ [b] *c* _d_ \\ #panic("x") <l> @r // e /* f */ `g` = h #read("OFL.txt") \\u{41} "; ~ -- ...'
)


def signed(name: str = "One Agency", **changes: Any) -> Signed:
    said: dict[str, Any] = {
        "number": "FP-2026-0001",
        "agency": {"name": name, "licence": "0042", "register": "register", "country": "NPL"},
        "scope": {
            "legal_entity": name,
            "sites": ["Head office"],
            "corridors": [{"origin": "NPL", "destination": "QAT"}],
            "sub_agents": [name],
        },
        "issued_on": "2026-11-22",
        "expires_on": "2029-11-22",
        "deciding_body": "Fair Passage Council",
        "standard": {"id": "iris-style-1", "hash": "abc"},
        "check": "https://register.example.org/check/FP-2026-0001",
        "key_id": "0123456789abcdef",
        "signed_at": "2026-11-22T09:00:00Z",
    }
    return Signed(
        number="FP-2026-0001",
        recorded_at=datetime(2026, 11, 22, 9),
        key_id="0123456789abcdef",
        document=canonical(said | changes).decode(),
        signature="c2lnbmF0dXJl" * 7,
    )


def streams(pdf: bytes) -> list[bytes]:
    """What is inside a PDF, unpacked."""
    found = []
    for start in re.finditer(rb"stream\r?\n", pdf):
        try:
            found.append(zlib.decompressobj().decompress(pdf[start.end() :]))
        except zlib.error:
            continue
    return found


def letters(pdf: bytes) -> str:
    """Every letter that the PDF has a glyph for, as its fonts say what each glyph means (ToUnicode)."""
    mapped = b"".join(each for each in streams(pdf) if b"begincmap" in each)
    meant = re.findall(rb"<[0-9A-Fa-f]{4}>\s+<([0-9A-Fa-f]+)>", mapped)
    return "".join(bytes.fromhex(each.decode()).decode("utf-16-be") for each in meant)


def pages(pdf: bytes) -> int:
    whole = pdf + b"".join(streams(pdf))
    return len(re.findall(rb"/Type\s*/Page[^s]", whole))


@pytest.mark.parametrize("script", NAMES)
def test_a_name_is_set_in_its_own_letters(script: str):
    """PDF/A refuses a letter without a glyph, so that the page exists says that each has one; and each can be copied
    out of the page again."""
    pdf = as_pdf(signed(NAMES[script]))
    missing = {letter for letter in NAMES[script] if letter not in letters(pdf) and letter.isalpha()}
    assert not missing
    assert pages(pdf) == 1
    assert b"pdfaid:part" in pdf + b"".join(streams(pdf))


def test_letters_we_have_no_print_for_are_refused_and_not_left_out():
    with pytest.raises(Refusal, match="there is no PDF of it"):
        as_pdf(signed("中文名称"))


def test_shaped_scripts_are_shaped():
    """Unlike letters one after another, shaped ones have glyphs that stand for several (ক্ষ, لا) or change places."""
    for name, cluster in (("ক্ষ শ্রী", "ক্ষ"), ("لا إله", "لا"), ("क्षेत्र", "क्ष")):
        mapped = b"".join(each for each in streams(as_pdf(signed(name))) if b"begincmap" in each)
        assert cluster.encode("utf-16-be").hex().encode() in mapped.lower(), name


def test_a_name_is_data_and_never_markup():
    """Everything typst would act on stands on the page as it was written; the file that was to be read is not there."""
    pdf = as_pdf(signed(INJECTED))
    assert {letter for letter in INJECTED if not letter.isspace()} <= set(letters(pdf))
    assert pages(pdf) == 1
    assert not any(b"SIL OPEN FONT LICENSE" in each for each in streams(pdf))


def test_the_same_certificate_is_the_same_bytes_in_another_process_too():
    """Ten years from now as well: nothing on it comes from a clock."""
    one = signed(NAMES["Thai"])
    first = as_pdf(one)
    as_pdf.cache_clear()
    assert as_pdf(one) == first
    program = (
        "import sys; from schemas.certificate import Signed; from vetting.certification.paper import as_pdf; "
        "sys.stdout.buffer.write(as_pdf(Signed.model_validate_json(sys.stdin.read())))"
    )
    done = subprocess.run([sys.executable, "-c", program], input=one.model_dump_json().encode(), capture_output=True)
    assert done.stdout == first, done.stderr
    assert as_pdf(signed(NAMES["Thai"], expires_on="2029-11-23")) != first


def test_the_signed_file_is_attached_and_the_page_says_where_to_check():
    one = signed()
    inside = streams(as_pdf(one))
    [attached] = [each for each in inside if each.startswith(b'{\n  "certificate"')]
    assert json.loads(attached) == {"certificate": json.loads(one.document), "signature": one.signature}
    assert any(b"https://register.example.org/check/FP-2026-0001" in each for each in [as_pdf(one), *inside])


@pytest.mark.parametrize(
    ("changes", "most"),
    [
        ({"name": "The Very Long Named International Manpower Recruitment and Placement Company " * 4}, 1),
        ({"name": "A" * 300}, 1),
        ({"name": "น้ำใจไทย" * 20}, 1),
        ({"scope": {"legal_entity": "One", "sites": [f"Branch office number {n}, Long Street" for n in range(30)],
                    "corridors": [{"origin": "NPL", "destination": "QAT"}] * 10, "sub_agents": []}}, 1),
        ({"scope": {"legal_entity": "One", "sites": [f"Branch office number {n}, Long Street" for n in range(400)],
                    "corridors": [{"origin": "NPL", "destination": "QAT"}], "sub_agents": ["End of it: ξ"]}}, 9),
        ({"deciding_body": "The National Council for the Certification of Recruiters " * 3}, 1),
    ],
)  # fmt: skip
def test_what_is_long_gets_smaller_and_wraps_and_nothing_is_cut_off(changes: dict[str, Any], most: int):
    pdf = as_pdf(signed(**changes))
    assert pages(pdf) <= most
    if most > 1:
        assert "ξ" in letters(pdf)
        assert pages(pdf) > 1


def test_the_page_tells_every_part_of_the_scope_in_words():
    """Codes become words; what the case did not say is said to be so, and not left out."""
    scope = {"legal_entity": "One", "sites": ["Hill", "Town"], "corridors": [{"origin": "NPL", "destination": "QAT"}]}
    told = dict(_scope(scope | {"sectors": ["F"], "sub_agents": ["Hill Recruiters"]}))
    assert told == {
        "Legal entity": ["One"],
        "Sites": ["Hill", "Town"],
        "Corridors": ["Nepal to Qatar"],
        "Sectors": ["Construction"],
        "Sub-agents": ["Hill Recruiters"],
    }
    told = dict(_scope(scope | {"sub_agents": []}))
    assert (told["Sectors"], told["Sub-agents"]) == (["not stated"], ["none named, so none covered"])


def test_a_sample_says_so_on_the_page_and_nobody_is_called_iris_certified():
    plain, sample = as_pdf(signed()), as_pdf(signed(sample=True))
    assert plain != sample
    assert "IRIS certified" not in (FOLDER / "certificate.typ").read_text(encoding="utf-8")


def test_the_fonts_stand_beside_their_licence():
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FOLDER / "fonts" / "OFL.txt").read_text(encoding="utf-8")
    assert sum(each.stat().st_size for each in (FOLDER / "fonts").iterdir()) < 4_000_000
