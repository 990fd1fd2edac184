"""Administrators: which cells that looked personal are let through, for whom and why."""

import streamlit as st

from pages.parts import alarm_forms, session, tables, words
from schemas.codes import Role
from schemas.problem_codes import PROBLEMS
from vetting.store.partners import fetch_partners
from vetting.store.passes import list_passes

viewer = session.require_role(Role.ADMIN)
db = session.db()
partners = {partner.partner: partner for partner in fetch_partners(db)}
standing = list_passes(db, viewer)

st.title("False alarms")
st.write(
    "A file in which a name, a phone, a passport or an identity number stands is refused as a whole. Sometimes it is "
    "none: a ferry called Sunita, a receipt of ten digits. The partner then tells you the reference that stands with "
    "the cell, and what the cell says. You let just that text through, in that partner's files, and say why. "
    "The text itself is kept nowhere."
)
tables.show(
    standing,
    {
        "Reference": lambda p: p.reference,
        "Looked like": lambda p: PROBLEMS[p.code].title,
        "Partner": lambda p: tables.Two(partners[p.partner].name, p.partner),
        "Why it is none": lambda p: tables.Two(p.reason, f"{p.actor}, {words.moment(p.recorded_at)}"),
    },
    empty="No false alarm has been let through.",
    key="passes",
)
let, back = st.columns(2, gap="large")
with let:
    st.subheader("Let one through")
    alarm_forms.let_pass(viewer, list(partners.values()))
with back:
    st.subheader("Take one back")
    alarm_forms.take_back(viewer, standing)
