"""Withdraw and reinstate: one reviewer proposes, a second confirms, and until then nothing has happened."""

from datetime import timedelta

import pytest

from schemas.case import Case, Proposal
from schemas.codes import CaseState, Grade, ProposalKind
from schemas.viewer import Viewer
from tests.vetting.certification.desks import AGENCY, ASHA, BO, CAI, OTHERS, Desk
from vetting.certification.cases import move
from vetting.certification.clock import tick
from vetting.certification.findings import record_finding
from vetting.certification.obstacles import Obstructed
from vetting.certification.proposals import confirm, drop, propose_clearance, propose_move
from vetting.refusals import NotFound, NotPermitted, Refusal

WITHDRAW, REINSTATE, CLEAR = ProposalKind


def propose(desk: Desk, case: Case, kind: ProposalKind, by: Viewer = ASHA) -> Proposal:
    return propose_move(desk.store, by, case.case_id, kind, "Because of what we saw.", **desk.when)


def certified(desk: Desk) -> Case:
    return desk.certified()[0]


def suspended(desk: Desk) -> Case:
    return desk.go(certified(desk), CaseState.SUSPENDED)


@pytest.mark.parametrize(("held", "kind", "to"), [
    (certified, WITHDRAW, "withdrawn"), (suspended, WITHDRAW, "withdrawn"), (suspended, REINSTATE, "certified"),
])  # fmt: skip
def test_what_one_proposes_happens_when_a_second_confirms(desk: Desk, held, kind: ProposalKind, to: str):
    case = held(desk)
    before, trail = desk.state(case), desk.count("trail")
    proposal = propose(desk, case, kind)
    assert desk.state(case) == before
    confirm(desk.store, BO, proposal.proposal_id, "I saw the same.", **desk.when)
    assert desk.state(case) == to
    assert desk.count("trail") == trail + 2
    newest = "SELECT actor, action, after FROM desk.trail ORDER BY seq DESC LIMIT 1"
    assert desk.store.cursor().execute(newest).fetchall() == [
        (
            "bo@example.org",
            "case_move",
            f'{{"agency":"agency-one","proposed_by":"asha@example.org","state":"{to}"}}',
        )
    ]


def test_the_one_who_proposed_cannot_confirm(desk: Desk):
    case = certified(desk)
    proposal, trail = propose(desk, case, WITHDRAW), desk.count("trail")
    with pytest.raises(Obstructed, match="a second, different reviewer"):
        confirm(desk.store, ASHA, proposal.proposal_id, "Sure.", **desk.when)
    assert (desk.state(case), desk.count("trail"), desk.count("proposal_end")) == ("certified", trail + 1, 0)


@pytest.mark.parametrize("kind", [WITHDRAW, REINSTATE])
def test_neither_half_is_done_by_someone_undeclared_or_tied(desk: Desk, kind: ProposalKind):
    case = suspended(desk)
    with pytest.raises(Obstructed, match="cai@example.org has not declared"):
        propose(desk, case, kind, by=CAI)
    desk.declare(CAI, tied=True, note="Kin.")
    with pytest.raises(Obstructed, match="cai@example.org has declared a tie"):
        propose(desk, case, kind, by=CAI)
    proposal = propose(desk, case, kind)
    with pytest.raises(Obstructed, match="cai@example.org has declared a tie"):
        confirm(desk.store, CAI, proposal.proposal_id, "Yes.", **desk.when)
    desk.declare(ASHA, tied=True, note="They offered me work.")
    with pytest.raises(Obstructed, match="asha@example.org has declared a tie"):
        confirm(desk.store, BO, proposal.proposal_id, "Yes.", **desk.when)


def test_one_reviewer_alone_neither_withdraws_nor_reinstates_by_a_move(desk: Desk):
    case = suspended(desk)
    for to in (CaseState.WITHDRAWN, CaseState.CERTIFIED):
        with pytest.raises(Refusal, match="takes two reviewers: one proposes it, a second confirms it"):
            move(desk.store, ASHA, case.case_id, to, "Now.", **desk.when)


@pytest.mark.parametrize(
    ("held", "kind"), [(certified, REINSTATE), (Desk.recommended, WITHDRAW), (Desk.open, REINSTATE)]
)
def test_only_a_certificate_is_withdrawn_and_only_a_suspended_one_reinstated(desk: Desk, held, kind: ProposalKind):
    case = held(desk)
    trail = desk.count("trail")
    with pytest.raises(Refusal):
        propose(desk, case, kind)
    assert (desk.count("trail"), desk.count("proposal")) == (trail + 1, 0), "the attempt alone"


def test_the_same_thing_is_proposed_once(desk: Desk):
    case = certified(desk)
    propose(desk, case, WITHDRAW)
    with pytest.raises(Refusal, match="asha@example.org has proposed this already"):
        propose(desk, case, WITHDRAW, by=BO)


def test_a_proposal_is_dropped_with_a_reason_and_then_no_longer_waits(desk: Desk):
    case = certified(desk)
    proposal, trail = propose(desk, case, WITHDRAW), desk.count("trail")
    drop(desk.store, ASHA, proposal.proposal_id, "It was a mistake.", **desk.when)
    assert (desk.count("trail"), desk.state(case)) == (trail + 1, "certified")
    for again in (confirm, drop):
        with pytest.raises(NotFound, match="no longer waits"):
            again(desk.store, BO, proposal.proposal_id, "Yes.", **desk.when)
    assert desk.count("trail") == trail + 1


def test_a_proposal_falls_when_the_case_moves(desk: Desk):
    case = certified(desk)
    proposal = propose(desk, case, WITHDRAW)
    desk.go(case, CaseState.SUSPENDED)
    with pytest.raises(NotFound, match="the case has moved since"):
        confirm(desk.store, BO, proposal.proposal_id, "Yes.", **desk.when)


def test_reinstating_asks_for_all_that_certifying_asks(desk: Desk):
    case = suspended(desk)
    proposal = propose(desk, case, REINSTATE)
    finding = record_finding(
        desk.store, BO, case.case_id, crit_code="1.1", grade=Grade.MAJOR, statement="Fees.", **desk.when
    )
    with pytest.raises(Obstructed, match="A major finding on criterion 1.1 is open"):
        confirm(desk.store, BO, proposal.proposal_id, "Yes.", **desk.when)
    desk.correct(finding, by=BO)
    confirm(desk.store, BO, proposal.proposal_id, "Yes.", **desk.when)
    assert desk.state(case) == "certified"


def test_a_certificate_whose_surveillance_has_lapsed_is_not_reinstated_before_a_visit(desk: Desk):
    case = suspended(desk)
    desk.wait(400)
    with pytest.raises(Obstructed, match="The clock would end it again at once"):
        propose(desk, case, REINSTATE)
    desk.assess(case)
    assert propose(desk, case, REINSTATE)


def test_only_reviewers_propose_confirm_and_drop(desk: Desk):
    case = certified(desk)
    proposal, trail = propose(desk, case, WITHDRAW), desk.count("trail")
    for other in OTHERS:
        with pytest.raises(NotPermitted):
            propose(desk, case, WITHDRAW, by=other)
        with pytest.raises(NotPermitted):
            propose_clearance(desk.store, other, AGENCY, "W07", "Clear it.", **desk.when)
        for half in (confirm, drop):
            with pytest.raises(NotPermitted):
                half(desk.store, other, proposal.proposal_id, "Yes.", **desk.when)
    assert desk.count("trail") == trail


def test_a_proposal_does_not_outlive_the_certificate(desk: Desk):
    case, certificate = desk.certified()
    proposal = propose(desk, case, WITHDRAW)
    desk.wait((certificate.expires_on - desk.today + timedelta(days=1)).days)
    tick(desk.store, now=desk.when["now"], today=desk.today)
    with pytest.raises(NotFound, match="no longer waits"):
        confirm(desk.store, BO, proposal.proposal_id, "Yes.", **desk.when)
