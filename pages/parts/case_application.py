"""What the application says: the scope a certificate would speak for, and what the agency states of itself."""

import streamlit as st

from pages.parts import case_words, cell_editor, forms, scores, session, words
from pages.parts.case_steps import fold, offered
from schemas.application import SelfAnswered, SelfAssessment
from schemas.case import Case
from schemas.case_page import CaseAct, CasePage
from schemas.codes import Via
from schemas.review_codes import SelfAnswer
from schemas.review_sheet import load_review_sheet
from schemas.viewer import Viewer
from vetting.certification import applications, sheets

NOT_STATED = "not stated"
CAPACITY = "State the level of capacity building"


def scope(page: CasePage) -> None:
    st.subheader("Scope", anchor=False)
    covered = page.case.scope
    lines = {
        "Legal entity": covered.legal_entity,
        "Sites": "; ".join(covered.sites),
        "Corridors": "; ".join(scores.corridor(c.origin, c.destination) for c in covered.corridors),
        "Sectors": "; ".join(words.sector(code) for code in covered.sectors) or NOT_STATED,
        "Sub-agents": "; ".join(covered.sub_agents) or "none named, so none covered",
        "Standard": page.case.standard,
    }
    st.markdown("  \n".join(f"**{what}** {words.literal(said)}" for what, said in lines.items()))
    st.caption("What is not named here is not covered.")


def stated(viewer: Viewer, page: CasePage) -> None:
    """What the agency says of itself; it counts in no score."""
    st.subheader("What the agency says of itself", anchor=False)
    lines = {"Capacity building": _level(page), "Self-assessment": _own_sheet(page.application.self_assessment)}
    st.markdown("  \n".join(f"**{what}** {words.literal(said)}" for what, said in lines.items()))
    st.caption("Its own word, beside what was found. It counts in no score.")
    if offered(page, CaseAct.STATE_CAPACITY, CAPACITY, told=False):
        with fold(CAPACITY):
            _state_capacity(viewer, page.case)


def _level(page: CasePage) -> str:
    said = page.application.capacity
    if said is None:
        return NOT_STATED
    level = load_review_sheet(page.case.standard).level(said.level)
    return f"{level.title}. {level.means} Rests on: {said.rests_on} Stated {words.day(said.recorded_at.date())}."


def _own_sheet(sheet: SelfAssessment | None) -> str:
    if sheet is None:
        return NOT_STATED
    answers = [each.answer for each in sheet.answers]
    counts = [f"{answers.count(answer)} {case_words.SELF_ANSWERS[answer]}" for answer in SelfAnswer]
    return f"received {words.day(sheet.received_on)}: {', '.join(counts)}"


def _state_capacity(viewer: Viewer, case: Case) -> None:
    sheet = load_review_sheet(case.standard)
    with st.form(forms.fresh("capacity"), border=True):
        level = st.radio(
            "Level",
            [each.code for each in sheet.capacity_levels],
            index=None,
            format_func=lambda code: sheet.level(code).title,
            captions=[f"{each.means} ({each.status}: {each.basis})" for each in sheet.capacity_levels],
            key=forms.fresh("capacity_level"),
        )
        rests_on = st.text_input("What it rests on", max_chars=500, key=forms.fresh("capacity_rests_on"))
        if not st.form_submit_button(CAPACITY, key=forms.fresh("capacity_submit")):
            return
    if level is None:
        st.error("Choose a level first.", icon=":material/touch_app:")
        return
    with forms.refusals():
        applications.state_capacity(
            session.store(), viewer, case.case_id, level, rests_on,
            via=Via.PAGE, now=session.now(), today=session.today(),
        )  # fmt: skip
        forms.done(f"{sheet.level(level).title}: recorded.")


def record_self_assessment(viewer: Viewer, case: Case) -> None:
    """The agency's own sheet, from a file or cell by cell."""

    cell_editor.blank("self", sheets.blank_self_assessment(), "self-assessment.csv")
    with st.form(forms.fresh("self"), border=True):
        received_on = st.date_input(
            "Received on", value=session.today(), format="YYYY-MM-DD", key=forms.fresh("self_day")
        )
        sent = cell_editor.sheet("self")
        said = cell_editor.grid("self", case.standard, case_words.SELF_ANSWERS, SelfAnswer.NOT_ANSWERED)
        if not st.form_submit_button("Record the self-assessment", key=forms.fresh("self_submit")):
            return
    with forms.refusals():
        answers = (
            [SelfAnswered(crit_code=code, element=element, answer=answer) for code, element, answer, _ in said]
            if sent is None
            else sheets.read_self_assessment(sent.getvalue(), sent.name)
        )
        applications.record_self_assessment(
            session.store(), viewer, case.case_id, answers, received_on,
            via=Via.PAGE, now=session.now(), today=session.today(),
        )  # fmt: skip
        forms.done("The self-assessment is recorded.")
