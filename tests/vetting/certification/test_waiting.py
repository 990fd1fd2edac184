"""The reviewers' queue: what waits on whom and since when, whose turn it is, and what is late."""

import random
from datetime import date, timedelta

import pytest

from schemas.case_page import Waiting, WaitsOn
from schemas.codes import ActionState, CaseState, Grade, ProposalKind
from schemas.viewer import Viewer
from tests.vetting.certification.desks import AGENCY, ASHA, BO, CAI, OTHERS, Desk
from vetting.certification.evidence import Given
from vetting.certification.findings import act_on_finding, record_finding
from vetting.certification.page import case_page
from vetting.certification.proposals import propose_clearance, propose_move
from vetting.certification.waiting import case_queue, urgency
from vetting.refusals import NotPermitted

AGENCY_OWES, REVIEWER, SECOND, NOBODY = WaitsOn.AGENCY, WaitsOn.REVIEWER, WaitsOn.SECOND_REVIEWER, WaitsOn.NOBODY
CLOCK = WaitsOn.CLOCK


def queue(desk: Desk, viewer: Viewer = ASHA) -> list[Waiting]:
    return case_queue(desk.store.cursor(), viewer, desk.today)


def only(desk: Desk, viewer: Viewer = ASHA) -> Waiting:
    (line,) = queue(desk, viewer)
    return line


def test_each_state_waits_on_somebody_since_its_newest_move(desk: Desk):
    case = desk.open()
    assert (only(desk).on, only(desk).since, only(desk).agency) == (AGENCY_OWES, case.since, "One Agency")
    for state, on in [
        (CaseState.APPLIED, REVIEWER),
        (CaseState.DEFERRED, AGENCY_OWES),
        (CaseState.APPLIED, REVIEWER),
        (CaseState.ACCEPTED, REVIEWER),
        (CaseState.DOCUMENT_REVIEW, REVIEWER),
        (CaseState.ON_SITE_REVIEW, REVIEWER),
        (CaseState.CORRECTIVE_ACTION, REVIEWER),
        (CaseState.DECLINED, NOBODY),
    ]:
        case = desk.go(case, state)
        assert (only(desk).state, only(desk).on, only(desk).since) == (state, on, case.since)
        assert only(desk).yours == (on is REVIEWER)


def test_a_recommended_case_waits_on_another_than_the_one_who_recommended(desk: Desk):
    desk.recommended()
    assert (only(desk, BO).on, only(desk, BO).yours) == (SECOND, True)
    assert (only(desk, ASHA).yours, only(desk, ASHA).why_not) == (
        False,
        "You did the first half of this: a different reviewer has to do the second.",
    )


def test_a_finding_waits_on_the_reviewer_then_the_agency_then_the_reviewer(desk: Desk):
    case = desk.go(desk.under_review(), CaseState.CORRECTIVE_ACTION)
    finding = record_finding(
        desk.store, ASHA, case.case_id, crit_code="1.1", grade=Grade.MAJOR, statement="Fees.", **desk.when
    )
    assert (only(desk).on, only(desk).what) == (REVIEWER, "Agree on a corrective action for 1 finding.")
    for step, on, what in [
        (ActionState.AGREED, AGENCY_OWES, "The agency owes 1 correction."),
        (ActionState.DONE, REVIEWER, "Verify 1 correction the agency says is done."),
        (ActionState.REJECTED, AGENCY_OWES, "The agency owes 1 correction."),
        (ActionState.DONE, REVIEWER, "Verify 1 correction the agency says is done."),
        (ActionState.VERIFIED, REVIEWER, "Close 1 finding whose correction was verified."),
        (ActionState.CLOSED, REVIEWER, "Every finding is closed: recommend, or decline."),
    ]:
        evidence = [Given("Receipts of 41 workers")] if step is ActionState.VERIFIED else []
        finding = act_on_finding(desk.store, ASHA, finding.finding_id, step, "As seen.", evidence=evidence, **desk.when)
        assert (only(desk).on, only(desk).what) == (on, what)
        assert only(desk).since == finding.actions[-1].recorded_at


def test_what_is_late_says_so_and_comes_first(desk: Desk):
    case = desk.go(desk.under_review(), CaseState.CORRECTIVE_ACTION)
    finding = record_finding(
        desk.store, ASHA, case.case_id, crit_code="1.1", grade=Grade.MAJOR, statement="Fees.", **desk.when
    )
    act_on_finding(desk.store, ASHA, finding.finding_id, ActionState.AGREED, "Repay.", **desk.when)
    assert not only(desk).late
    desk.wait(91)
    assert only(desk).late
    assert only(desk).what == "The agency owes 1 correction, 1 overdue."


def test_a_deferred_application_is_late_after_sixty_days(desk: Desk):
    desk.go(desk.open(), CaseState.APPLIED, CaseState.DEFERRED)
    desk.wait(60)
    assert not only(desk).late
    desk.wait(1)
    assert only(desk).late


def test_a_certified_case_waits_on_the_clock_until_its_next_visit_and_then_is_late(desk: Desk):
    case, certificate = desk.certified()
    line = only(desk)
    assert (line.on, line.due_on, line.late) == (CLOCK, date(2027, 11, 22), False)
    assert line.what == "A surveillance visit is due by then, or the certificate is suspended."
    desk.wait(366)
    assert only(desk).late
    assert "the surveillance visit was due on 2027-11-22" in only(desk).what


def test_a_certificate_whose_next_visit_would_come_after_its_end_waits_for_its_end(desk: Desk):
    case, certificate = desk.certified()
    for _ in range(3):
        desk.wait(300)
        desk.assess(case, completed_on=desk.today)
    assert (only(desk).on, only(desk).due_on) == (CLOCK, certificate.expires_on)
    assert "The certificate ends then" in only(desk).what


def test_what_a_tie_forbids_is_not_for_this_reviewer_and_says_why(desk: Desk):
    case = desk.recommended()
    assert only(desk, BO).yours
    desk.declare(BO, tied=True, note="My brother works there.")
    assert (only(desk, BO).yours, only(desk, BO).why_not) == (
        False,
        "You have declared a tie with this agency: another reviewer has to decide.",
    )
    assert only(desk, CAI).yours
    assert case_page(desk.store.cursor(), BO, case.case_id, desk.today).waiting == only(desk, BO)
    desk.declare(BO, tied=False, note="He left.")
    assert only(desk, BO).yours


def test_the_way_leads_to_where_it_is_done(desk: Desk):
    case = desk.under_review()
    assert only(desk).section == "assessments"
    desk.go(case, CaseState.CORRECTIVE_ACTION)
    assert only(desk).section == "decide"
    record_finding(desk.store, ASHA, case.case_id, crit_code="1.1", grade=Grade.MAJOR, statement="Fees.", **desk.when)
    assert only(desk).section == "findings"


def test_the_most_overdue_comes_first_then_the_oldest(desk: Desk):
    """Lines of several cases, in the order the queue gives them."""
    base = {"case_id": "c", "agency_id": "a", "agency": "A", "licence": "1", "state": None, "what": "", "due_on": None}
    base |= {"since": desk.now, "late": False, "yours": True, "on": REVIEWER}

    def line(name: str, **said) -> Waiting:
        return Waiting.model_validate(base | {"agency": name} | said)

    early, today = desk.now - timedelta(days=9), desk.today
    wanted = [
        line("late for long, not yours", late=True, due_on=today - timedelta(days=40), yours=False, on=AGENCY_OWES),
        line("late since yesterday", late=True, due_on=today - timedelta(days=1), since=early),
        line("yours and old", since=early),
        line("yours", due_on=today),
        line("the agency's", yours=False, on=AGENCY_OWES, since=early),
        line("the clock's, soon", yours=False, on=CLOCK, due_on=today + timedelta(days=3)),
        line("the clock's, later", yours=False, on=CLOCK, due_on=today + timedelta(days=30), since=early),
        line("ended", yours=False, on=NOBODY, since=early - timedelta(days=900)),
    ]
    for seed in range(20):
        mixed = list(wanted)
        random.Random(seed).shuffle(mixed)
        assert [each.agency for each in sorted(mixed, key=urgency)] == [each.agency for each in wanted]


def test_proposals_wait_on_a_second_reviewer(desk: Desk):
    case, _ = desk.certified()
    propose_move(desk.store, ASHA, case.case_id, ProposalKind.WITHDRAW, "Refused access.", **desk.when)
    desk.report("sunrise", reports=1, verification="investigated", w07=1)
    propose_clearance(desk.store, BO, AGENCY, "W07", "Handed back.", **desk.when)
    withdrawal, clearance = sorted(queue(desk), key=lambda line: line.case_id is None)
    assert (withdrawal.case_id, withdrawal.on, withdrawal.yours) == (case.case_id, SECOND, False)
    assert (clearance.case_id, clearance.on, clearance.yours) == (None, SECOND, True)
    assert (
        clearance.what
        == "Confirm or drop: clear the gate “has the passport held by employer or agency”. bo@example.org proposed it."
    )


def test_the_queue_is_for_reviewers(desk: Desk):
    for other in OTHERS:
        with pytest.raises(NotPermitted):
            queue(desk, other)
