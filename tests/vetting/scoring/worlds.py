"""Small random worlds of fee reports, and how they are put into a store, for comparing the two methods."""

import random
from datetime import date, datetime, timedelta
from decimal import Decimal

import polars as pl

from schemas.lookup import cost_codes
from tests.vetting.scoring.second_opinion_of_counting import World, root

NOW = datetime(2026, 11, 22, 9, 0)
AS_OF = date(2026, 9, 30)
KINDS = {"sunrise": "ngo", "dockers": "union", "harbour": "mrc", "ledger": "auditor", "self": "agency"}
AGENCY = "agency-one"
ENTRIES = (AGENCY, "agency-two", "agency-three")  # of the register, which may turn out to be one agency
UNLISTED = "ZMW"  # a currency the table of rates does not have: converted only while somebody has added a rate
MONEY = pl.Decimal(18, 4)
YES_NO = [
    "contract_before_departure",
    "contract_understood",
    "contract_substituted",
    "costs_disclosed",
    "orientation_received",
    "movement_restricted",
    "threats",
    "wages_withheld",
    "penalty_for_leaving",
    "grievance_known",
    "grievance_raised",
    "grievance_resolved",
    "retaliation",
    "data_shared_without_consent",
]
VERIFICATION = ["self_report"] * 60 + ["receipt_seen", "receipt_seen", "two_sources", "investigated"]
# In these a "yes" is the good answer.
GOOD = {
    "contract_before_departure",
    "contract_understood",
    "costs_disclosed",
    "orientation_received",
    "grievance_known",
    "grievance_resolved",
}


def report(rng: random.Random, number: int, mood: float) -> dict:
    """One report; `mood` is the chance of something bad in any answer."""
    bad = lambda: rng.random() < mood  # noqa: E731
    blank = lambda: rng.random() < 0.12  # noqa: E731
    maybe = lambda value: None if blank() else value  # noqa: E731
    interview = AS_OF - timedelta(days=rng.randrange(-20, 800))
    recruited = maybe((interview.replace(day=1) - timedelta(days=rng.choice([40, 200, 700, 1900]))).replace(day=1))
    departed = maybe((interview.replace(day=1) + timedelta(days=rng.choice([-60, -20, 0, 40]))).replace(day=1))
    free = not bad() if mood < 0.5 else rng.random() < 0.4
    total = None if blank() else Decimal(0 if free else rng.choice([500, 1000, 1500, 40000]))
    row: dict = {
        "report_id": f"R{number:05d}",
        "partner": rng.choice(list(KINDS)),
        "agency_id": AGENCY,
        "agency_country": "NPL",
        "origin_country": "NPL",
        "destination_country": "QAT" if number % 3 else "JPN",
        "interview_date": interview,
        "channel": rng.choice(["in_person", "post_arrival_survey", "return_survey", "hotline"]),
        "worker_ref": rng.choice([None, f"w{rng.randrange(60)}"]),
        "sex": rng.choice(["female", "male", None]),
        "age_at_recruitment": maybe(16 if rng.random() < mood / 20 else 30),
        "sector": None,
        "recruited_month": recruited,
        "departed_month": departed,
        "currency": "NPR",
        "total_paid": total,
        "deducted_amount": rng.choice([None, Decimal(0), Decimal(100) if bad() else Decimal(0)]),
        "reimbursed_amount": rng.choice([None, Decimal(0), Decimal(950), Decimal(1000), Decimal(40000)]),
        "receipt_amount": None,
        "responsible": None,
        "payee_type": rng.choice([None, "sub_agent" if bad() else "agency"]),
        "loan_source": rng.choice([None, "none", "family", "bank", "employer" if bad() else "mfi"]),
        "loan_amount": None,
        "loan_rate": rng.choice([None, Decimal(3), Decimal("2.9"), Decimal(36), Decimal(12)]),
        "loan_rate_period": None,
        "promised_wage": maybe(Decimal(1000)),
        "actual_wage": maybe(Decimal(rng.choice([1000, 950, 949] if bad() else [1000]))),
        "wage_currency": rng.choice(["NPR", "NPR", "QAR", "USD", "MMK", UNLISTED, None]),
        "wage_period": rng.choice(["month", "month", "week", "day", None]),
        "passport_holder": maybe(rng.choice(["employer", "agency"]) if bad() else "self"),
        "verification": rng.choice(VERIFICATION),
        "notes": None,
    }
    if row["loan_rate"] is not None:
        row["loan_rate_period"] = rng.choice(["month", "year"])
    row |= {f"cost_{cost.code}": None for cost in cost_codes().values() if cost.column}
    if total is None:
        row["cost_fee_recruiter_service"] = rng.choice([None, Decimal(0), Decimal(700)])
        row["cost_loan_interest"] = rng.choice([None, Decimal(9000)])
    row["cost_fee_subagent"] = rng.choice([None, None, Decimal(0), Decimal(10) if bad() and not free else Decimal(0)])
    row["cost_deposit_bond"] = Decimal(50) if bad() and not free and rng.random() < 0.3 else None
    row |= {column: maybe((column in GOOD) != bad()) for column in YES_NO}
    if row["grievance_raised"] is None:
        row["grievance_resolved"] = None
    return row


def world(seed: int) -> World:
    """Batches over two years, corrections, withdrawals, findings, assessments and clearances, all at random."""
    rng = random.Random(seed)
    mood = rng.choice([0.0, 0.0, 0.004, 0.01, 0.02, 0.1, 0.4])
    size = rng.choice([6, 14, 40, 120, 260, 500])
    rows: list[dict] = []
    batches = [NOW - timedelta(days=30 * b, hours=rng.randrange(20)) for b in range(8, -1, -1)]
    withdrawn = {at: at + timedelta(days=10) for at in batches if rng.random() < 0.12}
    for number in range(size):
        row = report(rng, number, mood)
        for at in sorted(rng.sample(batches, rng.choice([1, 1, 1, 2]))):
            again = row if not rows else report(rng, number, mood) | {"partner": row["partner"]}
            rows.append(again | {"recorded_at": at, "withdrawn_at": withdrawn.get(at)})
    made = World(reports=rows, kinds=KINDS)
    rule(made, random.Random(f"caps {seed}"), batches)
    codes = ["A.1", "A.4", "B.1", "1.1", "1.4", "2.1", "3.3", "5.1"]
    for _ in range(rng.choice([0, 0, 1, 3])):
        at = rng.choice(batches)
        grade = rng.choice(["critical", "major", "minor", "observation"])
        closed = rng.choice([None, at + timedelta(days=20)])
        made.findings.append({"crit_code": rng.choice(codes), "grade": grade, "recorded_at": at, "closed_at": closed})
    for _ in range(rng.choice([0, 1, 2])):
        at = rng.choice(batches)
        done = (at - timedelta(days=rng.choice([5, 1200]))).date()
        made.assessments.append({"completed_on": done, "recorded_at": at, "criteria": rng.sample(codes, 4)})
    for _ in range(rng.choice([0, 0, 1])):
        made.clearances.append({"indicator": rng.choice(["W01", "W07", "W19"]), "recorded_at": rng.choice(batches)})
    for _ in range(rng.choice([0, 1, 4, 12])):  # rates become known between the batches, some of them twice
        day = AS_OF - timedelta(days=100 * rng.randrange(9))
        made.rates.append(
            {
                "currency": rng.choice([UNLISTED, "QAR", "NPR"]),
                "rate_date": day,
                "per_usd": Decimal(rng.choice(["19.5", "3.1", "0.00000001", "140.25"])),
                "source": "a bank",
                "kind": rng.choice(["month_end", "annual_approximate"]),
                "recorded_at": rng.choice(batches) - timedelta(minutes=rng.randrange(100, 9000)),
            }
        )
    return made


def rule(made: World, rng: random.Random, batches: list[datetime]) -> None:
    """Legal rules at random, some of them replaced later, and reports that they are about."""
    for place in range(rng.choice([0, 1, 3, 8])):
        kind = rng.choice(["amount", "amount", "zero", "months_wage", "per_job_order", "prohibited_dest"])
        amount = {"amount": rng.choice(["700", "1000", "38000.5"]), "months_wage": "1.5", "per_job_order": ""}
        cap = {
            "rule": f"made-{place}", "origin": "NPL", "destination": rng.choice(["*", "QAT", "JPN"]), "kind": kind,
            "category": rng.choice(["all", "all", "men", "women_domestic", "land_based", "nobody_knows"]),
            "amount": amount.get(kind, "0"), "unit": rng.choice(["once", "once", "per_12_months", "monthly"]),
            "maximum": rng.choice(["", "", "38000.5"]) if kind in amount and amount[kind] else "",
            "currency": rng.choice(["NPR", "QAR", "USD", UNLISTED]),
            "valid_from": rng.choice(["", "2015-07-06", "2026-01-01"]), "valid_to": rng.choice(["", "", "2026-02-01"]),
            "in_force_by": rng.choice(["", "2025-06-30"]), "binds": rng.choice(["NPL", "NPL", "NPL", ""]),
            "cap_scope": rng.choice(["service_charge", "service_charge", "total_cost", "monthly_fee"]),
            "includes": rng.choice(["", "visa|skills_test"]), "confidence": "low", "source": "made up",
        }  # fmt: skip
        for _ in range(rng.choice([1, 1, 2])):
            changed = rng.choice([{}, {"kind": "zero", "amount": "0"}, {"destination": "QAT"}])
            made.caps.append(cap | changed | {"recorded_at": rng.choice(batches) - timedelta(minutes=1)})
    for row in made.reports:
        row["sector"] = rng.choice([None, None, "97", "9700", "41", "F", "T", "50", "031"])
        row["sex"] = rng.choice([row["sex"], row["sex"], "undisclosed"])
        if row["total_paid"] != 0 and rng.random() < 0.4:
            row["currency"] = rng.choice(["QAR", "USD", UNLISTED, "NPR"])
            row["cost_visa"] = rng.choice([None, Decimal(200), Decimal(39000)])
            row["cost_fee_recruiter_service"] = rng.choice([None, Decimal("700.0001"), Decimal(10001)])


def merging(seed: int) -> World:
    """A world whose reports and facts are spread over three entries that are merged and split again at random."""
    made, rng = world(seed), random.Random(f"merges {seed}")
    for fact in (*made.reports, *made.findings, *made.assessments, *made.clearances):
        fact["agency_id"] = rng.choice(ENTRIES)
    for row in made.reports:  # workers seen under two ids must not be rare
        row["worker_ref"] = row["worker_ref"] and f"w{rng.randrange(25)}"
    for moment in sorted(rng.sample(range(20, 250), rng.choice([1, 2, 3, 5]))):
        at = NOW - timedelta(days=270 - moment)
        gone, into = rng.sample(ENTRIES, 2)
        if root(made, gone, at) != gone:
            made.merges.append({"agency_id": gone, "into_id": None, "recorded_at": at})
        elif root(made, into, at) != gone:
            made.merges.append({"agency_id": gone, "into_id": root(made, into, at), "recorded_at": at})
    return made
