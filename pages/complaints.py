"""Reviewers: the complaints that came in, each with its clock, and one of them from what was written to its answer."""

import streamlit as st

from pages.parts import complaint_desk, links, session
from schemas.codes import Role
from vetting.disclosure.complaints import complaint_list, complaint_page
from vetting.refusals import NotFound

viewer = session.require_role(Role.REVIEWER)
db, today, complaint_id = session.db(), session.today(), links.asked("complaint")

if complaint_id is None:
    st.title("Complaints", anchor=False)
    st.write("Anybody can file one. What was written is read one at a time, and each reading is on the trail.")
    complaint_desk.listed(complaint_list(db, viewer, today=today))
    st.stop()
links.to("complaints", "All complaints", icon=":material/arrow_back:")
try:
    page = complaint_page(db, viewer, complaint_id, today=today)
except NotFound as refusal:
    st.title("No such complaint", anchor=False)
    st.write(str(refusal))
    st.stop()
complaint_desk.head(page)
left, right = st.columns([3, 2], gap="large")
with left if page.why_not else right:
    complaint_desk.why_not(viewer, page)
with left:
    complaint_desk.text(viewer, page)
    complaint_desk.acts(viewer, page)
with right:
    complaint_desk.outside(page)
complaint_desk.history(page)
