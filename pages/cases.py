"""The reviewers' queue: what waits on whom, and since when; and how much partners sent."""

import streamlit as st

from pages.parts import partner_rows, queue_item_rows, queue_rows, session
from schemas.codes import Role
from vetting.certification.waiting import case_queue
from vetting.disclosure.queue_items import queue_items

viewer = session.require_role(Role.REVIEWER)
queue = case_queue(session.db(), viewer, session.today())

st.title("Cases", anchor=False)
chosen = queue_rows.choose(queue)
queue_rows.draw(queue_rows.chosen_lines(queue, chosen), empty=queue_rows.EMPTY[chosen])
st.caption("A case is opened on an agency's page, when the agency applies.")
st.subheader("Workers' reports to look into", anchor=False)
queue_item_rows.draw(queue_items(session.db(), viewer))
st.subheader("What partners sent", anchor=False)
partner_rows.draw(viewer)
