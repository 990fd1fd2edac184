"""Knock-out criteria of one agency: what two reviewers cleared and why, and the forms by which they do."""

from collections.abc import Sequence

import streamlit as st

from pages.parts import case_forms, decision_forms, words
from schemas.case import Clearance
from schemas.case_page import GatePage
from schemas.score import Score
from schemas.standard import Standard
from schemas.viewer import Viewer
from vetting.scoring import speech
from vetting.scoring.indicators import BY_CODE


def cleared(clearances: Sequence[Clearance], score: Score, standard: Standard) -> None:
    """Each gate that was cleared: which, by whom, when and why; and whether later reports opened it again."""
    if not clearances:
        return
    with st.container(border=True):
        st.markdown("**Cleared by two reviewers**")
        for each in clearances:
            criterion = speech.named(standard, BY_CODE[each.indicator].criterion)
            again = " **Open again**: later reports count anew." if each.indicator in score.gates else ""
            st.markdown(f"- **{criterion}**: reports that {speech.THEY[each.indicator]}. {_by_whom(each)}{again}")
        st.caption(
            "A clearance answers the reports received up to its moment. They stay in every share, so that the band can "
            "still read “not enough evidence”, and no longer stop the agency; later ones count anew."
        )


def decide(viewer: Viewer, page: GatePage) -> None:
    """What this reviewer may do about open gates, and the declaration that it takes first."""
    if not page.steps:
        return
    st.subheader("Clear a knock-out criterion", anchor=False)
    decision_forms.decisions(viewer, page)
    with st.expander("Declare whether you have a tie with this agency", icon=":material/edit:", key="gate_tie"):
        case_forms.declare_tie(viewer, page.agency.agency_id, page.your_tie)


def _by_whom(each: Clearance) -> str:
    first = f"Proposed by {each.proposed_by}"
    if each.proposed_at and each.proposal_reason:
        first += f" on {words.day(each.proposed_at.date())} (“{each.proposal_reason}”)"
    second = f"confirmed by {each.confirmed_by} on {words.moment(each.recorded_at)} (“{each.reason}”)"
    return words.literal(f"{first}, {second}.")
