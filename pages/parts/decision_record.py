"""The decisions of a case: who stood behind each, what it rested on then, and the agency's appeal with its clock."""

import streamlit as st

from pages.parts import bands, case_words, forms, scores, session, tables, words
from schemas.case_page import CasePage
from schemas.codes import AppealOutcome, DecisionKind, Via
from schemas.decision import CriterionGround, Decision, DecisionRow
from schemas.standard import load_standard
from schemas.viewer import Viewer
from vetting.certification import appeals
from vetting.certification.decisions import case_decisions
from vetting.scoring import speech
from vetting.scoring.indicators import BY_CODE

TITLES: dict[DecisionKind, str] = {
    DecisionKind.CERTIFY: "Certified",
    DecisionKind.NOT_CERTIFY: "Not certified: sent back to corrective action",
    DecisionKind.DECLINE: "Declined",
    DecisionKind.SUSPEND: "Suspended",
    DecisionKind.WITHDRAW: "Withdrawn",
    DecisionKind.REINSTATE: "Reinstated",
}
ENDS: dict[AppealOutcome, str] = {AppealOutcome.UPHELD: "Uphold it", AppealOutcome.DISMISSED: "Dismiss it"}
ENDED: dict[AppealOutcome, str] = {AppealOutcome.UPHELD: "upheld", AppealOutcome.DISMISSED: "dismissed"}


def section(viewer: Viewer, page: CasePage) -> None:
    """Every decision, newest first; nothing while none was taken."""
    rows = case_decisions(session.db(), viewer, page.case.case_id, session.today())
    if not rows:
        return
    st.subheader("Decisions, and what each rested on", anchor=False)
    seen = session.seen(page.agency.agency_id, page.seen)
    for row in rows:
        with st.container(border=True, key=f"decision_{row.decision.decision_id}"):
            _decision(row.decision)
            if row.appeal is not None:
                _appeal(viewer, row, seen)
            elif row.appeal_until is not None:
                _receive(viewer, row)


def _decision(decision: Decision) -> None:
    who = f"{decision.first} and {decision.decided_by}" if decision.first else decision.decided_by
    st.markdown(
        f"**{TITLES[decision.kind]}** on {words.day(decision.decided_on)} by {words.literal(decision.deciding_body)}: "
        f"{words.literal(who)}"
    )
    st.markdown(f"“{words.literal(decision.reason)}”")
    ground, standard = decision.ground, load_standard(decision.ground.standard)
    with st.expander("What this decision rested on", icon=":material/balance:"):
        points = f", {scores.points(ground.points)}" if ground.points else ""
        st.markdown(
            f"{bands.badge(bands.FACES[ground.band])}{points}, from {words.count(ground.workers, 'worker')} of "
            f"{words.count(ground.partners, 'partner')}."
        )
        columns = {
            "Criterion": lambda row: speech.named(standard, row.crit_code),
            "Workers": lambda row: tables.Two(scores.side(row.worker), _heard(row)),
            "Documents": lambda row: tables.Two(scores.papers(row.documents), _found(row)),
            "Note": lambda row: row.note if row.applicable else "not applicable",
        }
        tables.show(ground.criteria, columns, empty="The standard has no criteria.", key=decision.decision_id)
        st.caption(
            f"As computed on {words.day(ground.as_of)}, by what was known at {words.moment(ground.known_at)}; standard "
            f"{ground.standard} ({ground.standard_hash[:8]}), method {ground.method}. It is kept as it was, also when "
            f"reports behind it are deleted. {speech.CHANCE_ONLY}"
        )


def _heard(row: CriterionGround) -> str:
    return "; ".join(
        f"“{BY_CODE[each.code].wording}”: {speech.outcome_words(each.code, each.outcome, each.reported)}, "
        f"n = {words.number(each.n)}"
        for each in row.indicators
    )


def _found(row: CriterionGround) -> str:
    return ", ".join(f"{case_words.GRADES[grade].word.lower()} finding open" for grade in row.open_findings)


def _receive(viewer: Viewer, row: DecisionRow) -> None:
    """The form that records an appeal, while one may still come in."""
    decision, key = row.decision, row.decision.decision_id
    with st.expander("The agency appeals", icon=":material/gavel:", key=f"appeal_{key}"):
        st.caption(f"Received until {words.day(row.appeal_until)}. Two reviewers who had no part in it then decide.")
        with st.form(forms.fresh(f"appeal_{key}_form"), border=False):
            received = st.date_input(
                "Received on", value=session.today(), format="YYYY-MM-DD", key=forms.fresh(f"appeal_{key}_received")
            )
            said = st.text_area(
                "Ground, in the agency's words", max_chars=forms.LONGEST_REASON, key=forms.fresh(f"appeal_{key}_ground")
            )
            if not st.form_submit_button("Record the appeal", key=forms.fresh(f"appeal_{key}_submit")):
                return
        with forms.refusals():
            appeals.record_appeal(
                session.store(), viewer, decision.decision_id, received_on=received, ground=said,
                via=Via.PAGE, now=session.now(), today=session.today(),
            )  # fmt: skip
            forms.done("The appeal is recorded; its clock runs.")


def _appeal(viewer: Viewer, row: DecisionRow, seen: int) -> None:
    appeal = row.appeal
    if appeal is None:
        return
    st.divider()
    said = f"The agency appealed on {words.day(appeal.received_on)}: “{words.literal(appeal.ground)}”"
    if appeal.outcome is not None:
        st.markdown(
            f"{said} It was **{ENDED[appeal.outcome]}** on {words.day(appeal.decided_on)} by "
            f"{words.literal(f'{appeal.proposed_by} and {appeal.decided_by}')}: “{words.literal(appeal.reason or '')}”"
        )
        return
    late = " :red-badge[:material/schedule: late]" if row.late else ""
    st.markdown(f"{said} To be decided by **{words.day(appeal.decide_by)}**.{late}")
    if appeal.proposed is not None:
        st.markdown(
            f"{words.literal(appeal.proposed_by or '')} would have it **{ENDED[appeal.proposed]}**: "
            f"“{words.literal(appeal.proposal_reason or '')}”. It ends so when a second reviewer says the same."
        )
    if row.why_not:
        st.markdown("\n".join(f"- {words.literal(sentence)}" for sentence in row.why_not))
        return
    st.caption(f"If it is upheld: {row.if_upheld}")
    with st.expander("Decide the appeal", icon=":material/gavel:", key=f"decide_{appeal.appeal_id}"):
        outcome = st.segmented_control(
            "How it shall end",
            list(ENDS),
            format_func=ENDS.__getitem__,
            key=forms.fresh(f"decide_{appeal.appeal_id}_outcome"),
        )
        second = outcome is not None and outcome is appeal.proposed
        what = "It ends so at once." if second else "It ends so when a second reviewer says the same."
        reason = forms.with_reason(
            f"decide_{appeal.appeal_id}",
            button="Say how it shall end",
            consequence=f"I had no part in the decision and have heard the agency. {what}",
        )
        if reason is None:
            return
        if outcome is None:
            st.error("Choose how it shall end first.", icon=":material/touch_app:")
            return
        with forms.refusals():
            appeals.decide_appeal(
                session.store(), viewer, appeal.appeal_id, outcome, reason, seen=seen,
                via=Via.PAGE, now=session.now(), today=session.today(),
            )  # fmt: skip
            forms.done("The appeal is decided." if second else "Said. A second reviewer decides.")
