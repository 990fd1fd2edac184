"""Acts that take two reviewers besides certifying: withdraw and reinstate a certificate, clear a gate.

One proposes, a second, different one confirms; neither with a tie. Until then nothing has happened.
"""

from datetime import date, datetime

from schemas.case import Case, Proposal
from schemas.codes import Action, CaseState, DecisionKind, ProposalKind, Via
from schemas.score import Score
from schemas.trail import Entry
from schemas.viewer import Viewer
from vetting.certification.cases import moved, require_case
from vetting.certification.clock import due_move, settle
from vetting.certification.ground import NO_NOTES, Notes, Stands, decided, summary
from vetting.certification.meanwhile import as_seen
from vetting.certification.moves import Hand, NotInTheTable, check_move
from vetting.certification.obstacles import live_score, obstacles_in_evidence, refuse_if_any
from vetting.certification.reviewers import (
    Attempt,
    act_as_reviewer,
    folded,
    obstacles_of_person,
    obstacles_of_second,
    require_reason,
)
from vetting.ids import new_id
from vetting.refusals import NotFound, OnGrounds, Refusal
from vetting.scoring.clearances import count_unseen
from vetting.scoring.live import rescore
from vetting.store import Cursor, Moment, Store
from vetting.store.agencies import fetch_agency
from vetting.store.proposals import (
    fetch_open_proposal,
    fetch_open_proposals,
    insert_clearance,
    insert_end,
    insert_proposal,
)

LEADS_TO = {ProposalKind.WITHDRAW: CaseState.WITHDRAWN, ProposalKind.REINSTATE: CaseState.CERTIFIED}
DECIDED = {ProposalKind.WITHDRAW: DecisionKind.WITHDRAW, ProposalKind.REINSTATE: DecisionKind.REINSTATE}
CANNOT = {
    ProposalKind.WITHDRAW: "This certificate cannot be withdrawn",
    ProposalKind.REINSTATE: "This certificate cannot be reinstated",
    ProposalKind.CLEAR_GATE: "This gate cannot be cleared",
}


def propose_move(
    store: Store,
    viewer: Viewer,
    case_id: str,
    kind: ProposalKind,
    reason: str,
    *,
    seen: int | None = None,
    via: Via,
    now: datetime,
    today: date,
) -> Proposal:
    """Propose to withdraw or to reinstate a certificate. Reinstating asks for all that certifying asks."""
    reason = require_reason(reason)
    if kind not in LEADS_TO:
        raise Refusal("A gate is cleared for an agency, by indicator: use propose_clearance.")

    def deed(moment: Moment) -> tuple[Entry, Proposal]:
        case = require_case(moment.db, case_id)
        check_move(case.state, LEADS_TO[kind], Hand.TWO)
        if kind is ProposalKind.REINSTATE and case.state is not CaseState.SUSPENDED:
            raise NotInTheTable("Only a suspended certificate is reinstated.")
        found = _obstacles(moment.db, kind, case_id, today)
        refuse_if_any(CANNOT[kind], found + obstacles_of_person(moment.db, case.agency_id, viewer.actor))
        return _proposed(moment, viewer, kind, reason, agency_id=case.agency_id, case_id=case_id, indicator=None)

    attempt = Attempt(f"propose:{kind}", case_id)
    seen = settle(store, case_id, seen, now=now, today=today)
    return act_as_reviewer(store, viewer, deed, via=via, now=now, attempt=attempt, seen=as_seen(case_id, seen))


def propose_clearance(
    store: Store,
    viewer: Viewer,
    agency_id: str,
    indicator: str,
    reason: str,
    *,
    seen: int | None = None,
    via: Via,
    now: datetime,
    today: date,
) -> Proposal:
    """Propose that an open gate has been answered. Adverse reports stay in every share; only the gate would close.

    Raises Refusal when the gate is not open on reports, and NotFound for an agency that no register names.
    """
    reason = require_reason(reason)

    def deed(moment: Moment) -> tuple[Entry, Proposal]:
        about = fetch_agency(moment.db, agency_id).agency_id
        _check_gate(moment.db, about, indicator, today)
        refuse_if_any(CANNOT[ProposalKind.CLEAR_GATE], obstacles_of_person(moment.db, about, viewer.actor))
        kind = ProposalKind.CLEAR_GATE
        return _proposed(moment, viewer, kind, reason, agency_id=about, case_id=None, indicator=indicator)

    attempt = Attempt(f"propose:{ProposalKind.CLEAR_GATE}:{indicator}", agency_id)
    return act_as_reviewer(store, viewer, deed, via=via, now=now, attempt=attempt, seen=as_seen(agency_id, seen))


def confirm(
    store: Store,
    viewer: Viewer,
    proposal_id: str,
    reason: str,
    *,
    notes: Notes = NO_NOTES,
    seen: int | None = None,
    via: Via,
    now: datetime,
    today: date,
) -> Proposal:
    """The second reviewer's half: what was proposed happens, if it still may, and is kept with its ground."""
    reason, waiting = require_reason(reason), fetch_open_proposal(store.cursor(), proposal_id)

    def deed(moment: Moment) -> tuple[Entry, Proposal]:
        proposal = _require_open(moment.db, proposal_id)
        people = obstacles_of_second(
            moment.db, proposal.agency_id, first=proposal.proposed_by, second=folded(viewer.actor)
        )
        found = _obstacles(moment.db, proposal.kind, proposal.case_id, today)
        refuse_if_any(CANNOT[proposal.kind], found + people)
        insert_end(
            moment.db,
            proposal,
            "confirmed",
            actor=folded(viewer.actor),
            reason=reason,
            recorded_at=moment.recorded_at,
        )
        if proposal.kind is ProposalKind.CLEAR_GATE:
            return _cleared(moment, proposal, folded(viewer.actor), reason, today), proposal
        who = Stands(proposal.proposed_by, folded(viewer.actor), reason)
        return _moved(moment, proposal, who, notes, today), proposal

    attempt, before = None, None
    if waiting is not None:
        about = waiting.case_id or waiting.agency_id
        attempt = Attempt(f"confirm:{waiting.kind}", about)
        before = as_seen(about, settle(store, about, seen, now=now, today=today))
    proposal = act_as_reviewer(store, viewer, deed, via=via, now=now, attempt=attempt, seen=before)
    rescore(store, [proposal.agency_id], today)
    return proposal


def drop(
    store: Store,
    viewer: Viewer,
    proposal_id: str,
    reason: str,
    *,
    seen: int | None = None,
    via: Via,
    now: datetime,
    today: date,
) -> Proposal:
    """Take a proposal back, or turn it down: any reviewer may, with a reason."""
    reason, waiting = require_reason(reason), fetch_open_proposal(store.cursor(), proposal_id)

    def deed(moment: Moment) -> tuple[Entry, Proposal]:
        proposal = _require_open(moment.db, proposal_id)
        insert_end(
            moment.db, proposal, "dropped", actor=folded(viewer.actor), reason=reason, recorded_at=moment.recorded_at
        )
        return Entry(
            action=Action.PROPOSAL_DROP,
            subject=proposal.case_id or proposal.agency_id,
            before=_as_said(proposal),
            reason=reason,
        ), proposal

    before = None if waiting is None else as_seen(waiting.agency_id, seen)
    return act_as_reviewer(store, viewer, deed, via=via, now=now, seen=before)


def _proposed(
    moment: Moment,
    viewer: Viewer,
    kind: ProposalKind,
    reason: str,
    *,
    agency_id: str,
    case_id: str | None,
    indicator: str | None,
) -> tuple[Entry, Proposal]:
    for waiting in fetch_open_proposals(moment.db, agency_id):
        if (waiting.kind, waiting.case_id, waiting.indicator) == (kind, case_id, indicator):
            raise Refusal(f"{waiting.proposed_by} has proposed this already: it waits for a second reviewer.")
    proposal = Proposal(
        proposal_id=new_id(),
        recorded_at=moment.recorded_at,
        kind=kind,
        agency_id=agency_id,
        case_id=case_id,
        indicator=indicator,
        proposed_by=folded(viewer.actor),
        reason=reason,
    )
    insert_proposal(moment.db, proposal)
    return Entry(action=Action.PROPOSE, subject=case_id or agency_id, after=_as_said(proposal), reason=reason), proposal


def _moved(moment: Moment, proposal: Proposal, who: Stands, notes: Notes, today: date) -> Entry:
    case, to = require_case(moment.db, proposal.case_id or ""), LEADS_TO[proposal.kind]
    check_move(case.state, to, Hand.TWO)
    evidence = live_score(moment.db, case.agency_id, today)
    decided(moment, DECIDED[proposal.kind], case, to, evidence, who, notes=notes, today=today)
    entry, _ = moved(moment, case, to, actor=who.decided_by, reason=who.reason, first=who.first)
    return entry


def _cleared(moment: Moment, proposal: Proposal, actor: str, reason: str, today: date) -> Entry:
    _check_gate(moment.db, proposal.agency_id, proposal.indicator or "", today)
    span = {"since": proposal.recorded_at, "until": moment.recorded_at}
    if unseen := count_unseen(moment.db, proposal.agency_id, proposal.indicator or "", as_of=today, **span):
        reports, them = ("1 more report", "it") if unseen == 1 else (f"{unseen} more reports", "them")
        raise OnGrounds(
            f"{reports} of this came to count after the proposal, and a clearance would cover {them} unseen. Drop the "
            f"proposal, look at {them} and propose anew.",
            ["Reports of this came to count after the proposal."],
        )
    evidence = live_score(moment.db, proposal.agency_id, today)
    insert_clearance(moment.db, proposal, confirmed_by=actor, reason=reason, recorded_at=moment.recorded_at)
    return Entry(
        action=Action.GATE_CLEAR,
        subject=proposal.agency_id,
        before={"gates": list(evidence.gates), "ground": summary(evidence)},
        after={"indicator": proposal.indicator, "proposed_by": proposal.proposed_by},
        reason=reason,
    )


def obstacles_to_reinstate(db: Cursor, case: Case, evidence: Score, today: date) -> list[str]:
    """Reinstating asks for all that certifying asks, and that the clock would not end the certificate again at once."""
    found = obstacles_in_evidence(db, case, evidence)
    due = due_move(db, case, today)
    return found if due is None else [*found, f"The clock would end it again at once. {due.reason}"]


def _obstacles(db: Cursor, kind: ProposalKind, case_id: str | None, today: date) -> list[str]:
    """What in the evidence stands in the way; withdrawing and clearing ask for two people only."""
    if kind is not ProposalKind.REINSTATE or case_id is None:
        return []
    case = require_case(db, case_id)
    return obstacles_to_reinstate(db, case, live_score(db, case.agency_id, today), today)


def _check_gate(db: Cursor, agency_id: str, indicator: str, today: date) -> None:
    gates = [gate for gate in live_score(db, agency_id, today).gates if not gate.startswith("finding:")]
    if indicator not in gates:
        which = f"Open on reports: {', '.join(gates)}." if gates else "No gate is open on reports."
        raise OnGrounds(
            f"{indicator!r} is no gate to clear here. {which} One opened by a finding closes with the finding."
        )


def _require_open(db: Cursor, proposal_id: str) -> Proposal:
    proposal = fetch_open_proposal(db, proposal_id)
    if proposal is None:
        raise NotFound("This proposal no longer waits: it was confirmed or dropped, or the case has moved since.")
    return proposal


def _as_said(proposal: Proposal) -> dict[str, object]:
    return proposal.model_dump(mode="json", include={"proposal_id", "kind", "agency_id", "indicator", "proposed_by"})
