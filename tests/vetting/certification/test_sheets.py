"""The sheets of a case: read as people fill them in, and everything that is wrong with one told at once."""

import pytest

from schemas.application import SelfAnswered
from schemas.case import Corridor
from schemas.codes import Sex
from schemas.interview_draw import Stratum
from schemas.review_codes import CellResult, SelfAnswer
from schemas.review_grid import Cell
from vetting.certification import sheets
from vetting.refusals import Refusal


def test_a_review_is_read_with_words_as_people_write_them():
    data = (
        b"Criterion;Element;Result;Note\n"
        b"B.1;policies;Conforms;\n"
        b"B.1;Skills and training;does not conform;Nobody was trained.\n"
        b"1.1;Governance;NOT_APPLICABLE;No fee was found.\n"
        b"1.2;monitoring;;\n"
    )
    assert sheets.read_review(data, "visit.csv") == [
        Cell(crit_code="B.1", element="policies", result=CellResult.CONFORMS),
        Cell(crit_code="B.1", element="skills", result=CellResult.DOES_NOT_CONFORM, note="Nobody was trained."),
        Cell(crit_code="1.1", element="governance", result=CellResult.NOT_APPLICABLE, note="No fee was found."),
        Cell(crit_code="1.2", element="monitoring", result=CellResult.NOT_ASSESSED),
    ]


def test_a_self_assessment_left_blank_is_not_answered():
    data = b"criterion,element,answer\n1.1,policies,in place\n1.1,skills,\n"
    assert sheets.read_self_assessment(data, "own.csv") == [
        SelfAnswered(crit_code="1.1", element="policies", answer=SelfAnswer.IN_PLACE),
        SelfAnswered(crit_code="1.1", element="skills", answer=SelfAnswer.NOT_ANSWERED),
    ]


def test_strata_are_read_with_countries_by_name():
    data = b"origin,destination,sex,client,placed\nNepal,KSA,Female,Najd Care,40\nNPL,QAT,,Pearl Towers,0\n"
    assert sheets.read_strata(data, "strata.csv") == [
        Stratum(corridor=Corridor(origin="NPL", destination="SAU"), sex=Sex.FEMALE, client="Najd Care", placed=40),
        Stratum(
            corridor=Corridor(origin="NPL", destination="QAT"), sex=Sex.UNDISCLOSED, client="Pearl Towers", placed=0
        ),
    ]


def test_every_problem_of_every_line_is_told_with_its_address():
    data = (
        b"origin,destination,sex,client,placed\n"
        b"Nowhere,QAT,male,Pearl Towers,12\n"
        b"NPL,QAT,boy,,some\n"
        b"NPL,QAT,male,Doha Linen,3\n"
    )
    with pytest.raises(sheets.Unfit) as refusal:
        sheets.read_strata(data, "strata.csv")
    assert refusal.value.problems == (
        "Line 2, column A (origin) says “Nowhere”, which is no country: write BGD or Bangladesh.",
        "Line 3, column C (sex) says “boy”: write one of female, male, other, undisclosed.",
        "Line 3, column D (client) is empty, and has to be filled in.",
        "Line 3, column E (placed) says “some”: write a whole number, 0 for nobody.",
    )
    assert "nothing is saved" in str(refusal.value)


def test_an_answer_that_is_none_of_the_words_is_told_and_never_guessed():
    with pytest.raises(sheets.Unfit) as refusal:
        sheets.read_review(b"criterion,element,result\nB.9,luck,yes\n", "r.csv")
    criterion, element, result = refusal.value.problems
    assert criterion.startswith("Line 2, column A (criterion) says “B.9”: write one of A.1, A.2")
    assert "one of policies, communication, skills, monitoring, governance" in element
    assert "one of conforms, does_not_conform, not_applicable, not_assessed" in result


@pytest.mark.parametrize("read", [sheets.read_review, sheets.read_self_assessment, sheets.read_strata])
def test_a_sheet_without_its_columns_or_without_lines_is_refused(read):
    with pytest.raises(Refusal, match="The sheet needs the columns"):
        read(b"a,b\n1,2\n", "r.csv")
    columns = {
        sheets.read_review: sheets.REVIEW,
        sheets.read_self_assessment: sheets.SELF_ASSESSMENT,
        sheets.read_strata: sheets.STRATA,
    }[read]
    with pytest.raises(Refusal, match="no line below"):
        read((",".join(columns) + "\n").encode(), "r.csv")


def test_an_empty_sheet_has_every_cell_and_reads_as_no_answer_at_all():
    review = sheets.read_review(sheets.blank_review().encode(), "r.csv")
    own = sheets.read_self_assessment(sheets.blank_self_assessment().encode(), "s.csv")
    assert (len(review), len(own)) == (120, 120)
    assert {cell.result for cell in review} == {CellResult.NOT_ASSESSED}
    assert {each.answer for each in own} == {SelfAnswer.NOT_ANSWERED}
