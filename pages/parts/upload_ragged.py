"""Rows with too many or too few cells: their cells as they were read, and a table that puts them into columns."""

import polars as pl
import streamlit as st

from pages.parts import session, upload_draft, words
from pages.parts.upload_draft import Draft
from vetting.intake.personal import example
from vetting.intake.ragged import aligned, put_right
from vetting.intake.read import Ragged, column_letter

TITLE = "Rows with too many or too few cells"
COLUMN, GETS = "column", "gets"


def draw(kept: Draft) -> None:
    """One row at a time. Nothing of it counts until it was put right, and then with the next check."""
    if not waiting(kept):
        return
    st.subheader(TITLE)
    st.caption(
        "Their values may stand under the wrong headers, so nothing of them is taken. Put a row right here, or mend it "
        "in your file. One you leave as it is stays refused and is not stored."
    )
    rows = [row for row in waiting(kept) if row.line not in kept.answers.cells]
    if not rows:
        st.caption("All of them are put right. Check again, and they count as you put them.")
        return
    width = len(kept.reading.columns)
    row = st.selectbox(
        "Row",
        rows,
        format_func=lambda row: (
            f"line {words.number(row.line)}: {words.count(len(row.cells), 'cell')} for {width} columns"
        ),
        key=f"ragged_{kept.turn}",
    )
    _one(kept, row, width)


def waiting(kept: Draft) -> list[Ragged]:
    """Those that the last check could not take."""
    checked = kept.checked
    return [] if checked is None else [row for row in checked.ragged if row.line not in checked.answers.cells]


def _one(kept: Draft, row: Ragged, width: int) -> None:
    shown = [example(None, cell) for cell in row.cells]
    st.markdown("As read: " + " · ".join(f"`{cell}`" if cell.strip() else "*blank*" for cell in map(_plain, shown)))
    few = len(row.cells) < width
    ends = "the end of the row"
    places = list(range(len(row.cells) + 1 if few else width))
    place = st.selectbox(
        "Cells are missing before" if few else "A text was torn apart in",
        places,
        index=len(places) - 1,
        format_func=lambda place: ends if few and place == len(row.cells) else _named(kept, place),
        key=f"ragged_{kept.turn}_{row.line}",
        help=None if few else "A delimiter inside a text, without quotation marks, makes two cells of one.",
    )
    before = aligned(shown, width, place, kept.reading.delimiter)
    key = f"ragged_{kept.turn}_{row.line}_{place}"
    typed = st.data_editor(
        pl.DataFrame({COLUMN: [_named(kept, each) for each in range(width)], GETS: before}),
        hide_index=True,
        num_rows="fixed",
        disabled=[COLUMN],
        column_config={
            COLUMN: st.column_config.TextColumn("Column", pinned=True),
            GETS: st.column_config.TextColumn("What stands in it", width="large"),
        },
        key=key,
        alt=f"The row of line {row.line}: what each column of your file gets.",
    )
    if st.button(f"Put line {words.number(row.line)} right", icon=":material/check:", key=f"put_{key}"):
        real = aligned(row.cells, width, place, kept.reading.delimiter)
        says = zip(real, before, typed[GETS].to_list(), strict=True)
        cells = [text if said == masked else said or "" for text, masked, said in says]
        upload_draft.tell(put_right(kept.answers, row.line, kept.checked.places, cells))
        session.say(f"Line {words.number(row.line)} is put right; it counts with the next check.")
        st.rerun()


def _plain(cell: str) -> str:
    return " ".join(cell.replace("`", "'").split())


def _named(kept: Draft, place: int) -> str:
    left_out = "" if place in kept.checked.places.values() else " (left out)"
    return words.column(column_letter(place), kept.reading.columns[place] or "(no header)") + left_out
