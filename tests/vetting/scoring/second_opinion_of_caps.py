"""Paid above the legal cap? Asked a second time: rule by rule and report by report, by the rules alone."""

import csv
from datetime import date, datetime
from fractions import Fraction
from functools import cache
from pathlib import Path

from tests.vetting.scoring.second_opinion_of_rates import rate

FOLDER = Path(__file__).resolve().parents[3] / "schemas" / "reference"
FEES = ("fee_recruiter_service", "fee_subagent", "fee_destination_broker", "fee_thirdparty_placement")
SERVICE = (*FEES, "fee_employer_direct")
PER_MONTH = {"day": Fraction(26), "week": Fraction(52, 12), "month": Fraction(1)}


@cache
def listed(name: str) -> list[dict]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def known(added: list[dict], moment: datetime) -> list[dict]:
    rules = {row["rule"]: row for row in listed("fee_caps")}
    for row in sorted(added, key=lambda row: row["recorded_at"]):
        if row["recorded_at"] <= moment:
            rules[row["rule"]] = row
    return list(rules.values())


def in_force(rule: dict, day: str) -> bool | None:
    if rule["valid_to"] and day > rule["valid_to"]:
        return False
    if rule["valid_from"]:
        return day >= rule["valid_from"]
    return True if rule["in_force_by"] and day >= rule["in_force_by"] else None


def meant(category: str, sex: str | None, sector: str | None, day: str) -> bool | None:
    if category == "all":
        return True
    for row in listed("cap_categories"):
        if row["category"] != category or day < row["valid_from"]:
            continue
        of_sex = True if not row["sex"] else None if sex is None else sex == row["sex"]
        of_sector = True if not row["sector"] else within(sector, row["sector"])
        if of_sex and of_sector:
            return {"true": True, "false": False, "": None}[row["holds"]]
        if of_sex is not False and of_sector is not False:
            return None
    return None


def within(sector: str | None, narrow: str) -> bool | None:
    """True, False, or None: too wide to tell."""
    if sector is None or (narrow != sector and narrow.startswith(sector)):
        return None
    section = next(row["section"] for row in listed("sectors") if row["code"] == narrow)
    return None if sector == section else sector.startswith(narrow)


def exactness(rule: dict) -> tuple[bool, bool, bool]:
    return rule["origin"] == "*", rule["destination"] == "*", rule["category"] == "all"


def verdict(r: dict, added: list[dict], rates: list[dict]) -> dict:
    """`in_force`: a rule surely is. `above`: True, False, or None where nobody can say."""
    day = r["recruited_month"] or r["departed_month"] or r["interview_date"]
    sex = None if r["sex"] == "undisclosed" else r["sex"]
    sides: dict = {}
    for rule in known(added, r["recorded_at"]):
        places = {r["origin_country"], "*"}, {r["destination_country"], "*"}
        if (
            rule["binds"] != r["agency_country"]
            or rule["origin"] not in places[0]
            or rule["destination"] not in places[1]
        ):
            continue
        here = (in_force(rule, day.isoformat()), meant(rule["category"], sex, r["sector"], day.isoformat()))
        if False not in here:
            side = rule["cap_scope"], rule["origin"] == "*"
            sides.setdefault(side, []).append((exactness(rule), None not in here, rule))
    says, sure_anywhere = [], False
    for rules in sides.values():
        sure = [rule for rule in rules if rule[1]]
        best = min((rule[0] for rule in sure), default=None)
        rivals = [rule for rule in rules if best is None or rule[0] <= best]
        sure_anywhere |= bool(sure)
        says.append(compare(r, rivals[0][2], day, rates) if len(rivals) == 1 and sure else None)
    above = True if True in says else (False if sure_anywhere and None not in says else None)
    return {"in_force": sure_anywhere, "above": above}


def compare(r: dict, rule: dict, day: date, rates: list[dict]) -> bool | None:
    if rule["unit"] == "monthly" or rule["kind"] == "per_job_order":
        return None
    limit, currency = Fraction(rule["amount"]), rule["currency"]
    most = Fraction(rule["maximum"]) if rule["maximum"] else None if rule["unit"] == "per_12_months" else limit
    costs = {c[5:]: Fraction(v) for c, v in r.items() if c.startswith("cost_") and v is not None}
    costs.pop("loan_interest", None)
    items, deducted = sum(costs.values()), Fraction(r["deducted_amount"] or 0)
    total = Fraction(r["total_paid"]) if r["total_paid"] is not None else (items or None)
    paid = None if total is None else max(total, items) + deducted
    scope = {"service_charge": SERVICE, "monthly_fee": ("fee_destination_broker",), "total_cost": ()}[rule["cap_scope"]]
    told = sum(costs.get(code, 0) for code in {*scope, *filter(None, rule["includes"].split("|"))})
    if rule["cap_scope"] == "total_cost":
        told = max(items, total or 0) + deducted
    if limit == 0:
        currency = r["currency"]
    elif rule["kind"] == "months_wage":
        wage = r["actual_wage"] if r["actual_wage"] is not None else r["promised_wage"]
        if wage is None or r["wage_period"] is None:
            return None
        currency, monthly = r["wage_currency"], Fraction(wage) * PER_MONTH[r["wage_period"]]
        limit, most = limit * monthly, None if most is None else most * monthly
    factor = Fraction(1)
    if currency != r["currency"]:
        here, there = (rate(each, day, rates, r["recorded_at"]) for each in (r["currency"], currency))
        if not here or not there:
            return None
        factor = there / here
    if most is not None and told * factor > most:
        return True
    return False if paid is not None and paid * factor <= limit else None
