"""Which day or month a text means, if it surely means one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vetting.intake.dates import Order, read_day, read_month

MAY_3 = date(2024, 5, 3)


@pytest.mark.parametrize("text", ["2024-05-03", "2024/5/3", "2024.05.03", "20240503",
                                  "2024-05-03T10:22:31.123+05:45", "2024-05-03 10:22",
                                  "3 May 2024", "May 3, 2024", "3-May-24", "२०२४-०५-०३"])  # fmt: skip
def test_year_month_day_and_names_of_months_are_understood(text: str):
    assert read_day(text).value == MAY_3


def test_a_day_above_twelve_can_be_read_one_way_only():
    assert (read_day("25/04/2024").value, read_day("25/04/2024").proves) == (date(2024, 4, 25), "day")
    assert (read_day("04/25/2024").value, read_day("04/25/2024").proves) == (date(2024, 4, 25), "month")
    assert (read_day("05/05/2024").value, read_day("05/05/2024").proves) == (date(2024, 5, 5), None)


@pytest.mark.parametrize(
    ("others", "value"),
    [
        (["25/04/2024"], date(2024, 4, 3)),
        (["04/25/2024"], date(2024, 3, 4)),
        (["2024-04-25"], None),  # another order altogether proves nothing about this one
        (["05/05/2024", "03/04/2023"], None),
        (["25/04/2024", "04/25/2024"], None),
    ],
)
def test_the_order_of_day_and_month_is_decided_by_the_column_or_not_at_all(others: list[str], value: date | None):
    assert Order(read_day(text) for text in others).settle(read_day("03/04/2024")).value == value


@pytest.mark.parametrize(("text", "fault"), [("2024-02-31", "impossible_date"), ("31/02/2024", "impossible_date"),
                                             ("13/13/2024", "impossible_date"), ("03/04/23", "ambiguous_date"),
                                             ("45012", "other_calendar"), ("soon", "unreadable_date"),
                                             ("-9", "survey_code")])  # fmt: skip
def test_what_is_no_certain_day_says_why(text: str, fault: str):
    assert (read_day(text).value, read_day(text).fault) == (None, fault)


@pytest.mark.parametrize("text", ["2024-05", "05/2024", "May 2024", "2024 May", "2024-05-03", "25/05/2024"])
def test_a_month_is_its_first_day(text: str):
    assert read_month(text).value == date(2024, 5, 1)


@pytest.mark.parametrize("text", ["2024", "2024-13", "May-24", "soon"])
def test_what_is_no_certain_month_is_not_guessed(text: str):
    assert (read_month(text).value, read_month(text).fault) == (None, "unreadable_value")


def test_a_month_within_a_date_of_doubtful_order_is_asked_about():
    assert read_month("03/04/2024").either == (date(2024, 4, 1), date(2024, 3, 1))


@given(
    st.dates(date(2010, 1, 1), date(2026, 12, 31)), st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%d %B %Y", "%b %d, %Y"])
)
def test_a_day_written_in_any_certain_manner_is_read_back(day: date, manner: str):
    assert read_day(day.strftime(manner)).value == day


@given(st.text(max_size=20))
def test_no_text_gives_a_traceback(text: str):
    for found in (read_day(text), read_month(text)):
        assert sum(each is not None for each in (found.value, found.either, found.fault)) <= 1
