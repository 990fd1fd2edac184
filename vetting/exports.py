"""What leaves the house as a spreadsheet: it says what it is and from when, and no cell of it is a formula.

Everything about the export stands in columns beside the data, so that a row copied elsewhere still says it.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from schemas.record import Record

# A spreadsheet takes a cell that begins so for a formula; the full-width forms are read alike in some of them.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001 - meant
SIDECAR = ("filters", "as_of", "release", "standard", "method", "exported_at")
NOTHING = "(nothing matches these filters)"


class Sidecar(Record):
    """What an export says of itself. None where it does not apply, such as the method of a register."""

    filters: str
    as_of: date | None
    release: str | None = None
    standard: str | None = None
    method: int | None = None
    exported_at: datetime


def export_csv(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], sidecar: Sidecar) -> bytes:
    """The file, in UTF-8 with the mark that makes spreadsheets read it so. No row at all still says what was asked."""
    beside = sidecar.model_dump() | {"exported_at": f"{sidecar.exported_at.isoformat(timespec='seconds')}Z"}
    told: Sequence[Mapping[str, Any]] = rows or [dict.fromkeys(columns) | {columns[0]: NOTHING}]
    return to_csv([{**row, **beside} for row in told], (*columns, *SIDECAR)).encode("utf-8-sig")


def to_csv(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> str:
    """Rows as CSV with every text neutralised; None is an empty cell."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([neutral(row.get(column)) for column in columns] for row in rows)
    return text.getvalue()


def neutral(value: Any) -> Any:
    """Text that a spreadsheet would run as a formula gets an apostrophe before it; numbers stay numbers."""
    if value is None:
        return ""
    if isinstance(value, bool | int | float):
        return value
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
