"""Finding the agency to complain about, as in the register; and asking with two codes what became of a complaint."""

from datetime import date

import streamlit as st

from pages.parts import bands, complaint_words, forms, licences, links, scores, session, tables, words
from schemas.complaint import FollowUp
from schemas.viewer import Viewer
from vetting.disclosure.complaints import follow_up
from vetting.disclosure.register import search_register

CODE = r"[A-Za-z0-9-]{1,40}"


def find_agency(viewer: Viewer, today: date) -> None:
    st.subheader("Which agency?", anchor=False)
    text = st.text_input(
        "Name, licence or alias",
        key="search",
        bind="query-params",
        max_chars=100,
        placeholder="As you heard it: small misspellings are found",
        icon=":material/search:",
    )
    if not text:
        st.caption("An agency that is not found here is not licensed in a register we hold: tell the authority there.")
        return
    found = search_register(session.db(), viewer, today=today, text=text)
    columns = {
        "Agency": lambda e: tables.Two(
            tables.Link(e.name, links.address("complain", agency=e.agency_id)),
            ", ".join([f"licence {e.licence}", *e.aliases]),
        ),
        "Country": lambda e: scores.country(e.country),
        "Licence": licences.licence,
    }
    tables.show(
        found.entries,
        columns,
        empty="No agency fits. Try another spelling. One that is not here is not licensed in a register we hold: tell "
        "the authority of the country.",
    )


def ask(viewer: Viewer, today: date) -> None:
    """The second code is typed, never in an address: addresses stay in a browser's history."""
    st.subheader("What became of a complaint?", anchor=False)
    with st.form("follow_up", border=True):
        left, right = st.columns(2)
        reference = left.text_input(
            "Reference", value=links.asked("reference", CODE) or "", max_chars=20, key="asked_reference"
        )
        secret = right.text_input("Follow-up code", max_chars=40, key="asked_secret", type="password")
        if not st.form_submit_button("Look it up", icon=":material/search_activity:"):
            return
    with forms.refusals():
        _answer(follow_up(session.db(), viewer, reference, secret, today=today))


def _answer(found: FollowUp) -> None:
    face = complaint_words.STATES[found.state]
    with st.container(border=True):
        late = f" {complaint_words.LATE}" if found.late else ""
        st.markdown(f"{bands.badge(face)} **{words.literal(found.subject)}**{late}")
        clock = f" An answer is due by {words.day(found.due_on)}." if found.due_on else ""
        st.markdown(
            f"About {words.literal(found.agency)}, received in {complaint_words.month(found.received_in)}.{clock}"
        )
        if found.answer:
            st.markdown(f"**The answer:**  \n{words.quoted(found.answer)}")
        for reply in found.replies:
            st.markdown(f"**The agency replies:**  \n{words.quoted(reply.reply)}")
        public = "Everybody can read that there is this complaint, never what you wrote."
        st.caption(public if found.shown else "Nobody but the reviewers knows of this complaint.")
