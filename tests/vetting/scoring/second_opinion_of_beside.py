"""What stands beside a score, written a second time: months of wage, corridors, the reviewers' queue."""

from collections import defaultdict
from datetime import date, datetime

from tests.vetting.scoring.second_opinion_of_answers import answers
from tests.vetting.scoring.second_opinion_of_counting import INDICATORS, World, about, chosen, counted


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
