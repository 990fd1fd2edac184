"""Assessments, interviews and ties: what reviewers write down on the way."""

from datetime import timedelta

import pytest

from schemas.case import Interviews
from schemas.codes import AssessmentKind, CaseState
from tests.vetting.certification.desks import AGENCY, ASHA, BO, OTHERS, TODAY, Desk
from vetting.certification.reviews import count_interviews, declare_tie, record_assessment
from vetting.refusals import NotFound, NotPermitted, Refusal
from vetting.store.assessments import fetch_assessments, fetch_ties

WHO = {"assessor": "Field Audits", "chosen_by": "the council", "paid_by": "the agency"}


def test_an_assessment_says_what_it_covered_who_made_it_who_chose_and_who_paid(desk: Desk):
    case, trail = desk.under_review(), desk.count("trail")
    made = desk.assess(case, criteria={"1.1": "Ledgers seen.", "A.1": ""})
    assert desk.count("trail") == trail + 1
    assert fetch_assessments(desk.store.cursor(), AGENCY) == [
        made.model_copy(update={"criteria": ("1.1", "A.1"), "visits_before": 0})
    ]
    assert (made.assessor, made.chosen_by, made.paid_by) == ("Field Audits", "the council", "the agency")


def test_it_shows_how_often_the_same_assessor_came_before(desk: Desk):
    case = desk.under_review()
    assert [desk.assess(case).visits_before for _ in range(3)] == [0, 1, 2]
    assert [each.visits_before for each in fetch_assessments(desk.store.cursor())] == [0, 1, 2]


UNSAID = [
    ({"criteria": {}}, "which criteria"),
    ({"criteria": {"9.9": ""}}, r"no criterion 9\.9"),
    ({"completed_on": TODAY + timedelta(days=1)}, "cannot lie in the future"),
    ({"assessor": " "}, "who assessed"),
    ({"chosen_by": ""}, "who chose"),
    ({"paid_by": ""}, "who paid"),
]


def test_an_assessment_that_does_not_say_so_is_refused_without_a_trace(desk: Desk):
    case, trail = desk.under_review(), desk.count("trail")
    said = {"kind": AssessmentKind.DOCUMENT_REVIEW, "completed_on": TODAY, "criteria": {"1.1": ""}} | WHO
    for change, sentence in UNSAID:
        with pytest.raises(Refusal, match=sentence):
            record_assessment(desk.store, ASHA, case.case_id, **(said | change), **desk.when)
    assert (desk.count("trail"), desk.count("assessment")) == (trail, 0)


def test_assessments_and_interviews_belong_to_cases_under_review(desk: Desk):
    case = desk.open()
    with pytest.raises(Refusal, match="this one is draft"):
        desk.assess(case)
    with pytest.raises(Refusal, match="this one is draft"):
        desk.draw(case)


def test_a_case_begun_before_samples_were_drawn_is_counted_on_in_all(desk: Desk):
    case = desk.under_review()
    with pytest.raises(Refusal, match="Draw the sample first"):
        count_interviews(desk.store, ASHA, case.case_id, 4, **desk.when)
    before = {"case_id": case.case_id, "at": desk.when["now"]}
    desk.store.cursor().execute("INSERT INTO desk.interview_count VALUES ($case_id, $at, 3, 'asha')", before)
    assert count_interviews(desk.store, ASHA, case.case_id, 4, **desk.when) == Interviews(required=10, interviewed=4)
    assert count_interviews(desk.store, ASHA, case.case_id, 12, **desk.when).complete
    assert not count_interviews(desk.store, ASHA, case.case_id, 9, **desk.when).complete
    with pytest.raises(Refusal, match="below zero"):
        count_interviews(desk.store, ASHA, case.case_id, -1, **desk.when)
    desk.draw(case)
    with pytest.raises(Refusal, match="stratum by stratum"):
        count_interviews(desk.store, ASHA, case.case_id, 10, **desk.when)


def test_the_newest_declaration_counts_and_earlier_ones_are_kept(desk: Desk):
    trail = desk.count("trail")
    desk.declare(ASHA)
    desk.declare(ASHA, tied=True, note="I bought shares.")
    assert fetch_ties(desk.store.cursor(), AGENCY)["asha@example.org"].tied
    assert (desk.count("tie"), desk.count("trail")) == (2, trail + 2)


def test_a_tie_needs_a_note_and_so_does_taking_one_back(desk: Desk):
    with pytest.raises(Refusal, match="what the tie is"):
        desk.declare(BO, tied=True)
    desk.declare(BO, tied=True, note="Kin.")
    with pytest.raises(Refusal, match="why there is none any more"):
        desk.declare(BO)
    assert not desk.declare(BO, note="They left the agency.").tied


def test_a_tie_is_with_an_agency_of_the_register(desk: Desk):
    with pytest.raises(NotFound):
        declare_tie(desk.store, ASHA, "nobody", False, **desk.when)


def test_only_reviewers_write_these_down(desk: Desk):
    case = desk.go(desk.open(), CaseState.APPLIED, CaseState.ACCEPTED, CaseState.DOCUMENT_REVIEW)
    trail, said = desk.count("trail"), {"kind": AssessmentKind.ON_SITE_REVIEW, "criteria": {"1.1": ""}} | WHO
    for other in OTHERS:
        with pytest.raises(NotPermitted):
            count_interviews(desk.store, other, case.case_id, 3, **desk.when)
        with pytest.raises(NotPermitted):
            declare_tie(desk.store, other, AGENCY, False, **desk.when)
        with pytest.raises(NotPermitted):
            record_assessment(desk.store, other, case.case_id, completed_on=desk.today, **said, **desk.when)
    assert desk.count("trail") == trail
