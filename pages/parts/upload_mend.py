"""Mend here: the rows that are not ready, in a table of text that can be typed into.

Every column is text: an editor of numbers or dates drops what it does not like, and says nothing. What was typed is
judged by the next check, like the file itself.
"""

import polars as pl
import streamlit as st

from pages.parts import session, upload_draft, words
from pages.parts.upload_draft import Draft
from schemas.codes import Severity
from vetting.intake.by_hand import AT_ONCE, BESIDE, NOT_READY, Sheet, lines_to_mend, mended, sheet
from vetting.intake.read import column_letter

LINE, WRONG = "line", "wrong"


def draw(kept: Draft, severity: Severity | None, column: str | None) -> None:
    """The rows with a problem of what was chosen above, at most `AT_ONCE` at a time."""
    if kept.checked is None:
        return
    severities = NOT_READY if severity is None else frozenset({severity})
    lines = lines_to_mend(kept.checked, severities, column)
    if not lines:
        return
    st.subheader("Mend here")
    st.caption(
        "Type into a cell what should stand there, or empty it; then check again. Your own file stays as it is. "
        + ("What may name a worker is hidden behind •••: type a pseudonym in its place, or empty the cell."
           if kept.checked.personal else "")
    )  # fmt: skip
    more = st.multiselect(
        "Show more of your columns",
        [name for name in kept.checked.places if name != BESIDE],
        format_func=lambda name: _named(kept, name),
        key=f"mend_more_{kept.turn}",
    )
    pages = -(-len(lines) // AT_ONCE)
    page = st.pagination(pages, key=f"mend_page_{kept.turn}") if pages > 1 else 1
    shown = lines[(page - 1) * AT_ONCE : page * AT_ONCE]
    key = f"mend_{kept.turn}_{severity}_{column}_{page}_{'_'.join(more)}"
    rows, start = _as_opened(kept, key, lambda: sheet(kept.checked, shown, severities, column, more))
    st.data_editor(
        start,
        hide_index=True,
        num_rows="fixed",
        placeholder="",
        disabled=[LINE, WRONG] if BESIDE in rows.faulty else [LINE, WRONG, BESIDE],
        column_config={
            LINE: st.column_config.TextColumn("Line", pinned=True, width=60),
            WRONG: st.column_config.TextColumn("What is wrong", width=260),
        }
        | {name: st.column_config.TextColumn(_named(kept, name)) for name in rows.columns},
        key=key,
        on_change=_typed,
        args=(key, rows),
        alt="Rows to mend: one row per line of your file, one column per column of it that has a problem.",
    )
    st.caption(f"{words.number(len(shown))} of {words.count(len(lines), 'row')} to mend.")


def _as_opened(kept: Draft, key: str, look) -> tuple[Sheet, pl.DataFrame]:
    """The page as it was when it was opened: an editor whose table changed under it would forget what was typed."""
    opened = session.recall("mend_opened")
    if opened is None or opened[0] != key:
        rows = look()
        opened = (key, rows, _table(kept, rows))
        session.keep("mend_opened", opened)
    return opened[1], opened[2]


def _table(kept: Draft, rows: Sheet) -> pl.DataFrame:
    """What stands in the cells now: the last check's texts, and what was typed since."""
    columns = {LINE: [str(line) for line in rows.lines], WRONG: list(rows.wrong)}
    for place, name in enumerate(rows.columns):
        columns[name] = [
            kept.answers.cells.get(line, {}).get(name, texts[place])
            if kept.answers.cells.get(line, {}).get(name) != kept.checked.answers.cells.get(line, {}).get(name)
            else texts[place]
            for line, texts in zip(rows.lines, rows.texts, strict=True)
        ]
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))


def _typed(key: str, rows: Sheet) -> None:
    kept, state = upload_draft.draft(), session.picked(key)
    if kept and kept.checked and state:
        upload_draft.tell(mended(kept.answers, kept.checked.answers, rows, state["edited_rows"]))


def _named(kept: Draft, name: str) -> str:
    place = kept.checked.places.get(name)
    return words.column(None if place is None else column_letter(place), name)
