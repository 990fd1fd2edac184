"""The trail: who did what, when and why; for reviewers and administrators."""

import streamlit as st

from pages.parts import filters, session, trail_rows
from schemas.codes import Role
from schemas.trail import Asked
from vetting.trail.search import actions_seen, find_entries

viewer = session.require_role(Role.REVIEWER, Role.ADMIN)
db = session.db()

st.title("Trail", anchor=False)
st.write("Every act, written as it happened and never changed. Each entry carries the hash of the one before it.")
about, by = st.columns(2)
subject = about.text_input(
    "About", key="subject", bind="query-params", max_chars=100, placeholder="An id, a setting, an address, a file"
)
actor = by.text_input("By whom", key="actor", bind="query-params", max_chars=100, placeholder="Part of an address")
kind, begin, end = st.columns([2, 1, 1])
with kind:
    action = trail_rows.choose_action(actions_seen(db, viewer))
with begin:
    since = filters.choose_day("since", "From (UTC)")
with end:
    until = filters.choose_day("until", "To (UTC)")
asked = Asked(subject=subject or "", actor=actor or "", action=action, since=since, until=until)
found = find_entries(db, viewer, asked, filters.page())
trail_rows.draw(found, viewer)
filters.turn(found.page, found.pages)
st.subheader("Prove it", anchor=False)
trail_rows.prove(viewer, found)
