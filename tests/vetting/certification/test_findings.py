"""Findings and their corrective actions: agreed, done, rejected, closed on evidence; due by the scheme or as agreed."""

from datetime import timedelta

import pytest

from schemas.case import Case, Finding
from schemas.codes import ActionState, CaseState, Grade
from tests.vetting.certification.desks import ASHA, OTHERS, Desk
from vetting.certification.evidence import Given
from vetting.certification.findings import act_on_finding, next_steps, record_finding
from vetting.refusals import NotFound, NotPermitted, Refusal
from vetting.store.findings import fetch_finding

AGREED, DONE, VERIFIED, REJECTED, CLOSED = ActionState
NEXT = {(None, AGREED), (AGREED, AGREED), (AGREED, DONE), (DONE, VERIFIED), (DONE, REJECTED)}
NEXT |= {(VERIFIED, CLOSED), (VERIFIED, REJECTED), (REJECTED, AGREED), (REJECTED, DONE)}
WAYS = {None: [], AGREED: [AGREED], DONE: [AGREED, DONE], REJECTED: [AGREED, DONE, REJECTED]}
WAYS |= {VERIFIED: [AGREED, DONE, VERIFIED], CLOSED: [AGREED, DONE, VERIFIED, CLOSED]}
LEDGER = Given("Ledger of repayments, binder 12")


@pytest.fixture
def case(desk: Desk) -> Case:
    return desk.go(desk.open(), CaseState.APPLIED, CaseState.ACCEPTED, CaseState.DOCUMENT_REVIEW)


def find(desk: Desk, case: Case, grade: Grade = Grade.MAJOR) -> Finding:
    return record_finding(
        desk.store, ASHA, case.case_id, crit_code="1.1", grade=grade, statement="Fees are charged.", **desk.when
    )


def step(desk: Desk, finding: Finding, *steps: ActionState) -> Finding:
    for to in steps:
        evidence = [LEDGER] if to is VERIFIED else []
        finding = act_on_finding(desk.store, ASHA, finding.finding_id, to, "As seen.", evidence=evidence, **desk.when)
    return finding


def test_a_finding_is_recorded_with_one_trail_entry_and_is_open(desk: Desk, case: Case):
    trail = desk.count("trail")
    finding = find(desk, case)
    assert fetch_finding(desk.store.cursor(), finding.finding_id) == finding
    assert finding.is_open
    assert finding.state is None
    assert desk.count("trail") == trail + 1


def test_findings_are_recorded_only_under_review_or_while_a_certificate_stands(desk: Desk):
    case = desk.open()
    forced = "INSERT INTO desk.case_move VALUES ($case_id, $at, NULL, $state, 'test', 'forced')"
    for state in ("draft", "applied", "deferred", "accepted", "declined", "withdrawn", "expired"):
        desk.store.cursor().execute(forced, {"case_id": case.case_id, "at": desk.when["now"], "state": state})
        trail = desk.count("trail")
        with pytest.raises(Refusal, match="while a case is under review"):
            find(desk, case)
        assert (desk.count("finding"), desk.count("trail")) == (0, trail)


def test_a_finding_needs_a_criterion_of_the_standard_and_a_statement(desk: Desk, case: Case):
    with pytest.raises(Refusal, match="no criterion '9.9'"):
        record_finding(desk.store, ASHA, case.case_id, crit_code="9.9", grade=Grade.MINOR, statement="x", **desk.when)
    with pytest.raises(Refusal, match="Say what was found"):
        record_finding(desk.store, ASHA, case.case_id, crit_code="1.1", grade=Grade.MINOR, statement=" ", **desk.when)


@pytest.mark.parametrize(
    ("grade", "days"), [(Grade.CRITICAL, 30), (Grade.MAJOR, 90), (Grade.MINOR, 180), (Grade.OBSERVATION, None)]
)
def test_an_action_is_due_by_the_schemes_deadline_for_its_grade(desk: Desk, case: Case, grade: Grade, days):
    agreed = step(desk, find(desk, case, grade), AGREED)
    assert agreed.due_on == (None if days is None else desk.today + timedelta(days=days))


def test_another_date_may_be_agreed_but_not_one_that_is_past(desk: Desk, case: Case):
    finding, soon = find(desk, case), desk.today + timedelta(days=5)
    agreed = act_on_finding(desk.store, ASHA, finding.finding_id, AGREED, "They repay.", agreed_due=soon, **desk.when)
    assert agreed.due_on == soon
    with pytest.raises(Refusal, match="2026-11-21 is past"):
        act_on_finding(
            desk.store,
            ASHA,
            finding.finding_id,
            AGREED,
            "Again.",
            agreed_due=desk.today - timedelta(days=1),
            **desk.when,
        )


@pytest.mark.parametrize("state", [None, *ActionState])
def test_a_finding_takes_only_the_steps_there_are(desk: Desk, case: Case, state: ActionState | None):
    for to in ActionState:
        finding = step(desk, find(desk, case), *WAYS[state])
        before = desk.count("trail"), desk.count("corrective_action")
        assert (to in next_steps(finding)) == ((state, to) in NEXT)
        if (state, to) in NEXT:
            assert step(desk, finding, to).state is to
            assert (desk.count("trail"), desk.count("corrective_action")) == (before[0] + 1, before[1] + 1)
        else:
            with pytest.raises(Refusal, match="cannot become|is closed"):
                step(desk, finding, to)
            assert (desk.count("trail"), desk.count("corrective_action")) == before


def test_an_observation_asks_for_no_action_and_may_be_closed_at_once(desk: Desk, case: Case):
    assert not step(desk, find(desk, case, Grade.OBSERVATION), CLOSED).is_open


@pytest.mark.parametrize(
    ("way", "to", "sentence"),
    [
        ([AGREED, DONE], VERIFIED, "what evidence was seen"),
        ([AGREED, DONE], REJECTED, "what is still missing"),
        ([AGREED, DONE, VERIFIED], CLOSED, "why the finding has ended"),
    ],
)
def test_closing_or_rejecting_without_a_note_is_refused_and_leaves_no_trace(desk: Desk, case: Case, way, to, sentence):
    finding = step(desk, find(desk, case), *way)
    trail = desk.count("trail")
    with pytest.raises(Refusal, match=sentence):
        act_on_finding(desk.store, ASHA, finding.finding_id, to, "  ", **desk.when)
    assert desk.count("trail") == trail


def test_a_finding_that_is_not_there_is_not_found(desk: Desk, case: Case):
    with pytest.raises(NotFound, match="no finding 'x'"):
        act_on_finding(desk.store, ASHA, "x", DONE, "Note.", **desk.when)


def test_only_reviewers_record_findings_and_act_on_them(desk: Desk, case: Case):
    finding, trail = find(desk, case), desk.count("trail")
    said = {"crit_code": "1.1", "grade": Grade.MINOR, "statement": "x"}
    for other in OTHERS:
        with pytest.raises(NotPermitted):
            record_finding(desk.store, other, case.case_id, **said, **desk.when)
        with pytest.raises(NotPermitted):
            act_on_finding(desk.store, other, finding.finding_id, AGREED, "x", **desk.when)
    assert desk.count("trail") == trail
