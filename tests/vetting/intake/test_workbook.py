"""A workbook's cells as text where the spreadsheet has them; bombs, macros and passwords are refused."""

import io
import struct
import zipfile
from contextlib import suppress
from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.answers import Reads
from schemas.setting import Limits
from tests.vetting.intake.books import book, book_of, changed
from tests.vetting.intake.files import AGENCIES, GOOD, TODAY
from vetting.intake.check import check
from vetting.intake.read import UnreadableFile, read

PLAIN = book_of([["a", "b"], ["1", "2"]])
SHEET = "xl/worksheets/sheet1.xml"


def test_every_kind_of_cell_as_a_person_would_have_typed_it():
    def fill(made: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["whole", "part", "long", "day", "moment", "month", "clock", "yes", "no", "text", "sum"])
        forms = {
            form: made.add_format({"num_format": form}) for form in ("yyyy-mm-dd", "d/m/yy h:mm", "mmm-yy", "h:mm")
        }
        sheet.write(1, 0, 150000.0)
        sheet.write(1, 1, 0.1 + 0.2)
        sheet.write(1, 2, 9841234567890.0)
        sheet.write_datetime(1, 3, date(2026, 5, 14), forms["yyyy-mm-dd"])
        sheet.write_datetime(1, 4, datetime(2026, 5, 14, 10, 30), forms["d/m/yy h:mm"])
        sheet.write_datetime(1, 5, date(2025, 9, 1), forms["mmm-yy"])
        sheet.write_datetime(1, 6, time(7, 45), forms["h:mm"])
        sheet.write_boolean(1, 7, True)
        sheet.write_boolean(1, 8, False)
        sheet.write_string(1, 9, "0012/077")
        sheet.write_formula(1, 10, "=1+1", None, 2)

    reading = read(book(fill), "a.xlsx")
    assert list(reading.rows()) == [
        (2, ["150000", "0.3", "9841234567890", "2026-05-14", "2026-05-14 10:30:00", "2025-09-01", "07:45:00", "yes",
             "no", "0012/077", "2"])
    ]  # fmt: skip


def test_what_is_shown_as_per_cent_is_read_as_per_cent():
    def fill(made: Any, sheet: Any) -> None:
        sheet.write_row(1, 1, ["loan_rate", "fee", "whole"])
        sheet.write(2, 1, 0.36, made.add_format({"num_format": "0%"}))
        sheet.write(2, 2, 0.07, made.add_format({"num_format": "0.0 %;-0.0 %"}))
        sheet.write(2, 3, 0.36, made.add_format({"num_format": "0.00"}))

    reading = read(book(fill), "a.xlsx")
    assert list(reading.rows()) == [(3, ["", "36%", "7%", "0.36"])]


def test_an_error_in_a_cell_stays_there_to_be_seen():
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_row(1, 1, ["name", "paid"])
        sheet.write_string(2, 1, "Asha")
        sheet.write_formula(2, 2, "=NA()", None, "#N/A")
        sheet.write_formula(3, 1, "=1/0", None, "#DIV/0!")
        sheet.write_number(3, 2, 5)

    reading = read(book(fill), "a.xlsx")
    assert reading.columns == ("", "name", "paid"), "an empty column is a column: letters stay the spreadsheet's"
    assert list(reading.rows()) == [(3, ["", "Asha", "#N/A"]), (4, ["", "#DIV/0!", "5"])]


def test_lines_are_the_spreadsheets():
    rows = [[], ["Fees of May"], [], ["a", "b"], ["1", "2"], [], ["3", "4"]]
    reading = read(book_of(rows), "a.xlsx")
    assert (reading.header_line, list(reading.rows())) == (4, [(5, ["1", "2"]), (7, ["3", "4"])])


def test_merged_cells_name_what_they_span():
    def fill(_: Any, sheet: Any) -> None:
        sheet.merge_range("A1:E1", "Fees of May")
        sheet.merge_range("A2:A3", "id")
        sheet.merge_range("B2:C2", "wage")
        sheet.merge_range("D2:E2", "stay")
        sheet.write_row("B3", ["promised", "actual", "first", "last"])
        sheet.write_row("A4", ["W1", 100, 90, 5, 6])

    reading = read(book(fill), "a.xlsx")
    assert reading.columns == ("id", "wage promised", "wage actual", "stay first", "stay last")
    assert list(reading.rows()) == [(4, ["W1", "100", "90", "5", "6"])]


def test_the_first_sheet_that_shows_something_or_the_chosen_one():
    def fill(made: Any, sheet: Any) -> None:
        hidden = made.add_worksheet("Lists")
        hidden.write_row(0, 0, ["x", "y"])
        hidden.hide()
        made.add_chartsheet("Chart")
        made.add_worksheet("May").write_column(0, 0, ["a", "1"])
        made.add_worksheet("June").write_column(0, 0, ["b", "2"])
        sheet.activate()

    data = book(fill, name="Cover")
    reading = read(data, "a.xlsx")
    assert (reading.sheet, reading.sheets, reading.guessed) == (
        "May", ("Cover", "Lists", "May", "June"), {"sheet", "header_line", "footer_lines"},
    )  # fmt: skip
    chosen = read(data, "a.xlsx", reads=Reads(sheet="June"))
    assert (chosen.columns, chosen.guessed) == (("b",), {"header_line", "footer_lines"})
    assert read(data, "a.xlsx", reads=Reads(sheet="Lists")).columns == ("x", "y")
    for sheet, reason in (
        ("Cover", "'Cover' is empty"),
        ("Chart", "no sheet 'Chart'"),
        ("July", "It has: Cover, Lists"),
    ):
        with pytest.raises(UnreadableFile, match=reason):
            read(data, "a.xlsx", reads=Reads(sheet=sheet))


def test_a_workbook_says_no_encoding_and_no_delimiter():
    assert read(PLAIN, "a.xlsx").as_json() == {
        "encoding": None, "delimiter": None, "header_line": 1, "columns": ["a", "b"], "rows": [["1", "2"]],
        "footer": [],
    }  # fmt: skip


def test_a_workbook_of_reports_is_checked_as_its_csv_would_be():
    result = check(book_of([list(GOOD), list(GOOD.values())]), "a.xlsx", agencies=AGENCIES, today=TODAY).result
    assert (result.rows, result.accepted) == (1, 1)


def lying(data: bytes, name: str, size: int) -> bytes:
    """The same archive, which says in both places that a part unpacks to `size` bytes."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        header = archive.getinfo(name).header_offset
    listing = data.rindex(name.encode()) - 46
    told = bytearray(data)
    struct.pack_into("<I", told, header + 22, size)
    struct.pack_into("<I", told, listing + 24, size)
    return bytes(told)


BOMB = changed(PLAIN, {"xl/media/image1.png": bytes(60 << 20)})
REFUSED = {
    "zip bomb": BOMB,
    r"zip bomb\), and": lying(BOMB, "xl/media/image1.png", 1000),
    "macros": changed(PLAIN, {"xl/vbaProject.bin": b"x"}),
    "with macros": changed(PLAIN, {"xl/macrosheets/sheet1.xml": b"<x/>"}),
    "a zip archive": changed(PLAIN, {"xl/workbook.xml": None, "reports.csv": b"a,b\n1,2\n"}),
    "a Word document": changed(PLAIN, {"word/document.xml": b"<x/>"}),
    "an OpenDocument file": changed(PLAIN, {"content.xml": b"<x/>"}),
    "too much to lay out": changed(PLAIN, {SHEET: (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        b"</sheetData></worksheet>"
    )}),
    "is empty": book_of([]),
    "damaged": PLAIN[: len(PLAIN) // 2],
}  # fmt: skip


@pytest.mark.parametrize("reason", REFUSED)
def test_what_is_no_plain_workbook_is_refused_for_its_true_reason(reason: str):
    with pytest.raises(UnreadableFile, match=reason):
        read(REFUSED[reason], "a.xlsx")


def test_the_limits_hold_for_workbooks():
    data = book_of([["a", "b", "c"], *(["1", "2", "3"] for _ in range(200)), ["x" * 300, "2", "3"]])
    for limits, told in (
        (Limits(most_rows=100), "limit is 100"),
        (Limits(most_columns=2), "3 columns, and the limit is 2"),
        (Limits(longest_cell=200), "In row 202 the cell under 'a' has 300"),
    ):
        with pytest.raises(UnreadableFile, match=told):
            list(read(data, "a.xlsx", limits=limits).chunks())
    large = changed(PLAIN, {"xl/media/image1.png": bytes(range(256)) * 8192})
    with pytest.raises(UnreadableFile, match="2 MB, and the limit is 1 MB"):
        read(large, "a.xlsx", limits=Limits(unpacked_mb=1))


@settings(max_examples=150)
@given(st.data())
def test_no_mangled_workbook_gives_a_traceback(data: st.DataObject):
    mangled = bytearray(PLAIN)
    for _ in range(data.draw(st.integers(1, 6))):
        mangled[data.draw(st.integers(0, len(mangled) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.one_of(st.none(), st.integers(0, len(mangled))))
    with suppress(UnreadableFile):
        list(read(bytes(mangled[:cut]), "a.xlsx").rows())


@settings(max_examples=150)
@given(st.data())
def test_no_mangled_part_gives_a_traceback(data: st.DataObject):
    """Past the checksums, into the parser."""
    name = data.draw(st.sampled_from([SHEET, "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml",
                                      "xl/_rels/workbook.xml.rels", "[Content_Types].xml"]))  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as archive:
        part = bytearray(archive.read(name))
    for _ in range(data.draw(st.integers(1, 4))):
        part[data.draw(st.integers(0, len(part) - 1))] = data.draw(st.integers(0, 255))
    check(changed(PLAIN, {name: bytes(part)}), "a.xlsx", agencies=AGENCIES, today=TODAY)


@pytest.mark.parametrize("encoding", ["UTF-9", "shift_jis"])
@pytest.mark.parametrize("part", ["xl/styles.xml", "xl/workbook.xml"])
def test_a_part_in_an_encoding_nobody_reads_gives_no_traceback(part: str, encoding: str):
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as archive:
        changed_part = archive.read(part).replace(b"UTF-8", encoding.encode())
    with suppress(UnreadableFile):
        assert read(changed(PLAIN, {part: changed_part}), "a.xlsx").frame.height == 1
