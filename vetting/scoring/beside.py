"""What stands beside a score: months of wage, corridors, the age of the evidence."""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from schemas.score import CorridorFigure, Months
from schemas.standard import Standard
from vetting.scoring.counted import counted, of_merged
from vetting.scoring.evaluate import Evaluated
from vetting.scoring.measure import possibly_repeated
from vetting.scoring.tally import SELF_DECLARED, Floats
from vetting.store import Cursor
from vetting.store.merges import members

# A worker stands in one corridor for each figure: that of the latest report that tells it.
_CORRIDORS = """
, flagged AS NOT MATERIALIZED (
    SELECT agency_id, partner, origin_country, destination_country, w01, months, interview_date, recorded_at, report_id,
           coalesce('w' || worker_ref, 'r' || report_id) AS worker,
           {possibly_repeated} AS repeated
    FROM counted
), placed AS (
    SELECT *,
           row_number() OVER (
               PARTITION BY partner, agency_id, worker ORDER BY interview_date, recorded_at, report_id
           ) AS place
    FROM flagged
    WHERE repeated
), told AS (
    SELECT agency_id, partner, origin_country, destination_country, w01, months,
           TRUE AS latest, w01 IS NOT NULL AS tells_w01, months IS NOT NULL AS tells_months
    FROM flagged
    WHERE NOT repeated
    UNION ALL
    SELECT agency_id, partner, origin_country, destination_country, w01, months,
           place = max(place) OVER same_worker,
           w01 IS NOT NULL AND place = max(CASE WHEN w01 IS NOT NULL THEN place END) OVER same_worker,
           months IS NOT NULL AND place = max(CASE WHEN months IS NOT NULL THEN place END) OVER same_worker
    FROM placed
    WINDOW same_worker AS (PARTITION BY partner, agency_id, worker)
)
SELECT told.agency_id, told.origin_country, told.destination_country, kinds.kind = 'auditor' AS auditor,
       count(*) FILTER (latest) AS workers,
       count(*) FILTER (tells_w01) AS charged_n,
       count(*) FILTER (tells_w01 AND w01) AS charged,
       list(months) FILTER (tells_months) AS months
FROM told
JOIN kinds ON kinds.partner = told.partner
WHERE kinds.kind NOT IN (SELECT unnest($self_declared))
GROUP BY told.agency_id, told.origin_country, told.destination_country, kinds.kind = 'auditor'
ORDER BY told.agency_id, told.origin_country, told.destination_country, auditor
"""
_AGES = """
SELECT counted.agency_id, quantile_cont(date_diff('day', counted.interview_date, $as_of::DATE), 0.5) AS median_days
FROM counted
JOIN kinds ON kinds.partner = counted.partner
WHERE kinds.kind NOT IN (SELECT unnest($self_declared))
GROUP BY counted.agency_id
ORDER BY counted.agency_id
"""


@dataclass(frozen=True)
class Beside:
    """By agency_id; an agency without a counted worker is missing."""

    months: dict[str, Months]
    corridors: dict[str, list[CorridorFigure]]
    median_age_days: dict[str, float]


@dataclass
class _Corridor:
    workers: int = 0
    charged_n: int = 0
    charged: int = 0
    months: list[float] = field(default_factory=list)


def beside(db: Cursor, done: Evaluated) -> Beside:
    return Beside(
        months=months_by_agency(done),
        corridors=corridors_by_agency(db, done),
        median_age_days=median_age_by_agency(db, done),
    )


def months_by_agency(done: Evaluated) -> dict[str, Months]:
    """Months of wage per agency, over the workers eligible in W02; an agency without one is missing."""
    groups = done.groups
    in_w02 = done.joined("W02")[groups.agency]
    counts = np.where(groups.independent | (groups.auditor & in_w02), groups.months_counts, 0)
    chosen = np.repeat(counts > 0, groups.months_counts)
    owners, values = np.repeat(groups.agency, counts), groups.months[chosen]
    agencies, starts = np.unique(owners, return_index=True)
    ids, parts = done.ids, np.split(values, starts[1:])
    return {ids[int(row)]: months_of(part, done.standard) for row, part in zip(agencies, parts, strict=False)}


def months_of(values: Iterable[float] | Floats, standard: Standard) -> Months:
    """Median and 80th percentile by linear interpolation (the latter from n >= 50), and the mean: an exactly rounded
    sum, so that the order of reading cannot change its last digit."""
    ordered = np.sort(np.asarray(values, dtype=np.float64))
    if not ordered.size:
        return Months()
    return Months(
        n=ordered.size,
        median=_quantile(ordered, 0.5),
        p80=_quantile(ordered, 0.8) if ordered.size >= standard.disclosure.p80_from else None,
        mean=math.fsum(ordered.tolist()) / ordered.size,
    )


def corridors_by_agency(db: Cursor, done: Evaluated) -> dict[str, list[CorridorFigure]]:
    """Auditors' workers are in a corridor's figure where they are in the agency's indicator (W01, W02)."""
    in_w01, in_w02 = set(done.with_auditors("W01")), set(done.with_auditors("W02"))
    found: dict[tuple[str, str, str], _Corridor] = defaultdict(_Corridor)
    for agency, origin, destination, auditor, workers, charged_n, charged, months in counted_rows(db, _CORRIDORS, done):
        corridor = found[agency, origin, destination]
        corridor.workers += workers
        if not auditor or agency in in_w01:
            corridor.charged_n += charged_n
            corridor.charged += charged
        if not auditor or agency in in_w02:
            corridor.months += months or []
    figures: dict[str, list[CorridorFigure]] = defaultdict(list)
    for (agency, origin, destination), corridor in found.items():
        figure = CorridorFigure(
            origin=origin,
            destination=destination,
            workers=corridor.workers,
            charged_n=corridor.charged_n,
            charged=corridor.charged,
            months=months_of(corridor.months, done.standard),
        )
        figures[agency].append(figure)
    return figures


def median_age_by_agency(db: Cursor, done: Evaluated) -> dict[str, float]:
    """Days between the middle interview and the day of the score."""
    return dict(counted_rows(db, _AGES, done))


def _quantile(ordered: Floats, q: float) -> float:
    place = (ordered.size - 1) * q
    below = math.floor(place)
    low, high = float(ordered[below]), float(ordered[min(below + 1, ordered.size - 1)])
    return low + (place - below) * (high - low)


def counted_rows(db: Cursor, tail: str, done: Evaluated) -> list[Any]:
    """What a statement after `counted` says of these agencies, whose id is its first column: of everybody by the short
    road, then of merged agencies by the longer one, so that none of their entries stays."""
    values = done.parameters | {"self_declared": sorted(SELF_DECLARED)}
    joined = members(done.merged, set(done.merged.values()) & set(done.ids))
    rows = _counted(db, tail, values, merged=False)
    if not joined:
        return rows
    again = _counted(db, tail, values | of_merged(done.merged) | {"agencies": joined}, merged=True)
    return [row for row in rows if row[0] not in joined] + again


def _counted(db: Cursor, tail: str, values: dict[str, Any], *, merged: bool) -> list[Any]:
    some, blocks = "agencies" in values, "blocks" in values
    statement = counted(tail, some=some, blocks=blocks, merged=merged)
    repeated = possibly_repeated(some=some, rank_all=merged)
    return db.execute(statement.replace("{possibly_repeated}", repeated), values).fetchall()
