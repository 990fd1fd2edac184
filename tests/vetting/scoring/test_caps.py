"""Paid above the legal cap, not above it, or unknown; and a rule is in force, or none surely is."""

from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from schemas.exchange_rate import COLUMNS
from schemas.fee_cap import fee_caps
from tests.vetting.scoring.capped import ABOVE, BELOW, UNKNOWN, WAGE, compared, rules, w03
from tests.vetting.scoring.test_answers import BLANK, RATES, SCHEMA
from vetting.exchange import Rates
from vetting.scoring.answers import ANSWERS, answer


@pytest.mark.parametrize(
    ("change", "given", "expected"),
    [
        # an amount: the known items in its scope exceed it; all that was paid does not
        ({}, {"cost_fee_recruiter_service": "1000.0001"}, ABOVE),
        ({}, {"cost_fee_recruiter_service": "1000"}, BELOW),
        ({}, {"cost_fee_recruiter_service": "600", "cost_fee_subagent": "600"}, ABOVE),
        ({}, {"total_paid": "1000"}, BELOW),
        ({}, {"total_paid": "1000.0001"}, UNKNOWN),  # what was it paid for?
        ({}, {"total_paid": "5000", "cost_fee_recruiter_service": "900", "cost_visa": "4100"}, UNKNOWN),
        ({}, {"cost_visa": "9000"}, UNKNOWN),  # not in the scope of a service charge
        ({}, {"cost_lump_sum_unspecified": "9000"}, UNKNOWN),
        ({}, {"total_paid": "900", "deducted_amount": "200"}, UNKNOWN),  # 1,100 in all, 900 of it perhaps in scope
        ({}, {"total_paid": "900", "deducted_amount": "100"}, BELOW),
        ({}, {"total_paid": "2000", "cost_fee_recruiter_service": "2000", "reimbursed_amount": "2000"}, ABOVE),
        # what the rule includes on top
        ({"includes": "visa"}, {"cost_visa": "1001"}, ABOVE),
        # everything is in the scope of a total
        ({"cap_scope": "total_cost"}, {"cost_visa": "1001"}, ABOVE),
        ({"cap_scope": "total_cost"}, {"total_paid": "1001"}, ABOVE),
        ({"cap_scope": "total_cost"}, {"total_paid": "900", "deducted_amount": "101"}, ABOVE),
        ({"cap_scope": "total_cost"}, {"total_paid": "1000"}, BELOW),
        ({"cap_scope": "total_cost"}, {"cost_visa": "500", "cost_loan_interest": "600"}, BELOW),
        # a monthly fee is known as a whole only, and for how many months nobody says
        ({"cap_scope": "monthly_fee", "unit": "monthly"}, {"cost_fee_destination_broker": "90000"}, UNKNOWN),
        ({"cap_scope": "monthly_fee", "unit": "monthly"}, {"total_paid": "10"}, UNKNOWN),
        # nothing is allowed, in whatever currency
        ({"kind": "zero", "amount": "0"}, {"cost_fee_recruiter_service": "0.0001"}, ABOVE),
        ({"kind": "zero", "amount": "0"}, {"cost_fee_recruiter_service": "1", "currency": "QAR"}, ABOVE),
        ({"kind": "zero", "amount": "0"}, {"total_paid": "1"}, UNKNOWN),
        ({"kind": "prohibited_dest", "amount": "0", "cap_scope": "total_cost"}, {"total_paid": "1"}, ABOVE),
        # months of wage: actual, else promised; a day is 26 a month, a week 52 / 12
        ({"kind": "months_wage", "amount": "1.5"}, {"cost_fee_recruiter_service": "900", **WAGE}, BELOW),
        ({"kind": "months_wage", "amount": "1.5"}, {"cost_fee_recruiter_service": "900.0001", **WAGE}, ABOVE),
        (
            {"kind": "months_wage", "amount": "1"},
            {"cost_fee_recruiter_service": "13", **WAGE, "actual_wage": "3", "wage_period": "week"},
            BELOW,
        ),
        (
            {"kind": "months_wage", "amount": "1"},
            {"cost_fee_recruiter_service": "13.0001", **WAGE, "actual_wage": "3", "wage_period": "week"},
            ABOVE,
        ),
        (
            {"kind": "months_wage", "amount": "1"},
            {"cost_fee_recruiter_service": "27", **WAGE, "actual_wage": "1", "wage_period": "day"},
            ABOVE,
        ),
        (
            {"kind": "months_wage", "amount": "1"},
            {"cost_fee_recruiter_service": "700", **WAGE, "promised_wage": "800"},
            ABOVE,
        ),
        (
            {"kind": "months_wage", "amount": "1"},
            {"cost_fee_recruiter_service": "700", **WAGE, "actual_wage": None, "promised_wage": "800"},
            BELOW,
        ),
        ({"kind": "months_wage", "amount": "1"}, {"cost_fee_recruiter_service": "9999"}, UNKNOWN),  # no wage
        ({"kind": "months_wage", "amount": "1"}, {"total_paid": "1", **WAGE, "wage_period": None}, UNKNOWN),
        # per 12 months: clean up to one unit, adverse above the maximum, else unknown
        ({"unit": "per_12_months", "maximum": "3000"}, {"cost_fee_recruiter_service": "1000"}, BELOW),
        ({"unit": "per_12_months", "maximum": "3000"}, {"cost_fee_recruiter_service": "1000.0001"}, UNKNOWN),
        ({"unit": "per_12_months", "maximum": "3000"}, {"cost_fee_recruiter_service": "3000"}, UNKNOWN),
        ({"unit": "per_12_months", "maximum": "3000"}, {"cost_fee_recruiter_service": "3000.0001"}, ABOVE),
        ({"unit": "per_12_months"}, {"cost_fee_recruiter_service": "1000"}, BELOW),
        ({"unit": "per_12_months"}, {"cost_fee_recruiter_service": "999999"}, UNKNOWN),
        # a tax on top, or copies that differ
        ({"maximum": "1180"}, {"cost_fee_recruiter_service": "1180"}, UNKNOWN),
        ({"maximum": "1180"}, {"cost_fee_recruiter_service": "1180.0001"}, ABOVE),
        # the amount is on the job order
        ({"kind": "per_job_order", "amount": ""}, {"cost_fee_recruiter_service": "1"}, UNKNOWN),
    ],
)
def test_each_kind_scope_and_unit(change: dict[str, str], given: dict[str, Any], expected: bool | None):
    found = compared(rules(change), **given)
    assert found["w03"] is expected
    assert found["rule_in_force"] is True
    assert found["known_w03"] is (expected is not UNKNOWN)
    assert w03(rules(change), total_paid="0") is BELOW, "not charged, with a rule in force"


# Made up: a dollar is NPR 100 from 2026 and NPR 50 before, always QAR 4, and JPY 3 by the average of 2026 alone.
DOLLAR = Rates(
    table=pl.DataFrame(
        [
            ("NPR", date(2025, 12, 1), Decimal(50), "bank of Nepal", "month_end"),
            ("NPR", date(2026, 1, 1), Decimal(100), "bank of Nepal", "month_end"),
            ("QAR", date(2025, 12, 1), Decimal(4), "bank of Qatar", "peg"),
            ("JPY", date(2026, 12, 31), Decimal(3), "a fund", "annual_approximate"),
        ],
        schema=COLUMNS,
        orient="row",
    )
)
JANUARY, DECEMBER = {"recruited_month": date(2026, 1, 1)}, {"recruited_month": date(2025, 12, 1)}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"cost_fee_recruiter_service": "40"}, BELOW),  # QAR 40 = USD 10 = NPR 1,000
        ({"cost_fee_recruiter_service": "40.0001"}, ABOVE),
        ({"cost_fee_recruiter_service": "80", **DECEMBER}, BELOW),  # = USD 20 = NPR 1,000 of a month before
        ({"cost_fee_recruiter_service": "80.0001", **DECEMBER}, ABOVE),
        ({"total_paid": "41"}, UNKNOWN),
        ({"cost_fee_recruiter_service": "30.0001", "currency": "JPY"}, ABOVE),
        ({"cost_fee_recruiter_service": "999", "currency": "LKR"}, UNKNOWN),  # no rate for it
        ({"cost_fee_recruiter_service": "999", "recruited_month": date(2025, 11, 1)}, UNKNOWN),  # none so early
        ({"total_paid": "0", "currency": "LKR"}, BELOW),
    ],
)
def test_another_currency_goes_through_dollars_of_the_money_date(given: dict[str, Any], expected: bool | None):
    said = {"currency": "QAR", **JANUARY} | given
    assert w03(rules({}), rates=DOLLAR, **said) is expected


def test_a_wage_in_another_currency_than_what_was_paid():
    wage = {"wage_currency": "QAR", "wage_period": "month", "actual_wage": "40", **JANUARY}
    month = rules({"kind": "months_wage", "amount": "1"})
    assert w03(month, rates=DOLLAR, cost_fee_recruiter_service="1000", **wage) is BELOW
    assert w03(month, rates=DOLLAR, cost_fee_recruiter_service="1000.0001", **wage) is ABOVE
    assert w03(month, rates=DOLLAR, cost_fee_recruiter_service="1", **wage | {"wage_currency": "LKR"}) is UNKNOWN


def test_a_converted_comparison_keeps_its_rate():
    found = compared(rules({}), rates=DOLLAR, cost_fee_recruiter_service="41", currency="QAR", **JANUARY)
    assert {name.removeprefix("cap_"): found[name] for name in ANSWERS if name.startswith("cap_")} == {
        "rules": "cap0", "rule": "cap0", "currency": "NPR", "limit": 1000, "known": 1025, "paid": 1025, "per_usd": 100,
        "rate_date": date(2026, 1, 1), "rate_source": "bank of Nepal", "rate_kind": "month_end",
    }  # fmt: skip
    assert (found["paid_per_usd"], found["paid_rate_kind"]) == (4, "peg")
    approximate = compared(rules({"currency": "JPY"}), rates=DOLLAR, total_paid="1", currency="QAR", **JANUARY)
    assert (approximate["cap_rate_kind"], approximate["cap_known"]) == ("annual_approximate", 0)
    unknown = compared(rules({}), rates=DOLLAR, total_paid="1", currency="LKR", **JANUARY)
    assert (unknown["cap_rule"], unknown["cap_limit"], unknown["cap_paid"]) == ("cap0", 1000, None)


def test_what_is_stored_says_which_rule_was_compared_with_what():
    found = compared(None, recruited_month=date(2024, 5, 1), total_paid="30000", cost_fee_recruiter_service="12500.5")
    assert {name: found[name] for name in ANSWERS if name.startswith("cap_")} == {
        "cap_rules": "NPL-QAT-2015", "cap_rule": "NPL-QAT-2015", "cap_currency": "NPR", "cap_limit": Decimal("10000"),
        "cap_known": Decimal("12500.5"), "cap_paid": Decimal("30000"), "cap_per_usd": None, "cap_rate_date": None,
        "cap_rate_source": None, "cap_rate_kind": None,
    }  # fmt: skip
    of_wage = compared(
        rules({"kind": "months_wage", "amount": "1"}),
        total_paid="10",
        **WAGE | {"actual_wage": "1", "wage_period": "week"},
    )
    assert (of_wage["cap_limit"], of_wage["cap_known"], of_wage["cap_paid"]) == (Decimal("4.3333"), 0, 10)
    nothing = compared([], total_paid="30000")
    assert {nothing[name] for name in ANSWERS if name.startswith("cap_")} == {None}


def test_many_reports_at_once_answer_as_each_alone():
    """Rows keep their order, and reports that have different rules do not mix."""
    given = [
        {"destination_country": place, "agency_country": country, "sex": sex, "total_paid": Decimal(paid)}
        for place in ("QAT", "SAU", "JPN")
        for country in ("NPL", "BGD", "SAU")
        for sex in ("male", "female", None)
        for paid in (0, 10_000, 200_000)
    ]
    rows = [BLANK | {"currency": "NPR", "origin_country": row["agency_country"], **row} for row in given]
    together = answer(pl.DataFrame(rows, schema_overrides=SCHEMA), RATES, fee_caps()).select(ANSWERS).rows(named=True)
    alone = [
        answer(pl.DataFrame([row], schema_overrides=SCHEMA), RATES, fee_caps()).select(ANSWERS).row(0, named=True)
        for row in rows
    ]
    assert together == alone
    assert {row["w03"] for row in together} == {ABOVE, BELOW, UNKNOWN}


@pytest.mark.parametrize(
    ("agency_country", "destination", "given", "expected"),
    [
        ("BGD", "SAU", {"sex": "male", "currency": "BDT", "total_paid": "165000.01"}, ABOVE),
        ("BGD", "SAU", {"sex": "male", "currency": "BDT", "total_paid": "165000"}, BELOW),
        ("BGD", "SAU", {"sex": "female", "sector": "97", "currency": "BDT", "total_paid": "1"}, ABOVE),
        ("BGD", "SAU", {"sex": "female", "sector": "41", "currency": "BDT", "total_paid": "900000"}, UNKNOWN),
        ("BGD", "SAU", {"currency": "BDT", "total_paid": "900000"}, UNKNOWN),
        ("BGD", "MYS", {"currency": "BDT", "total_paid": "78990.01"}, ABOVE),
        ("BGD", "MYS", {"currency": "BDT", "cost_fee_recruiter_service": "37001"}, ABOVE),
        ("BGD", "EGY", {"currency": "BDT", "total_paid": "120500"}, UNKNOWN),
        ("IND", "QAT", {"currency": "INR", "cost_fee_recruiter_service": "30000"}, BELOW),
        ("IND", "QAT", {"currency": "INR", "cost_fee_recruiter_service": "35400"}, UNKNOWN),
        ("IND", "QAT", {"currency": "INR", "cost_fee_recruiter_service": "35400.01"}, ABOVE),
        ("PHL", "QAT", {"currency": "PHP", "cost_fee_recruiter_service": "1"}, ABOVE),
        ("PHL", "ARE", {"sector": "97", "currency": "PHP", "cost_fee_recruiter_service": "1"}, ABOVE),
        ("PHL", "GBR", {"sector": "41", "currency": "PHP", "cost_fee_recruiter_service": "1"}, UNKNOWN),
        ("LKA", "QAT", {"currency": "LKR", "cost_fee_recruiter_service": "900000"}, UNKNOWN),
        ("SAU", "SAU", {"currency": "SAR", "cost_fee_recruiter_service": "900"}, UNKNOWN),
        ("QAT", "QAT", {"currency": "QAR", "cost_medical_exam": "1"}, ABOVE),
    ],
)
def test_the_reference_compared_by_hand(agency_country: str, destination: str, given: dict[str, Any], expected):
    said = {"agency_country": agency_country, "origin_country": agency_country, "destination_country": destination}
    if agency_country == destination:
        said["origin_country"] = "NPL"
    assert w03(None, interview_date=date(2026, 3, 10), **said, **given) is expected


def test_what_employers_pay_is_limited_elsewhere_and_never_counts_as_a_workers_fee():
    """A Saudi ceiling lets employers pay SAR 13,000 for a domestic worker from Bangladesh: her own SAR 1 is above zero
    all the same, and no rule of ours lets an agency take anything up to 13,000 from her."""
    hers = {"origin_country": "BGD", "destination_country": "SAU", "agency_country": "BGD", "sex": "female"}
    assert w03(None, **hers, sector="97", currency="SAR", total_paid="1") is ABOVE
    assert not [cap for cap in fee_caps() if cap.amount in (13000, 15900, 17000, 850, 700)]
