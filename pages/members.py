"""Administrators: who may sign in, as what; and which partners send fee reports."""

import streamlit as st

from pages.parts import member_forms, session, tables, words
from schemas.codes import Role
from vetting.store.members import fetch_members
from vetting.store.partners import fetch_partners

viewer = session.require_role(Role.ADMIN)
db = session.db()
members = fetch_members(db, viewer)
partners = fetch_partners(db)

st.title("Members and partners")
st.write("A member signs in with a verified e-mail address and does one kind of work. A partner sends fee reports.")
people, senders = st.tabs([f"Members {len(members)}", f"Partners {len(partners)}"])

with people:
    tables.show(
        members,
        {
            "Member": lambda m: tables.Two(m.name, m.email),
            "Role": lambda m: words.ROLES[m.role],
            "Organisation": lambda m: m.organisation,
            "State": lambda m: m.state,
        },
        empty="Nobody is a member yet. Add the first one below.",
        key="members",
    )
    add, stop = st.columns(2, gap="large")
    with add:
        st.subheader("Add or change a member")
        member_forms.add_member(viewer, partners)
    with stop:
        st.subheader("Suspend a member")
        member_forms.suspend_member(viewer, [m for m in members if m.state == "active" and m.email != viewer.actor])

with senders:
    tables.show(
        partners,
        {
            "Partner": lambda p: tables.Two(p.name, p.partner),
            "Kind": lambda p: words.PARTNER_KINDS[p.kind],
        },
        empty="No partner is registered yet. Register the first one below.",
        key="partners",
    )
    st.subheader("Register or change a partner")
    member_forms.add_partner(viewer)
