"""The forms in which reviewers write things down: ties, assessments, interviews, findings and what becomes of them.

Each carries out one act, says what it will do, and shows a refusal as the sentence it is.
"""

from collections.abc import Sequence

import streamlit as st

from pages.parts import case_words, forms, session, words
from schemas.case import Case, Finding, Interviews, Tie
from schemas.codes import ActionState, Grade, Via
from schemas.standard import Standard
from schemas.viewer import Viewer
from vetting.certification import findings, reviews
from vetting.scoring import speech

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


def record_finding(viewer: Viewer, case: Case, standard: Standard) -> None:
    titles = {criterion.crit_code: speech.named(standard, criterion.crit_code) for criterion in standard.criteria}
    with st.form(forms.fresh("finding"), border=True):
        code = st.selectbox(
            "Criterion", list(titles), format_func=titles.__getitem__, key=forms.fresh("finding_criterion")
        )
        grade = st.radio(
            "Grade", list(Grade), index=None, horizontal=True, key=forms.fresh("finding_grade"),
            format_func=lambda g: case_words.GRADES[g].word,
            help="Critical stops the agency at once; major stops a certificate; minor and observation do not.",
        )  # fmt: skip
        statement = st.text_area(
            "What was found", key=forms.fresh("finding_statement"), height=100, max_chars=forms.LONGEST_REASON
        )
        if not st.form_submit_button("Record the finding", key=forms.fresh("finding_submit")):
            return
    if grade is None:
        st.error("Choose a grade: it decides the deadline and what is stopped.", icon=":material/touch_app:")
        return
    with forms.refusals():
        findings.record_finding(
            session.store(), viewer, case.case_id, crit_code=code, grade=grade, statement=statement,
            via=Via.PAGE, now=session.now(), today=session.today(),
        )  # fmt: skip
        forms.done(f"{case_words.GRADES[grade].word} finding on {code} recorded.")


def act_on_finding(viewer: Viewer, finding: Finding, steps: Sequence[ActionState]) -> None:
    """One of the steps the finding may take now."""
    stem = f"action_{finding.finding_id}"
    onward = next((step for step in steps if step is not finding.state), steps[0])
    step = st.segmented_control(
        "What happened",
        steps,
        format_func=case_words.ACTS.__getitem__,
        default=onward,
        required=True,
        key=forms.fresh(f"{stem}_step"),
    )
    with st.form(forms.fresh(stem), border=True):
        note = st.text_area(
            case_words.NOTES[step], key=forms.fresh(f"{stem}_note"), height=80, max_chars=forms.LONGEST_REASON
        )
        due = None
        if step is ActionState.AGREED:
            due = st.date_input(
                "Due, if another date than the scheme's deadline was agreed",
                value=None, format="YYYY-MM-DD", key=forms.fresh(f"{stem}_due"),
            )  # fmt: skip
        if not st.form_submit_button(case_words.ACTS[step], key=forms.fresh(f"{stem}_submit")):
            return
    with forms.refusals():
        findings.act_on_finding(
            session.store(), viewer, finding.finding_id, step, note, agreed_due=due,
            via=Via.PAGE, now=session.now(), today=session.today(),
        )  # fmt: skip
        forms.done(f"{case_words.ACTS[step]}: recorded.")


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
