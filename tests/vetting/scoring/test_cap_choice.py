"""Which legal rule applies to a report, and when nobody can say."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from schemas.fee_cap import cap_categories
from tests.vetting.scoring.capped import ABOVE, BELOW, UNKNOWN, compared, rules, w03
from vetting.scoring.cap_rules import means


@pytest.mark.parametrize(
    ("day", "in_force"),
    [("2019-12-31", False), ("2020-01-01", True), ("2021-06-30", True), ("2021-07-01", False)],
)
def test_a_rule_holds_from_its_first_day_to_its_last_at_the_money_date(day: str, in_force: bool):
    dated = rules({"valid_to": "2021-06-30"})
    for said in ({"interview_date": date.fromisoformat(day)}, {"recruited_month": date.fromisoformat(day)}):
        found = compared(dated, total_paid="0", **said)
        assert (found["rule_in_force"], found["w03"]) == (in_force, BELOW if in_force else UNKNOWN)


def test_the_money_date_is_the_recruitment_else_the_departure_else_the_interview():
    said = {"total_paid": "0", "interview_date": date(2021, 1, 1)}
    before, after = date(2019, 5, 1), date(2020, 5, 1)
    assert w03(rules({}), **said) is BELOW
    assert w03(rules({}), **said, departed_month=before) is UNKNOWN
    assert w03(rules({}), **said, departed_month=before, recruited_month=after) is BELOW
    assert w03(rules({}), **said, departed_month=after, recruited_month=before) is UNKNOWN


def test_before_the_day_a_source_shows_it_nobody_can_say_whether_a_rule_was_in_force():
    shown = {"valid_from": "", "in_force_by": "2022-01-01"}
    assert w03(rules(shown), total_paid="0", interview_date=date(2022, 1, 1)) is BELOW
    assert w03(rules(shown), total_paid="0", interview_date=date(2021, 12, 31)) is UNKNOWN
    assert w03(rules({"valid_from": ""}), total_paid="0") is UNKNOWN
    # and where it may replace a known one, nobody can say which of the two counts
    both = rules({"origin": "NPL", "destination": "*"}, shown)
    early = compared(both, cost_fee_recruiter_service="5000", interview_date=date(2021, 12, 31))
    assert (early["rule_in_force"], early["w03"], early["cap_rule"]) == (True, UNKNOWN, None)
    assert w03(both, cost_fee_recruiter_service="5000", interview_date=date(2022, 1, 1)) is ABOVE
    assert w03(both, total_paid="0", interview_date=date(2021, 12, 31)) is BELOW


def test_no_rule_in_force_is_neither_zero_nor_unlimited():
    for caps in ([], rules({"destination": "KWT"}), rules({"origin": "IND", "binds": "IND"})):
        for paid in ("0", "1", "999999"):
            found = compared(caps, total_paid=paid, cost_fee_recruiter_service=paid)
            assert (found["rule_in_force"], found["known_w03"], found["w03"]) == (False, False, UNKNOWN)


def test_a_rule_counts_against_the_agencies_it_binds_and_others_are_shown_only():
    paid = {"cost_fee_recruiter_service": "5000"}
    assert w03(rules({}), **paid, agency_country="NPL") is ABOVE
    assert w03(rules({}), **paid, agency_country="QAT") is UNKNOWN
    assert w03(rules({}), **paid, agency_country=None) is UNKNOWN
    assert w03(rules({"binds": "QAT"}), **paid, agency_country="QAT") is ABOVE
    assert w03(rules({"binds": "QAT"}), **paid, agency_country="NPL") is UNKNOWN
    assert w03(rules({"binds": ""}), **paid) is UNKNOWN
    assert compared(rules({"binds": ""}), **paid)["rule_in_force"] is False


@pytest.mark.parametrize(
    ("general", "exact"),
    [
        ({"destination": "*"}, {}),
        ({"destination": "*"}, {"destination": "*", "category": "men"}),
        ({"destination": "*", "category": "men"}, {}),
        ({}, {"category": "men"}),
        ({"origin": "*", "binds": "QAT"}, {"origin": "*", "binds": "QAT", "category": "men"}),
    ],
)
def test_the_most_exact_rule_counts(general: dict[str, str], exact: dict[str, str]):
    paid = {"cost_fee_recruiter_service": "1500", "sex": "male", "agency_country": exact.get("binds", "NPL")}
    low, high = {"amount": "1000"}, {"amount": "2000"}
    for order in (1, -1):
        assert w03(rules(general | low, exact | high)[::order], **paid) is BELOW
        assert w03(rules(general | high, exact | low)[::order], **paid) is ABOVE


def test_of_a_rule_of_the_origin_and_one_of_the_destination_the_stricter_counts():
    both = rules({}, {"origin": "*", "binds": "QAT"}, {"binds": "QAT", "amount": "2000"})
    assert w03(both, cost_fee_recruiter_service="1500", agency_country="QAT") is ABOVE
    assert w03(both, cost_fee_recruiter_service="900", agency_country="QAT") is BELOW
    assert w03(both, cost_fee_recruiter_service="2500", agency_country="QAT") is ABOVE


def test_a_charge_and_a_total_are_two_rules_and_both_must_hold():
    """As in Bangladesh: 37,000 to the agency, inside 78,990 in all."""
    both = rules({"amount": "370"}, {"amount": "789", "cap_scope": "total_cost"})
    charge = compared(both, cost_fee_recruiter_service="371", cost_visa="100")
    assert (charge["w03"], charge["cap_rules"], charge["cap_rule"]) == (ABOVE, "cap0|cap1", "cap0")
    total = compared(both, cost_fee_recruiter_service="300", cost_visa="490")
    assert (total["w03"], total["cap_rule"], total["cap_limit"], total["cap_known"]) == (ABOVE, "cap1", 789, 790)
    between = compared(both, total_paid="700")
    assert (between["w03"], between["cap_rule"]) == (UNKNOWN, "cap0")
    assert w03(both, total_paid="370") is BELOW


def test_what_may_apply_besides_leaves_below_unknown_and_above_above():
    also = rules({}, {"cap_scope": "total_cost", "category": "men"})
    assert w03(also, total_paid="900", sex="female") is BELOW
    assert w03(also, total_paid="900") is UNKNOWN
    assert w03(also, cost_fee_recruiter_service="1001") is ABOVE


@pytest.mark.parametrize(
    ("category", "given", "fits"),
    [
        ("men", {"sex": "male"}, True),
        ("men", {"sex": "female"}, False),
        ("men", {"sex": "undisclosed"}, None),
        ("men", {"sex": "other"}, None),
        ("men", {"sector": "97"}, None),
        ("women_domestic", {"sex": "female", "sector": "9700"}, True),
        ("women_domestic", {"sex": "female", "sector": "F"}, False),
        ("women_domestic", {"sex": "female", "sector": "T"}, None),
        ("women_domestic", {"sex": "female"}, None),
        ("women_domestic", {"sex": "male"}, False),
        ("women_domestic", {"sector": "97"}, None),
        ("women_domestic", {"sex": "undisclosed", "sector": "97"}, None),
        ("women_domestic", {"sex": "female", "sector": "41"}, False),
        ("land_based", {"sector": "41"}, True),
        ("land_based", {"sector": "50"}, False),
        ("land_based", {}, None),
        ("land_based", {"sector": "H"}, None),
        ("seafarer", {"sector": "501"}, True),
        ("seafarer", {"sector": "0311"}, None),
        ("seafarer", {"sector": "47"}, False),
        ("ten_job_types", {"sector": "81"}, None),
        ("ten_job_types", {"sector": "812"}, True),
        ("ten_job_types", {"sector": "41"}, None),
        ("ten_job_types", {"sector": "812", "interview_date": date(2021, 8, 11)}, None),
        ("monthly_fee_y1", {}, True),
        ("monthly_fee_y2", {}, None),
        ("returnee_scheme", {"sex": "male", "sector": "41"}, None),
        ("all", {}, True),
    ],
)
def test_a_category_follows_from_sex_and_sector_or_stays_unknown(category: str, given: dict[str, Any], fits):
    """Fitting: the rule is in force. Not fitting: the general one is, beyond doubt. Unknown: one of them, who knows."""
    both = rules({"destination": "*"}, {"category": category, "amount": "2000"})
    found = compared(both, total_paid="900", **given)
    assert (found["rule_in_force"], found["cap_rule"]) == (True, {True: "cap1", False: "cap0", None: None}[fits])
    alone = compared(rules({"category": category}), total_paid="0", **given)
    assert (alone["rule_in_force"], alone["w03"]) == (fits is True, BELOW if fits else UNKNOWN)


def test_every_category_of_the_table_can_hold():
    """No row is hidden behind an earlier one."""
    for row in cap_categories():
        worker = {
            "sex": row.sex or None,
            "sector": row.sector or "41",
            "money_date": row.valid_from or date(2026, 1, 1),
        }
        if row.sector == "" and row.sex == "":
            worker["sex"] = "female"
        frame = pl.DataFrame([worker], schema={"sex": pl.String, "sector": pl.String, "money_date": pl.Date})
        assert frame.select(means(row.category)).item() is row.holds, row
