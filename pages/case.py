"""One case from top to bottom, and what a reviewer may do with it."""

import streamlit as st

from pages.parts import (
    case_application,
    case_grid,
    case_sample,
    case_sections,
    decision_forms,
    decision_record,
    evidence_rows,
    finding_rows,
    gate_forms,
    links,
    scores,
    session,
)
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
scope, stated = st.columns(2, gap="large")
with scope:
    case_application.scope(page)
with stated:
    case_application.stated(viewer, page)
st.subheader("The headline, and why", anchor=False)
left, right = st.columns([2, 1], gap="large")
with left:
    scores.stops(page.score, standard)
    gate_forms.cleared(page.cleared, page.score, standard)
    hold = hold_page(session.db(), viewer, page.score, session.now())
    gate_forms.hold(viewer, hold, page.agency.agency_id, act=True)
    case_sections.obstacles(page)
    scores.cost(page.score)
with right:
    scores.reality(page.score)
    links.to("reports", "Single reports of its workers", icon=links.WINDOWS["reports"].icon, case=case_id)
    links.to("trail", "The trail of this case", icon=links.WINDOWS["trail"].icon, subject=case_id)
    links.to("agency", "The agency's live score", icon=":material/apartment:", agency=page.agency.agency_id)
case_sections.both_sides(page)
case_grid.assessments(viewer, page, standard)
case_sample.interviews(viewer, page)
finding_rows.findings(viewer, page, standard)
evidence_rows.of_case(viewer, page)
case_sections.ties(viewer, page)
decision_record.section(viewer, page)
st.subheader("What you can do now", anchor="decide")
decision_forms.decisions(viewer, page)
case_sections.history(page)
