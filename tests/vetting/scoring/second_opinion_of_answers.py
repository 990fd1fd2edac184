"""What one report answers, written a second time in plain Python (docs/method.md); see second_opinion.py."""

from fractions import Fraction

from tests.vetting.scoring.second_opinion_of_caps import verdict
from tests.vetting.scoring.second_opinion_of_rates import rate as rate_of


def money(r: dict, added: list[dict]) -> dict:
    items = [Fraction(v) for c, v in r.items() if c.startswith("cost_") and v is not None and c != "cost_loan_interest"]
    total, deducted, back = r["total_paid"], r["deducted_amount"], r["reimbursed_amount"]
    paid = Fraction(total) if total is not None else (sum(items) if items and sum(items) > 0 else None)
    both = (paid or 0) + Fraction(deducted or 0)
    charged = True if both > 0 else (False if paid == 0 and not deducted else None)
    net = None if charged is None else max(Fraction(0), both - Fraction(back or 0))
    wage = r["actual_wage"] if r["actual_wage"] is not None else r["promised_wage"]
    per_month = {"day": Fraction(26), "week": Fraction(52, 12), "month": Fraction(1)}.get(r["wage_period"])
    if net is None:
        months = None
    elif net == 0:
        months = Fraction(0)
    elif wage is None or per_month is None or not r["wage_currency"] or not r["currency"]:
        months = None
    elif r["wage_currency"] == r["currency"]:
        months = net / (Fraction(wage) * per_month)
    else:  # both in dollars of the money date, by the rates known when the report came in
        day = r["recruited_month"] or r["departed_month"] or r["interview_date"]
        cost, pay = (rate_of(r[c], day, added, r["recorded_at"]) for c in ("currency", "wage_currency"))
        months = net / cost / (Fraction(wage) * per_month / pay) if cost and pay else None
    repaid = (
        None if charged is None else bool(charged and back is not None and Fraction(back) >= both * Fraction(95, 100))
    )
    return {"charged": charged, "both": both, "months": months, "repaid": repaid}


def answers(r: dict, added: list[dict], caps: list[dict]) -> dict:
    """W01…W22 of one report (None = not eligible), `months`, and whether W03–W05's own condition is known."""
    m = money(r, added)
    charged, free = m["charged"], m["charged"] is False
    a: dict = {"months": m["months"], "charged": charged, "repaid": m["repaid"]}
    a["W01"] = charged
    a["W02"] = None if m["months"] is None else m["months"] > 1
    cap = verdict(r, caps, added)
    a["ruled"] = cap["in_force"]
    a["W03"] = cap["above"] if cap["above"] is not None else (False if free and cap["in_force"] else None)
    sub = r["cost_fee_subagent"]
    to_subagent = r["payee_type"] == "sub_agent" or bool(sub)
    known4 = r["payee_type"] is not None or sub is not None
    a["W04"] = True if to_subagent else (False if known4 or free else None)
    source, rate = r["loan_source"], r["loan_rate"]
    yearly = (
        None
        if rate is None or r["loan_rate_period"] is None
        else Fraction(rate) * (12 if r["loan_rate_period"] == "month" else 1)
    )
    adverse5 = source in {"agency", "employer"} or (yearly is not None and yearly >= 36) or bool(r["cost_deposit_bond"])
    known5 = adverse5 or source in {"none", "family"} or (source is not None and yearly is not None and yearly < 36)
    a["W05"] = True if adverse5 else (False if known5 or free else None)
    a["W06"] = (
        None
        if not charged or r["reimbursed_amount"] is None
        else Fraction(r["reimbursed_amount"]) < m["both"] * Fraction(95, 100)
    )
    holder = r["passport_holder"]
    a["W07"] = None if holder is None else holder in {"employer", "agency"}
    a["W08"], a["W09"] = r["movement_restricted"], r["penalty_for_leaving"]
    gone = r["departed_month"]
    departed = (
        gone <= r["interview_date"].replace(day=1) if gone else r["channel"] in {"post_arrival_survey", "return_survey"}
    )

    def lacking(column: str, eligible: bool = True) -> bool | None:
        return None if r[column] is None or not eligible else not r[column]

    a["W10"] = lacking("contract_before_departure", departed)
    a["W11"] = lacking("contract_understood")
    a["W12"] = r["contract_substituted"]
    a["W13"] = (
        None
        if r["actual_wage"] is None or r["promised_wage"] is None
        else Fraction(r["actual_wage"]) < Fraction(r["promised_wage"]) * Fraction(95, 100)
    )
    a["W14"] = lacking("orientation_received", departed)
    a["W15"] = lacking("costs_disclosed", departed)
    a["W16"] = lacking("grievance_known")
    a["W17"] = lacking("grievance_resolved", r["grievance_raised"] is True)
    a["W18"], a["W19"], a["W20"] = r["retaliation"], r["wages_withheld"], r["threats"]
    a["W21"] = None if r["age_at_recruitment"] is None else r["age_at_recruitment"] < 18
    a["W22"] = r["data_shared_without_consent"]
    a["known"] = {"W03": cap["above"] is not None, "W04": known4, "W05": known5}
    return a
