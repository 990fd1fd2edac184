"""How the command line lays out what it says: tables for people, CSV for spreadsheets."""

from collections.abc import Mapping, Sequence
from typing import Any

from vetting.exports import to_csv

WIDEST = 60


def table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], empty: str) -> str:
    """Columns side by side, headings first; `empty` instead when there is no row."""
    if not rows:
        return empty
    texts = [[_text(row[column]) for column in columns] for row in rows]
    heads = [column.replace("_", " ") for column in columns]
    widths = [max(len(line[i]) for line in [heads, *texts]) for i in range(len(columns))]
    numeric = [all(isinstance(row[column], int | float | None) for row in rows) for column in columns]
    lines = [heads, ["-" * width for width in widths], *texts]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(line, widths, numeric, strict=True)
        ).rstrip()
        for line in lines
    )


def csv_text(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> str:
    return to_csv(rows, columns).rstrip("\r\n")


def _text(value: Any) -> str:
    if value is None:
        return "–"
    text = " ".join(str(value).split())
    return text if len(text) <= WIDEST else text[: WIDEST - 1] + "…"
