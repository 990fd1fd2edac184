"""A stored row from start to end: what the partner wrote beside what was made of it."""

from collections.abc import Sequence

from pages.parts import report_words, tables
from schemas.single_report import Side


def draw(sides: Sequence[Side], *, wrote: str) -> None:
    """`wrote`: the heading of the partner's own words."""
    columns = {
        "Column": lambda side: report_words.column(side.column),
        wrote: lambda side: side.written,
        "Understood as": lambda side: side.understood,
    }
    tables.show(sides, columns, empty="The row is blank.", page=len(sides) or 1)
