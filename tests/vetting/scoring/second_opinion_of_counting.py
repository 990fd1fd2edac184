"""Which reports count and which speaks for a worker, written a second time; see second_opinion.py."""

from dataclasses import dataclass, field
from datetime import date, datetime

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
