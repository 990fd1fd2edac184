"""The forms in which an administrator lets a false alarm through, and takes that back."""

from collections.abc import Sequence

import streamlit as st

from pages.parts import forms, session
from schemas.codes import Via
from schemas.person import Partner
from schemas.personal_pass import PersonalPass
from schemas.viewer import Viewer
from vetting.store import passes


def let_pass(viewer: Viewer, registered: Sequence[Partner]) -> None:
    if not registered:
        st.caption("No partner is registered yet.")
        return
    partner = st.selectbox(
        "Partner",
        registered,
        index=None,  # a text let through for another partner than the one that asked would help nobody and hide it
        placeholder="Whose file it is",
        format_func=lambda p: f"{p.name} ({p.partner})",
        key=forms.fresh("pass_partner"),
    )
    reference = st.text_input(
        "Reference", placeholder="phone-4f1c9a20be77", max_chars=40, key=forms.fresh("pass_reference"),
        help="It stands at the end of what the partner was told to do about the cell.",
    )  # fmt: skip
    reason = forms.with_reason(
        "pass",
        button="Let it through",
        label="Why it is no personal data",
        help="Do not write the text itself here: the reason is kept for ever.",
        consequence="I know what the cell says, and nobody can be found by it.",
    )
    if reason is None:
        return
    if partner is None:
        st.error("Choose the partner whose file it is.", icon=":material/group:")
        return
    with forms.refusals():
        passed = passes.let_pass(
            session.store(), viewer, partner.partner, reference, reason=reason, via=Via.PAGE, now=session.now()
        )
        forms.done(f"{passed.reference} passes for {partner.name}. They can check their file again.")


def take_back(viewer: Viewer, standing: Sequence[PersonalPass]) -> None:
    if not standing:
        st.caption("There is none to take back.")
        return
    chosen = st.selectbox(
        "Reference", standing, format_func=lambda p: f"{p.reference}, {p.partner}", key=forms.fresh("unpass_which")
    )
    reason = forms.with_reason(
        "unpass",
        button="Take back",
        consequence="Files with this text are refused again; what was stored meanwhile stays.",
    )
    if reason is None:
        return
    with forms.refusals():
        passes.take_back(
            session.store(), viewer, chosen.partner, chosen.reference, reason=reason, via=Via.PAGE, now=session.now()
        )
        forms.done(f"{chosen.reference} does not pass for {chosen.partner} any more.")
