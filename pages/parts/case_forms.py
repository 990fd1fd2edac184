"""The forms in which reviewers write things down: ties, assessments and interviews.

Each carries out one act, says what it will do, and shows a refusal as the sentence it is.
"""

import streamlit as st

from pages.parts import forms, session, words
from schemas.case import Case, Interviews, Tie
from schemas.codes import Via
from schemas.viewer import Viewer
from vetting.certification import reviews

TIE = "I have a tie with this agency (family, money, former or other work)"
NO_TIE = "I have no tie with this agency"


def declare_tie(viewer: Viewer, agency_id: str, said: Tie | None) -> None:
    """A reviewer's own word, asked before anything else: without it nobody may recommend or certify."""
    with st.form("tie", border=True):
        before = None if said is None else int(said.tied)
        chosen = st.radio("Your tie with this agency", [NO_TIE, TIE], index=before, key="tie_chosen")
        note = st.text_input("Note", key="tie_note", help="Needed when you have a tie, or no longer have one.")
        if not st.form_submit_button("Declare", key="tie_submit"):
            return
    if chosen is None:
        st.error("Choose one of the two first.", icon=":material/touch_app:")
        return
    with forms.refusals():
        reviews.declare_tie(
            session.store(), viewer, agency_id, chosen == TIE, note,
            via=Via.PAGE, now=session.now(), today=session.today(),
        )  # fmt: skip
        forms.done("Your declaration is recorded.")


def count_interviews(viewer: Viewer, case: Case, sample: Interviews) -> None:
    with st.form("interviews", border=True):
        count = st.number_input(
            "Workers interviewed for this case so far, in all",
            min_value=0, value=sample.interviewed, step=1, key="interviews_count",
        )  # fmt: skip
        if not st.form_submit_button("Record the count", key="interviews_submit"):
            return
    with forms.refusals():
        reviews.count_interviews(
            session.store(), viewer, case.case_id, int(count),
            via=Via.PAGE, now=session.now(), today=session.today(),
        )  # fmt: skip
        forms.done(f"{words.count(int(count), 'worker')} interviewed: recorded.")
