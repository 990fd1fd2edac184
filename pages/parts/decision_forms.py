"""What a reviewer may do with a case now, act by act; what they may not do is said with every reason.

Certifying, withdrawing, reinstating and clearing take two different reviewers: the first half is a proposal. Confirming
a gate takes one.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import streamlit as st

from pages.parts import case_steps, case_words, decision_notes, forms, session, words
from schemas.case import Proposal
from schemas.case_page import CaseAct, CasePage, GatePage, Step
from schemas.codes import CaseState, ProposalKind, Via
from schemas.viewer import Viewer
from vetting.certification import cases, decide, notices, proposals
from vetting.scoring.indicators import BY_CODE

DECISIONS = (
    CaseAct.CONFIRM_GATE,
    CaseAct.CERTIFY,
    CaseAct.CONFIRM,
    CaseAct.DROP,
    CaseAct.MOVE,
    CaseAct.PROPOSE_CLEARANCE,
    CaseAct.PROPOSE_REINSTATE,
    CaseAct.PROPOSE_WITHDRAW,
)
# What a reviewer confirms before a move, where it is more than a step on the way.
CONSEQUENCES = {
    CaseState.DECLINED: "The case ends here; another application takes a new case.",
    CaseState.RECOMMENDED: "I am the first of two reviewers: a second, different one decides.",
    CaseState.SUSPENDED: "The public register shows the certificate as suspended at once.",
}
KEPT = "The case moves on, and this reason stays on its trail."
CONFIRMED = (
    "I have looked into these reports and they stand. From the next weekly hour everybody reads this agency as on "
    "hold, without learning why; I send it the notice, which names the subject alone."
)
TWO_HALVES = "Nothing happens until a second, different reviewer confirms it."
CLEARED = "Reports received until then stop nothing any more; they stay in every share, and later ones count anew."


def decisions(viewer: Viewer, page: CasePage | GatePage) -> None:
    """Every decision that is offered now: a form, or why it is not for this person, or not yet."""
    offered = [step for act in DECISIONS for step in page.steps if step.act is act]
    seen = session.seen(page.agency.agency_id, page.seen)
    if not offered and page.case:
        st.caption("Nothing more can be done with this case: it has ended.")
    for step in offered:
        title = _title(step, page)
        if step.allowed:
            with st.expander(title, icon=":material/gavel:", key=f"open_{_key(step)}"):
                _form(viewer, page, step, seen)
        else:
            _refused(title, step.why_not)
    session.show(page.agency.agency_id, page.seen)


def _refused(title: str, reasons: Sequence[str]) -> None:
    with st.container(border=True):
        st.markdown(f":material/block: **{title}**: not now.")
        st.markdown("\n".join(f"- {words.literal(reason)}" for reason in reasons))


def _form(viewer: Viewer, page: CasePage | GatePage, step: Step, seen: int) -> None:
    rests_on = case_steps.evidence(_key(step)) if step.act is CaseAct.MOVE else ()
    notes = decision_notes.Notes(_key(step), page if _is_decision(step, page) else None)
    if halves := _halves(step, page):
        st.markdown(halves)
    notes.choose()
    asked = forms.with_reason(
        _key(step), button=_title(step, page), consequence=_consequence(step, page), before=notes.write
    )
    if asked is None:
        return
    with forms.refusals():
        forms.done(_carry_out(viewer, page, step, asked, Written(seen, notes.written, rests_on)))


class Written(NamedTuple):
    """What goes with a reason: what the page showed when the form was drawn, and what the reviewer wrote beside."""

    seen: int
    notes: Mapping[str, str]
    rests_on: Sequence[str]


def _halves(step: Step, page: CasePage | GatePage) -> str:
    """Who did the first half of a certificate, and that the second is this reviewer's."""
    if step.act is not CaseAct.CERTIFY or page.case is None:
        return ""
    first = next(move for move in reversed(page.moves) if move.to_state is CaseState.RECOMMENDED)
    said = words.literal(f"{first.actor} recommended it on {words.day(first.recorded_at.date())}: “{first.reason}”")
    return f"**The first half:** {said}  \n**The second half** is yours."


def _is_decision(step: Step, page: CasePage | GatePage) -> bool:
    """Whether it is kept with the ground it rests on."""
    match step.act:
        case CaseAct.MOVE if step.to_state is CaseState.CORRECTIVE_ACTION:
            return page.case is not None and page.case.state is CaseState.RECOMMENDED
        case CaseAct.MOVE:
            return step.to_state in (CaseState.DECLINED, CaseState.SUSPENDED)
        case CaseAct.CONFIRM:
            return _proposal(step, page).kind is not ProposalKind.CLEAR_GATE
    return step.act is CaseAct.CERTIFY


def _carry_out(viewer: Viewer, page: CasePage | GatePage, step: Step, reason: str, written: Written) -> str:
    """Do it, and say what was done."""
    seen, notes, rests_on = written
    store, case_id = session.store(), page.case.case_id if page.case else ""
    when = {"now": session.now(), "today": session.today()}
    match step.act:
        case CaseAct.MOVE if step.to_state is not None:
            beside = {"evidence": rests_on, "notes": notes, "seen": seen}
            cases.move(store, viewer, case_id, step.to_state, reason, via=Via.PAGE, **beside, **when)
            return f"{case_words.MOVES[step.to_state]}: done."
        case CaseAct.CERTIFY:
            issued = decide.certify(store, viewer, case_id, reason, notes=notes, via=Via.PAGE, seen=seen, **when)
            return f"Certificate {issued.number} is issued, valid until {words.day(issued.expires_on)}."
        case CaseAct.CONFIRM_GATE if step.indicator is not None:
            agency_id = page.agency.agency_id
            notices.confirm_gate(store, viewer, agency_id, step.indicator, reason, via=Via.PAGE, **when)
            return "Confirmed. Now send the agency its notice."
        case CaseAct.PROPOSE_CLEARANCE if step.indicator is not None:
            agency_id = page.agency.agency_id
            proposals.propose_clearance(
                store, viewer, agency_id, step.indicator, reason, seen=seen, via=Via.PAGE, **when
            )
        case CaseAct.PROPOSE_REINSTATE:
            kind = ProposalKind.REINSTATE
            proposals.propose_move(store, viewer, case_id, kind, reason, seen=seen, via=Via.PAGE, **when)
        case CaseAct.PROPOSE_WITHDRAW:
            kind = ProposalKind.WITHDRAW
            proposals.propose_move(store, viewer, case_id, kind, reason, seen=seen, via=Via.PAGE, **when)
        case CaseAct.CONFIRM if step.proposal_id is not None:
            proposals.confirm(store, viewer, step.proposal_id, reason, notes=notes, seen=seen, via=Via.PAGE, **when)
            return "Confirmed: what was proposed has happened."
        case CaseAct.DROP if step.proposal_id is not None:
            proposals.drop(store, viewer, step.proposal_id, reason, seen=seen, via=Via.PAGE, **when)
            return "The proposal is dropped."
    return f"Proposed. {TWO_HALVES}"


def _title(step: Step, page: CasePage | GatePage) -> str:
    match step.act:
        case CaseAct.MOVE if step.to_state is not None:
            if page.case and page.case.state is CaseState.RECOMMENDED and step.to_state is CaseState.CORRECTIVE_ACTION:
                return "Send back to corrective action"
            return case_words.MOVES[step.to_state]
        case CaseAct.CERTIFY:
            return "Certify"
        case CaseAct.CONFIRM_GATE:
            return f"Confirm: “{BY_CODE[step.indicator or ''].wording}”"
        case CaseAct.PROPOSE_CLEARANCE:
            return f"Propose to clear: “{BY_CODE[step.indicator or ''].wording}”"
        case CaseAct.PROPOSE_REINSTATE:
            return "Propose to reinstate the certificate"
        case CaseAct.PROPOSE_WITHDRAW:
            return "Propose to withdraw the certificate"
    proposal = _proposal(step, page)
    verb = "Confirm" if step.act is CaseAct.CONFIRM else "Drop the proposal"
    what = case_words.PROPOSALS[proposal.kind]
    what += f" “{BY_CODE[proposal.indicator].wording}”" if proposal.indicator else ""
    return f"{verb}: {what} (proposed by {proposal.proposed_by})"


def _consequence(step: Step, page: CasePage | GatePage) -> str:
    match step.act:
        case CaseAct.MOVE if step.to_state is not None:
            return CONSEQUENCES.get(step.to_state, KEPT)
        case CaseAct.CERTIFY:
            return f"A certificate for {page.agency.name} is issued, and stands in the public register at once."
        case CaseAct.CONFIRM_GATE:
            return CONFIRMED
        case CaseAct.PROPOSE_CLEARANCE:
            return f"{TWO_HALVES} {CLEARED}"
        case CaseAct.CONFIRM if _proposal(step, page).kind is ProposalKind.CLEAR_GATE:
            proposal = _proposal(step, page)
            return (
                f"I have read the reason given (“{proposal.reason}”) and the reports received up to "
                f"{words.moment(proposal.recorded_at)}: they stop nothing any more, and stay in every share. If more "
                "of this came since, the clearance is refused."
            )
        case CaseAct.CONFIRM:
            return f"I have read the reason given (“{_proposal(step, page).reason}”) and it happens now."
        case CaseAct.DROP:
            return "The proposal ends here; it can be made anew."
    return TWO_HALVES


def _proposal(step: Step, page: CasePage | GatePage) -> Proposal:
    return next(each for each in page.proposals if each.proposal_id == step.proposal_id)


def _key(step: Step) -> str:
    return "_".join(part for part in (step.act.value, step.to_state, step.indicator, step.proposal_id) if part)
