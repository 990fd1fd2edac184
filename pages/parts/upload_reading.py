"""How the file was read, and the way to say that it should be read otherwise: at once, nothing lost."""

import polars as pl
import streamlit as st

from pages.parts import session, upload_draft, words
from pages.parts.upload_draft import Draft, Unread
from schemas.answers import Reads
from schemas.viewer import Viewer
from vetting.intake.dialect import DELIMITERS, UnreadableFile
from vetting.intake.encoding import ENCODINGS
from vetting.intake.read import Reading

GUESS = "as guessed"


def draw(viewer: Viewer, kept: Draft) -> None:
    """Folded: what was guessed, the first rows as they were read, and four ways to say otherwise."""
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


def retry(viewer: Viewer, sent: Unread) -> None:
    """A file nobody can read as it was guessed: why, and the same ways."""
    st.error(sent.why, icon=":material/block:")
    st.write(f"**{words.literal(sent.file_name)}** is kept here. If you know how it was written, say so:")
    _ways(viewer, sent, 0)


def _ways(viewer: Viewer, sent: Unread, turn: int, reading: Reading | None = None) -> None:
    """What can be said: of a workbook its sheet, of text its letters and what separates its cells; of both the line
    of the header. A guess says what was guessed."""
    reads = sent.reads
    one, two, three = st.columns(3)
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
        st.number_input(
            "The header is on line",
            min_value=1,
            value=reads.header_line,
            placeholder=GUESS if reading is None else f"{GUESS}: {reading.header_line}",
            key=f"read_header_line_{turn}",
            on_change=_again,
            args=(viewer, sent, "header_line", f"read_header_line_{turn}"),
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
        upload_draft.take(viewer, sent.data, sent.file_name, reads)
    except UnreadableFile as error:
        if sent.why:
            session.keep("unread", Unread(sent.data, sent.file_name, reads, str(error)))
        else:
            session.keep("reading_refused", str(error))
            upload_draft.next_turn()
