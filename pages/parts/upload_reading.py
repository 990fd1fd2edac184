"""How the file was read, and the way to say that it should be read otherwise: at once, nothing lost."""

import polars as pl
import streamlit as st

from pages.parts import session, upload_draft, words
from pages.parts.upload_draft import Draft, Unread
from schemas.answers import Answers, Reads
from schemas.viewer import Viewer
from vetting.intake.dialect import DELIMITERS, UnreadableFile
from vetting.intake.encoding import ENCODINGS
from vetting.intake.personal import example
from vetting.intake.read import Reading

GUESS = "as guessed"
FOOTER_SHOWN = 8  # lines


def draw(viewer: Viewer, kept: Draft) -> None:
    """Folded: what was guessed, the first rows and the lines left out as they were read, and ways to say otherwise."""
    reading = kept.reading
    with st.expander("How the file was read", icon=":material/table_view:"):
        _ways(viewer, Unread(reading.data, reading.file_name, kept.answers.read, ""), kept.turn, reading)
        if why := session.recall("reading_refused"):
            session.forget("reading_refused")
            st.error(f"Read so, it is no table, and it was left as it was. {why}", icon=":material/block:")
        if not kept.first:
            st.caption("There is no row below the header.")
            return
        st.caption(f"The header, on line {reading.header_line}, and the first rows below it:")
        names = [f"{place}\N{ZERO WIDTH SPACE}" for place in range(len(reading.columns))]
        table = pl.DataFrame(kept.first, schema=["line", *names], orient="row")
        heads = {name: title or "(no header)" for name, title in zip(names, reading.columns, strict=True)}
        st.dataframe(table, hide_index=True, column_config={"line": "Line"} | heads)
        _below(reading)


def retry(viewer: Viewer, sent: Unread) -> None:
    """A file nobody can read as it was guessed: why, and the same ways."""
    st.error(sent.why, icon=":material/block:")
    st.write(f"**{words.literal(sent.file_name)}** is kept here. If you know how it was written, say so:")
    _ways(viewer, sent, 0)


def _ways(viewer: Viewer, sent: Unread, turn: int, reading: Reading | None = None) -> None:
    """What can be said: of a workbook its sheet, of text its letters and what separates its cells; of both the line
    of the header and how many lines below the table are no rows. A guess says what was guessed."""
    reads = sent.reads
    one, two, three, four = st.columns(4)
    if reading is not None and reading.sheet is not None:
        sheets = [None, *reading.sheets]
        with one:
            _select(viewer, sent, "sheet", "The reports are on sheet", sheets, {}, reads.sheet, turn, reading.sheet)
    else:
        guessed = (None, None) if reading is None else (reading.encoding, reading.delimiter)
        encodings, delimiters = [None, *ENCODINGS], [None, *DELIMITERS]
        with one:
            label = "Letters are written in"
            _select(viewer, sent, "encoding", label, encodings, ENCODINGS, reads.encoding, turn, guessed[0])
        with two:
            label = "Cells are separated by"
            _select(viewer, sent, "delimiter", label, delimiters, DELIMITERS, reads.delimiter, turn, guessed[1])
    with three:
        guess = None if reading is None else reading.header_line
        _number(viewer, sent, "header_line", "The header is on line", 1, reads.header_line, turn, guess)
    with four:
        guess = None if reading is None else len(reading.footer)
        _number(viewer, sent, "footer_lines", "Lines below the table", 0, reads.footer_lines, turn, guess)


def _below(reading: Reading) -> None:
    """What was left out at the end of the file, so that nobody misses a row."""
    if not reading.footer:
        st.caption("Every line below the header is taken for a row, down to the last.")
        return
    left_out = words.count(len(reading.footer), "line below the table is", "lines below the table are")
    st.caption(f"{left_out} left out as no rows: say 0 above if they are reports.")
    for cells in reading.footer[:FOOTER_SHOWN]:
        said = " · ".join(example(None, cell.strip()) for cell in cells if cell.strip())
        st.markdown(f":small[{words.literal(said)}]")
    if reading.footer[FOOTER_SHOWN:]:
        st.caption(f"and {words.number(len(reading.footer) - FOOTER_SHOWN)} more.")


def _number(
    viewer: Viewer, sent: Unread, field: str, label: str, least: int, value: int | None, turn: int, guess: int | None
) -> None:
    key = f"read_{field}_{turn}"
    st.number_input(
        label,
        min_value=least,
        value=value,
        placeholder=GUESS if guess is None else f"{GUESS}: {guess}",
        key=key,
        on_change=_again,
        args=(viewer, sent, field, key),
    )


def _select(
    viewer: Viewer,
    sent: Unread,
    field: str,
    label: str,
    options: list[str | None],
    said: dict[str, str],
    value: str | None,
    turn: int,
    guess: str | None,
) -> None:
    guessed = GUESS if guess is None else f"{GUESS}: {said.get(guess, guess)}"
    key = f"read_{field}_{turn}"
    st.selectbox(
        label,
        options,
        index=options.index(value) if value in options else 0,
        format_func=lambda each: guessed if each is None else said.get(each, each),
        key=key,
        on_change=_again,
        args=(viewer, sent, field, key),
    )


def _again(viewer: Viewer, sent: Unread, field: str, key: str) -> None:
    read_so(viewer, sent, Reads.model_validate(sent.reads.model_dump() | {field: session.picked(key)}))


def read_so(viewer: Viewer, sent: Unread, reads: Reads) -> None:
    """Read the file this way; when that makes no table of it, say why and keep what there was."""
    try:
        upload_draft.take(viewer, sent.data, sent.file_name, Answers(read=reads))
    except UnreadableFile as error:
        if sent.why:
            session.keep("unread", Unread(sent.data, sent.file_name, reads, str(error)))
        else:
            session.keep("reading_refused", str(error))
            upload_draft.next_turn()
