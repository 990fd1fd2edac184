"""Clearing a gate: two different reviewers without a tie, who both saw every report that the clearance answers."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from schemas.case import Proposal
from schemas.codes import Action, Grade, Via
from schemas.viewer import Viewer
from tests.vetting.certification.desks import ADMIN, AGENCY, ASHA, BO, CAI, OTHERS, Desk
from tests.vetting.certification.test_race import another_server
from vetting.certification.findings import record_finding
from vetting.certification.gates import gate_page
from vetting.certification.obstacles import Obstructed, live_score
from vetting.certification.proposals import confirm, propose_clearance
from vetting.refusals import NotFound, NotPermitted, Refusal
from vetting.store.members import suspend_member

WITHDRAW = "INSERT INTO desk.batch_withdrawal VALUES ($batch, $recorded_at, 'a', 'r')"


def gated(desk: Desk) -> None:
    """W07 is open: one report is investigated."""
    desk.report("sunrise")
    desk.report("dockers", verification="investigated", w07=1)


def clearing(desk: Desk) -> Proposal:
    """One reviewer has proposed to clear the open gate; a second, without a tie, could confirm it."""
    gated(desk)
    desk.declare(ASHA)
    desk.declare(BO)
    return propose_clearance(desk.store, ASHA, AGENCY, "W07", "Handed back.", **desk.when)


def refused(desk: Desk, proposal: Proposal, why: str, by: Viewer = BO) -> None:
    """The second half is refused, and nothing is kept but that it was tried."""
    before = [desk.count(table) + (table == "trail") for table in ("clearance", "proposal_end", "trail")]
    with pytest.raises(Refusal, match=why):
        confirm(desk.store, by, proposal.proposal_id, "Yes.", **desk.when)
    assert [desk.count(table) for table in ("clearance", "proposal_end", "trail")] == before
    assert gates(desk) == ("W07",)


def gates(desk: Desk) -> tuple[str, ...]:
    return live_score(desk.store.cursor(), AGENCY, desk.today).gates


def batch_of(desk: Desk, where: str) -> str:
    [(batch,)] = desk.store.cursor().execute(f"SELECT DISTINCT batch_id FROM evidence.report WHERE {where}").fetchall()
    return batch


def test_a_gate_is_cleared_by_two_and_reports_received_later_open_it_again(desk: Desk):
    gated(desk)
    desk.declare(ASHA)
    desk.declare(BO)
    assert live_score(desk.store.cursor(), AGENCY, desk.today).gates == ("W07",)
    trail = desk.count("trail")
    proposal = propose_clearance(desk.store, ASHA, AGENCY, "W07", "Passports were handed back.", **desk.when)
    assert live_score(desk.store.cursor(), AGENCY, desk.today).gates == ("W07",)
    confirm(desk.store, BO, proposal.proposal_id, "I saw the receipts.", **desk.when)
    assert desk.count("trail") == trail + 2
    assert live_score(desk.store.cursor(), AGENCY, desk.today).gates == ()
    cleared = "SELECT indicator, proposed_by, confirmed_by, reason FROM desk.clearance"
    assert desk.store.cursor().execute(cleared).fetchall() == [
        ("W07", "asha@example.org", "bo@example.org", "I saw the receipts.")
    ]
    desk.report("sunrise", reports=1, verification="investigated", w07=1)
    assert live_score(desk.store.cursor(), AGENCY, desk.today).gates == ("W07",)


def test_an_agency_that_no_register_names_has_no_gate_to_clear(desk: Desk):
    with pytest.raises(NotFound, match="no agency 'nowhere'"):
        propose_clearance(desk.store, ASHA, "nowhere", "W07", "Handed back.", **desk.when)


def test_one_alone_clears_no_gate(desk: Desk):
    gated(desk)
    desk.declare(ASHA)
    proposal = propose_clearance(desk.store, ASHA, AGENCY, "W07", "Handed back.", **desk.when)
    trail = desk.count("trail")
    with pytest.raises(Obstructed, match="a second, different reviewer"):
        confirm(desk.store, ASHA, proposal.proposal_id, "Sure.", **desk.when)
    assert (desk.count("clearance"), desk.count("trail")) == (0, trail + 1), "the attempt alone"


@pytest.mark.parametrize("indicator", ["W01", "W02", "finding:1.1", "x"])
def test_only_a_gate_that_reports_opened_can_be_cleared(desk: Desk, indicator: str):
    case = desk.ready()
    record_finding(
        desk.store, ASHA, case.case_id, crit_code="1.1", grade=Grade.CRITICAL, statement="Fees.", **desk.when
    )
    with pytest.raises(Refusal, match="no gate to clear here"):
        propose_clearance(desk.store, ASHA, AGENCY, indicator, "Clear it.", **desk.when)


def test_reports_that_came_in_after_the_proposal_are_not_cleared_unseen(desk: Desk):
    proposal = clearing(desk)
    desk.report("dockers", reports=2, w07=2)
    refused(desk, proposal, "2 more reports of this came to count after the proposal")


def test_reports_of_a_partner_who_never_counts_are_not_cleared_unseen_either(desk: Desk):
    desk.learn(Action.PARTNER_ADD, ("INSERT INTO desk.partner VALUES ('depot', $recorded_at, 'employer', 'Depot')", {}))
    proposal = clearing(desk)
    desk.report("depot", reports=1, w07=1)
    refused(desk, proposal, "1 more report of this came to count")


# Intake lists every number that has more than one version.
REPEAT = """
INSERT INTO desk.repeat (kind, partner, agency_id, key, recorded_at)
VALUES ('report', 'sunrise', 'agency-one', $id, $at)
"""


def test_an_older_report_that_a_withdrawal_brings_back_is_not_cleared_unseen(desk: Desk):
    desk.report("sunrise", reports=1, w07=1)
    first = batch_of(desk, "w07")
    desk.report("sunrise", reports=1)
    correction = batch_of(desk, "NOT w07")
    db, number = desk.store.cursor(), f"{first}-0"
    db.execute("UPDATE evidence.report SET report_id = $id", {"id": number})
    db.execute(REPEAT, {"id": number, "at": desk.when["now"]})
    proposal = clearing(desk)
    desk.learn(Action.BATCH_WITHDRAW, (WITHDRAW, {"batch": correction}))
    refused(desk, proposal, "1 more report of this came to count")


def test_reports_that_say_nothing_against_it_keep_no_gate_open(desk: Desk):
    proposal = clearing(desk)
    desk.report("dockers", reports=30, w11=9)
    confirm(desk.store, BO, proposal.proposal_id, "Seen.", **desk.when)
    assert gates(desk) == ()


def test_a_gate_whose_reports_are_withdrawn_meanwhile_is_not_cleared_beforehand(desk: Desk):
    proposal = clearing(desk)
    desk.learn(Action.BATCH_WITHDRAW, (WITHDRAW, {"batch": batch_of(desk, "w07")}))
    with pytest.raises(Refusal, match="no gate to clear here"):
        confirm(desk.store, BO, proposal.proposal_id, "Yes.", **desk.when)
    assert desk.count("clearance") == 0


@pytest.mark.parametrize("person", [ASHA, BO])
def test_who_declares_a_tie_in_between_is_none_of_the_two(desk: Desk, person: Viewer):
    proposal = clearing(desk)
    desk.declare(person, tied=True, note="My brother works there now.")
    refused(desk, proposal, f"{person.actor} has declared a tie")


@pytest.mark.parametrize("person", [ASHA, BO])
def test_who_is_suspended_in_between_is_none_of_the_two(desk: Desk, person: Viewer):
    proposal = clearing(desk)
    suspend_member(desk.store, ADMIN, person.actor, reason="Left.", via=Via.CLI, now=desk.when["now"])
    refused(desk, proposal, f"{person.actor} is not an active reviewer here")


@pytest.mark.parametrize("written", ["asha@example.org", " Asha@Example.ORG "])
def test_one_person_under_two_spellings_is_no_second_reviewer(desk: Desk, written: str):
    proposal = clearing(desk)
    refused(desk, proposal, "a second, different reviewer", by=ASHA.model_copy(update={"actor": written}))


def test_who_never_declared_is_no_second_reviewer(desk: Desk):
    refused(desk, clearing(desk), "cai@example.org has not declared", by=CAI)


def test_what_was_cleared_is_told_by_whom_and_why_and_not_before_it_was_known(desk: Desk):
    proposal = clearing(desk)
    before = live_score(desk.store.cursor(), AGENCY, desk.today)
    confirm(desk.store, BO, proposal.proposal_id, "I saw the receipts.", **desk.when)
    after = live_score(desk.store.cursor(), AGENCY, desk.today)
    (told,) = gate_page(desk.store.cursor(), ASHA, after).cleared
    assert (told.indicator, told.proposed_by, told.proposed_at, told.proposal_reason) == (
        "W07", ASHA.actor, proposal.recorded_at, "Handed back.",
    )  # fmt: skip
    assert (told.confirmed_by, told.reason, told.recorded_at > proposal.recorded_at) == (
        BO.actor, "I saw the receipts.", True,
    )  # fmt: skip
    assert gate_page(desk.store.cursor(), ASHA, before).cleared == ()
    for other in OTHERS:
        with pytest.raises(NotPermitted):
            gate_page(desk.store.cursor(), other, after)


def test_of_two_confirmations_at_the_same_moment_one_clears_and_the_other_is_told(desk: Desk):
    proposal = clearing(desk)
    desk.declare(CAI)
    start, when, trail = threading.Barrier(2), desk.when, desk.count("trail")

    def confirming(viewer: Viewer) -> str:
        start.wait()
        try:
            confirm(another_server(desk.store), viewer, proposal.proposal_id, "Seen.", **when)
        except Refusal as refusal:
            return str(refusal)
        return "cleared"

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(confirming, (BO, CAI)), key=len)
    assert outcomes[0] == "cleared"
    assert "no longer waits" in outcomes[1]
    assert (desk.count("clearance"), desk.count("trail")) == (1, trail + 1)
