"""What everybody reads of complaints about an agency: each with an answer or a running clock, and with replies."""

from collections.abc import Sequence
from datetime import date, datetime

import streamlit as st

from pages.parts import bands, complaint_words, links, session, tables, words
from schemas.complaint import PublicComplaint
from schemas.standard import load_standard
from schemas.viewer import Viewer
from vetting.disclosure.complaints import open_ones, published_complaints
from vetting.scoring import speech

NONE = (
    "No complaint has been published about this agency. That is no good sign: people may not know that they can "
    "complain, or be afraid to."
)
WHAT_THEY_ARE = (
    "A complaint is what somebody reports. It is a finding only where it reads “substantiated”. Months are told, and "
    "no days, so that nobody can tell who complained."
)


def section(viewer: Viewer, agency_id: str, today: date, known_at: datetime | None = None) -> None:
    """On the agency's page, with the way to complain."""
    st.subheader("Complaints and replies", anchor=False)
    draw(published_complaints(session.db(), viewer, agency_id, today=today, known_at=known_at))
    links.to("complain", "Complain about this agency", icon=links.WINDOWS["complain"].icon, agency=agency_id)


def draw(shown: Sequence[PublicComplaint]) -> None:
    if not shown:
        st.caption(NONE)
        return
    st.caption(WHAT_THEY_ARE)
    for complaint in shown:
        one(complaint)


def one(complaint: PublicComplaint) -> None:
    face = complaint_words.STATES[complaint.state]
    with st.container(border=True):
        st.markdown(f"{bands.badge(face)} **{words.literal(complaint.subject)}**{_late(complaint)}")
        about = f" · {speech.named(load_standard(), complaint.crit_code)}" if complaint.crit_code else ""
        received = f"Received in {complaint_words.month(complaint.received_in)}{about}{_clock(complaint)}"
        st.caption(words.literal(received))
        if complaint.summary:
            st.markdown(words.quoted(complaint.summary))
        if complaint.answer and complaint.answered_in:
            answered = complaint_words.month(complaint.answered_in)
            st.markdown(f"**The operating body answers**, {answered}:  \n{words.quoted(complaint.answer)}")
        for reply in complaint.replies:
            replied = complaint_words.month(reply.replied_in)
            st.markdown(f"**The agency replies**, {replied}:  \n{words.quoted(reply.reply)}")
        if not complaint.replies:
            st.caption("The agency has not replied.")


def in_a_row(agency_id: str, shown: Sequence[PublicComplaint]) -> object:
    """For the register: how many, and the way to read them or to complain."""
    own = [complaint for complaint in shown if complaint.agency_id == agency_id]
    if not own:
        return tables.Link("none published", links.address("complain", agency=agency_id))
    waiting = open_ones(own)
    told = f"{waiting} without an answer yet" if waiting else "all answered"
    return tables.Two(
        tables.Link(words.count(len(own), "complaint"), links.address("complain", agency=agency_id)), told
    )


def _clock(complaint: PublicComplaint) -> str:
    if complaint.due_on is None:
        return ""
    return f" · an answer {'was' if complaint.late else 'is'} due by {words.day(complaint.due_on)}"


def _late(complaint: PublicComplaint) -> str:
    return f" {complaint_words.LATE}" if complaint.late else ""
