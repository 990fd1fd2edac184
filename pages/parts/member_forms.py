"""The forms in which an administrator adds and suspends members and registers partners."""

from collections.abc import Sequence

import streamlit as st

from pages.parts import forms, session, words
from schemas.codes import PartnerKind, Role, Via
from schemas.person import Member, Partner
from schemas.viewer import Viewer
from vetting.store import members, partners

ROLES = [role for role in Role if role is not Role.PUBLIC]


def add_member(viewer: Viewer, registered: Sequence[Partner]) -> None:
    """Outside a form, because the organisation is asked for differently when the role is partner."""
    with st.container(border=True):
        email = st.text_input("E-mail address", key=forms.fresh("member_email"), max_chars=200)
        name = st.text_input("Name", key=forms.fresh("member_name"), max_chars=200)
        role = st.selectbox(
            "Role", ROLES, format_func=lambda r: words.ROLES[r].capitalize(), key=forms.fresh("member_role")
        )
        organisation = _organisation(role, registered)
        if not st.button("Add member", type="primary", key="member_add"):
            return
    with forms.refusals():
        added = members.add_member(
            session.store(),
            viewer,
            email=email,
            name=name,
            role=role,
            organisation=organisation,
            via=Via.PAGE,
            now=session.now(),
        )
        forms.done(f"{added.email} may sign in as {words.ROLES[added.role]}.")


def suspend_member(viewer: Viewer, active: Sequence[Member]) -> None:
    if not active:
        st.caption("There is no other active member.")
        return
    chosen = st.selectbox("Member", active, format_func=lambda m: f"{m.name}, {m.email}", key="suspend_whom")
    reason = forms.with_reason(
        "suspend", button="Suspend", consequence=f"{chosen.name} is a visitor from now on, until added again."
    )
    if reason is None:
        return
    with forms.refusals():
        members.suspend_member(session.store(), viewer, chosen.email, reason=reason, via=Via.PAGE, now=session.now())
        forms.done(f"{chosen.email} is suspended.")


def add_partner(viewer: Viewer) -> None:
    with st.form(forms.fresh("partner"), border=True):
        code = st.text_input("Code", help="Short, as used in commands and kept with every report.", max_chars=64)
        name = st.text_input("Name of the organisation", max_chars=200)
        kind = st.selectbox("Kind", list(PartnerKind), format_func=lambda k: words.PARTNER_KINDS[k].capitalize())
        st.caption("Reports from agencies and employers are kept and shown apart, and never counted in a score.")
        if not st.form_submit_button("Register partner", type="primary"):
            return
    with forms.refusals():
        added = partners.add_partner(
            session.store(), viewer, partner=code, kind=kind, name=name, via=Via.PAGE, now=session.now()
        )
        forms.done(f"{added.name} is registered as {added.partner}.")


def _organisation(role: Role, registered: Sequence[Partner]) -> str:
    """A partner's member belongs to a registered partner; everybody else's organisation is only a name."""
    if role is not Role.PARTNER:
        return st.text_input("Organisation", key=forms.fresh("member_organisation"), max_chars=200)
    chosen = st.selectbox(
        "Partner",
        registered,
        format_func=lambda p: f"{p.name} ({p.partner})",
        key=forms.fresh("member_partner"),
        placeholder="Register a partner first",
    )
    return chosen.partner if chosen else ""
