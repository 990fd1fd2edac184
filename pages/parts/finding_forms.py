"""The forms in which reviewers record a finding and what becomes of it, with its evidence."""

from collections.abc import Sequence

import streamlit as st

from pages.parts import case_words, evidence_rows, forms, session
from schemas.case import BLOCKING, Case, Finding
from schemas.codes import ActionState, Grade, Via
from schemas.standard import Standard
from schemas.viewer import Viewer
from vetting.certification import findings
from vetting.scoring import speech


def record(viewer: Viewer, case: Case, standard: Standard) -> None:
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


def act(viewer: Viewer, finding: Finding, steps: Sequence[ActionState]) -> None:
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
    with st.form(forms.fresh(stem), border=False):
        note = st.text_area(
            case_words.NOTES[step], key=forms.fresh(f"{stem}_note"), height=80, max_chars=forms.LONGEST_REASON
        )
        due = None
        if step is ActionState.AGREED:
            due = st.date_input(
                "Due, if another date than the scheme's deadline was agreed",
                value=None, format="YYYY-MM-DD", key=forms.fresh(f"{stem}_due"),
            )  # fmt: skip
        if step in findings.ON_EVIDENCE and finding.grade in BLOCKING:
            st.caption(
                ":material/attach_file: This takes evidence of the correction: a file, or a document that is named, "
                "given here or when it was reported as done."
            )
        given, clean = evidence_rows.fields(stem)
        if not st.form_submit_button(case_words.ACTS[step], key=forms.fresh(f"{stem}_submit")):
            return
    if not evidence_rows.said_clean(clean):
        return
    with forms.refusals():
        findings.act_on_finding(
            session.store(), viewer, finding.finding_id, step, note, agreed_due=due, evidence=given,
            via=Via.PAGE, now=session.now(), today=session.today(),
        )  # fmt: skip
        forms.done(f"{case_words.ACTS[step]}: recorded.")
