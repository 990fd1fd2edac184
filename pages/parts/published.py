"""Decisions as everybody may read them: what, when, by which body, and what has become of an appeal."""

from collections.abc import Sequence

import streamlit as st

from pages.parts import bands, charts, session, tables, words
from pages.parts.bands import Face
from schemas.codes import DecisionKind
from schemas.decision import PublicDecision
from schemas.viewer import Viewer
from vetting.certification.decisions import public_decisions

FACES: dict[DecisionKind, Face] = {
    DecisionKind.CERTIFY: Face("Certified", "verified", "green", ""),
    DecisionKind.DECLINE: Face("Declined", "block", "gray", ""),
    DecisionKind.SUSPEND: Face("Suspended", "pause_circle", "red", ""),
    DecisionKind.WITHDRAW: Face("Withdrawn", "cancel", "red", ""),
    DecisionKind.REINSTATE: Face("Reinstated", "verified", "green", ""),
}


def of_agency(viewer: Viewer, agency_id: str) -> None:
    """On the agency's page; nothing while nothing was decided."""
    found = public_decisions(session.db(), viewer, session.today(), agency_id)
    if found:
        st.subheader("Decisions about its certificate", anchor=False)
        _table(found, whose=False)


def all_of_them(viewer: Viewer) -> None:
    """On the register, folded away: who came for one agency finds it by its name."""
    found = public_decisions(session.db(), viewer, session.today())
    with st.expander(f"Every decision about a certificate, newest first ({len(found)})", icon=":material/balance:"):
        _table(found, whose=True)


def _table(found: Sequence[PublicDecision], *, whose: bool) -> None:
    shown = charts.mode()
    columns = {"Agency": lambda each: tables.Two(each.agency, f"licence {each.licence}")} if whose else {}
    columns |= {
        "Decision": lambda each: tables.Drawn(bands.chip(FACES[each.kind], shown)),
        "On": lambda each: words.day(each.decided_on),
        "By": lambda each: each.deciding_body,
        "What it says": lambda each: tables.Two(each.why, each.appeal),
    }
    tables.show(found, columns, empty="Nothing has been decided yet.", key="published")
    st.caption("Expiry, and suspension because something was not done in time, come by the clock and are no decision.")
