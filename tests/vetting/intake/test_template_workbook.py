"""The template as a workbook: read as any reader would, and filled in as a partner would."""

import io
import re
import zipfile
from html import unescape

from python_calamine import CalamineWorkbook

from schemas.fee_report import columns
from tests.vetting.intake.files import GOOD, TODAY, addresses, agency, fee_csv
from vetting.intake.check import check
from vetting.intake.read import column_letter
from vetting.intake.template import allowed, examples
from vetting.intake.template_workbook import template_xlsx


def sheets() -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(template_xlsx()))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def part(name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(template_xlsx())).read(name).decode()


def test_the_first_sheet_is_every_column_and_no_row():
    read = sheets()
    assert list(read) == ["Fee reports", "Allowed values", "How to fill it in"]
    assert read["Fee reports"] == [list(columns())]


def test_every_header_has_its_rule_as_a_note():
    notes = unescape(part("xl/comments1.xml"))
    assert notes.count("<comment ") == len(columns())
    assert all(column.rule in notes for column in columns().values())


def test_a_list_is_offered_for_every_code_and_each_value_is_on_its_sheet():
    sheet, values = part("xl/worksheets/sheet1.xml"), sheets()["Allowed values"]
    told = {str(cell) for row in values for cell in row}
    listed = [column for column in columns().values() if allowed(column)]
    assert sheet.count('type="list"') == len(listed)
    assert all(set(allowed(column)) <= told for column in listed)


def test_each_list_points_at_its_own_values():
    sheet, values = part("xl/worksheets/sheet1.xml"), sheets()["Allowed values"]
    found = re.findall(
        r'<dataValidation type="list"[^>]*sqref="([A-Z]+)2:[A-Z]+1048576"[^>]*>\s*<formula1>'
        r"'Allowed values'!\$([A-Z])\$2:\$[A-Z]\$(\d+)</formula1>",
        sheet,
    )
    letters = {}
    for letter, place, last in found:
        cells = [str(row["ABCDEFGHIJKLMNOPQRSTUVWXYZ".index(place)]) for row in values[1 : int(last)]]
        letters[letter] = tuple(cells)
    assert letters == {
        column_letter(place): allowed(column) for place, column in enumerate(columns().values()) if allowed(column)
    }


def test_leading_zeros_and_days_are_kept_by_the_cells_themselves():
    styles, sheet = part("xl/styles.xml"), part("xl/worksheets/sheet1.xml")
    assert 'formatCode="yyyy-mm-dd"' in styles
    assert 'numFmtId="49"' in styles  # text
    place = list(columns()).index("agency_licence") + 1
    assert f'<col min="{place}" max="{place}"' in sheet
    assert 'type="date"' in sheet
    assert "<formula2>TODAY()</formula2>" in sheet


def test_the_examples_stand_on_the_last_sheet_only():
    read = sheets()
    beside = {row[0]: row[4:6] for row in read["How to fill it in"] if row[0] in columns()}
    first, second = examples()
    assert beside == {name: [first[name], second[name]] for name in columns()}


def test_it_has_no_macro_no_formula_and_is_the_same_whenever_it_is_written():
    names = zipfile.ZipFile(io.BytesIO(template_xlsx())).namelist()
    assert not [name for name in names if "vba" in name.lower()]
    assert "<f>" not in "".join(part(name) for name in names if name.startswith("xl/worksheets/sheet"))
    assert template_xlsx() == template_xlsx()


def test_a_report_filled_in_under_its_headers_is_taken():
    header = tuple(str(name) for name in sheets()["Fee reports"][0])
    data = fee_csv({name: GOOD.get(name, "") for name in header}, header=header)
    assert addresses(check(data, "filled.csv", agencies=(agency(),), today=TODAY).result) == []
