"""Cells are mended where they stand; what may name a worker is masked, and a mask left as it is is no edit."""

from schemas.answers import UNANSWERED, Answers
from schemas.codes import Severity
from tests.vetting.intake.files import AGENCIES, TODAY, fee_csv
from vetting.intake.by_hand import lines_to_mend, mended, sheet, without_cell
from vetting.intake.check import Checked, check

ROWS = (
    {"worker_ref": "Sunkumari Invented", "channel": "pigeon"},
    {},
    {"total_paid": "2-3 lakh"},
    {"promised_wage": "1200", "wage_period": "month"},
)


def told(answers: Answers = UNANSWERED) -> Checked:
    return check(fee_csv(*ROWS), "reports.csv", agencies=AGENCIES, today=TODAY, answers=answers)


def test_only_rows_that_are_not_ready_and_columns_with_a_problem_are_shown() -> None:
    checked = told()
    assert lines_to_mend(checked) == (2, 4)
    assert lines_to_mend(checked, frozenset({Severity.WARNING})) == (5,)
    assert lines_to_mend(checked, column="total_paid") == (4,)
    page = sheet(checked, (2, 4), more=("origin_country",))
    assert page.columns == ("report_id", "origin_country", "channel", "worker_ref", "total_paid")
    assert page.texts[1] == ("R3", "NPL", "in_person", "W-0003", "2-3 lakh")
    assert page.wrong[1] == "total_paid: An amount that is not one number"


def test_a_mask_is_shown_in_place_of_a_name_and_is_no_edit() -> None:
    checked = told()
    page = sheet(checked, (2,))
    shown = page.texts[0][page.columns.index("worker_ref")]
    assert shown == "S••• (18 characters)"
    assert "Sunkumari" not in f"{page}{checked.preview(9)}"
    assert mended(Answers(), Answers(), page, {0: {"worker_ref": shown}}) == Answers()
    answers = mended(Answers(), Answers(), page, {0: {"worker_ref": " W-1 ", "channel": "phone"}})
    assert answers.cells == {2: {"worker_ref": "W-1", "channel": "phone"}}
    again = told(answers)
    assert not again.file_refused
    assert again.result.accepted == 3


def test_a_cell_put_back_is_as_it_was_and_an_emptied_one_is_blank() -> None:
    page = sheet(told(), (2, 4))
    answers = mended(Answers(), Answers(), page, {1: {"total_paid": None}})
    assert answers.cells == {4: {"total_paid": ""}}
    assert mended(answers, Answers(), page, {1: {"total_paid": "2-3 lakh"}}) == Answers()
    assert without_cell(answers, 4, "total_paid") == Answers()
    checked = told(Answers(cells={4: {"total_paid": "3-4 lakh"}}))
    page = sheet(checked, (4,))
    assert mended(checked.answers, checked.answers, page, {0: {"total_paid": "3-4 lakh"}}) == checked.answers
