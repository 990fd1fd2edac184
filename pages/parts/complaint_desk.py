"""Complaints at the reviewers' desk: the list with its clock, one complaint, what was written, and what to do."""

from collections.abc import Sequence

import streamlit as st

from pages.parts import (
    bands,
    case_forms,
    charts,
    complaint_acts,
    complaint_rows,
    complaint_words,
    filters,
    forms,
    links,
    queue_rows,
    scores,
    session,
    tables,
    words,
)
from schemas.codes import Via
from schemas.complaint import DECIDED, SUBJECTS, ComplaintState, Told
from schemas.standard import load_standard
from schemas.viewer import Viewer
from vetting.certification.complaint_clock import end_of_month
from vetting.disclosure.complaints import ComplaintLine, ComplaintPage, open_complaint
from vetting.scoring import speech

S = ComplaintState
OPEN, HELD, ANSWERED, LEFT = "open", "held", "answered", "left"
LABELS = {OPEN: "To do", HELD: "Held back", ANSWERED: "Answered", LEFT: "Not looked into"}
EMPTY = {
    OPEN: "No complaint waits. New ones come here as soon as somebody files one.",
    HELD: "No complaint is held back.",
    ANSWERED: "No complaint has been answered yet.",
    LEFT: "Every complaint so far has been looked into.",
}


def listed(lines: Sequence[ComplaintLine]) -> None:
    """The complaints, one choice of them at a time."""
    chosen = filters.switch("which", "Show", {name: len(_chosen(lines, name)) for name in LABELS}, LABELS.__getitem__)
    mode = charts.mode()
    columns = {
        "Agency": lambda line: tables.Two(_link(line), f"licence {line.agency.licence}"),
        "About": lambda line: SUBJECTS[line.file.complaint.subject].wording,
        "State": lambda line: tables.Two(
            tables.Drawn(bands.chip(complaint_words.STATES[line.file.state], mode)), _who_reads(line)
        ),
        "Since": lambda line: line.file.since.date(),
        "Due": lambda line: queue_rows.due(line.due_on, session.today(), mode),
    }
    tables.show(_chosen(lines, chosen), columns, empty=EMPTY[chosen], key="complaints")


def head(page: ComplaintPage) -> None:
    file, line = page.line.file, page.line
    about = SUBJECTS[file.complaint.subject]
    st.title(words.literal(about.wording), anchor=False)
    face = complaint_words.STATES[file.state]
    due = f" · due {words.day(line.due_on)}" if line.due_on else ""
    late = f" {complaint_words.LATE}" if line.late else ""
    st.markdown(f"{bands.badge(face)} since {words.day(file.since.date())}{due}{late}")
    how = f"written down by {file.complaint.taken_by}" if file.complaint.taken_by else "filed without signing in"
    st.caption(
        words.literal(
            f"About {line.agency.name}, licence {line.agency.licence}. Came in on "
            f"{words.day(file.complaint.recorded_at.date())}, {how}. Criterion "
            f"{speech.named(load_standard(), about.crit_code)}."
        )
    )
    if about.urgent and file.state in (S.REPORTED, S.UNDER_REVIEW):
        st.error("Somebody may be in danger. Refer at once to those who protect people.", icon=":material/emergency:")


def why_not(viewer: Viewer, page: ComplaintPage) -> None:
    """What keeps this reviewer from reading and acting, and the declaration it takes."""
    if page.why_not:
        session.forget(session.OPEN_COMPLAINT)
        with st.container(border=True):
            st.markdown(":material/block: **You cannot read this complaint or act on it now.**")
            st.markdown("\n".join(f"- {words.literal(reason)}" for reason in page.why_not))
    declared = page.your_tie is not None
    with st.expander("Declare whether you have a tie with this agency", icon=":material/edit:", expanded=not declared):
        case_forms.declare_tie(viewer, page.line.agency.agency_id, page.your_tie)


def text(viewer: Viewer, page: ComplaintPage) -> None:
    """What was written: asked for, and on the trail each time."""
    if page.why_not:
        return
    st.subheader("What was written", anchor=False)
    complaint_id = page.line.file.complaint.complaint_id
    kept: tuple[Viewer, Told] | None = session.recall(session.OPEN_COMPLAINT)
    if kept and kept[0] == viewer and kept[1].complaint_id == complaint_id:
        _told(kept[1])
    elif not page.text_kept:
        st.caption("What was written is deleted: its time is over. What came of it stays.")
    else:
        st.caption(
            "Each time you read it is kept on the trail with your name. It stands here until you leave the page."
        )
        if st.button("Read what was written", icon=":material/visibility:", key="read_complaint"):
            with forms.refusals():
                told = open_complaint(session.store(), viewer, complaint_id, via=Via.PAGE, now=session.now())
                session.keep(session.OPEN_COMPLAINT, (viewer, told))
                st.rerun()


def outside(page: ComplaintPage) -> None:
    """What everybody reads of it, from when on, and what the agency is told."""
    st.subheader("What everybody reads", anchor=False)
    if page.everybody_reads is None:
        st.caption("Nothing: it is not shown to anybody but reviewers, and to whoever complained with both codes.")
    else:
        if not page.line.public:
            over = words.day(end_of_month(page.line.file.complaint.received_in))
            st.caption(f"From the day after {over} on, so that nobody can tell on which day somebody complained:")
        complaint_rows.one(page.everybody_reads)
    if page.notice:
        with st.expander("The notice to the agency", icon=":material/forward_to_inbox:"):
            st.code(page.notice, language=None, wrap_lines=True)


def history(page: ComplaintPage) -> None:
    st.subheader("How it came here", anchor=False)
    columns = {
        "When": lambda move: move.recorded_at,
        "What": lambda move: complaint_words.STATES[move.to_state].word,
        "By": lambda move: move.actor,
        "Reason": lambda move: move.reason,
        "Answer": lambda move: move.answer,
    }
    tables.show(
        list(reversed(page.line.file.moves)), columns, empty="Nobody has looked at it yet.", key="complaint_moves"
    )


def acts(viewer: Viewer, page: ComplaintPage) -> None:
    if page.why_not:
        return
    st.subheader("What you can do now", anchor=False)
    complaint_acts.draw(viewer, page)
    if page.line.file.state is S.SUBSTANTIATED:
        links.to(
            "agency",
            "Record a finding in the agency's case, if this is one against the standard",
            icon=":material/gavel:",
            agency=page.line.agency.agency_id,
        )


def _told(told: Told) -> None:
    with st.container(border=True):
        st.markdown(words.quoted(told.text))
        origin = scores.country(told.origin) if told.origin else "not said"
        destination = scores.country(told.destination) if told.destination else "not said"
        who = complaint_words.REPORTERS[told.reporter] if told.reporter else "not said"
        when = complaint_words.month(told.happened_in) if told.happened_in else "not said"
        st.caption(f"When: {when} · recruited in: {origin} · to work in: {destination} · who writes: {who}")


def _chosen(lines: Sequence[ComplaintLine], name: str) -> list[ComplaintLine]:
    return {
        OPEN: [line for line in lines if line.due_on is not None],
        HELD: [line for line in lines if line.file.showing and not line.file.shown and line.file.state in DECIDED],
        ANSWERED: [line for line in lines if line.file.state in DECIDED],
        LEFT: [line for line in lines if line.file.state is S.NOT_ADMISSIBLE],
    }[name]


def _link(line: ComplaintLine) -> tables.Link:
    return tables.Link(line.agency.name, links.address("complaints", complaint=line.file.complaint.complaint_id))


def _who_reads(line: ComplaintLine) -> str:
    if line.public:
        return "everybody reads of it"
    return "everybody reads of it from next month" if line.file.shown else ""
