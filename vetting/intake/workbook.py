"""What does a workbook's sheet say? Every cell as text, rows and columns where the spreadsheet has them.

python-calamine reads it. It says nothing of cells that hold an error, so those are looked up in the sheet itself;
and it trusts its file, so what is unpacked is counted before.
"""

import csv
import io
import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from schemas.setting import Limits
from vetting.intake.file_kind import OLD_OFFICE, SAVE_AS, ZIPPED, UnreadableFile
from vetting.intake.package import Inspected, Package

MERGED_ROWS = 60  # rows in which a header's merged cells are looked for
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
MACROS = "_VBA_PROJECT".encode("utf-16-le")
# An .xls whose first record (BOF) is followed by FILEPASS: Microsoft, [MS-XLS] 2.4.117.
LOCKED = re.compile(rb"\x09\x08\x10\x00.{16}(?:\x86\x00\x00\x00)?\x2f\x00", re.DOTALL)
UNREADABLE = f"The workbook cannot be read: it may be damaged. Open it in Excel and save it again. {SAVE_AS}"


@dataclass(frozen=True)
class Sheet:
    """`text`: the sheet as CSV in UTF-8, with commas. `merged`: line and place of the other cells of each merged one
    among the first rows, and its text. `sheets`: the names of all that can be chosen."""

    name: str
    sheets: tuple[str, ...]
    text: bytes = field(repr=False)
    merged: dict[tuple[int, int], str] = field(repr=False)


def is_workbook(data: bytes) -> bool:
    return data.startswith((*ZIPPED, OLD_OFFICE))


def read_sheet(data: bytes, file_name: str, chosen: str | None, limits: Limits) -> Sheet:
    """`chosen`: the name of a sheet; None is the first that shows something. Raises UnreadableFile."""
    if data.startswith(OLD_OFFICE):
        raise UnreadableFile(_say_old(data, file_name))
    package = Package(data, file_name, limits)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            return _sheet(book, package, chosen, limits)
    except PasswordError:
        raise UnreadableFile(_say_locked(file_name)) from None
    except (CalamineError, OSError, ValueError):
        raise UnreadableFile(UNREADABLE) from None
    except BaseException as error:  # a panic of the library's Rust is no Exception
        if type(error).__name__ == "PanicException":
            raise UnreadableFile(UNREADABLE) from None
        raise


def _sheet(book: CalamineWorkbook, package: Package, chosen: str | None, limits: Limits) -> Sheet:
    kinds = {each.name: each for each in book.sheets_metadata}
    names = [name for name, each in kinds.items() if each.typ is SheetTypeEnum.WorkSheet]
    if chosen is not None and chosen not in names:
        raise UnreadableFile(f"The workbook has no sheet {chosen!r}. It has: {', '.join(names) or 'none'}.")
    shown = [name for name in names if kinds[name].visible is SheetVisibleEnum.Visible]
    for name in [chosen] if chosen is not None else shown:
        inspected = package.inspect(name)
        sheet = book.get_sheet_by_name(name)
        if sheet.end is not None:
            return Sheet(
                name=name,
                sheets=tuple(names),
                text=_as_csv(sheet, inspected, limits),
                merged=_merged(sheet),
            )
    where = "The workbook" if chosen is None else f"The sheet {chosen!r}"
    raise UnreadableFile(f"{where} is empty. Send a sheet with a header row and one row per report.")


def _as_csv(sheet: Any, inspected: Inspected, limits: Limits) -> bytes:
    rows, columns = sheet.end[0] + 1, sheet.end[1] + 1
    if rows > limits.most_rows + MERGED_ROWS:  # the header, and lines above it
        raise UnreadableFile(say_too_many_rows(rows, limits))
    if columns > limits.most_columns:
        raise UnreadableFile(say_too_many_columns(columns, limits))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    parts: list[bytes] = []
    errors, percents = inspected.errors, inspected.percents
    special = {line for line, _ in (*errors, *percents)}
    left = [""] * sheet.start[1]  # columns left empty count, as the spreadsheet letters them
    for line, values in enumerate(sheet.iter_rows(), start=1):
        cells = left + [say(value) for value in values]
        if line in special:
            cells = [errors.get((line, place), cell) for place, cell in enumerate(cells)]
            for place, value in enumerate(values, start=sheet.start[1]):
                if (line, place) in percents and isinstance(value, float):
                    cells[place] = f"{say(round(value * 100, 10))}%"
        writer.writerow(cells)
        if not line % 5_000:
            parts.append(text.getvalue().encode("utf-8", errors="replace"))
            text.seek(0)
            text.truncate()
    return b"".join([*parts, text.getvalue().encode("utf-8", errors="replace")])


def _merged(sheet: Any) -> dict[tuple[int, int], str]:
    ranges = [each for each in sheet.merged_cell_ranges or () if each[0][0] < MERGED_ROWS]
    head = sheet.to_python(skip_empty_area=False, nrows=MERGED_ROWS * 2) if ranges else []
    return {
        (row + 1, column): said
        for (top, left), (bottom, right) in ranges
        if top < len(head) and left < len(head[top]) and (said := say(head[top][left]).strip())
        for row in range(top, min(bottom + 1, len(head)))
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }


def say(value: Any) -> str:
    """A cell's value as the text a person would have typed: a date without a time as 2026-05-14, no `.0`, yes or no."""
    match value:
        case str():
            return value
        case bool():
            return "yes" if value else "no"
        case int():
            return str(value)
        case float():
            return _say_number(value)
        case datetime():
            moment = value + timedelta(microseconds=500_000) if value.microsecond else value
            return moment.replace(microsecond=0).isoformat(sep=" ")
        case date():
            return value.isoformat()
        case time():
            return value.isoformat(timespec="seconds")
        case _:
            return "" if value is None else str(value)


def say_too_many_rows(rows: int, limits: Limits) -> str:
    return (
        f"The file has {rows:,} rows or more, and the limit is {limits.most_rows:,} (setting most_rows). Split it into "
        "several files, each with the header row, and send them one by one."
    )


def say_too_many_columns(columns: int, limits: Limits) -> str:
    return (
        f"The file has {columns:,} columns, and the limit is {limits.most_columns:,} (setting most_columns). Delete "
        "the columns that are not in the template; if it has far fewer, another delimiter separates its cells."
    )


def _say_number(value: float) -> str:
    """Excel keeps 15 digits; what stands after them comes from counting in twos."""
    said = format(value, ".15g")
    return format(Decimal(said), "f") if "e" in said else said


def _say_old(data: bytes, file_name: str) -> str:
    if ENCRYPTED in data or LOCKED.search(data):
        return _say_locked(file_name)
    if MACROS in data:
        return f"{file_name} is an old Excel workbook with macros, and those are never opened. {SAVE_AS}"
    return f"{file_name} is an old Excel workbook (.xls) or another old Office file, which is not read here. {SAVE_AS}"


def _say_locked(file_name: str) -> str:
    return f"{file_name} is protected with a password. Save it without one (File, Info, Protect workbook). {SAVE_AS}"
