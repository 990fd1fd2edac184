"""What the partner wrote beside what we made of it: money, dates and countries above all."""

from collections.abc import Sequence

import streamlit as st

from pages.parts import tables, words
from vetting.intake.checked import Beside, Cell

STATES = {"accepted": "ready", "quarantined": "needs your answer", "refused": "refused"}
NOT_UNDERSTOOD = "not understood"


def draw(rows: Sequence[Beside]) -> None:
    if not rows:
        return
    st.subheader("What you wrote, and what we made of it")
    st.caption(f"From the first {words.count(len(rows), 'row')} of your file.")
    changed, whole = st.tabs(["What was changed", "One row, from start to end"])
    with changed:
        tables.show(
            list(_changes(rows).values()),
            {
                "Column": lambda c: words.column(c[1].letter, c[1].column),
                "You wrote": lambda c: c[1].raw,
                "We made of it": lambda c: _made(c[1]),
                "First on line": lambda c: c[0],
            },
            empty="Every value is kept exactly as you wrote it.",
            numbers={"First on line"},
            key="changed",
            page=25,
        )
    with whole:
        row = st.selectbox("Row", rows, format_func=lambda r: f"Line {words.number(r.line)}: {STATES[r.state]}")
        tables.show(
            row.cells,
            {
                "Column": lambda c: words.column(c.letter, c.column),
                "You wrote": lambda c: c.raw,
                "We made of it": _made,
            },
            empty="The row is blank.",
            key="whole",
            page=100,
        )


def _changes(rows: Sequence[Beside]) -> dict[tuple[str, str], tuple[int, Cell]]:
    """Each different reading once, with the line where it comes first."""
    found: dict[tuple[str, str], tuple[int, Cell]] = {}
    for row in rows:
        for cell in row.cells:
            if cell.normalised != cell.raw:
                found.setdefault((cell.column, cell.raw), (row.line, cell))
    return found


def _made(cell: Cell) -> str:
    return NOT_UNDERSTOOD if cell.normalised is None else cell.normalised
