"""Certifying: two different reviewers, and nothing in the way. Each obstacle alone blocks, with its own sentence."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from schemas.case import Case
from schemas.codes import ActionState, CaseState, Grade, Role, Via
from schemas.viewer import Viewer
from tests.vetting.certification.desks import ADMIN, AGENCY, ANSWERS, ASHA, BO, EVERY_CRITERION, OTHERS, Desk
from vetting.certification.cases import move
from vetting.certification.decide import certify
from vetting.certification.evidence import Given
from vetting.certification.findings import act_on_finding, record_finding
from vetting.certification.obstacles import Obstructed, obstacles
from vetting.refusals import NotPermitted, Refusal
from vetting.store.members import suspend_member


def refused(desk: Desk, case: Case, by: Viewer = BO) -> tuple[str, ...]:
    """Try to certify; what stood in the way. Nothing may have been written but that it was tried."""
    before = [desk.count(table) + (table == "trail") for table in ("trail", "case_move", "certificate")]
    with pytest.raises(Obstructed) as refusal:
        certify(desk.store, by, case.case_id, "All criteria are met.", **desk.when)
    assert [desk.count(table) for table in ("trail", "case_move", "certificate")] == before
    assert all(obstacle in str(refusal.value) for obstacle in refusal.value.obstacles)
    return refusal.value.obstacles


def find(desk: Desk, case: Case, grade: Grade, crit_code: str = "5.3"):
    return record_finding(
        desk.store, ASHA, case.case_id, crit_code=crit_code, grade=grade, statement="Not in order.", **desk.when
    )


def test_nothing_stands_in_the_way_of_a_case_that_is_in_order(desk: Desk):
    case = desk.ready()
    assert obstacles(desk.store.cursor(), case.case_id, desk.today) == []


def test_one_recommends_a_second_certifies_and_each_act_leaves_one_trail_entry(desk: Desk):
    case, trail = desk.ready(), desk.count("trail")
    move(desk.store, ASHA, case.case_id, CaseState.RECOMMENDED, "In order.", **desk.when)
    certificate = certify(desk.store, BO, case.case_id, "All criteria are met.", **desk.when)
    assert desk.count("trail") == trail + 2
    assert desk.state(case) == "certified"
    assert certificate.number == "FP-2026-0001"
    assert (certificate.issued_on, certificate.expires_on) == (date(2026, 11, 22), date(2029, 11, 22))
    assert certificate.deciding_body == "Fair Passage Council"
    assert (certificate.recommended_by, certificate.decided_by) == ("asha@example.org", "bo@example.org")
    assert (certificate.scope, certificate.standard_hash) == (case.scope, case.standard_hash)
    last = "SELECT actor, action, subject, reason FROM desk.trail ORDER BY seq DESC LIMIT 1"
    assert desk.store.cursor().execute(last).fetchall() == [
        ("bo@example.org", "certify", case.case_id, "All criteria are met.")
    ]


def test_numbers_count_up_within_the_year_and_begin_anew_with_the_next(desk: Desk):
    desk.certified()
    assert desk.certified()[1].number == "FP-2026-0002"
    desk.wait(60)
    assert desk.certified()[1].number == "FP-2027-0001"


def test_the_one_who_recommended_cannot_certify(desk: Desk):
    case = desk.recommended()
    assert refused(desk, case, by=ASHA) == (
        "asha@example.org did the first half of this: a second, different reviewer must do the other.",
    )


def test_capitals_and_spaces_make_no_second_reviewer(desk: Desk):
    case = desk.recommended()
    again = ASHA.model_copy(update={"actor": "  Asha@Example.org "})
    assert "a second, different reviewer" in refused(desk, case, by=again)[0]


def test_a_case_nobody_recommended_is_not_certified(desk: Desk):
    case = desk.ready()
    with pytest.raises(Refusal, match="in on-site review cannot become certified"):
        certify(desk.store, BO, case.case_id, "All criteria are met.", **desk.when)


def test_certifying_needs_a_reason(desk: Desk):
    case = desk.recommended()
    with pytest.raises(Refusal, match="Give a reason"):
        certify(desk.store, BO, case.case_id, " ", **desk.when)


def critical(desk: Desk, case: Case) -> None:
    find(desk, case, Grade.CRITICAL)


def major(desk: Desk, case: Case) -> None:
    find(desk, case, Grade.MAJOR)


def gate(desk: Desk, case: Case) -> None:
    desk.report("sunrise", reports=1, verification="investigated", w07=1)


def weak(desk: Desk, case: Case) -> None:
    """Everything is bad that opens no gate."""
    gates = {"w01", "w07", "w08", "w18", "w19", "w20", "w21"}
    bad = {code: 300 for code in ANSWERS if code not in gates}
    desk.report("sunrise", reports=300, **bad)
    desk.report("dockers", reports=300, **bad)


def silence(desk: Desk, case: Case) -> None:
    """Two years on, every report has left the window; the paper is fresh."""
    desk.wait(800)
    desk.assess(case)


def sample(desk: Desk, case: Case) -> None:
    desk.interview(case, 9)


def paper(desk: Desk, case: Case) -> None:
    """The assessment is too old by a day; the workers were heard lately."""
    desk.wait(3 * 365 + 2)
    desk.report("sunrise")
    desk.report("dockers")


def licence(desk: Desk, case: Case) -> None:
    desk.register(status="cancelled")


def ran_out(desk: Desk, case: Case) -> None:
    desk.register(status="valid", valid_until=desk.today - timedelta(days=1))


def undeclared(desk: Desk, case: Case) -> None:
    desk.store.cursor().execute("DELETE FROM desk.tie WHERE reviewer = 'bo@example.org'")


def tied(desk: Desk, case: Case) -> None:
    desk.declare(BO, tied=True, note="My sister works there.")


def first_tied(desk: Desk, case: Case) -> None:
    desk.declare(ASHA, tied=True, note="I owe them money.")


def first_left(desk: Desk, case: Case) -> None:
    suspend_member(desk.store, ADMIN, ASHA.actor, reason="Left.", via=Via.CLI, now=desk.when["now"])


def unnamed(desk: Desk, case: Case) -> None:
    desk.store.cursor().execute("DELETE FROM desk.setting WHERE name = 'operating_body'")


@pytest.mark.parametrize(
    ("hindrance", "sentence"),
    [
        (critical, "A critical finding on criterion 5.3 is open: "),
        (major, "A major finding on criterion 5.3 is open: "),
        (gate, "A gate is open on criterion 2.1: workers report that the worker has the passport held"),
        (weak, "The band is weak, and a certificate takes strong or fair: "),
        (silence, "The evidence is insufficient for a band, and a certificate takes strong or fair: too few workers"),
        (sample, "The worker-interview sample is incomplete: 9 of 10 workers interviewed, 1 to go."),
        (paper, "Not assessed on paper within 36 months: criteria A.1, A.2, "),
        (licence, "Licence 0042 is cancelled in the register"),
        (ran_out, "Licence 0042 is expired in the register"),
        (undeclared, "bo@example.org has not declared whether they have a tie"),
        (tied, "bo@example.org has declared a tie with this agency: "),
        (first_tied, "asha@example.org has declared a tie with this agency: "),
        (first_left, "asha@example.org is not an active reviewer here: "),
        (unnamed, "The operating body has no name yet"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_each_obstacle_alone_blocks_with_its_sentence(
    desk: Desk, hindrance: Callable[[Desk, Case], None], sentence: str
):
    case = desk.recommended()
    hindrance(desk, case)
    found = refused(desk, case)
    assert len(found) == 1, found
    assert found[0].startswith(sentence)


@pytest.mark.parametrize("grade", [Grade.MINOR, Grade.OBSERVATION])
def test_a_minor_finding_or_an_observation_does_not_stop_a_certificate(desk: Desk, grade: Grade):
    case = desk.recommended()
    find(desk, case, grade)
    assert certify(desk.store, BO, case.case_id, "In order.", **desk.when)


def test_a_corrected_and_closed_major_finding_no_longer_blocks(desk: Desk):
    case = desk.recommended()
    finding = find(desk, case, Grade.MAJOR)
    for step in (ActionState.AGREED, ActionState.DONE, ActionState.VERIFIED):
        evidence = [Given("Ledger of repayments")] if step is ActionState.VERIFIED else []
        act_on_finding(desk.store, ASHA, finding.finding_id, step, "As agreed.", evidence=evidence, **desk.when)
        assert "A major finding" in refused(desk, case)[0]
    act_on_finding(desk.store, ASHA, finding.finding_id, ActionState.CLOSED, "Saw the ledger.", **desk.when)
    assert certify(desk.store, BO, case.case_id, "In order.", **desk.when)


def test_a_criterion_left_out_of_the_assessment_is_named(desk: Desk):
    case = desk.under_review()
    desk.assess(case, criteria={code: "" for code in EVERY_CRITERION if code != "4.2"})
    desk.interview(case)
    assert obstacles(desk.store.cursor(), case.case_id, desk.today) == [
        "Not assessed on paper within 36 months: criterion 4.2. Record an assessment that covers it."
    ]


def test_an_unknown_sample_blocks_until_the_register_says_how_many_were_deployed(desk: Desk):
    desk.register(deployed_12m=None)
    case = desk.under_review()
    desk.assess(case)
    found = obstacles(desk.store.cursor(), case.case_id, desk.today)
    assert [sentence.split(",")[0] for sentence in found] == ["How many workers to interview is unknown"]
    desk.interview(case)  # drawn from the agency's lists, which hold 90 workers
    assert obstacles(desk.store.cursor(), case.case_id, desk.today) == []
    desk.register(deployed_12m=144)
    assert obstacles(desk.store.cursor(), case.case_id, desk.today) == [
        "The worker-interview sample is incomplete: 10 of 12 workers interviewed, 2 to go."
    ]


def test_recommending_is_refused_with_every_obstacle_at_once(desk: Desk):
    case = desk.go(
        desk.open(), CaseState.APPLIED, CaseState.ACCEPTED, CaseState.DOCUMENT_REVIEW, CaseState.ON_SITE_REVIEW
    )
    find(desk, case, Grade.MAJOR)
    trail = desk.count("trail")
    with pytest.raises(Obstructed) as refusal:
        desk.go(case, CaseState.RECOMMENDED)
    assert [sentence.split(" ")[0] for sentence in refusal.value.obstacles] == [
        "A",  # a major finding
        "The",  # evidence
        "The",  # sample
        "Not",  # assessed on paper
        "asha@example.org",  # has not declared
    ]
    assert (desk.count("trail"), desk.state(case)) == (trail + 1, "on_site_review")


def test_nobody_but_a_reviewer_certifies(desk: Desk):
    case, trail = desk.recommended(), desk.count("trail")
    for other in OTHERS:
        with pytest.raises(NotPermitted, match="This is for reviewers"):
            certify(desk.store, other, case.case_id, "In order.", **desk.when)
    assert desk.count("trail") == trail


def test_a_reviewer_who_is_no_member_is_not_the_second(desk: Desk):
    case = desk.recommended()
    stranger = Viewer(role=Role.REVIEWER, actor="stranger@example.org")
    desk.declare(stranger)
    assert refused(desk, case, by=stranger) == (
        "stranger@example.org is not an active reviewer here: acts that need two reviewers need two such members.",
    )


def test_a_case_sent_back_has_to_be_recommended_anew(desk: Desk):
    case = desk.recommended()
    desk.go(case, CaseState.CORRECTIVE_ACTION, by=BO)
    desk.go(case, CaseState.RECOMMENDED, by=BO)
    assert "bo@example.org did the first half" in refused(desk, case, by=BO)[0]
    assert certify(desk.store, ASHA, case.case_id, "In order now.", **desk.when).recommended_by == "bo@example.org"


def test_a_finding_about_the_agency_from_another_case_blocks_too(desk: Desk):
    old, _ = desk.certified()
    case = desk.open()
    case = desk.go(case, CaseState.APPLIED, CaseState.ACCEPTED, CaseState.DOCUMENT_REVIEW, CaseState.ON_SITE_REVIEW)
    desk.interview(case)
    find(desk, old, Grade.MAJOR)
    assert len(obstacles(desk.store.cursor(), case.case_id, desk.today)) == 1
    assert case.agency_id == AGENCY
