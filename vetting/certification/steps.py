"""What may this viewer do with this case now, and if not, why not? The same rules as the acts, asked beforehand."""

from collections.abc import Iterator, Sequence
from datetime import date

from schemas.case import Case, Proposal
from schemas.case_page import CaseAct, Step
from schemas.codes import CaseState, ProposalKind
from schemas.score import Score
from schemas.viewer import Viewer
from vetting.certification.applications import TOO_LATE
from vetting.certification.holds import open_on_reports, standing_confirmations
from vetting.certification.moves import HOLDING, MOVES, UNDER_REVIEW, Hand, named, next_states
from vetting.certification.notices import obstacles_to_confirm
from vetting.certification.obstacles import obstacles_to_certify, obstacles_to_recommend
from vetting.certification.proposals import obstacles_to_reinstate
from vetting.certification.reviewers import obstacles_of_person, obstacles_of_second
from vetting.store import Cursor


def steps_for(
    db: Cursor, viewer: Viewer, case: Case, evidence: Score, proposals: Sequence[Proposal], today: date
) -> tuple[Step, ...]:
    """Every step the case's state offers; those this viewer may not take say why."""
    return (
        *_moves(db, viewer, case, evidence),
        *_decision(db, viewer, case, evidence),
        *_certificate(db, viewer, case, evidence, proposals, today),
        *gate_steps(db, viewer, case.agency_id, evidence, proposals),
        *_proposals(db, viewer, case, evidence, proposals, today),
        *_notes(case),
    )


def _moves(db: Cursor, viewer: Viewer, case: Case, evidence: Score) -> Iterator[Step]:
    for state in next_states(case.state):
        if Hand.ONE in MOVES[case.state, state]:
            found = obstacles_to_recommend(db, case, viewer.actor, evidence) if state is CaseState.RECOMMENDED else []
            yield Step(act=CaseAct.MOVE, to_state=state, why_not=tuple(found))


def _decision(db: Cursor, viewer: Viewer, case: Case, evidence: Score) -> Iterator[Step]:
    if case.state is CaseState.RECOMMENDED:
        found = obstacles_to_certify(db, case, viewer.actor, evidence)
        yield Step(act=CaseAct.CERTIFY, to_state=CaseState.CERTIFIED, why_not=tuple(found))


def _certificate(
    db: Cursor, viewer: Viewer, case: Case, evidence: Score, proposals: Sequence[Proposal], today: date
) -> Iterator[Step]:
    people = tuple(obstacles_of_person(db, case.agency_id, viewer.actor)) if case.state in HOLDING else ()
    if case.state is CaseState.SUSPENDED and not _proposed(proposals, ProposalKind.REINSTATE):
        found = obstacles_to_reinstate(db, case, evidence, today)
        yield Step(act=CaseAct.PROPOSE_REINSTATE, to_state=CaseState.CERTIFIED, why_not=(*found, *people))
    if case.state in HOLDING and not _proposed(proposals, ProposalKind.WITHDRAW):
        yield Step(act=CaseAct.PROPOSE_WITHDRAW, to_state=CaseState.WITHDRAWN, why_not=people)


def gate_steps(
    db: Cursor, viewer: Viewer, agency_id: str, evidence: Score, proposals: Sequence[Proposal]
) -> Iterator[Step]:
    """Neither takes a case: an open gate can be confirmed by one, and cleared by two; what one proposed is confirmed or
    dropped."""
    confirmed = {each.indicator for each in standing_confirmations(db, evidence, evidence.known_at)}
    for gate in open_on_reports(evidence):
        if gate not in confirmed:
            found = [*obstacles_to_confirm(db, evidence, gate), *obstacles_of_person(db, agency_id, viewer.actor)]
            yield Step(act=CaseAct.CONFIRM_GATE, indicator=gate, why_not=tuple(found))
    for gate in evidence.gates:
        if not gate.startswith("finding:") and not _proposed(proposals, ProposalKind.CLEAR_GATE, gate):
            people = tuple(obstacles_of_person(db, agency_id, viewer.actor))
            yield Step(act=CaseAct.PROPOSE_CLEARANCE, indicator=gate, why_not=people)
    for proposal in proposals:
        if proposal.kind is ProposalKind.CLEAR_GATE:
            yield from _second_half(db, viewer, proposal, [])


def _proposals(
    db: Cursor, viewer: Viewer, case: Case, evidence: Score, proposals: Sequence[Proposal], today: date
) -> Iterator[Step]:
    for proposal in proposals:
        if proposal.kind is not ProposalKind.CLEAR_GATE:
            back = proposal.kind is ProposalKind.REINSTATE
            found = obstacles_to_reinstate(db, case, evidence, today) if back else []
            yield from _second_half(db, viewer, proposal, found)


def _second_half(db: Cursor, viewer: Viewer, proposal: Proposal, found: Sequence[str]) -> Iterator[Step]:
    people = obstacles_of_second(db, proposal.agency_id, first=proposal.proposed_by, second=viewer.actor)
    yield Step(act=CaseAct.CONFIRM, proposal_id=proposal.proposal_id, why_not=(*found, *people))
    yield Step(act=CaseAct.DROP, proposal_id=proposal.proposal_id)


def _notes(case: Case) -> Iterator[Step]:
    """What is written down while a case is under review; a tie can be declared at any time."""
    closed = (f"The case is {named(case.state)}: this is for cases under review.",)
    reviewed = () if case.state in UNDER_REVIEW | HOLDING else closed
    stated = (f"The case is {named(case.state)}: this belongs to an application.",)
    for act in (CaseAct.STATE_CAPACITY, CaseAct.RECORD_SELF_ASSESSMENT):
        yield Step(act=act, why_not=stated if case.state in TOO_LATE else ())
    yield Step(act=CaseAct.RECORD_ASSESSMENT, why_not=reviewed)
    for act in (CaseAct.DRAW_SAMPLE, CaseAct.COUNT_INTERVIEWS):
        yield Step(act=act, why_not=() if case.state in UNDER_REVIEW else closed)
    yield Step(act=CaseAct.RECORD_FINDING, why_not=reviewed)
    yield Step(act=CaseAct.DECLARE_TIE)


def _proposed(proposals: Sequence[Proposal], kind: ProposalKind, indicator: str | None = None) -> bool:
    return any(each.kind is kind and each.indicator == indicator for each in proposals)
