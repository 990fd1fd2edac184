"""Signals: what in the evidence a reviewer should look at, because chance rarely brings it."""

import streamlit as st

from pages.parts import session, signal_rows
from schemas.codes import Role
from vetting.disclosure.signals import signals

viewer = session.require_role(Role.REVIEWER)

st.title("Signals", anchor=False)
st.write(
    "What chance rarely brings: copied rows, one word to every question, sums that are just the legal cap. The most "
    "surprising first."
)
found = signals(session.db(), viewer, as_of=session.today())
left = signal_rows.choose(found) if found else []
signal_rows.draw(left, empty="No signal of this kind. Choose another, or all." if found else signal_rows.EMPTY)
