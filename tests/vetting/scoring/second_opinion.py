"""The method written a second time, plainly and slowly, report by report, from its description alone.

It shares no code with `vetting.scoring`: exact fractions instead of arrays, loops instead of SQL. Where the two differ,
one of them is wrong.
"""

from collections import defaultdict
from datetime import date, datetime
from math import sqrt

from tests.vetting.scoring.second_opinion_of_answers import answers
from tests.vetting.scoring.second_opinion_of_beside import by_corridor, cleared, queue, spread_of_months
from tests.vetting.scoring.second_opinion_of_counting import INDICATORS, World, about, chosen, counted, months_before

Z = 1.959963984540054
RHO = 0.3
EPS = 1e-9
COUNTING_MAIN = {"ngo", "union", "mrc", "government"}
WEIGHTS = {"A": 20, "B": 10, "1": 30, "2": 15, "3": 15, "4": 5, "5": 5}
CRITERIA = (
    "A.1 A.2 A.3 A.4 A.5 B.1 B.2 B.3 1.1 1.2 1.3 1.4 2.1 2.2 2.3 3.1 3.2 3.3 3.4 4.1 4.2 5.1 5.2 5.3".split()  # noqa: SIM905
)
GRADE_POINTS = {"critical": 0, "major": 30, "minor": 70, "observation": 90}


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
