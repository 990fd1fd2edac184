"""A question is asked once, however many rows it mends, and its answer settles all of them."""

from schemas.answers import UNANSWERED, Answers
from schemas.question import Ask, Question
from tests.vetting.intake.files import AGENCIES, GOOD, TODAY, agency, fee_csv
from vetting.intake.agency_search import find_agencies
from vetting.intake.check import Checked, check
from vetting.intake.questions import answer, answered_by, questions


def told(*changes: dict[str, str], answers: Answers = UNANSWERED) -> Checked:
    return check(fee_csv(*changes), "reports.csv", agencies=AGENCIES, today=TODAY, answers=answers)


def asked(*changes: dict[str, str]) -> list[Question]:
    return questions(told(*changes))


def values(question: Question) -> list[str]:
    return [choice.value for choice in question.choices]


def test_the_question_that_mends_most_rows_comes_first_and_names_its_cells() -> None:
    rows = [{"currency": "Rs"}] * 3 + [{"channel": "pigeon"}] + [{"total_paid": "45,000"}] * 2
    first, second, third = asked(*rows)
    assert (first.ask, first.columns, first.written, first.rows, first.lines) == (
        Ask.WORD, ("currency",), "Rs", 3, (2, 3, 4),
    )  # fmt: skip
    assert set(values(first)) >= {"NPR", "INR", "PKR", "LKR"}
    assert (second.ask, second.written, second.letters) == (Ask.MARK, None, ("O",))
    assert [choice.label for choice in second.choices] == [
        "A point marks decimals: 45,000 is 45000",
        "A comma marks decimals: 45,000 is 45",
    ]
    assert (third.columns, third.rows, "" in values(third)) == (("channel",), 1, False)


def paid(*headers: str, answers: Answers = UNANSWERED) -> list[Question]:
    """The questions of a file whose amounts stand under these headers, and no currency beside them."""
    row = {name: text for name, text in GOOD.items() if name not in ("currency", "total_paid")}
    values = ",".join([*row.values(), *["1500"] * len(headers)])
    data = f"{','.join([*row, *headers])}\n{values}\n{values.replace('R1', 'R2')}\n".encode()
    return questions(check(data, "a.csv", agencies=AGENCIES, today=TODAY, answers=answers))


def test_a_currency_in_a_header_is_asked_about_once_where_its_own_column_is_blank() -> None:
    (question,) = paid("Total paid (NPR)", "deducted_amount (NPR)")
    assert (question.columns, question.rows) == (("currency",), 2)
    assert question.headers == (("N", "NPR"), ("O", "NPR"))
    assert (question.named, question.choices[0].value, len(values(question)) > 100) == (1, "NPR", True)
    answers = answer(UNANSWERED, question, "NPR")
    assert paid("Total paid (NPR)", "deducted_amount (NPR)", answers=answers) == []
    (wages,) = [each for each in paid("Actual wage (QAR)", "Total paid (NPR)") if each.columns == ("wage_currency",)]
    assert (wages.headers, wages.choices[0].value) == ((("N", "QAR"),), "QAR")


def test_a_sign_in_a_header_names_every_currency_it_can_mean() -> None:
    (question,) = paid("Total paid (Rs)")
    assert question.headers == (("N", "Rs"),)
    assert set(values(question)[: question.named]) >= {"NPR", "INR", "PKR", "LKR"}
    (unnamed,) = paid("total_paid")
    assert (unnamed.headers, unnamed.named) == ((), 0)


def test_a_currency_in_a_header_is_known_where_the_partner_said_what_the_column_is() -> None:
    (question,) = paid("Total paid (NPR)", answers=Answers(columns={13: "total_paid"}))
    assert question.headers == (("N", "NPR"),)


def test_every_kind_of_question_is_settled_by_its_answer() -> None:
    cases: list[tuple[dict[str, str], str]] = [
        ({"currency": "Rs"}, "NPR"),
        ({"currency": ""}, "NPR"),
        ({"currency": "gold"}, "NPR"),
        ({"total_paid": "45,000"}, "."),
        ({"interview_date": "03/04/2026"}, "day"),
        ({"channel": "pigeon"}, "phone"),
        ({"threats": "sometimes"}, ""),
        ({"sex": "-9"}, ""),
        ({"total_paid": "a goat"}, ""),
        ({"age_at_recruitment": "7"}, ""),
        ({"origin_country": "Nepaal"}, "NPL"),
        ({"consent_use": "signed"}, "yes"),
        ({"sector": "astronaut"}, ""),
        ({"loan_rate": "3"}, "month"),
        ({"promised_wage": "1200", "wage_period": "month"}, "QAR"),
    ]
    for change, value in cases:
        (question,) = asked(change, {})
        assert value in values(question), change
        answers = answer(Answers(), question, value)
        assert answered_by(answers, question) == value
        mended = told(change, {}, answers=answers)
        assert not questions(mended), change
        assert mended.result.accepted == 2, change
        assert answer(answers, question, None) == Answers()


def test_a_survey_code_is_asked_once_for_all_its_columns() -> None:
    (question,) = asked({"sex": "-9", "threats": "-9"}, {"threats": "-9"}, {"loan_amount": "-9"})
    assert (sorted(question.columns), question.rows) == (["loan_amount", "sex", "threats"], 3)
    assert answer(Answers(), question, "").words == {name: {"-9": ""} for name in question.columns}


def test_the_likeliest_country_is_offered_first() -> None:
    assert values(asked({"origin_country": "Nepaal"})[0])[0] == "NPL"


def test_what_only_a_person_who_asks_the_worker_knows_is_no_question() -> None:
    unasked = (("consent_use", "no"), ("consent_use", ""), ("interview_date", "soon"), ("total_paid", "2-3 lakh"),
               ("report_id", ""), ("worker_ref", "Sunkumari Invented"), ("notes", "a@mail.example"))  # fmt: skip
    for column, text in unasked:
        assert asked({column: text}) == []


def test_an_agency_is_found_by_a_piece_of_its_licence_or_by_a_name_that_is_nearly_right() -> None:
    register = (*AGENCIES, agency("karnali", licence="0500/080", name="Karnali Invented", aliases=("Humla Jobs",)))
    for typed, first in (("0099", "lumbini"), ("lumbiny sampel", "lumbini"), ("humla job", "karnali")):
        assert find_agencies(register, typed)[0].agency_id == first
    assert find_agencies(register, "  ") == []
    assert find_agencies(register, "zzzzqqqq") == []
