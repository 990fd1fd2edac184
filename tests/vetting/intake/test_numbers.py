"""Which number a text means, if it surely means one."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vetting.intake.numbers import Marks, read_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("150000", "150000"), ("1,50,000", "150000"), ("1.234,56", "1234.56"), ("1,234.56", "1234.56"),
        ("1.5 lakh", "150000"), ("1 lakh 50 thousand", "150000"), ("2 crore", "20000000"), ("150k", "150000"),
        ("৳ 1,50,000", "150000"), ("Rs. 5,00,000/-", "500000"), ("NPR 5000", "5000"), ("5000 QAR", "5000"),
        ("१,५०,०००", "150000"), ("১৫০০০০", "150000"), ("١٥٠٠٠٠", "150000"), ("١٬٥٠٠٫٥", "1500.5"), ("۵۰۰", "500"),
        ("1 500 000", "1500000"), ("1'500.50", "1500.5"), ("1.500.000", "1500000"), ("12,5", "12.5"), ("0.500", "0.5"),
        ("1500.000", "1500"), ("1.5E+05", "150000"), ("83333.33333333333", "83333.3333"), ("nil", "0"), ("-0", "0"),
    ],
)  # fmt: skip
def test_what_can_be_read_one_way_is_understood(text: str, value: str):
    assert read_number(text).value == Decimal(value)


@pytest.mark.parametrize("text", ["2-3 lakh", "approx", "approx 5000", "~5000", "5000?", "1.2.3", "1,2,3", "12abc",
                                  "10²", "3 lakh 2 lakh", "1.500 lakh", "99999999999999999", "2024-05-01"])  # fmt: skip
def test_what_is_vague_is_asked_about(text: str):
    assert (read_number(text).value, read_number(text).fault) == (None, "vague_amount")


@pytest.mark.parametrize(("text", "fault"), [("abc", "unreadable_amount"), ("-500", "negative_amount"),
                                             ("(500)", "negative_amount"), ("-9", "survey_code"), ("−8", "survey_code"),
                                             ("-99", "survey_code")])  # fmt: skip
def test_what_is_no_amount_says_why(text: str, fault: str):
    assert read_number(text).fault == fault


def test_n_a_says_nothing_and_is_no_fault():
    assert read_number("n/a") == read_number("Unknown") == read_number("-")
    assert (read_number("n/a").value, read_number("n/a").fault) == (None, None)


def test_a_sign_that_can_mean_one_currency_only_is_kept():
    assert [read_number(text).currency for text in ("৳ 5", "RM5", "Rs 5", "$5", "5")] == [
        "BDT",
        "MYR",
        None,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("others", "value"),
    [
        (["1,50,000", "20"], "1500"),  # a comma groups, so a point is for decimals
        (["1.234,56"], "1.5"),
        (["12,5"], "1.5"),
        (["7.25"], "1500"),
        (["20", "3000"], None),
        (["7.25", "7,25"], None),  # the column says both
    ],
)
def test_one_comma_before_three_digits_is_decided_by_the_column_or_not_at_all(others: list[str], value: str | None):
    marks = Marks(read_number(text) for text in others)
    settled = marks.settle(read_number("1,500")).value
    assert settled == (None if value is None else Decimal(value))


AMOUNTS = st.decimals(min_value=0, max_value=Decimal("9999999999"), places=2)


def grouped(digits: str, mark: str, indian: bool) -> str:
    head, tail = digits[:-3], digits[-3:]
    parts = []
    while head:
        size = 2 if indian else 3
        head, part = head[:-size], head[-size:]
        parts.insert(0, part)
    return mark.join([*parts, tail])


@given(
    AMOUNTS,
    st.sampled_from(["1,234.56", "1.234,56", "12,34,567.89", "1 234.56", "1234,56"]),
    st.sampled_from(["{}", " {} ", "৳ {}", "NPR {}", "{} QAR", "Rs. {}/-", "$ {}"]),
    st.sampled_from(["0", "०", "০", "٠", "۰"]),
)
def test_an_amount_written_in_any_manner_is_read_back(value: Decimal, manner: str, around: str, zero: str):
    whole, cents = f"{value:.2f}".split(".")
    text = {
        "1,234.56": f"{grouped(whole, ',', False)}.{cents}",
        "1.234,56": f"{grouped(whole, '.', False)},{cents}",
        "12,34,567.89": f"{grouped(whole, ',', True)}.{cents}",
        "1 234.56": f"{grouped(whole, ' ', False)}.{cents}",
        "1234,56": f"{whole},{cents}",
    }[manner]
    local = "".join(chr(ord(zero) + int(sign)) if sign.isdigit() else sign for sign in text)
    assert read_number(around.format(local)).value == value


@given(st.text(max_size=20))
def test_no_text_gives_a_traceback_and_every_one_a_single_answer(text: str):
    number = read_number(text)
    assert sum(each is not None for each in (number.value, number.either, number.fault)) <= 1
    assert number.value is None or number.value >= 0
