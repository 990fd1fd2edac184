"""On hold between releases: at once for a critical finding, at the weekly hour for reports, and back the same way."""

from datetime import datetime, timedelta

import pytest

from schemas.codes import ActionState, Band, Grade
from schemas.setting import Settings
from tests.vetting.certification.desks import ADMIN, AGENCY, ASHA, BO, Desk
from tests.vetting.certification.holding import (
    FIRST_MONDAY,
    at_the_line,
    confirmed,
    gated,
    hours_around,
    look,
    on_hold,
    pass_days,
    read,
    report,
    shown,
    withdrawn,
)
from vetting import trail
from vetting.certification.evidence import Given
from vetting.certification.findings import act_on_finding, record_finding
from vetting.certification.notices import confirm_gate
from vetting.certification.obstacles import Obstructed, live_score
from vetting.certification.periods import next_weekly_hour
from vetting.certification.proposals import confirm, propose_clearance
from vetting.daily import begin_day
from vetting.refusals import Refusal
from vetting.store.settings import set_setting

WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
def headlines() -> None:
    """Unlike elsewhere at this desk headlines are kept: the clock looks where they say that a gate is open."""


def clear(desk: Desk, indicator: str = "W07") -> None:
    desk.declare(ASHA)
    desk.declare(BO)
    proposal = propose_clearance(desk.store, ASHA, AGENCY, indicator, "They were handed back.", **desk.when)
    confirm(desk.store, BO, proposal.proposal_id, "I saw it.", **desk.when)


def silent_on(desk: Desk, column: str, answered: int) -> None:
    """Only so many workers could say; the adverse ones among them."""
    statement = f"""
        UPDATE evidence.report SET {column} = NULL WHERE report_id NOT IN (
            SELECT report_id FROM evidence.report ORDER BY {column} DESC NULLS LAST, report_id LIMIT {answered})"""
    desk.store.cursor().execute(statement)


def test_a_critical_finding_holds_at_once_and_no_longer_once_it_is_closed(desk: Desk):
    case = desk.under_review()
    shown(desk)
    assert not on_hold(desk)
    finding = record_finding(
        desk.store, ASHA, case.case_id, crit_code="1.1", grade=Grade.CRITICAL, statement="Fees.", **desk.when
    )
    assert on_hold(desk)
    for to in (ActionState.AGREED, ActionState.DONE, ActionState.VERIFIED):
        evidence = [Given("Receipts of 41 workers")] if to is ActionState.VERIFIED else []
        act_on_finding(desk.store, ASHA, finding.finding_id, to, "Repaid.", evidence=evidence, **desk.when)
        assert on_hold(desk)
    act_on_finding(desk.store, BO, finding.finding_id, ActionState.CLOSED, "Receipts seen.", **desk.when)
    assert not on_hold(desk)
    assert read(desk).replies == ()


@pytest.mark.parametrize("grade", [Grade.MAJOR, Grade.MINOR, Grade.OBSERVATION])
def test_a_lesser_finding_holds_nothing(desk: Desk, grade: Grade):
    case = desk.under_review()
    shown(desk)
    record_finding(desk.store, ASHA, case.case_id, crit_code="1.1", grade=grade, statement="Fees.", **desk.when)
    assert not on_hold(desk)


def test_a_confirmed_gate_holds_from_the_weekly_hour_and_not_before(desk: Desk):
    shown(desk)
    gated(desk)
    confirmed(desk)
    before, hour = hours_around(FIRST_MONDAY)
    assert not on_hold(desk)
    assert (on_hold(desk, before), on_hold(desk, hour)) == (False, True)
    assert read(desk, hour).figure.points == read(desk, before).figure.points, "the frozen figures stay"


def test_an_hour_that_has_begun_is_not_the_next(desk: Desk):
    shown(desk)
    gated(desk)
    desk.now, desk.today = FIRST_MONDAY, FIRST_MONDAY.date()
    confirmed(desk)
    before, hour = hours_around(FIRST_MONDAY + WEEK)
    assert (on_hold(desk, before), on_hold(desk, hour)) == (False, True)


def test_after_fourteen_days_a_gate_holds_by_the_clock_without_anybody(desk: Desk):
    shown(desk)
    gated(desk)  # seen open on Sunday 22 November: fourteen days end on Sunday 6 December
    pass_days(desk, 20)
    second, third = FIRST_MONDAY + WEEK, FIRST_MONDAY + 2 * WEEK
    assert not on_hold(desk, second), "eight days"
    before, hour = hours_around(third)
    assert (on_hold(desk, before), on_hold(desk, hour)) == (False, True)
    actors = "SELECT DISTINCT actor, via FROM desk.trail WHERE action = 'gate_see'"
    assert desk.store.cursor().execute(actors).fetchall() == [("clock", "clock")]


def test_the_hour_is_written_before_it_comes_so_that_nobody_has_to_be_there(desk: Desk):
    shown(desk)
    gated(desk)
    pass_days(desk, 9)  # the last look is on Tuesday 1 December; then the house is empty
    assert on_hold(desk, FIRST_MONDAY + 2 * WEEK)


def test_fewer_than_ten_who_could_say_are_never_held_against_an_agency(desk: Desk):
    shown(desk)
    report(desk, "dockers", 20, verification="investigated", w07=1)
    silent_on(desk, "w07", 9)
    look(desk)
    assert live_score(desk.store.cursor(), AGENCY, desk.today).gates == ("W07",)
    desk.declare(ASHA)
    before = [desk.count(table) for table in ("gate_confirmation", "hold", "trail")]
    with pytest.raises(Obstructed, match="Fewer than 10 workers could say"):
        confirm_gate(desk.store, ASHA, AGENCY, "W07", "Sure.", **desk.when)
    assert [desk.count(table) for table in ("gate_confirmation", "hold", "trail")] == before
    pass_days(desk, 30)
    assert (desk.count("hold"), on_hold(desk)) == (0, False)


def test_ten_who_could_say_are_enough(desk: Desk):
    shown(desk)
    report(desk, "dockers", 20, verification="investigated", w07=1)
    silent_on(desk, "w07", 10)
    look(desk)
    confirmed(desk)
    assert on_hold(desk, FIRST_MONDAY)


@pytest.mark.parametrize(("others", "held"), [(0, True), (9, False), (10, True)])
def test_nobody_is_held_where_one_partner_could_tell_whom_it_points_at(desk: Desk, others: int, held: bool):
    """Whoever takes its own workers away is left with none, or with ten who could say."""
    shown(desk)
    silent_on(desk, "w07", 0)
    report(desk, "dockers", 20, w07=1)
    if others:
        report(desk, "sunrise", others, w07=1)
    report(desk, "dockers", 1, verification="investigated", w07=1)
    look(desk)
    pass_days(desk, 30)
    assert on_hold(desk) == held


def test_when_too_few_are_left_who_could_say_it_comes_back(desk: Desk):
    shown(desk)
    gated(desk)
    confirmed(desk)
    pass_days(desk, 2)
    assert on_hold(desk)
    silent_on(desk, "w07", 9)
    pass_days(desk, 1)
    assert on_hold(desk), "not before the weekly hour"
    pass_days(desk, 7)
    assert not on_hold(desk)


@pytest.mark.parametrize("shown_by_release", [False, True])
def test_an_agency_too_thin_to_be_shown_is_held_by_a_finding_only(desk: Desk, shown_by_release: bool):
    case = desk.under_review()
    desk.store.cursor().execute("UPDATE evidence.report SET interview_date = '2026-10-01'")  # after the release's day
    shown(desk, reports=60 if shown_by_release else 4)
    gated(desk)
    confirmed(desk)
    pass_days(desk, 2)
    assert on_hold(desk) is shown_by_release
    if not shown_by_release:
        assert (read(desk).figure.band, read(desk).figure.band_reason) == ("insufficient_evidence", "too_few_workers")
    record_finding(
        desk.store, ASHA, case.case_id, crit_code="1.1", grade=Grade.CRITICAL, statement="Fees.", **desk.when
    )
    assert on_hold(desk)


def test_a_cleared_gate_lets_go_at_the_weekly_hour(desk: Desk):
    shown(desk)
    gated(desk)
    confirmed(desk)
    pass_days(desk, 2)
    clear(desk)
    look(desk)
    before, hour = hours_around(FIRST_MONDAY + WEEK)
    assert on_hold(desk)
    assert (on_hold(desk, before), on_hold(desk, hour)) == (True, False)


def test_a_gate_that_closed_by_itself_lets_go_at_the_weekly_hour_too(desk: Desk):
    shown(desk)
    batch = gated(desk)
    confirmed(desk)
    pass_days(desk, 2)
    withdrawn(desk, batch)
    look(desk)
    before, hour = hours_around(FIRST_MONDAY + WEEK)
    assert (on_hold(desk, before), on_hold(desk, hour)) == (True, False)


def test_it_stays_on_hold_while_any_of_its_gates_is_open(desk: Desk):
    shown(desk)
    batch = gated(desk)
    confirmed(desk)
    pass_days(desk, 2)
    gated(desk, "w19")
    withdrawn(desk, batch)
    look(desk)
    assert live_score(desk.store.cursor(), AGENCY, desk.today).gates == ("W19",)
    pass_days(desk, 8)
    assert on_hold(desk), "nobody confirmed W19 and it is not open for fourteen days; it keeps what was on"


def test_a_gate_that_closes_before_the_hour_never_holds(desk: Desk):
    shown(desk)
    batch = gated(desk)
    confirmed(desk)
    withdrawn(desk, batch)
    look(desk)
    assert not on_hold(desk, FIRST_MONDAY)
    assert not on_hold(desk, FIRST_MONDAY + WEEK)


def test_reports_after_a_clearance_begin_anew(desk: Desk):
    shown(desk)
    gated(desk)
    confirmed(desk)
    pass_days(desk, 2)
    clear(desk)
    report(desk, "sunrise", 5, verification="investigated", w07=1)  # open again before the clock has looked
    pass_days(desk, 8)
    assert on_hold(desk), "a gate is open, so what was on stays on"
    desk.store.cursor().execute("DELETE FROM desk.hold")
    pass_days(desk, 7)
    assert not on_hold(desk), "but the old confirmation was answered"


def test_a_look_writes_down_what_is_new_once(desk: Desk):
    shown(desk)
    report(desk, "dockers", 20, verification="investigated", w07=1)
    count = desk.count("trail")
    (seen,) = look(desk)
    assert (seen.agency_id, seen.opened, seen.ended, seen.on_hold) == (AGENCY, ("W07",), (), None)
    assert look(desk) == []
    assert desk.count("trail") == count + 1
    assert trail.verify(desk.store.cursor())[1] is None


def test_every_answer_about_a_moment_stays_as_it_was(desk: Desk):
    shown(desk)
    asked: dict[datetime, Band] = {}

    def ask() -> None:
        asked[desk.now] = read(desk).figure.band
        for moment, band in asked.items():
            assert read(desk, moment).figure.band == band, moment

    ask()
    batch = gated(desk)
    ask()
    confirmed(desk)
    for _ in range(3):
        ask()
        pass_days(desk, 1)
    withdrawn(desk, batch)
    for _ in range(8):
        ask()
        pass_days(desk, 1)
    ask()
    assert set(asked.values()) > {Band.ON_HOLD}


def test_another_weekly_hour_counts_from_the_next_look_on(desk: Desk):
    shown(desk)
    gated(desk)
    set_setting(desk.store, ADMIN, "time_zone", "Asia/Kathmandu", **at_the_line(desk))
    set_setting(desk.store, ADMIN, "weekly_hour", "wednesday 18:00", **at_the_line(desk))
    confirmed(desk)
    before, hour = hours_around(datetime(2026, 11, 25, 12, 15))  # 18:00 in Kathmandu, which is 5:45 ahead
    assert (on_hold(desk, before), on_hold(desk, hour)) == (False, True)


@pytest.mark.parametrize("text", ["Monday", "09:00", "Someday 09:00", "Monday 25:00", "Monday nine"])
def test_a_weekly_hour_that_is_none_is_refused(desk: Desk, text: str):
    with pytest.raises(Refusal, match="no hour of the week"):
        set_setting(desk.store, ADMIN, "weekly_hour", text, **at_the_line(desk))


def test_the_weekly_hour_keeps_to_the_clock_on_the_wall_when_it_is_put_forward():
    berlin = Settings(time_zone="Europe/Berlin")
    spring = next_weekly_hour(berlin, datetime(2027, 3, 22, 8, 0))  # the hour itself, in winter time
    assert spring == datetime(2027, 3, 29, 7, 0)


def test_each_day_begins_with_a_look_at_the_gates(desk: Desk):
    shown(desk)
    report(desk, "dockers", 20, verification="investigated", w07=1)
    begin_day(desk.store, desk.when["now"], desk.today)
    desk.wait(9)
    begin_day(desk.store, desk.when["now"], desk.today)
    assert on_hold(desk, FIRST_MONDAY + 2 * WEEK)
