"""The reviewers' queue: what waits on whom, and since when; and how much partners sent."""

import streamlit as st

from pages.parts import partner_rows, queue_item_rows, queue_rows, session
from schemas.codes import Role
from vetting.certification.waiting import case_queue
from vetting.disclosure.queue_items import queue_items

viewer = session.require_role(Role.REVIEWER)
today = session.today()
queue = case_queue(session.db(), viewer, today)

st.title("Cases", anchor=False)
whose, state = st.columns([3, 1], vertical_alignment="bottom")
with state:
    lines = queue_rows.choose_state(queue)
with whose:
    chosen = queue_rows.choose(lines)
queue_rows.draw_groups(queue_rows.chosen_lines(lines, chosen), chosen, today)
st.caption("A case is opened on an agency's page, when the agency applies.")
st.subheader("Workers' reports to look into", anchor=False)
queue_item_rows.draw(queue_items(session.db(), viewer))
st.subheader("What partners sent", anchor=False)
partner_rows.draw(viewer)
