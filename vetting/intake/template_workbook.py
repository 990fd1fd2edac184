"""The template as a workbook: an empty sheet to fill in, the values it takes, and how to fill it in.

The sheet to fill in is the first, because that is the one that is read. The examples stand on the last, column by
column, so that none is sent by mistake.
"""

import io
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from schemas.fee_report import FIRST_INTERVIEW, MONEY_KINDS, OLDEST, YOUNGEST, Column, Kind, columns
from schemas.lookup import countries, currencies, sectors
from vetting.intake.template import allowed, examples

REPORTS, VALUES, MANNER = "Fee reports", "Allowed values", "How to fill it in"
LAST_ROW = 1_048_575  # of a worksheet, counted from 0
WIDEST = 34  # characters
TEXT = 49  # the number format "@" among those that are built in
MADE = datetime(2026, 1, 1)  # noqa: DTZ001  # the same bytes whenever it is written
# What a spreadsheet would otherwise take for a number or a date of its own: leading zeros are lost for good.
AS_TEXT = frozenset(
    {Kind.REPORT_ID, Kind.REFERENCE, Kind.AGENCY, Kind.TEXT, Kind.MONTH, Kind.SECTOR, Kind.CODE, Kind.COUNTRY}
)
# A name or a common word is understood too, so the list helps and does not refuse.
OFFERED = frozenset({Kind.COUNTRY, Kind.CURRENCY, Kind.SECTOR})
STEPS = (
    "One row is one worker's account of one recruitment. Fill in the sheet “Fee reports”; only that sheet is read.",
    "Needed columns are dark. Leave every other cell blank that you do not know: blank is unknown, 0 is free.",
    "Never write a worker's name, phone, e-mail, passport or identity number anywhere: the file is refused as a whole.",
    "Cells that take a code offer it in a list; the sheet “Allowed values” has all of them.",
    "Write the same report_id in a later file to correct a report.",
    "You may delete columns you do not use, and move them. Keep the headers in the first row.",
    "Save it as it is (.xlsx) or as “CSV UTF-8”, and send it. Nothing is saved until you commit it.",
)


class Inks(NamedTuple):
    """The formats of cells."""

    needed: Any
    header: Any
    title: Any
    wrapped: Any
    text: Any
    day: Any


def template_xlsx() -> bytes:
    """The workbook, ready to download: sheets “Fee reports”, “Allowed values” and “How to fill it in”."""
    file = io.BytesIO()
    with Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": "Fee reports", "created": MADE})
        inks = _inks(book)
        reports, values, manner = (book.add_worksheet(name) for name in (REPORTS, VALUES, MANNER))
        ranges = _values(values, inks)
        _reports(reports, inks, ranges)
        _manner(manner, inks)
    return file.getvalue()


def _inks(book: Workbook) -> Inks:
    dark = {"bold": True, "font_color": "#FFFFFF", "bg_color": "#24577A", "align": "left", "num_format": TEXT}
    pale = {"bold": True, "font_color": "#1B2A33", "bg_color": "#E5EFF8", "align": "left", "num_format": TEXT}
    return Inks(
        needed=book.add_format(dark),
        header=book.add_format(pale),
        title=book.add_format({"bold": True, "font_size": 14}),
        wrapped=book.add_format({"text_wrap": True, "valign": "top", "num_format": TEXT}),
        text=book.add_format({"num_format": TEXT}),
        day=book.add_format({"num_format": "yyyy-mm-dd"}),
    )


def _reports(sheet: Worksheet, inks: Inks, ranges: Mapping[str, str]) -> None:
    """The header with each column's rule as a note, and cells that help to fill it in."""
    for place, column in enumerate(columns().values()):
        sheet.write_string(0, place, column.name, inks.needed if column.required else inks.header)
        sheet.write_comment(0, place, _note(column), {"x_scale": 2.2, "y_scale": 1.3, "author": "Fair Passage"})
        form = inks.text if column.kind in AS_TEXT else inks.day if column.kind is Kind.DATE else None
        sheet.set_column(place, place, min(max(len(column.name) + 3, 12), WIDEST), form)
        if rule := _validation(column, ranges):
            sheet.data_validation(1, place, LAST_ROW, place, rule)
    sheet.freeze_panes(1, 1)


def _note(column: Column) -> str:
    need = "Needed. " if column.required else ""
    example = f"\nExample: {column.example}" if column.example else ""
    return f"{need}{column.rule}\n{column.kind.value[0].upper()}{column.kind.value[1:]}.{example}"


def _validation(column: Column, ranges: Mapping[str, str]) -> dict[str, Any] | None:
    """What the cell takes. Where more is understood than the list says, the list only offers."""
    told = {"error_title": column.name[:32], "error_message": f"{column.rule} Leave it blank if it is not known."[:255]}
    if column.name in ranges:
        return told | {"validate": "list", "source": ranges[column.name], "show_error": column.kind not in OFFERED}
    if column.kind is Kind.DATE:
        return told | {"validate": "date", "criteria": "between", "minimum": FIRST_INTERVIEW, "maximum": "=TODAY()"}
    if column.kind is Kind.AGE:
        return told | {"validate": "integer", "criteria": "between", "minimum": YOUNGEST, "maximum": OLDEST}
    if column.kind in MONEY_KINDS:
        return told | {"validate": "decimal", "criteria": ">" if column.kind is Kind.WAGE else ">=", "value": 0}
    return None


def _values(sheet: Worksheet, inks: Inks) -> dict[str, str]:
    """Every list, each in a column of its own; returns where each of our columns finds its own."""
    lists = {name: allowed(column) for name, column in columns().items() if allowed(column)}
    meanings: dict[tuple[str, ...], Mapping[str, str]] = {
        lists["origin_country"]: {code: each.name for code, each in countries().items()},
        lists["currency"]: {code: each.name for code, each in currencies().items()},
        lists["sector"]: {code: each.title for code, each in sectors().items()},
    }
    places: dict[tuple[str, ...], str] = {}
    place = 0
    for name, codes in lists.items():
        if codes not in places:
            same = [other for other, others in lists.items() if others == codes]
            sheet.write_string(0, place, name if len(same) < 4 else f"{name} and {len(same) - 1} more", inks.header)
            sheet.write_column(1, place, codes, inks.text)
            sheet.set_column(place, place, max(len(name), *map(len, codes)) + 3, inks.text)
            places[codes] = f"='{VALUES}'!{_absolute(1, place)}:{_absolute(len(codes), place)}"
            place += 1
            if codes in meanings:
                sheet.write_string(0, place, "means", inks.header)
                sheet.write_column(1, place, [meanings[codes][code] for code in codes], inks.text)
                sheet.set_column(place, place, WIDEST, inks.text)
                place += 1
    sheet.freeze_panes(1, 0)
    return {name: places[codes] for name, codes in lists.items()}


def _absolute(row: int, place: int) -> str:
    """$B$2, as a list of allowed values is pointed at. There are fewer than 26 columns of them."""
    return f"${chr(ord('A') + place)}${row + 1}"


def _manner(sheet: Worksheet, inks: Inks) -> None:
    """What to do, and every column with its rule and two invented reports beside it."""
    sheet.write_string(0, 0, "How to fill in the sheet “Fee reports”", inks.title)
    for row, step in enumerate(STEPS, 1):
        sheet.write_string(row, 0, f"{row}. {step}")
    top = len(STEPS) + 2
    heads = ("column", "needed", "what stands in it", "rule", "invented example", "another invented example")
    for place, (head, width) in enumerate(zip(heads, (32, 9, 30, 70, 26, 26), strict=True)):
        sheet.write_string(top, place, head, inks.header)
        sheet.set_column(place, place, width)
    first, second = examples()
    for row, column in enumerate(columns().values(), top + 1):
        what = ", ".join(column.allowed) if column.allowed else column.kind.value
        cells = (column.name, "yes" if column.required else "", what, column.rule)
        for place, cell in enumerate((*cells, first[column.name], second[column.name])):
            sheet.write_string(row, place, cell, inks.wrapped)
