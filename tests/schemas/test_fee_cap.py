"""The legal rules on fees of the reference are whole, sourced, and never contradict each other."""

from datetime import date
from decimal import Decimal

import pytest
from pydantic import ValidationError

from schemas.fee_cap import FeeCap, cap_categories, clashes, fee_caps
from schemas.lookup import sectors

CAP = {
    "rule": "NPL-QAT-2015", "origin": "NPL", "destination": "QAT", "category": "all", "kind": "amount",
    "amount": "10000", "unit": "once", "maximum": "", "currency": "NPR", "valid_from": "2015-07-06", "valid_to": "",
    "in_force_by": "", "cap_scope": "service_charge", "includes": "", "binds": "NPL", "confidence": "high",
    "source": "The decision itself",
}  # fmt: skip


def caps(origin: str, destination: str) -> list[FeeCap]:
    return [cap for cap in fee_caps() if (cap.origin, cap.destination) == (origin, destination)]


def test_every_rule_has_a_name_of_its_own_and_says_why_it_is_believed():
    names = [cap.rule for cap in fee_caps()]
    assert len(names) == len(set(names)) == 100
    assert {cap.confidence for cap in fee_caps()} == {"high", "medium", "low"}
    assert {cap.kind for cap in fee_caps()} == {"zero", "amount", "months_wage", "per_job_order", "prohibited_dest"}


def test_no_two_rules_of_the_reference_say_two_things_of_the_same_day():
    assert clashes(fee_caps()) == []


def test_what_was_not_verified_is_shown_only():
    unsure = [cap for cap in fee_caps() if "not verified, so shown only" in cap.source]
    assert {cap.origin for cap in unsure} >= {"KEN", "ETH"}
    assert {cap.binds for cap in unsure} == {None}


def test_caps_on_what_employers_pay_are_not_in_the_table():
    """The Gulf's ceilings for recruiting domestic workers, 500 to 17,000 in the host's money, are paid by employers."""
    gulf = [
        cap for cap in fee_caps() if cap.currency in ("SAR", "KWD") or (cap.currency, cap.kind) == ("QAR", "amount")
    ]
    assert {cap.amount for cap in gulf} == {Decimal(0)}


def test_the_rules_of_the_list_carry_its_amounts():
    """As printed by the Dhaka Tribune on 15 January 2018, but for Egypt, of which copies differ."""
    printed = {
        "SGP": 262270, "MYS": 160000, "LBY": 145780, "BHR": 97780, "ARE": 107780, "KWT": 106780, "OMN": 100780,
        "IRQ": 129540, "QAT": 100780, "JOR": 102780, "RUS": 166640, "MDV": 115780, "BRN": 120780, "LBN": 117780,
    }  # fmt: skip
    day = date(2019, 1, 1)
    for destination, amount in printed.items():
        (cap,) = [
            cap
            for cap in caps("BGD", destination)
            if cap.binds and (cap.valid_to or day) >= day >= (cap.in_force_by or date.max)
        ]
        assert (cap.amount, cap.currency, cap.cap_scope) == (amount, "BDT", "total_cost"), destination
    (egypt,) = caps("BGD", "EGY")
    assert (egypt.amount, egypt.maximum) == (120080, 120780)


def test_nepals_ceiling_fell_on_the_day_of_free_visa_free_ticket():
    new, old = caps("NPL", "MYS")
    assert (new.amount, new.valid_from) == (10000, date(2015, 7, 6))
    assert (old.amount, old.valid_from, old.valid_to) == (80000, None, date(2015, 7, 5))


def test_indias_cap_includes_what_its_rule_names_and_leaves_room_for_the_tax():
    (india,) = [cap for cap in fee_caps() if cap.origin == "IND"]
    assert {"fee_recruiter_service", "skills_test", "document_attestation", "travel_domestic"} <= set(india.compared)
    assert not {"visa", "medical_exam", "travel_international", "lodging_subsistence"} & set(india.compared)
    assert india.maximum == india.amount * Decimal("1.18")


@pytest.mark.parametrize(
    ("scope", "compared"),
    [
        ("service_charge", {"fee_recruiter_service": True, "fee_subagent": True, "visa": False}),
        ("total_cost", {"fee_recruiter_service": True, "visa": True, "loan_interest": False}),
        ("monthly_fee", {"fee_destination_broker": True, "fee_recruiter_service": False, "visa": False}),
    ],
)  # fmt: skip
def test_the_scope_decides_which_costs_are_compared(scope: str, compared: dict[str, bool]):
    cap = FeeCap.model_validate(CAP | {"cap_scope": scope})
    assert {code: code in cap.compared for code in compared} == compared


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"rule": "a rule"}, "rule"),
        ({"origin": "Nepal"}, "alpha-3"),
        ({"destination": ""}, "alpha-3"),
        ({"category": "Men"}, "category"),
        ({"kind": "ceiling"}, "kind"),
        ({"amount": ""}, "amount"),
        ({"amount": "-1"}, "amount"),
        ({"amount": "0.00001"}, "amount"),
        ({"kind": "zero"}, "it is 0"),
        ({"kind": "per_job_order"}, "per_job_order has none"),
        ({"currency": ""}, "needs one"),
        ({"currency": "XYZ"}, "currency"),
        ({"maximum": "9999"}, "below the amount"),
        ({"valid_to": "2015-07-05"}, "before valid_from"),
        ({"valid_from": "July 2015"}, "valid_from"),
        ({"cap_scope": "all"}, "cap_scope"),
        ({"includes": "visa|tips"}, "tips is no cost"),
        ({"includes": "inflated_charge"}, "no cost of a fee report"),
        ({"binds": "IND"}, "origin or of its destination"),
        ({"binds": "*", "origin": "*"}, "origin or of its destination"),
        ({"confidence": "sure"}, "confidence"),
        ({"source": ""}, "source"),
        ({"paid_by": "worker"}, "paid_by"),
    ],
)  # fmt: skip
def test_a_rule_that_is_not_whole_is_refused(change: dict[str, str], said: str):
    FeeCap.model_validate(CAP)
    with pytest.raises(ValidationError, match=said):
        FeeCap.model_validate(CAP | change)


def test_rules_clash_only_where_both_count_on_the_same_day():
    one = FeeCap.model_validate(CAP)
    for change, clash in (
        ({}, True),
        ({"cap_scope": "total_cost"}, False),
        ({"category": "men"}, False),
        ({"destination": "KWT"}, False),
        ({"binds": ""}, False),
        ({"binds": "QAT"}, False),
        ({"valid_from": "", "valid_to": "2015-07-05"}, False),
        ({"valid_from": "", "valid_to": "2015-07-06"}, True),
        ({"valid_from": "", "in_force_by": "2030-01-01"}, True),
    ):  # fmt: skip
        other = FeeCap.model_validate(CAP | {"rule": "other"} | change)
        assert bool(clashes([one, other])) is clash, change


def test_every_sector_of_a_category_exists():
    assert {row.sector for row in cap_categories()} - {""} <= set(sectors())
