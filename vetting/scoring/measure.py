"""SQL counts: how many workers are eligible and adverse, per agency and partner, for all indicators in one pass.

Nothing is judged here. A worker whose key is not in desk.repeat has one report, which is counted as it stands; the
others are placed in order and, per indicator, the latest eligible report speaks.
"""

from collections.abc import Sequence
from typing import Any

import polars as pl

from vetting.scoring.counted import counted, months_before
from vetting.scoring.indicators import COLUMNS, GATES
from vetting.store import Cursor

# One sum per gate carries three counts side by side: adverse, of these verified, of these investigated.
FIELD = 21
WEIGHTS = {"adverse": 1, "verified": 1 + (1 << FIELD), "investigated": 1 + (1 << FIELD) + (1 << 2 * FIELD)}

# Over reports, not workers: how well the conditions of W03 to W05 are known, and what else stands beside a score.
OVER_REPORTS = {
    "charged": "charged::INTEGER",
    "charged_ruled": "(charged AND rule_in_force)::INTEGER",
    "known_w03": "(charged AND rule_in_force AND known_w03)::INTEGER",
    "known_w04": "(charged AND known_w04)::INTEGER",
    "known_w05": "(charged AND known_w05)::INTEGER",
    "state_items_only": "(charged AND state_items_only)::INTEGER",
    "two_currencies": "two_currencies::INTEGER",
}

_REPEATED_WORKER = (
    "hash(partner, agency_id, worker_ref) IN (SELECT hash(repeat.partner, repeat.agency_id, repeat.key) "
    "FROM desk.repeat AS repeat WHERE repeat.kind = 'worker')"
)
_WORKERS = """
, weighed AS NOT MATERIALIZED (
    SELECT counted.*,
           CASE verification WHEN 'self_report' THEN $adverse WHEN 'investigated' THEN $investigated
                ELSE $verified END AS weight,
           coalesce('w' || worker_ref, 'r' || report_id) AS worker,
           {possibly_repeated} AS repeated
    FROM counted
), coded AS NOT MATERIALIZED (
    SELECT weighed.agency_id, partner, worker, report_id, interview_date, weighed.recorded_at, repeated,
           {answers},
           w01 AND repaid IS NOT TRUE AS unrepaid,
           months,
           {openings},
           {over_reports},
           departed_month > $departed_from AND departed_month <= $as_of AS departed
    FROM weighed{cleared}
), placed AS (
    SELECT *,
           row_number() OVER (
               PARTITION BY partner, agency_id, worker ORDER BY interview_date, recorded_at, report_id
           ) AS place
    FROM coded
    WHERE repeated
), workers AS (
    SELECT agency_id, partner, interview_date AS newest, departed,
           {answers}, unrepaid, {opening}, months, {reports}
    FROM coded
    WHERE NOT repeated
    UNION ALL
    SELECT agency_id, partner, max(interview_date), bool_or(departed),
           {latest}, {summed}
    FROM placed
    GROUP BY agency_id, partner, worker
)
SELECT workers.agency_id, workers.partner, kinds.kind,
       count(*) AS workers,
       coalesce(count_if(departed), 0)::BIGINT AS departed,
       max(newest) AS newest,
       list(months) FILTER (months IS NOT NULL) AS months,
       {counts},
       coalesce(count_if(unrepaid), 0)::BIGINT AS unrepaid,
       {opening_sums},
       {report_sums}
FROM workers
JOIN kinds ON kinds.partner = workers.partner
GROUP BY workers.agency_id, workers.partner, kinds.kind
ORDER BY workers.agency_id, workers.partner
"""
# Adverse reports received up to a clearance no longer count towards opening; they stay in every share.
_CLEARED = (
    "\n    LEFT JOIN (\n        SELECT agency_id, "
    + ", ".join(f"max(recorded_at) FILTER (indicator = '{gate.code}') AS {gate.column}_at" for gate in GATES)
    + """
        FROM desk.clearance
        WHERE recorded_at <= $known_at
        GROUP BY agency_id
    ) AS cleared ON cleared.agency_id = weighed.agency_id"""
)
CLEARED_AGENCIES = """
SELECT DISTINCT agency_id
FROM desk.clearance
WHERE recorded_at <= $known_at
ORDER BY agency_id
"""


def possibly_repeated(*, some: bool, rank_all: bool = False) -> str:
    """Few agencies have few reports: ranking them all is cheaper than asking which are repeated."""
    return "TRUE" if some or rank_all else _REPEATED_WORKER


def measuring(*, some: bool, blocks: bool, cleared: bool, rank_all: bool = False) -> str:
    """The one statement that counts, assembled from constant parts."""
    opening = [f"open_{gate.column}" for gate in GATES]
    latest = [*COLUMNS, "unrepaid", *opening, "months"]
    parts = {
        "answers": ", ".join(COLUMNS),
        "openings": ",\n           ".join(_opening(gate.column, cleared) for gate in GATES),
        "over_reports": ", ".join(f"{sql} AS {name}" for name, sql in OVER_REPORTS.items()),
        "opening": ", ".join(opening),
        "reports": ", ".join(OVER_REPORTS),
        "latest": ", ".join(f"arg_max({column}, place)" for column in latest),
        "summed": ", ".join(f"sum({name})" for name in OVER_REPORTS),
        "counts": ", ".join(f"count({c}) AS n_{c}, coalesce(count_if({c}), 0)::BIGINT AS k_{c}" for c in COLUMNS),
        "opening_sums": ", ".join(f"coalesce(sum({column}), 0)::BIGINT AS {column}" for column in opening),
        "report_sums": ", ".join(f"coalesce(sum({name}), 0)::BIGINT AS {name}" for name in OVER_REPORTS),
        "cleared": _CLEARED if cleared else "",
        "possibly_repeated": possibly_repeated(some=some, rank_all=rank_all),
    }
    statement = _WORKERS
    for name, part in parts.items():
        statement = statement.replace("{" + name + "}", part)
    return counted(statement, some=some, blocks=blocks, rank_all=rank_all)


def _opening(column: str, cleared: bool) -> str:
    """What an answer adds to the opening of its gate; a repaid worker adds nothing to W01's."""
    closed = [f"NOT {column}"]
    closed += [f"weighed.recorded_at <= cleared.{column}_at"] if cleared else []
    closed += ["repaid"] if column == "w01" else []
    return (
        f"CASE WHEN {column} IS NULL THEN NULL WHEN {' OR '.join(closed)} THEN 0 ELSE weight END::BIGINT "
        f"AS open_{column}"
    )


def measure(db: Cursor, parameters: dict[str, Any], *, rank_all: bool = False) -> pl.DataFrame:
    """One row per agency and partner with a counted worker: kind, workers, n_ and k_ of each indicator, the openings of
    the gates, everybody's months of wage, and counts over reports. `parameters` come from `counted.window`."""
    values = parameters | WEIGHTS | {"departed_from": months_before(parameters["as_of"], 12)}
    some, blocks = "agencies" in parameters, "blocks" in parameters
    rows = db.execute(measuring(some=some, blocks=blocks, cleared=False, rank_all=rank_all), values).pl()
    touched = _cleared_agencies(db, parameters)
    if touched:
        again = measuring(some=True, blocks=blocks, cleared=True, rank_all=rank_all)
        corrected = db.execute(again, values | {"agencies": touched}).pl()
        rows = pl.concat([rows.filter(~pl.col("agency_id").is_in(touched)), corrected]).sort("agency_id", "partner")
    return rows


def _cleared_agencies(db: Cursor, parameters: dict[str, Any]) -> list[str]:
    rows = db.execute(CLEARED_AGENCIES, {"known_at": parameters["known_at"]}).fetchall()
    asked: Sequence[str] | None = parameters.get("agencies")
    return [agency for (agency,) in rows if asked is None or agency in asked]
