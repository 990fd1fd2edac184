"""Makers of workbooks for the tests."""

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import xlsxwriter


def book(fill: Callable[[Any, Any], None], *, name: str = "Reports") -> bytes:
    """A workbook whose first sheet `fill(workbook, sheet)` writes."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as made:
        fill(made, made.add_worksheet(name))
    return data.getvalue()


def book_of(rows: Sequence[Sequence[str]]) -> bytes:
    """Every cell as text."""

    def fill(_: Any, sheet: Any) -> None:
        for line, cells in enumerate(rows):
            for place, cell in enumerate(cells):
                if cell:
                    sheet.write_string(line, place, cell)

    return book(fill)


def changed(data: bytes, parts: dict[str, bytes | None]) -> bytes:
    """The same archive with parts replaced, added, or (None) left out."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            if content is not None:
                new.writestr(name, content)
    return made.getvalue()
