"""What was paid and earned in two currencies, compared and kept in dollars of the money date."""

from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from schemas.exchange_rate import COLUMNS as COLUMNS_OF_RATES
from tests.vetting.scoring.test_answers import ADVERSE, CLEAN, MONTHLY, UNKNOWN, answers
from vetting.exchange import Rates
from vetting.scoring.dollars import CONVERTED

# The first of February 2026: 1.6 Indian rupees are a Nepali one; Qatar's riyal is fixed at 3.64.
TWO = {"currency": "NPR", "wage_currency": "QAR", "wage_period": "month", "recruited_month": date(2026, 2, 1)}
LISTED = Rates(
    table=pl.DataFrame(
        [
            ("NPR", date(2026, 1, 30), Decimal(140), "a bank", "peg"),
            ("QAR", date(2026, 2, 1), Decimal("3.64"), "another", "peg"),
            ("MMK", date(2026, 12, 31), Decimal(2100), "a fund", "annual_approximate"),
        ],
        schema=COLUMNS_OF_RATES,
        orient="row",
    )
)


@pytest.mark.parametrize(
    ("given", "months", "w02"),
    [
        ({"total_paid": "140000", "actual_wage": "1820"}, 2.0, ADVERSE),  # 1,000 dollars by 500 a month
        ({"total_paid": "70000", "actual_wage": "1820"}, 1.0, CLEAN),
        ({"total_paid": "70000.0001", "actual_wage": "1820"}, 1 + 1e-4 / 70000, ADVERSE),
        ({"total_paid": "140000", "actual_wage": "70", "wage_period": "day"}, 2.0, ADVERSE),
        ({"total_paid": "140000", "reimbursed_amount": "140000", "actual_wage": "1820"}, 0.0, CLEAN),
        ({"total_paid": "2100000", "currency": "MMK", "promised_wage": "1820"}, 2.0, ADVERSE),  # approximate, and used
        ({"total_paid": "140000", "actual_wage": "500", "wage_currency": "USD"}, 2.0, ADVERSE),
        ({"total_paid": "99999999999999", "actual_wage": "0.0001"}, 99999999999999 / 140 / (0.0001 / 3.64), ADVERSE),
        ({"total_paid": "140000", "actual_wage": "1820", "recruited_month": date(2026, 6, 1)}, None, UNKNOWN),
    ],
)
def test_months_across_two_currencies_are_in_dollars_of_the_money_date(given: dict[str, Any], months: Any, w02: Any):
    found = answers(rates=LISTED, **(TWO | {"interview_date": date(2026, 9, 1)} | given))
    assert found["months"] == (None if months is None else pytest.approx(months, rel=1e-12))
    assert found["w02"] is w02
    assert found["two_currencies"] is (months is None)


def test_what_was_paid_and_the_monthly_wage_are_kept_in_dollars_with_their_rates():
    found = answers(rates=LISTED, **(TWO | {"total_paid": "1000", "actual_wage": "70", "wage_period": "day"}))
    assert {name: found[name] for name in CONVERTED} == {
        "paid_usd": Decimal("7.1429"), "paid_per_usd": 140, "paid_rate_date": date(2026, 1, 30),
        "paid_rate_source": "a bank", "paid_rate_kind": "peg",
        "wage_usd": Decimal(500), "wage_per_usd": Decimal("3.64"), "wage_rate_date": date(2026, 2, 1),
        "wage_rate_source": "another", "wage_rate_kind": "peg",
    }  # fmt: skip


def test_what_cannot_be_converted_stays_unknown_and_free_is_zero_dollars():
    unlisted = answers(rates=LISTED, **(TWO | {"total_paid": "1000", "currency": "ZMW", "actual_wage": "1820"}))
    assert {unlisted[name] for name in CONVERTED if name.startswith("paid")} == {None}
    assert unlisted["wage_usd"] == 500
    free = answers(rates=LISTED, **(TWO | {"total_paid": "0"}))
    assert (free["paid_usd"], free["wage_usd"], free["wage_per_usd"]) == (0, None, Decimal("3.64"))
    deducted = answers(rates=LISTED, **(TWO | {"deducted_amount": "1000"}))  # nothing is known to be paid; the rate is
    assert (deducted["paid_usd"], deducted["paid_per_usd"]) == (None, 140)


@pytest.mark.parametrize(
    ("months", "day"),
    [
        ({"recruited_month": date(2026, 1, 1), "departed_month": date(2026, 3, 1)}, date(2026, 1, 1)),
        ({"departed_month": date(2026, 3, 1)}, date(2026, 3, 1)),
        ({}, date(2026, 3, 10)),
    ],
)
def test_the_money_date_is_recruitment_else_departure_else_the_interview(months: dict[str, date], day: date):
    found = answers(total_paid="1000", **(MONTHLY | {"currency": "USD"} | months))
    assert found["paid_rate_date"] == day


def test_two_currencies_are_told_apart_from_other_silence():
    two = {"total_paid": "100", "actual_wage": "50", **MONTHLY, "wage_currency": "ZMW"}
    assert answers(**two)["two_currencies"] is True
    assert answers(**(two | {"currency": "ZMW", "wage_currency": "NPR"}))["two_currencies"] is True
    assert answers(**(two | {"wage_currency": "QAR"}))["two_currencies"] is False  # a rate is there for both
    assert answers(**(two | {"wage_currency": None}))["two_currencies"] is False
    assert answers(**(two | {"wage_period": None}))["two_currencies"] is False
    assert answers(**(two | {"total_paid": "0"}))["two_currencies"] is False
