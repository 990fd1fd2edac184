"""Knock-out criteria of one agency: what was confirmed, what two reviewers cleared and why, and the forms for both."""

from collections.abc import Sequence

import streamlit as st

from pages.parts import case_forms, decision_forms, forms, session, words
from schemas.case import Clearance
from schemas.case_page import GatePage
from schemas.codes import Via
from schemas.hold import HoldPage
from schemas.score import Score
from schemas.standard import Standard
from schemas.viewer import Viewer
from vetting.certification import notices
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
    st.subheader("Confirm or clear a knock-out criterion", anchor=False)
    decision_forms.decisions(viewer, page)
    with st.expander("Declare whether you have a tie with this agency", icon=":material/edit:", key="gate_tie"):
        case_forms.declare_tie(viewer, page.agency.agency_id, page.your_tie)


def hold(viewer: Viewer, page: HoldPage, agency_id: str, *, act: bool) -> None:
    """How its hold stands for everybody else, each notice with its last day, and the replies. `act`: replies can be
    recorded, too."""
    if not (page.held or page.coming or page.confirmed or page.replies):
        return
    with st.container(border=True):
        st.markdown(f"**What everybody else reads**: {_standing(page)}")
        for each in page.confirmed:
            st.markdown(
                words.literal(
                    f"Confirmed by {each.actor} on {words.moment(each.recorded_at)} (“{each.reason}”). Notice to the "
                    f"agency, which may reply until {words.day(each.reply_by)}:"
                )
            )
            st.code(each.notice, language=None, wrap_lines=True)
        for reply in page.replies:
            by = words.literal(f"recorded by {reply.actor} on {words.moment(reply.recorded_at)}:")
            st.markdown(f"**The agency replies**, {by}  \n{words.quoted(reply.reply)}")
        if act and page.confirmed:
            with st.expander("Record the agency's reply", icon=":material/edit:", key="fold_reply"):
                _record_reply(viewer, page, agency_id)


def _standing(page: HoldPage) -> str:
    now = "on hold because of reports" if page.held else "not on hold because of reports"
    if page.coming is None:
        return f"{now}."
    then = "on hold" if page.coming.on_hold else "no longer"
    return f"{now}; from {words.moment(page.coming.effective_at)} {then}."


def _record_reply(viewer: Viewer, page: HoldPage, agency_id: str) -> None:
    """Which notice it answers is for reviewers; what it says is for everybody who reads releases."""
    told = [each.indicator for each in page.confirmed]
    with st.form(forms.fresh("reply"), border=False):
        about = st.selectbox(
            "It answers the notice that workers report that …",
            told,
            format_func=lambda code: speech.THEY[code],
            key=forms.fresh("reply_about"),
        )
        reply = st.text_area(
            "What the agency says, in its own words", max_chars=forms.LONGEST_REASON, key=forms.fresh("reply_text")
        )
        st.caption(
            "Buyers and partners read it while the agency is on hold. Nobody else is told which knock-out criterion it "
            "is about: ask the agency whether it wants to say so. A reply that names a person is refused."
        )
        if not st.form_submit_button("Record the reply", key=forms.fresh("reply_submit")):
            return
    with forms.refusals():
        notices.record_reply(session.store(), viewer, agency_id, about, reply, via=Via.PAGE, now=session.now())
        forms.done("The agency's reply is kept.")


def _by_whom(each: Clearance) -> str:
    first = f"Proposed by {each.proposed_by}"
    if each.proposed_at and each.proposal_reason:
        first += f" on {words.day(each.proposed_at.date())} (“{each.proposal_reason}”)"
    second = f"confirmed by {each.confirmed_by} on {words.moment(each.recorded_at)} (“{each.reason}”)"
    return words.literal(f"{first}, {second}.")
