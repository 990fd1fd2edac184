"""One case from top to bottom, and what a reviewer may do with it."""

import streamlit as st

from pages.parts import case_sections, decision_forms, gate_forms, links, scores, session
from schemas.codes import Role
from schemas.standard import load_standard
from vetting.certification.notices import hold_page
from vetting.certification.page import case_page

viewer = session.require_role(Role.REVIEWER)
case_id = links.asked_case()
with links.no_such_case():
    page = case_page(session.db(), viewer, case_id, session.today())
standard = load_standard(page.case.standard)

links.to("cases", "Queue", icon=":material/arrow_back:")
case_sections.who(page)
left, right = st.columns([2, 1], gap="large")
with left:
    scores.stops(page.score, standard)
    gate_forms.cleared(page.cleared, page.score, standard)
    hold = hold_page(session.db(), viewer, page.score, session.now())
    gate_forms.hold(viewer, hold, page.agency.agency_id, act=True)
    case_sections.obstacles(page)
    heard, paid = st.columns(2, gap="large")
    with heard:
        scores.reality(page.score)
    with paid:
        scores.cost(page.score)
with right:
    case_sections.scope(page)
    case_sections.interviews(viewer, page)
    case_sections.ties(viewer, page)
    links.to("reports", "Single reports of its workers", icon=links.WINDOWS["reports"].icon, case=case_id)
    links.to("agency", "The agency's live score", icon=":material/apartment:", agency=page.agency.agency_id)
case_sections.both_sides(page)
case_sections.findings(viewer, page, standard)
case_sections.assessments(viewer, page, standard)
st.subheader("What you can do now", anchor=False)
decision_forms.decisions(viewer, page)
case_sections.history(page)
