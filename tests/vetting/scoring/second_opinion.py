"""The method written a second time, plainly and slowly, report by report, from its description alone.

It shares no code with `vetting.scoring`: exact fractions instead of arrays, loops instead of SQL. Where the two differ,
one of them is wrong.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from math import sqrt

from tests.vetting.scoring.second_opinion_of_caps import verdict
from tests.vetting.scoring.second_opinion_of_rates import rate as rate_of

Z = 1.959963984540054
RHO = 0.3
EPS = 1e-9
COUNTING_MAIN = {"ngo", "union", "mrc", "government"}
#        code: (criterion, t, w, gate)
INDICATORS = {
    "W01": ("1.1", 0.10, 0.50, True),
    "W02": ("1.1", 0.05, 0.30, False),
    "W03": ("A.1", 0.05, 0.25, False),
    "W04": ("B.2", 0.10, 0.50, False),
    "W05": ("1.3", 0.05, 0.30, False),
    "W06": ("1.4", 0.20, 0.80, False),
    "W07": ("2.1", 0.05, 0.30, True),
    "W08": ("2.2", 0.05, 0.30, True),
    "W09": ("2.3", 0.05, 0.30, False),
    "W10": ("3.2", 0.10, 0.50, False),
    "W11": ("3.2", 0.10, 0.50, False),
    "W12": ("3.3", 0.05, 0.30, False),
    "W13": ("3.3", 0.10, 0.50, False),
    "W14": ("3.4", 0.20, 0.80, False),
    "W15": ("3.4", 0.20, 0.80, False),
    "W16": ("5.1", 0.30, 0.90, False),
    "W17": ("5.3", 0.30, 0.90, False),
    "W18": ("5.2", 0.02, 0.20, True),
    "W19": ("A.2", 0.05, 0.30, True),
    "W20": ("A.2", 0.02, 0.20, True),
    "W21": ("A.3", 0.01, 0.05, True),
    "W22": ("4.2", 0.10, 0.50, False),
}
WEIGHTS = {"A": 20, "B": 10, "1": 30, "2": 15, "3": 15, "4": 5, "5": 5}
CRITERIA = (
    "A.1 A.2 A.3 A.4 A.5 B.1 B.2 B.3 1.1 1.2 1.3 1.4 2.1 2.2 2.3 3.1 3.2 3.3 3.4 4.1 4.2 5.1 5.2 5.3".split()  # noqa: SIM905
)
GRADE_POINTS = {"critical": 0, "major": 30, "minor": 70, "observation": 90}


@dataclass
class World:
    """Everything an answer depends on. Reports are dicts of canonical columns plus `partner`, `agency_id`,
    `recorded_at` and `withdrawn_at`."""

    reports: list[dict]
    kinds: dict[str, str]
    findings: list[dict] = field(default_factory=list)  # crit_code, grade, recorded_at, closed_at
    assessments: list[dict] = field(default_factory=list)  # completed_on, recorded_at, criteria
    clearances: list[dict] = field(default_factory=list)  # indicator, recorded_at
    merges: list[dict] = field(default_factory=list)  # agency_id, into_id (None: split off again), recorded_at
    rates: list[dict] = field(default_factory=list)  # added: currency, rate_date, per_usd, kind, recorded_at
    caps: list[dict] = field(default_factory=list)  # added: as in the reference, and recorded_at


def root(world: World, entry: str | None, moment: datetime) -> str | None:
    """The agency that an entry of the register was part of, as known at a moment."""
    into = {}
    for merge in sorted(world.merges, key=lambda m: m["recorded_at"]):
        if merge["recorded_at"] <= moment:
            into[merge["agency_id"]] = merge["into_id"]
    while into.get(entry):
        entry = into[entry]
    return entry


def about(world: World, facts: list[dict], agency: str | None, known_at: datetime) -> list[dict]:
    """The facts about one agency, whatever entry they were recorded under; of all where none is named."""
    mine = root(world, agency, known_at)
    return [f for f in facts if agency is None or root(world, f.get("agency_id"), known_at) == mine]


def months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError


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


def counted(world: World, as_of: date, known_at: datetime, *, everybody: bool = False) -> list[dict]:
    """Which reports, in the method's order; `everybody`: agencies and employers too, who are only told of."""
    live = [
        r
        for r in world.reports
        if r["recorded_at"] <= known_at and not (r["withdrawn_at"] and r["withdrawn_at"] <= known_at)
    ]
    newest: dict = {}
    for r in live:
        key = (r["partner"], r["report_id"])
        if key not in newest or r["recorded_at"] > newest[key]["recorded_at"]:
            newest[key] = r
    kept = []
    for r in newest.values():
        month = r["recruited_month"] or r["departed_month"]
        in_window = months_before(as_of, 24) < r["interview_date"] <= as_of
        recent = month is None or months_before(as_of, 60) < month <= as_of
        if in_window and recent and (everybody or world.kinds[r["partner"]] not in {"agency", "employer"}):
            kept.append(r)
    return kept


def chosen(reports: list[dict], key: str) -> list[dict]:
    """One worker once: per worker the latest report in which `key` is answered."""
    best: dict = {}
    for r in reports:
        if r["answers"][key] is None:
            continue
        worker = (r["partner"], r["worker_ref"]) if r["worker_ref"] else (r["partner"], None, r["report_id"])
        order = (r["interview_date"], r["recorded_at"], r["report_id"].encode())
        if worker not in best or order > best[worker][0]:
            best[worker] = (order, r)
    return [r for _, r in best.values()]


def wilson(k: int, n: int) -> tuple[float, float]:
    p, z2 = k / n, Z * Z
    middle = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = Z / (1 + z2 / n) * sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    return (0.0 if k == 0 else middle - half), (1.0 if k == n else middle + half)


def combine(parts: list[tuple[float, tuple[float, float, float]]]) -> tuple[float, float, float] | None:
    if not parts:
        return None
    total = sum(c for c, _ in parts)
    shares = [(c / total, x) for c, x in parts]
    mid = sum(c * x[1] for c, x in shares)

    def spread(side: int) -> float:
        d = [c * abs(x[1] - x[side]) for c, x in shares]
        return sqrt((1 - RHO) * sum(v * v for v in d) + RHO * sum(d) ** 2)

    return mid - spread(0), mid, mid + spread(2)


def smaller(one: tuple, other: tuple) -> tuple:
    return tuple(min(a, b) for a, b in zip(one, other, strict=True))


def score(world: World, as_of: date, known_at: datetime, without: str | None = None, agency: str | None = None) -> dict:
    """The answer of one agency, in the shape of the published score (plus `relies` and `rests_on`)."""
    own = about(world, counted(world, as_of, known_at), agency, known_at)
    reports = [r | {"answers": answers(r, world.rates, world.caps)} for r in own if r["partner"] != without]
    main = [r for r in reports if world.kinds[r["partner"]] in COUNTING_MAIN]
    indicators, used, relies = {}, {}, False
    for code, (_, t, _w, _gate) in INDICATORS.items():
        own, everyone = chosen(main, code), chosen(reports, code)
        pick, pool = (own, main) if len(own) >= 10 else (everyone, reports)
        n, k = len(pick), sum(r["answers"][code] for r in pick)
        half = True
        if code in {"W03", "W04", "W05"}:
            charged = [r for r in pool if r["answers"]["charged"] and (code != "W03" or r["answers"]["ruled"])]
            half = 2 * sum(r["answers"]["known"][code] for r in charged) >= len(charged)
        entry = {"n": n, "k": k, "share": None, "low": None, "high": None, "outcome": "not_assessed"}
        if n:
            entry["share"], (entry["low"], entry["high"]) = k / n, wilson(k, n)
        if n >= 10 and half:
            relies |= len(own) < 10 and len(everyone) > len(own)
            if entry["high"] <= t + EPS:
                entry["outcome"] = "met"
            elif entry["low"] > t + EPS:
                entry["outcome"] = "not_met"
            else:
                entry["outcome"] = "unclear"
        indicators[code], used[code] = entry, pick
    points = {
        code: tuple(100 * max(0.0, 1 - x / INDICATORS[code][2]) for x in (e["high"], e["share"], e["low"]))
        for code, e in indicators.items()
        if e["outcome"] != "not_assessed"
    }
    known_findings = [f for f in about(world, world.findings, agency, known_at) if f["recorded_at"] <= known_at]
    open_findings = [f for f in known_findings if not (f["closed_at"] and f["closed_at"] <= known_at)]
    on_paper = set()
    for a in about(world, world.assessments, agency, known_at):
        if a["recorded_at"] <= known_at and months_before(as_of, 36) < a["completed_on"] <= as_of:
            on_paper |= set(a["criteria"])
    criteria: dict = {}
    for crit in CRITERIA:
        mine = [points[c] for c, (belongs, *_) in INDICATORS.items() if belongs == crit and c in points]
        worker = None
        if mine:
            worker = smaller(mine[0], mine[-1]) if crit == "1.1" else combine([(1.0, x) for x in mine])
        documents = None
        if crit in on_paper:
            documents = min((GRADE_POINTS[f["grade"]] for f in open_findings if f["crit_code"] == crit), default=100)
        both = [x for x in (worker, None if documents is None else (documents,) * 3) if x is not None]
        criteria[crit] = {
            "worker": worker,
            "documents": documents,
            "value": smaller(both[0], both[-1]) if both else None,
        }
    w01 = indicators["W01"]
    applicable = [
        c
        for c in CRITERIA
        if not (c == "1.4" and w01["outcome"] == "met" and w01["k"] == 0 and criteria["1.4"]["documents"] is None)
    ]
    if "1.4" not in applicable:
        criteria["1.4"] = {"worker": None, "documents": None, "value": None}
    weight = {
        c: WEIGHTS[c.split(".")[0]] / sum(d.split(".")[0] == c.split(".")[0] for d in applicable) for c in applicable
    }
    assessed = [c for c in applicable if criteria[c]["value"] is not None]
    headline = combine([(weight[c], criteria[c]["value"]) for c in assessed])
    principles = {
        p: combine([(weight[c], criteria[c]["value"]) for c in assessed if c.split(".")[0] == p]) for p in WEIGHTS
    }
    coverage = sum(weight[c] for c in assessed) / 100
    worker_coverage = sum(weight[c] for c in assessed if criteria[c]["worker"] is not None) / 100
    gates = open_gates(world, known_at, indicators, used, open_findings, agency)
    workers = {
        (r["partner"], r["worker_ref"]) if r["worker_ref"] else (r["partner"], None, r["report_id"]) for r in reports
    }
    partners = {r["partner"] for r in reports}
    band, reason = band_of(
        headline, gates, indicators, worker_coverage, len(workers), len(partners), open_findings, relies
    )
    contradictions = [
        c
        for c in CRITERIA
        if criteria[c]["documents"] is not None
        and criteria[c]["documents"] >= 90
        and any(b == c and indicators[i]["outcome"] == "not_met" for i, (b, *_) in INDICATORS.items())
    ]
    return {
        "band": band,
        "band_reason": reason,
        "points": headline,
        "coverage": coverage,
        "worker_coverage": worker_coverage,
        "workers": len(workers),
        "partners": len(partners),
        "gates": gates,
        "queue": queue(world, as_of, known_at, gates, agency),
        "contradictions": contradictions,
        "indicators": indicators,
        "criteria": criteria,
        "principles": principles,
        "months": spread_of_months(main, reports),
        "corridors": by_corridor(main, reports),
        "relies": relies,
        "partner_codes": partners,
    }


def spread_of_months(main: list[dict], reports: list[dict]) -> dict:
    own = chosen(main, "months")
    pick = own if len(own) >= 10 else chosen(reports, "months")
    return spread([float(r["answers"]["months"]) for r in pick])


def spread(told: list[float]) -> dict:
    values, n = sorted(told), len(told)

    def at(q: float) -> float:
        place = q * (n - 1)
        below = int(place)
        above = min(below + 1, n - 1)
        return values[below] + (place - below) * (values[above] - values[below])

    return {
        "n": n,
        "median": at(0.5) if n else None,
        "p80": at(0.8) if n >= 50 else None,
        "mean": sum(values) / n if n else None,
    }


def cleared(world: World, r: dict, code: str, known_at: datetime, agency: str | None) -> bool:
    """Did two reviewers clear this gate after the report came in, with the report before them?"""
    given = [c for c in about(world, world.clearances, agency, known_at) if c["recorded_at"] <= known_at]
    return any(
        c["indicator"] == code
        and r["recorded_at"] <= c["recorded_at"]
        and (agency is None or about(world, [r], c["agency_id"], c["recorded_at"]))
        for c in given
    )


def queue(world: World, as_of: date, known_at: datetime, gates: list[str], agency: str | None) -> list[tuple[str, int]]:
    """Gate indicators that open nothing, and how many workers were ever adverse, whoever says so: not those answered by
    a clearance, nor those whose latest word is that their fees were paid back."""
    reports = about(world, counted(world, as_of, known_at, everybody=True), agency, known_at)
    reports = [r | {"answers": answers(r, world.rates, world.caps)} for r in reports]

    def worker(r: dict) -> tuple:
        return (r["partner"], r["worker_ref"]) if r["worker_ref"] else (r["partner"], None, r["report_id"])

    found = []
    for code, (_, _t, _w, gate) in INDICATORS.items():
        if not gate or code in gates:
            continue
        repaid = {
            worker(r) for r in chosen(reports, code) if code == "W01" and r["answers"]["W01"] and r["answers"]["repaid"]
        }
        adverse = {
            worker(r)
            for r in reports
            if r["answers"][code]
            and not (code == "W01" and r["answers"]["repaid"])
            and not cleared(world, r, code, known_at, agency)
        }
        if adverse - repaid:
            found.append((code, len(adverse - repaid)))
    return found


def by_corridor(main: list[dict], reports: list[dict]) -> dict[tuple[str, str], dict]:
    """SDG 10.7.1-style: a worker stands in the corridor of the latest report that tells the figure."""
    found: dict = defaultdict(lambda: {"workers": 0, "charged_n": 0, "charged": 0, "months": []})
    place = lambda r: found[r["origin_country"], r["destination_country"]]  # noqa: E731
    for r in chosen([r | {"answers": {"heard": True}} for r in reports], "heard"):
        place(r)["workers"] += 1
    for key in ("W01", "months"):
        own = chosen(main, key)
        for r in own if len(own) >= 10 else chosen(reports, key):
            if key == "W01":
                place(r)["charged_n"] += 1
                place(r)["charged"] += r["answers"]["W01"]
            else:
                place(r)["months"].append(float(r["answers"]["months"]))
    return {way: figure | {"months": spread(figure["months"])} for way, figure in sorted(found.items())}


def open_gates(  # noqa: PLR0913
    world: World, known_at: datetime, indicators: dict, used: dict, open_findings: list[dict], agency: str | None
) -> list[str]:
    gates = []
    for code, (_, t, _w, gate) in INDICATORS.items():
        if not gate:
            continue
        adverse = [r for r in used[code] if r["answers"][code] and not (code == "W01" and r["answers"]["repaid"])]
        fresh = [r for r in adverse if not cleared(world, r, code, known_at, agency)]
        entry = indicators[code]
        low = wilson(len(adverse), entry["n"])[0] if entry["n"] else 0.0
        not_met = entry["outcome"] != "not_assessed" and low > t + EPS
        investigated = any(r["verification"] == "investigated" for r in fresh)
        verified = sum(r["verification"] != "self_report" for r in fresh)
        two_partners = len({r["partner"] for r in fresh}) >= 2
        if investigated or (not_met and len(fresh) >= 2 and (two_partners or verified >= 2 or len(fresh) >= 10)):
            gates.append(code)
    gates += sorted({f"finding:{f['crit_code']}" for f in open_findings if f["grade"] == "critical"})
    return gates


def band_of(headline, gates, indicators, worker_coverage, workers, partners, open_findings, relies):  # noqa: PLR0913
    if gates:
        return "on_hold", None
    if workers < 10:
        return "insufficient_evidence", "too_few_workers"
    needed = ("W01", "W07", "W08", "W19", "W20")
    if worker_coverage < 0.5 - EPS or any(indicators[c]["outcome"] == "not_assessed" for c in needed):
        return "insufficient_evidence", "low_coverage"
    low, mid, high = headline
    if mid < 60 - EPS and high < 80 - EPS:
        return "weak", None
    for code, (_, t, _w, gate) in INDICATORS.items():
        entry = indicators[code]
        if gate and entry["outcome"] != "not_assessed" and entry["k"] >= 2 and entry["share"] > t + EPS:
            return "insufficient_evidence", "gate_in_doubt"
    major = any(f["grade"] == "major" for f in open_findings)
    if low >= 80 - EPS and indicators["W01"]["outcome"] == "met" and not major and partners >= 2 and not relies:
        return "strong", None
    if low >= 60 - EPS:
        return "fair", None
    if high - low <= 15 + EPS:
        return "weak", None
    return "insufficient_evidence", "range_too_wide"


def rests_on(world: World, as_of: date, known_at: datetime, agency: str | None = None) -> set[str]:
    """The partners without whom the band would be lower."""
    rank = {"strong": 4, "fair": 3, "weak": 2, "insufficient_evidence": 1, "on_hold": 0}
    whole = score(world, as_of, known_at, agency=agency)
    return {
        p
        for p in whole["partner_codes"]
        if rank[score(world, as_of, known_at, without=p, agency=agency)["band"]] < rank[whole["band"]]
    }


def by_agency(reports: list[dict]) -> dict[str, list[dict]]:
    groups: dict[str, list[dict]] = defaultdict(list)
    for r in reports:
        groups[r["agency_id"]].append(r)
    return groups
