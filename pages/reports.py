"""The single reports of one case: a reviewer opens one at a time, under their own name and with a reason."""

import streamlit as st

from pages.parts import links, report_reading, session, words
from schemas.codes import Role
from vetting.disclosure.single_reports import readable_reports

viewer = session.require_role(Role.REVIEWER)
case_id = links.asked_case()
with links.no_such_case():
    readable = readable_reports(session.db(), viewer, case_id, session.today())

links.to("case", "The case", icon=":material/arrow_back:", case=case_id)
st.title("Single reports", anchor=False)
st.markdown(f"**{words.literal(readable.agency)}**")
report_reading.say(readable)
kept = report_reading.opened(viewer, case_id)
if kept is not None:
    report_reading.show(viewer, kept)
elif readable.readable and not readable.why_not:
    report_reading.choose(viewer, case_id, readable)
report_reading.views(viewer, case_id)
