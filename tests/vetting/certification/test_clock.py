"""What time alone does, seen by whoever looks and written down by the tick: once, and never anything else."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from schemas.codes import ActionState, CaseState, Grade, Role, Via
from schemas.viewer import PUBLIC, Viewer
from tests.vetting.certification.desks import ADMIN, AGENCY, ASHA, BO, Desk
from vetting import trail
from vetting.certification.check import check_certificate
from vetting.certification.clock import due_moves, surveillance_due, tick
from vetting.certification.evidence import Given
from vetting.certification.findings import act_on_finding, record_finding
from vetting.certification.page import case_page
from vetting.certification.public import find_certificate, public_certificates
from vetting.certification.waiting import case_queue
from vetting.commands.carry_out import carry_out
from vetting.commands.context import Counter, today_in
from vetting.disclosure.past import past_agency
from vetting.disclosure.register import search_register
from vetting.disclosure.released import released_agency
from vetting.refusals import Refusal
from vetting.store.settings import set_setting


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


def test_a_visit_that_comes_too_late_undoes_no_suspension_though_nobody_had_looked(desk: Desk):
    """Else a certificate would stay valid because the clock was not asked between the lapse and the visit."""
    case, _ = desk.certified()
    desk.wait(370)
    desk.assess(case)
    assert (standing(desk).status, standing(desk).since) == (CaseState.SUSPENDED, date(2027, 11, 23))
    assert let_pass(desk) == [CaseState.SUSPENDED]
    assert standing(desk).since == date(2027, 11, 23), "since the lapse, not since it was written"
    desk.wait(30)
    assert standing(desk).status is CaseState.SUSPENDED


def test_a_correction_delivered_or_put_off_too_late_undoes_no_suspension(desk: Desk):
    for late in (ActionState.DONE, ActionState.AGREED):
        case, _ = desk.certified()
        finding = find(desk, case)
        act_on_finding(desk.store, ASHA, finding.finding_id, ActionState.AGREED, "Repay.", **desk.when)
        desk.wait(91)
        far = desk.today + timedelta(days=60) if late is ActionState.AGREED else None
        act_on_finding(desk.store, ASHA, finding.finding_id, late, "Late.", agreed_due=far, **desk.when)
        assert standing(desk).status is CaseState.SUSPENDED
        assert CaseState.SUSPENDED in let_pass(desk)
        for step in (ActionState.DONE, ActionState.VERIFIED, ActionState.CLOSED):
            if step is not late:
                shown = [Given("Ledger of repayments")] if step is ActionState.VERIFIED else []
                act_on_finding(desk.store, BO, finding.finding_id, step, "Seen.", evidence=shown, **desk.when)


def test_whoever_acts_meets_the_state_by_the_clock_and_it_is_written_first(desk: Desk):
    case, certificate = desk.certified()
    desk.wait((certificate.expires_on - desk.today).days + 1)
    count = desk.count("trail")
    with pytest.raises(Refusal, match="A case that is expired cannot become suspended"):
        desk.go(case, CaseState.SUSPENDED)
    newest = "SELECT actor, action FROM desk.trail ORDER BY seq DESC LIMIT 2"
    acted = desk.store.cursor().execute(newest).fetchall()
    assert acted == [("asha@example.org", "attempt_refused"), ("clock", "case_move")]
    assert (desk.state(case), desk.count("trail")) == ("expired", count + 2)


def test_periods_end_on_the_last_day_of_a_shorter_february(desk: Desk):
    desk.register()
    desk.wait((date(2028, 2, 29) - desk.today).days)
    _, certificate = desk.certified()
    assert (certificate.issued_on, certificate.expires_on) == (date(2028, 2, 29), date(2031, 2, 28))
    assert surveillance_due(certificate, []) == date(2029, 2, 28)
    desk.wait((date(2029, 2, 28) - desk.today).days)
    assert standing(desk).valid
    desk.wait(1)
    assert (standing(desk).status, standing(desk).since) == (CaseState.SUSPENDED, date(2029, 3, 1))


def test_every_reader_changes_at_midnight_where_the_body_works_though_the_clock_never_ran(desk: Desk):
    """One minute before and at midnight in Kathmandu, which is 18:15 UTC."""
    case, certificate = desk.certified()
    set_setting(desk.store, ADMIN, "time_zone", "Asia/Kathmandu", via=Via.CLI, now=desk.when["now"])
    midnight = datetime(2027, 11, 22, 18, 15)
    for now, state, valid in ((midnight - timedelta(minutes=1), "certified", True), (midnight, "suspended", False)):
        today = today_in(desk.store, now)
        db, buyer = desk.store.cursor(), Viewer(role=Role.BUYER, organisation="b", actor="b@example.org")
        assert find_certificate(db, PUBLIC, certificate.number, today).status == state
        assert check_certificate(db, PUBLIC, certificate.number, today=today).certificate.status == state
        assert search_register(db, PUBLIC, today=today).entries[0].certificate.status == state
        assert search_register(db, PUBLIC, today=today, certified=True).total == int(valid)
        assert released_agency(db, buyer, AGENCY, today=today, now=now).certificate.status == state
        past = past_agency(db, ASHA, AGENCY, as_of=today, known_at=now)
        assert past.certificate.status == state
        page = case_page(db, ASHA, case.case_id, today)
        assert (page.case.state, page.standing.status, page.waiting.state) == (state, state, state)
        assert [line.state for line in case_queue(db, ASHA, today)] == [state]
        for said in (("certification", "list", "--json"), ("export", "register")):
            counter = Counter(folder=Path.cwd(), now=now, environ={}, owned=desk.store)
            out = carry_out(list(said), counter)
            assert (out.code, state in out.out) == (0, True), (said, out)
    assert desk.state(case) == "certified", "nobody wrote it down"
    assert [due.since for due in tick(desk.store, now=midnight, today=today)] == [date(2027, 11, 23)]


def test_the_trail_holds_after_the_clock_has_acted(desk: Desk):
    desk.certified()
    desk.wait(4000)
    let_pass(desk)
    assert trail.verify(desk.store.cursor())[1] is None
