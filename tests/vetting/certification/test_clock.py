"""What time alone does, seen by whoever looks and written down by the tick: once, and never anything else."""

from datetime import date, timedelta

import pytest

from schemas.codes import ActionState, CaseState, Grade
from schemas.viewer import PUBLIC
from tests.vetting.certification.desks import ASHA, BO, Desk
from vetting import trail
from vetting.certification.clock import due_moves, tick
from vetting.certification.findings import act_on_finding, record_finding
from vetting.certification.public import public_certificates


def let_pass(desk: Desk) -> list[str]:
    return [due.to_state for due in tick(desk.store, now=desk.when["now"], today=desk.today)]


def standing(desk: Desk):
    return public_certificates(desk.store.cursor(), PUBLIC, desk.today)[0]


def find(desk: Desk, case, grade: Grade = Grade.MAJOR):
    return record_finding(desk.store, ASHA, case.case_id, crit_code="1.1", grade=grade, statement="Fees.", **desk.when)


def test_a_certificate_holds_through_its_last_day_and_expires_the_day_after(desk: Desk):
    case, certificate = desk.certified()
    for _ in range(3):
        desk.wait(350)
        desk.assess(case)
    desk.wait((certificate.expires_on - desk.today).days)
    assert (let_pass(desk), standing(desk).valid) == ([], True)
    desk.wait(1)
    assert (standing(desk).status, standing(desk).since) == (CaseState.EXPIRED, date(2029, 11, 23))
    assert desk.state(case) == "certified", "seen before it is written"
    count = desk.count("trail")
    assert let_pass(desk) == [CaseState.EXPIRED]
    assert (desk.state(case), desk.count("trail")) == ("expired", count + 1)
    assert standing(desk).status is CaseState.EXPIRED
    assert let_pass(desk) == []
    assert desk.count("trail") == count + 1
    newest = "SELECT actor, via, action, reason FROM desk.trail ORDER BY seq DESC LIMIT 1"
    assert desk.store.cursor().execute(newest).fetchall() == [
        ("clock", "clock", "case_move", "Expired: valid until 2029-11-22.")
    ]


def test_a_certificate_without_a_visit_for_twelve_months_is_suspended(desk: Desk):
    case, _ = desk.certified()
    desk.wait(365)
    assert (let_pass(desk), standing(desk).valid) == ([], True)
    desk.wait(1)
    assert standing(desk).status is CaseState.SUSPENDED
    assert let_pass(desk) == [CaseState.SUSPENDED]
    assert desk.state(case) == "suspended"
    reasons = "SELECT reason FROM desk.case_move ORDER BY recorded_at DESC LIMIT 1"
    assert desk.store.cursor().execute(reasons).fetchall() == [
        ("Suspended by the clock: the surveillance visit was due on 2027-11-22.",)
    ]
    assert let_pass(desk) == [], "a suspended certificate is not suspended again"


def test_a_visit_renews_the_surveillance(desk: Desk):
    case, _ = desk.certified()
    desk.wait(300)
    desk.assess(case)
    desk.wait(100)
    assert (let_pass(desk), standing(desk).valid) == ([], True)


@pytest.mark.parametrize(("grade", "days"), [(Grade.CRITICAL, 30), (Grade.MAJOR, 90)])
def test_an_overdue_correction_suspends_even_if_none_was_ever_agreed(desk: Desk, grade: Grade, days: int):
    case, _ = desk.certified()
    find(desk, case, grade)
    desk.wait(days)
    assert let_pass(desk) == []
    desk.wait(1)
    assert let_pass(desk) == [CaseState.SUSPENDED]


def test_the_agreed_date_counts_and_a_delivered_correction_waits_for_the_reviewer(desk: Desk):
    case, _ = desk.certified()
    finding, soon = find(desk, case), desk.today + timedelta(days=10)
    act_on_finding(desk.store, ASHA, finding.finding_id, ActionState.AGREED, "Repay.", agreed_due=soon, **desk.when)
    desk.wait(10)
    assert let_pass(desk) == []
    act_on_finding(desk.store, ASHA, finding.finding_id, ActionState.DONE, "Receipts sent.", **desk.when)
    desk.wait(1)
    assert let_pass(desk) == []
    act_on_finding(desk.store, BO, finding.finding_id, ActionState.REJECTED, "Half are missing.", **desk.when)
    assert let_pass(desk) == [CaseState.SUSPENDED]


@pytest.mark.parametrize("grade", [Grade.MINOR, Grade.OBSERVATION])
def test_a_late_minor_correction_suspends_nothing(desk: Desk, grade: Grade):
    case, _ = desk.certified()
    find(desk, case, grade)
    desk.wait(300)
    assert let_pass(desk) == []


def test_a_suspended_certificate_still_expires(desk: Desk):
    case, certificate = desk.certified()
    desk.go(case, CaseState.SUSPENDED)
    desk.wait((certificate.expires_on - desk.today).days + 1)
    assert let_pass(desk) == [CaseState.EXPIRED]


def test_the_clock_leaves_cases_without_a_certificate_alone(desk: Desk):
    desk.recommended()
    desk.wait(4000)
    assert due_moves(desk.store.cursor(), desk.today) == {}
    assert let_pass(desk) == []


def test_the_trail_holds_after_the_clock_has_acted(desk: Desk):
    desk.certified()
    desk.wait(4000)
    let_pass(desk)
    assert trail.verify(desk.store.cursor())[1] is None
