"""Reviews criterion by criterion, element by element: when a criterion counts as assessed, and what is left unsaid."""

from datetime import timedelta

import pytest

from schemas.codes import AssessmentKind, Grade
from schemas.review_codes import CellResult
from schemas.review_grid import Cell
from schemas.review_sheet import load_review_sheet
from schemas.standard import load_standard
from tests.vetting.certification.desks import AGENCY, ASHA, TODAY, Desk
from vetting.certification.findings import record_finding
from vetting.certification.nonconforming import newest_answers
from vetting.certification.obstacles import obstacles
from vetting.certification.reviews import record_assessment
from vetting.refusals import Refusal
from vetting.scoring.score import score
from vetting.store.assessments import fetch_assessments
from vetting.store.review_cells import fetch_cells

ELEMENTS = [element.code for element in load_review_sheet().elements]
YES, NO, NOT_APPLICABLE, NOT_ASSESSED = CellResult
WHO = {"assessor": "Field Audits", "chosen_by": "the council", "paid_by": "the agency"}


def row(code: str, *results: CellResult, note: str = "Seen.") -> list[Cell]:
    """The elements of one criterion in their order; what is left out has no cell at all."""
    return [
        Cell(crit_code=code, element=element, result=result, note=note)
        for element, result in zip(ELEMENTS, results, strict=False)
    ]


def review(desk: Desk, case, cells, completed_on=None, **said):
    kind = AssessmentKind.ON_SITE_REVIEW
    return record_assessment(
        desk.store, ASHA, case.case_id, kind=kind, completed_on=completed_on or desk.today, cells=cells,
        **(WHO | said), **desk.when,
    )  # fmt: skip


def on_paper(desk: Desk, code: str) -> float | None:
    """What the documents say of a criterion, in the score."""
    return score(desk.store.cursor(), as_of=desk.today, agencies=[AGENCY])[0].criterion(code).documents


@pytest.mark.parametrize(
    ("results", "counts"),
    [
        ((YES,) * 5, True),
        ((YES, NO, YES, YES, NOT_APPLICABLE), True),
        ((YES, YES, YES, YES, NOT_ASSESSED), False),
        ((YES, YES, YES, YES), False),
        ((NOT_APPLICABLE,) * 5, False),
    ],
)
def test_a_criterion_counts_once_every_element_has_an_answer_and_one_was_looked_at(desk: Desk, results, counts):
    case = desk.under_review()
    trail = desk.count("trail")
    made = review(desk, case, row("B.1", *results))
    assert made.criteria == (("B.1",) if counts else ())
    assert (on_paper(desk, "B.1") is not None) == counts
    assert desk.count("trail") == trail + 1
    assert fetch_assessments(desk.store.cursor(), AGENCY) == [made]
    assert (made.cells, made.answered) == (len(results), sum(result is not NOT_ASSESSED for result in results))


def test_a_whole_standard_assessed_element_by_element_leaves_nothing_unassessed_on_paper(desk: Desk):
    case = desk.under_review()
    desk.interview(case)
    review(desk, case, [cell for each in load_standard().criteria for cell in row(each.crit_code, *[YES] * 5)])
    assert obstacles(desk.store.cursor(), case.case_id, desk.today) == []


def test_papers_and_visit_may_share_the_elements_when_they_lie_within_a_year(desk: Desk):
    case = desk.under_review()
    papers = row("B.1", YES, YES)
    visit = row("B.1", NOT_ASSESSED, NOT_ASSESSED, YES, YES, YES)
    assert review(desk, case, papers, TODAY - timedelta(days=400)).criteria == ()
    assert review(desk, case, visit).criteria == (), "the papers are older than a year"
    assert review(desk, case, papers, TODAY - timedelta(days=300)).criteria == (), "what came later does not count back"
    later = review(desk, case, row("B.1", NOT_ASSESSED, NOT_ASSESSED, YES))
    assert later.criteria == ("B.1",)
    other = review(desk, case, row("B.2", YES))
    assert other.criteria == (), "a review counts for what it has an answer about"


def test_not_assessed_later_takes_no_earlier_answer_away(desk: Desk):
    case = desk.under_review()
    review(desk, case, row("B.1", *[YES] * 5))
    review(desk, case, row("B.1", NOT_ASSESSED, NOT_APPLICABLE))
    seen = newest_answers(fetch_cells(desk.store.cursor(), AGENCY))
    assert [seen["B.1", element].result for element in ELEMENTS] == [YES, NOT_APPLICABLE, YES, YES, YES]


REFUSED = [
    (row("B.1", NOT_APPLICABLE, note=" "), "why an element does not apply.* Missing for: B.1 policies"),
    (row("B.1", YES, NO, note=""), "what does not conform.* Missing for: B.1 communication"),
    (row("9.9", YES), r"no criterion 9\.9"),
    ([Cell(crit_code="B.1", element="luck", result=YES)], "no element luck"),
    (row("B.1", YES) * 2, "Answered twice: B.1 policies"),
    (row("B.1", NOT_ASSESSED), "assessed nothing"),
    ([], "assessed nothing"),
]


@pytest.mark.parametrize(("cells", "sentence"), REFUSED)
def test_a_sheet_that_does_not_hold_together_is_refused_without_a_trace(desk: Desk, cells, sentence):
    case, trail = desk.under_review(), desk.count("trail")
    with pytest.raises(Refusal, match=sentence):
        review(desk, case, cells)
    assert (desk.count("trail"), desk.count("assessment"), desk.count("assessed_cell")) == (trail, 0, 0)


def test_a_criterion_is_covered_as_a_whole_or_element_by_element(desk: Desk):
    case = desk.under_review()
    with pytest.raises(Refusal, match=r"element by element: B\.1"):
        review(desk, case, row("B.1", YES), criteria={"B.1": ""})
    assert review(desk, case, row("B.1", *[YES] * 5), criteria={"B.2": ""}).criteria == ("B.2", "B.1")


def test_nobody_is_certified_over_what_does_not_conform_and_no_finding_says(desk: Desk):
    case = desk.under_review()
    desk.assess(case)
    desk.interview(case)
    review(desk, case, row("B.1", YES, NO, YES, YES, YES))
    said = obstacles(desk.store.cursor(), case.case_id, desk.today)
    assert said == [
        f"Criterion B.1 does not conform (communication) by the review of {desk.today}, and no finding says so: record "
        "one, with its grade."
    ]
    finding = record_finding(
        desk.store, ASHA, case.case_id, crit_code="B.1", grade=Grade.MINOR, statement="x", **desk.when
    )
    assert obstacles(desk.store.cursor(), case.case_id, desk.today) == []
    desk.correct(finding)
    assert obstacles(desk.store.cursor(), case.case_id, desk.today) == [], "it was said, and corrected"
    desk.wait(30)
    review(desk, case, row("B.1", YES, NO, YES, YES, YES))
    assert len(obstacles(desk.store.cursor(), case.case_id, desk.today)) == 1, "what was closed spoke of another visit"
    review(desk, case, row("B.1", YES, YES))
    assert obstacles(desk.store.cursor(), case.case_id, desk.today) == [], "it was seen to conform since"
