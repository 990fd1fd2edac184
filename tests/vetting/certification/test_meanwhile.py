"""Two reviewers at one case: whoever acts on what is no longer so is told what changed, by whom and when."""

import pytest

from schemas.codes import CaseState, Grade, ProposalKind, Via
from tests.vetting.certification.desks import ADMIN, AGENCY, ASHA, BO, CAI, Desk
from vetting.certification.cases import move
from vetting.certification.decide import certify
from vetting.certification.findings import record_finding
from vetting.certification.obstacles import Obstructed
from vetting.certification.page import case_page
from vetting.certification.proposals import confirm, propose_move
from vetting.refusals import ChangedMeanwhile
from vetting.store.happened import fetch_newest
from vetting.store.settings import set_setting


def read(desk: Desk, case) -> int:
    """What the page carries for whoever reads it now."""
    return case_page(desk.store.cursor(), BO, case.case_id, desk.today).seen


def test_an_act_on_a_case_that_changed_since_names_what_by_whom_and_when(desk: Desk):
    case = desk.recommended()
    seen = read(desk, case)
    record_finding(desk.store, CAI, case.case_id, crit_code="1.1", grade=Grade.MAJOR, statement="Fees.", **desk.when)
    at, count = desk.now, desk.count("trail")
    with pytest.raises(ChangedMeanwhile) as told:
        certify(desk.store, BO, case.case_id, "In order.", seen=seen, **desk.when)
    assert f"Since you opened this page, cai@example.org recorded a major finding on 1.1 ({at:%H:%M})." in str(
        told.value
    )
    assert (desk.state(case), desk.count("trail")) == ("recommended", count)
    with pytest.raises(Obstructed, match="A major finding"):
        certify(desk.store, BO, case.case_id, "In order.", seen=read(desk, case), **desk.when)


def test_times_are_told_where_the_body_works_and_with_their_day_when_it_is_another(desk: Desk):
    case = desk.recommended()
    seen = read(desk, case)
    set_setting(desk.store, ADMIN, "time_zone", "Asia/Kathmandu", via=Via.CLI, now=desk.when["now"])
    desk.declare(CAI, tied=True, note="Kin.")
    desk.wait(2)
    with pytest.raises(ChangedMeanwhile, match=r"cai@example.org declared a tie with the agency \(2026-11-22 1[45]:"):
        certify(desk.store, BO, case.case_id, "In order.", seen=seen, **desk.when)


def test_of_two_who_read_the_same_page_one_wins_and_the_other_is_told(desk: Desk):
    case = desk.recommended()
    seen = read(desk, case)
    desk.declare(CAI)
    seen = read(desk, case)
    certify(desk.store, BO, case.case_id, "In order.", seen=seen, **desk.when)
    with pytest.raises(ChangedMeanwhile, match="bo@example.org certified the agency"):
        move(desk.store, CAI, case.case_id, CaseState.CORRECTIVE_ACTION, "Back.", seen=seen, **desk.when)
    assert desk.state(case) == "certified"


def test_proposing_and_confirming_ask_what_was_seen_too(desk: Desk):
    case, _ = desk.certified()
    seen, kind = read(desk, case), ProposalKind.WITHDRAW
    desk.assess(case)
    with pytest.raises(ChangedMeanwhile, match="asha@example.org recorded an assessment of 24 criteria"):
        propose_move(desk.store, BO, case.case_id, kind, "Out.", seen=seen, **desk.when)
    waiting = propose_move(desk.store, ASHA, case.case_id, kind, "Out.", seen=read(desk, case), **desk.when)
    with pytest.raises(ChangedMeanwhile, match="asha@example.org proposed to withdraw the certificate"):
        confirm(desk.store, BO, waiting.proposal_id, "Yes.", seen=seen, **desk.when)
    confirm(desk.store, BO, waiting.proposal_id, "Yes.", seen=read(desk, case), **desk.when)
    assert desk.state(case) == "withdrawn"


def test_what_was_refused_and_what_concerns_others_changes_nothing(desk: Desk):
    case = desk.recommended()
    seen = read(desk, case)
    with pytest.raises(Obstructed):
        certify(desk.store, ASHA, case.case_id, "Mine.", **desk.when)
    set_setting(desk.store, ADMIN, "operating_body", "Another Name", via=Via.CLI, now=desk.when["now"])
    assert read(desk, case) == seen == fetch_newest(desk.store.cursor(), AGENCY)
    assert certify(desk.store, BO, case.case_id, "In order.", seen=seen, **desk.when)


def test_what_the_clock_did_and_the_page_showed_is_no_surprise(desk: Desk):
    case, _ = desk.certified()
    desk.wait(366)
    page = case_page(desk.store.cursor(), BO, case.case_id, desk.today)
    assert (page.case.state, desk.state(case)) == (CaseState.SUSPENDED, "certified")
    propose_move(desk.store, BO, case.case_id, ProposalKind.WITHDRAW, "Out.", seen=page.seen, **desk.when)
    moves = "SELECT from_state, to_state, actor FROM desk.case_move ORDER BY recorded_at DESC LIMIT 1"
    assert desk.store.cursor().execute(moves).fetchall() == [("certified", "suspended", "clock")]


def test_without_saying_what_was_seen_the_act_judges_alone(desk: Desk):
    case = desk.recommended()
    desk.declare(CAI, tied=True, note="Kin.")
    assert certify(desk.store, BO, case.case_id, "In order.", **desk.when)
