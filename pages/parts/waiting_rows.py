"""Rows of a partner's files that wait: why, mending them in the upload, and leaving them out with a reason."""

from collections.abc import Sequence
from functools import partial
from html import escape

import streamlit as st

from pages.parts import filters, forms, links, session, tables, upload_draft, upload_steps, words
from pages.parts.upload_steps import Step
from schemas.codes import Via
from schemas.problem import Problem
from schemas.problem_codes import PROBLEMS
from schemas.viewer import Viewer
from schemas.waiting import WaitingFile, WaitingPage, WaitingRow
from vetting.disclosure.waiting import own_waiting, own_waiting_lines, own_waiting_texts
from vetting.intake.leave_out import leave_out, take_up
from vetting.intake.waiting_file import mend_file, mend_name, told_before
from vetting.store.answers import fetch_answers

LONGEST_UNBROKEN = 20  # characters
MOST_CHOSEN = 500  # lines that a list to choose from may have


def choose_file(files: Sequence[WaitingFile], one: WaitingFile | None) -> None:
    """All files, or one: its rows can be mended."""
    named = {each.batch_id: f"{each.file_name}, {words.moment(each.recorded_at)}" for each in files}
    filters.choose_one(
        "batch",
        "File",
        {each.batch_id: each.waiting for each in files},
        lambda batch_id: named.get(batch_id, "a file with nothing left to decide"),
        anything=f"All files ({words.number(sum(each.waiting for each in files))})",
        options=list(named),
    )
    if one is None:
        st.caption("Choose one file to mend its rows here, to download them, or to leave some out.")


def mend(viewer: Viewer, file: WaitingFile) -> None:
    """The way to the upload with these rows as a file, and the same as a download."""
    if not file.waiting:
        return
    lines = _choose(viewer, file, "Lines to mend", "mend")
    count = words.count(len(lines) if lines is not None else file.waiting, "row")
    with st.container(horizontal=True):
        if st.button(f"Mend {count} here", type="primary", icon=":material/build:"):
            told = told_before(fetch_answers(session.db(), file.batch_id))
            upload_draft.take(viewer, _file(viewer, file, lines), mend_name(file.file_name), told)
            upload_steps.walk(Step.COLUMNS)
            links.go("upload")
        st.download_button(
            f"Download {count}",
            partial(_file, viewer, file, lines, download=True),
            mend_name(file.file_name),
            "text/csv",
            icon=":material/download:",
            on_click="ignore",
        )
    st.caption(
        "Mending opens them as a file of their own in “Send fee reports”, with what you answered about it before: you "
        "are asked what is still not clear, change what you like, and commit. Keep each report_id, and the report "
        "takes the place of the row that waits."
    )


def draw(shown: WaitingPage, one: WaitingFile | None) -> None:
    """Each row with everything it waits for."""
    told = [(row, problem) for row in shown.rows for problem in row.problems or (None,)]
    columns = {
        "Report": lambda t: tables.Two(_unbroken(t[0].report_id or "no number"), f"line {words.number(t[0].line)}"),
        "File": lambda t: tables.Two(
            tables.Link(t[0].file_name, links.address("batches", batch=t[0].batch_id)), t[0].recorded_at
        ),
        "You wrote": lambda t: _wrote(t[1]),
        "What is wrong": lambda t: PROBLEMS[t[1].code].title if t[1] and t[1].code in PROBLEMS else None,
        "What to do": lambda t: t[1].message if t[1] else None,
    }
    if one is not None:
        del columns["File"]
        if shown.total:
            st.subheader(words.literal(one.file_name))
    tables.show(told, columns, empty="No row of yours waits. There is nothing to do here.", page=len(told) or 1)
    filters.turn(shown.page, shown.pages)


def leave_out_some(viewer: Viewer, file: WaitingFile) -> None:
    """Rows nobody can mend any more need not be asked about for ever."""
    if not file.waiting:
        return
    with st.expander("Leave rows out", icon=":material/playlist_remove:"):
        st.write("A row you leave out is not asked about again and counts for nothing. You can take it up again.")
        lines = _choose(viewer, file, "Lines to leave out", "leave")
        count = words.count(len(lines) if lines is not None else file.waiting, "row")
        reason = forms.with_reason(
            "leave_out",
            button="Leave out",
            label="Why do you leave them out?",
            consequence=f"I leave out {count}: {'it counts' if count.startswith('1 ') else 'they count'} for nothing.",
        )
        if reason is not None:
            chosen = lines if lines is not None else own_waiting_lines(session.db(), viewer, file.batch_id)
            left = leave_out(
                session.store(), file.batch_id, chosen, viewer=viewer, via=Via.PAGE, now=session.now(), reason=reason
            )
            forms.done(f"{words.count(left, 'row is', 'rows are')} left out.")


def left_out(viewer: Viewer, file: WaitingFile) -> None:
    """What was left out, why, and the way back."""
    if not file.left_out:
        return
    with st.expander(f"{words.count(file.left_out, 'row')} left out", icon=":material/history:"):
        shown = own_waiting(session.db(), viewer, batch_id=file.batch_id, left_out=True)
        tables.show(
            shown.rows,
            {
                "Report": lambda r: tables.Two(r.report_id or "no number", f"line {words.number(r.line)}"),
                "Why you left it out": lambda r: r.reason,
                "What was wrong": lambda r: ", ".join(_titles(r)),
            },
            empty="",
        )
        if len(shown.rows) < shown.total:
            st.caption(f"The first {words.number(len(shown.rows))} of {words.number(shown.total)}.")
        reason = forms.with_reason(
            "take_up", button="Let them wait again", label="Why do you take them up again?",
            consequence="I take up all rows of this file that were left out.",
        )  # fmt: skip
        if reason is not None:
            lines = own_waiting_lines(session.db(), viewer, file.batch_id, left_out=True)
            taken = take_up(
                session.store(), file.batch_id, lines, viewer=viewer, via=Via.PAGE, now=session.now(), reason=reason
            )
            forms.done(f"{words.count(taken, 'row waits', 'rows wait')} again.")


def _choose(viewer: Viewer, file: WaitingFile, label: str, key: str) -> list[int] | None:
    """The lines chosen; None for all. Too many to choose among are taken together."""
    if file.waiting == 1 or file.waiting > MOST_CHOSEN:
        return None
    lines = own_waiting_lines(session.db(), viewer, file.batch_id)
    chosen = st.multiselect(
        label,
        lines,
        format_func=lambda line: f"line {words.number(line)}",
        placeholder=f"all {words.number(file.waiting)}",
        key=forms.fresh(f"{key}_{file.batch_id}"),
    )
    return chosen or None


def _file(viewer: Viewer, file: WaitingFile, lines: list[int] | None, *, download: bool = False) -> bytes:
    db = session.db()
    texts = own_waiting_texts(db, viewer, file.batch_id, lines)
    told = {header: name for header, name in fetch_answers(db, file.batch_id).get("headers", {}).items() if name}
    return mend_file(texts, told, download=download)


def _unbroken(report_id: str) -> object:
    """A number is not torn apart at its hyphens, unless it would push everything else aside."""
    if len(report_id) > LONGEST_UNBROKEN:
        return report_id
    return tables.Drawn(f'<span style="white-space:nowrap">{escape(report_id)}</span>')


def _wrote(problem: Problem | None) -> object:
    """The value at its address, as the partner's spreadsheet names it."""
    if problem is None or problem.column is None:
        return None
    return tables.Two(problem.value or "nothing", words.column(problem.letter, problem.column))


def _titles(row: WaitingRow) -> list[str]:
    return list(dict.fromkeys(PROBLEMS[each.code].title for each in row.problems if each.code in PROBLEMS))
