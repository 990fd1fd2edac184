"""What stands beside a score: months of wage, age of the evidence, corridors. Counted in SQL, over counted workers."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from schemas.score import CorridorFigure, Months
from schemas.standard import Standard
from vetting.scoring.counted import counted
from vetting.scoring.evaluate import Evaluated
from vetting.scoring.measure import REPEATED_WORKER
from vetting.scoring.tally import INDEPENDENT, SELF_DECLARED
from vetting.store import Cursor

# The latest report of a worker speaks where it is eligible: `latest` overall, `tells_w01`, `tells_months`.
_TOLD = """
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
           place = max(place) OVER worker_reports,
           w01 IS NOT NULL
               AND place = max(CASE WHEN w01 IS NOT NULL THEN place END) OVER worker_reports,
           months IS NOT NULL
               AND place = max(CASE WHEN months IS NOT NULL THEN place END) OVER worker_reports
    FROM placed
    WINDOW worker_reports AS (PARTITION BY partner, agency_id, worker)
)"""
# The mean is taken from an exact sum, so that the order of reading cannot change its last digit.
_MONTHS = """
SELECT told.agency_id,
       count(*) AS n,
       quantile_cont(told.months, [0.5, 0.8]) AS quantiles,
       sum(told.months::DECIMAL(38, 12)) AS total
FROM told
JOIN kinds ON kinds.partner = told.partner
WHERE told.tells_months
  AND (
      kinds.kind IN (SELECT unnest($independent))
      OR (kinds.kind = 'auditor' AND told.agency_id IN (SELECT unnest($with_auditors)))
  )
GROUP BY told.agency_id
ORDER BY told.agency_id
"""
_CORRIDORS = """
, sided AS (
    SELECT told.*,
           tells_w01 AND (
               kinds.kind <> 'auditor' OR told.agency_id IN (SELECT unnest($auditors_in_w01))
           ) AS in_w01,
           tells_months AND (
               kinds.kind <> 'auditor' OR told.agency_id IN (SELECT unnest($with_auditors))
           ) AS in_months
    FROM told
    JOIN kinds ON kinds.partner = told.partner
    WHERE kinds.kind NOT IN (SELECT unnest($self_declared))
)
SELECT agency_id, origin_country, destination_country,
       coalesce(count_if(latest), 0)::BIGINT AS workers,
       coalesce(count_if(in_w01), 0)::BIGINT AS charged_n,
       coalesce(count_if(in_w01 AND w01), 0)::BIGINT AS charged,
       coalesce(count_if(in_months), 0)::BIGINT AS months_n,
       quantile_cont(CASE WHEN in_months THEN months END, [0.5, 0.8]) AS quantiles,
       sum(CASE WHEN in_months THEN months::DECIMAL(38, 12) END) AS total
FROM sided
GROUP BY agency_id, origin_country, destination_country
HAVING bool_or(latest OR in_w01 OR in_months)
ORDER BY agency_id, origin_country, destination_country
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


def beside(db: Cursor, done: Evaluated) -> Beside:
    return Beside(
        months=months_by_agency(db, done),
        corridors=corridors_by_agency(db, done),
        median_age_days=median_age_by_agency(db, done),
    )


def months_by_agency(db: Cursor, done: Evaluated) -> dict[str, Months]:
    """Months of wage per agency, over the workers eligible in W02."""
    values = {"independent": sorted(INDEPENDENT), "with_auditors": done.with_auditors("W02")}
    return {
        agency: _months(n, quantiles, total, done.standard)
        for agency, n, quantiles, total in _rows(db, _TOLD + _MONTHS, done, values)
    }


def corridors_by_agency(db: Cursor, done: Evaluated) -> dict[str, list[CorridorFigure]]:
    """A worker stands in one corridor for each figure: that of the latest report that tells it. Auditors' workers are
    in a figure where they are in the agency's."""
    values = {
        "self_declared": sorted(SELF_DECLARED),
        "auditors_in_w01": done.with_auditors("W01"),
        "with_auditors": done.with_auditors("W02"),
    }
    found: dict[str, list[CorridorFigure]] = defaultdict(list)
    for agency, origin, destination, workers, charged_n, charged, n, quantiles, total in _rows(
        db, _TOLD + _CORRIDORS, done, values
    ):
        figure = CorridorFigure(
            origin=origin,
            destination=destination,
            workers=workers,
            charged_n=charged_n,
            charged=charged,
            months=_months(n, quantiles, total, done.standard),
        )
        found[agency].append(figure)
    return found


def median_age_by_agency(db: Cursor, done: Evaluated) -> dict[str, float]:
    """Days between the middle interview and the day of the score."""
    return dict(_rows(db, _AGES, done, {"self_declared": sorted(SELF_DECLARED)}))


def _months(n: int, quantiles: list[float] | None, total: Any, standard: Standard) -> Months:
    if not n or quantiles is None:
        return Months()
    p80 = quantiles[1] if n >= standard.disclosure.p80_from else None
    return Months(n=n, median=quantiles[0], p80=p80, mean=float(total / n))


def _rows(db: Cursor, tail: str, done: Evaluated, values: dict[str, Any]) -> list[Any]:
    statement = counted(tail, some="agencies" in done.parameters, blocks="blocks" in done.parameters)
    return db.execute(statement.replace("{possibly_repeated}", REPEATED_WORKER), done.parameters | values).fetchall()
