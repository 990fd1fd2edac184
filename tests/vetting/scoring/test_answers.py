"""What one report answers: adverse, clean, or not eligible. Silence is never a pass."""

from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from schemas.fee_cap import fee_caps
from schemas.lookup import cost_codes
from vetting.exchange import Rates
from vetting.scoring.answers import ANSWERS, answer
from vetting.scoring.indicators import BY_CODE, COLUMNS

ADVERSE, CLEAN, UNKNOWN = True, False, None
AMOUNTS = [f"cost_{cost.code}" for cost in cost_codes().values() if cost.column] + [
    "total_paid", "deducted_amount", "reimbursed_amount", "loan_rate", "promised_wage", "actual_wage",
]  # fmt: skip
YES_NO = [
    "contract_before_departure", "contract_understood", "contract_substituted", "costs_disclosed",
    "orientation_received", "movement_restricted", "threats", "wages_withheld", "penalty_for_leaving",
    "grievance_known", "grievance_raised", "grievance_resolved", "retaliation", "data_shared_without_consent",
]  # fmt: skip
TEXTS = [
    "sex",
    "sector",
    "currency",
    "wage_currency",
    "wage_period",
    "payee_type",
    "loan_source",
    "loan_rate_period",
    "passport_holder",
]
SCHEMA = (
    dict.fromkeys(AMOUNTS, pl.Decimal(18, 4))
    | dict.fromkeys(YES_NO, pl.Boolean)
    | dict.fromkeys(TEXTS, pl.String)
    | {"recruited_month": pl.Date, "departed_month": pl.Date, "age_at_recruitment": pl.Int64}
)
BLANK = dict.fromkeys(SCHEMA) | {
    "agency_country": "NPL", "origin_country": "NPL", "destination_country": "QAT",
    "interview_date": date(2026, 3, 10), "channel": "in_person",
}  # fmt: skip
RATES = Rates()
MONTHLY = {"currency": "NPR", "wage_currency": "NPR", "wage_period": "month"}


def answers(rates: Rates = RATES, **changes: Any) -> dict[str, Any]:
    """The answers of a report that says only what is given; amounts may be written as text."""
    row = BLANK | {k: Decimal(v) if k in AMOUNTS and v is not None else v for k, v in changes.items()}
    return answer(pl.DataFrame([row], schema_overrides=SCHEMA), rates, fee_caps()).select(ANSWERS).row(0, named=True)


def test_a_report_that_says_nothing_answers_nothing():
    found = answers()
    assert {found[column] for column in COLUMNS} == {None}
    assert (found["charged"], found["months"], found["paid"]) == (None, None, None)


@pytest.mark.parametrize(
    ("given", "charged", "paid"),
    [
        ({"total_paid": "0"}, False, "0"),
        ({"total_paid": "0", "deducted_amount": "0"}, False, "0"),
        ({"total_paid": "0", "deducted_amount": "1"}, True, "0"),
        ({"total_paid": "5"}, True, "5"),
        ({"deducted_amount": "1"}, True, None),
        ({"deducted_amount": "0"}, None, None),
        ({"cost_medical_exam": "0", "cost_insurance": "0"}, None, None),  # items can prove a charge, never its absence
        ({"cost_medical_exam": "3", "cost_insurance": "4"}, True, "7"),
        ({"cost_loan_interest": "900"}, None, None),  # the price of the loan, not of the job
        ({"cost_medical_exam": "3", "total_paid": "10"}, True, "10"),
    ],
)
def test_charged_known_not_charged_and_unknown(given: dict[str, str], charged: bool | None, paid: str | None):
    found = answers(**given)
    assert (found["charged"], found["w01"]) == (charged, charged)
    assert found["paid"] == (None if paid is None else Decimal(paid))


@pytest.mark.parametrize(
    ("given", "months", "w02"),
    [
        ({"total_paid": "0"}, 0.0, CLEAN),  # nothing to divide: no wage is needed
        ({"total_paid": "100", "reimbursed_amount": "100"}, 0.0, CLEAN),
        ({"total_paid": "100", "reimbursed_amount": "150"}, 0.0, CLEAN),
        ({"total_paid": "100"}, None, UNKNOWN),
        ({"total_paid": "100", "actual_wage": "50", **MONTHLY}, 2.0, ADVERSE),
        ({"total_paid": "100", "actual_wage": "100", **MONTHLY}, 1.0, CLEAN),
        ({"total_paid": "100.0001", "actual_wage": "100", **MONTHLY}, 1.000001, ADVERSE),
        ({"total_paid": "100", "promised_wage": "50", **MONTHLY}, 2.0, ADVERSE),
        ({"total_paid": "100", "promised_wage": "50", "actual_wage": "100", **MONTHLY}, 1.0, CLEAN),
        (
            {"total_paid": "60", "deducted_amount": "60", "reimbursed_amount": "20", "actual_wage": "100", **MONTHLY},
            1.0,
            CLEAN,
        ),
        ({"total_paid": "26", "actual_wage": "1", **MONTHLY, "wage_period": "day"}, 1.0, CLEAN),
        ({"total_paid": "13", "actual_wage": "3", **MONTHLY, "wage_period": "week"}, 1.0, CLEAN),
        ({"total_paid": "13.0001", "actual_wage": "3", **MONTHLY, "wage_period": "week"}, 1.0000077, ADVERSE),
        ({"total_paid": "100", "actual_wage": "50", **MONTHLY, "wage_period": None}, None, UNKNOWN),
        ({"total_paid": "100", "actual_wage": "50", **MONTHLY, "wage_currency": None}, None, UNKNOWN),
        ({"total_paid": "100", "actual_wage": "50", **MONTHLY, "wage_currency": "ZMW"}, None, UNKNOWN),
        ({"total_paid": "0", "actual_wage": "50", **MONTHLY, "wage_currency": "QAR"}, 0.0, CLEAN),
        ({"actual_wage": "50", **MONTHLY}, None, UNKNOWN),
    ],
)
def test_months_of_wage(given: dict[str, str], months: float | None, w02: bool | None):
    found = answers(**given)
    assert found["months"] == (None if months is None else pytest.approx(months, rel=1e-7))
    assert found["w02"] is w02


@pytest.mark.parametrize(
    ("code", "given", "expected"),
    [
        ("W03", {"total_paid": "0"}, CLEAN),
        ("W03", {"total_paid": "100"}, UNKNOWN),  # the cap itself is not compared in this version
        ("W03", {"total_paid": "0", "destination_country": "JPN"}, UNKNOWN),
        ("W03", {"total_paid": "0", "agency_country": "IND"}, UNKNOWN),  # the rule binds Nepal's agencies
        ("W03", {"total_paid": "0", "recruited_month": date(2015, 7, 1), "interview_date": date(2015, 8, 1)}, UNKNOWN),
        ("W03", {"total_paid": "0", "recruited_month": date(2015, 8, 1)}, CLEAN),
        ("W03", {}, UNKNOWN),
        ("W04", {"payee_type": "sub_agent"}, ADVERSE),
        ("W04", {"cost_fee_subagent": "1", "payee_type": "agency"}, ADVERSE),
        ("W04", {"payee_type": "agency"}, CLEAN),
        ("W04", {"cost_fee_subagent": "0"}, CLEAN),
        ("W04", {"total_paid": "0"}, CLEAN),
        ("W04", {"total_paid": "5"}, UNKNOWN),
        ("W05", {"loan_source": "agency"}, ADVERSE),
        ("W05", {"loan_source": "employer"}, ADVERSE),
        ("W05", {"loan_rate": "36", "loan_rate_period": "year"}, ADVERSE),
        ("W05", {"loan_rate": "3", "loan_rate_period": "month", "loan_source": "bank"}, ADVERSE),
        ("W05", {"loan_rate": "2.9999", "loan_rate_period": "month", "loan_source": "bank"}, CLEAN),
        ("W05", {"loan_rate": "2.9999", "loan_rate_period": "month"}, UNKNOWN),  # from whom?
        ("W05", {"loan_rate": "40", "loan_source": "bank"}, UNKNOWN),  # a rate without its period is unknown
        ("W05", {"cost_deposit_bond": "1", "loan_source": "none"}, ADVERSE),
        ("W05", {"loan_source": "none"}, CLEAN),
        ("W05", {"loan_source": "family"}, CLEAN),
        ("W05", {"loan_source": "bank"}, UNKNOWN),
        ("W05", {"total_paid": "0"}, CLEAN),
        ("W06", {"total_paid": "100", "reimbursed_amount": "95"}, CLEAN),
        ("W06", {"total_paid": "100", "reimbursed_amount": "94.9999"}, ADVERSE),
        ("W06", {"total_paid": "60", "deducted_amount": "40", "reimbursed_amount": "60"}, ADVERSE),
        ("W06", {"total_paid": "100"}, UNKNOWN),
        ("W06", {"total_paid": "0", "reimbursed_amount": "0"}, UNKNOWN),
        ("W07", {"passport_holder": "employer"}, ADVERSE),
        ("W07", {"passport_holder": "agency"}, ADVERSE),
        ("W07", {"passport_holder": "self"}, CLEAN),
        ("W07", {"passport_holder": "free_access"}, CLEAN),
        ("W07", {"passport_holder": "other"}, CLEAN),
        ("W08", {"movement_restricted": True}, ADVERSE),
        ("W08", {"movement_restricted": False}, CLEAN),
        ("W09", {"penalty_for_leaving": True}, ADVERSE),
        ("W11", {"contract_understood": False}, ADVERSE),
        ("W11", {"contract_understood": True}, CLEAN),
        ("W12", {"contract_substituted": True}, ADVERSE),
        ("W13", {"promised_wage": "100", "actual_wage": "95"}, CLEAN),
        ("W13", {"promised_wage": "100", "actual_wage": "94.9999"}, ADVERSE),
        ("W13", {"promised_wage": "100"}, UNKNOWN),
        ("W16", {"grievance_known": False}, ADVERSE),
        ("W16", {"grievance_known": True}, CLEAN),
        ("W17", {"grievance_raised": True, "grievance_resolved": False}, ADVERSE),
        ("W17", {"grievance_raised": True, "grievance_resolved": True}, CLEAN),
        ("W17", {"grievance_raised": True}, UNKNOWN),
        ("W17", {"grievance_raised": False}, UNKNOWN),
        ("W17", {"grievance_resolved": False}, UNKNOWN),
        ("W18", {"retaliation": True}, ADVERSE),
        ("W19", {"wages_withheld": True}, ADVERSE),
        ("W20", {"threats": True}, ADVERSE),
        ("W21", {"age_at_recruitment": 17}, ADVERSE),
        ("W21", {"age_at_recruitment": 18}, CLEAN),
        ("W22", {"data_shared_without_consent": True}, ADVERSE),
    ],
)
def test_each_indicators_answer(code: str, given: dict[str, Any], expected: bool | None):
    assert answers(**given)[BY_CODE[code].column] is expected


@pytest.mark.parametrize(
    ("departure", "eligible"),
    [
        ({"departed_month": date(2026, 3, 1)}, True),
        ({"departed_month": date(2026, 4, 1)}, False),
        ({"channel": "post_arrival_survey"}, True),
        ({"channel": "return_survey"}, True),
        ({"channel": "phone"}, False),
        ({"channel": "return_survey", "departed_month": date(2026, 4, 1)}, False),
    ],
)
@pytest.mark.parametrize(
    ("code", "column"),
    [("W10", "contract_before_departure"), ("W14", "orientation_received"), ("W15", "costs_disclosed")],
)
def test_what_is_due_before_departure_is_asked_of_the_departed(
    code: str, column: str, departure: dict[str, Any], eligible: bool
):
    for said, adverse in ((True, CLEAN), (False, ADVERSE), (None, UNKNOWN)):
        assert answers(**departure, **{column: said})[BY_CODE[code].column] is (adverse if eligible else UNKNOWN)


@pytest.mark.parametrize(
    ("given", "known"),
    [
        ({"payee_type": "agency"}, ("known_w04",)),
        ({"total_paid": "0"}, ()),  # known not charged is known for another reason
        ({"loan_source": "none"}, ("known_w05",)),
        ({"cost_deposit_bond": "1"}, ("known_w05",)),
        ({"loan_source": "bank"}, ()),
    ],
)
def test_the_condition_itself_is_known_or_not(given: dict[str, str], known: tuple[str, ...]):
    found = answers(**given)
    assert tuple(name for name in ("known_w03", "known_w04", "known_w05") if found[name]) == known


@pytest.mark.parametrize(
    ("given", "only"),
    [
        ({"cost_passport_id": "50"}, True),
        ({"cost_passport_id": "50", "total_paid": "50"}, True),
        ({"cost_passport_id": "50", "total_paid": "60"}, False),  # what was the rest?
        ({"cost_passport_id": "50", "cost_medical_exam": "1"}, False),
        ({"cost_passport_id": "50", "deducted_amount": "1"}, False),
        ({"total_paid": "50"}, False),
        ({"total_paid": "0"}, None),
    ],
)
def test_only_state_or_passport_items_when_they_are_the_whole(given: dict[str, str], only: bool | None):
    assert answers(**given)["state_items_only"] is only


def test_answers_come_in_the_order_of_the_reports():
    days = [date(2026, 3, 1), date(2014, 1, 1), date(2026, 3, 1), date(2025, 1, 1)]
    frame = pl.DataFrame([BLANK | {"interview_date": day} for day in days], schema_overrides=SCHEMA)
    assert answer(frame, RATES, fee_caps())["rule_in_force"].to_list() == [True, False, True, True]
