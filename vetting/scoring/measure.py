"""SQL counts: how many workers are eligible and adverse, per agency and partner, for all indicators in one pass.

Nothing is judged here. A worker whose key is not in desk.repeat has one report, which is counted as it stands; the
others are placed in order and, per indicator, the latest eligible report speaks.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

import polars as pl

from schemas.clocks import months_before
from vetting.scoring.clearances import Covered, fetch_cleared, fetch_covered
from vetting.scoring.counted import counted, of_merged
from vetting.scoring.indicators import COLUMNS, GATES
from vetting.store import Cursor
from vetting.store.merges import members

NOTHING_MERGED: Mapping[str, str] = MappingProxyType({})
# Over reports, not workers: how well the conditions of W03 to W05 are known, and what else stands beside a score.
OVER_REPORTS = {
    "charged": "charged",
    "charged_ruled": "(charged AND rule_in_force)",
    "known_w03": "(charged AND rule_in_force AND known_w03)",
    "known_w04": "(charged AND known_w04)",
    "known_w05": "(charged AND known_w05)",
    "state_items_only": "(charged AND state_items_only)",
    "two_currencies": "two_currencies",
}

_REPEATED_WORKER = (
    "hash(partner, counted.agency_id, worker_ref) IN (SELECT hash(repeat.partner, repeat.agency_id, repeat.key) "
    "FROM desk.repeat AS repeat WHERE repeat.kind = 'worker'{of_some})"
)
_OF_SOME = " AND repeat.agency_id IN (SELECT unnest($agencies))"
_WORKERS = """
, coded AS NOT MATERIALIZED (
    SELECT counted.agency_id, partner, report_id, interview_date, counted.recorded_at,
           coalesce('w' || worker_ref, 'r' || report_id) AS worker,
           {possibly_repeated} AS repeated,
           departed_month > $departed_from AND departed_month <= $as_of AS departed,
           months,
           {answers},
           w01 AND repaid IS NOT TRUE AS unrepaid,
           {opening},
           verification <> 'self_report' AS verified,
           verification = 'investigated' AS investigated,
           {over_reports}
    FROM counted{cleared}
), placed AS (
    SELECT *,
           row_number() OVER (
               PARTITION BY partner, agency_id, worker ORDER BY interview_date, recorded_at, report_id
           ) AS place
    FROM coded
    WHERE repeated
), singles AS (
    SELECT agency_id, partner,
           count(*) AS workers,
           sum(departed) AS departed,
           max(interview_date) AS newest,
           list(months) FILTER (months IS NOT NULL) AS months,
           {counts},
           {sums_of_singles}
    FROM coded
    WHERE NOT repeated
    GROUP BY agency_id, partner
), latest AS (
    SELECT agency_id, partner,
           bool_or(departed) AS departed,
           max(interview_date) AS newest,
           arg_max(months, place) AS months,
           {latest}
    FROM placed
    GROUP BY agency_id, partner, worker
), several AS (
    SELECT agency_id, partner,
           count(*) AS workers,
           sum(departed) AS departed,
           max(newest) AS newest,
           list(months) FILTER (months IS NOT NULL) AS months,
           {counts},
           {sums}
    FROM latest
    GROUP BY agency_id, partner
), workers AS (
    SELECT * FROM singles
    UNION ALL
    SELECT * FROM several
)
SELECT workers.*, kinds.kind
FROM workers
JOIN kinds ON kinds.partner = workers.partner
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
    ) AS cleared ON cleared.agency_id = counted.agency_id"""
)
# Of merged entries, each is cleared of what reviewers saw of it.
_COVERED = _CLEARED.replace(
    """desk.clearance
        WHERE recorded_at <= $known_at""",
    """(
            SELECT unnest(CAST($covered AS VARCHAR[])) AS agency_id,
                   unnest(CAST($indicators AS VARCHAR[])) AS indicator,
                   unnest(CAST($moments AS TIMESTAMP[])) AS recorded_at
        )""",
).replace("= counted.agency_id", "= counted.entry_id")


def possibly_repeated(*, some: bool, rank_all: bool = False) -> str:
    """Whom to rank: workers whose key more than one report bears, or, with `rank_all`, everybody, which must make no
    difference. Keys are listed under the entries' own ids, which merged entries no longer bear: those ask for all."""
    return "TRUE" if rank_all else _REPEATED_WORKER.replace("{of_some}", _OF_SOME if some else "")


def measuring(*, some: bool, blocks: bool, cleared: bool, rank_all: bool = False, merged: bool = False) -> str:
    """The one statement that counts, assembled from constant parts."""
    clearing = _COVERED if merged else _CLEARED
    gates = [gate.column for gate in GATES]
    verified = {
        f"{level}_{column}": f"open_{column} AND {level}" for level in ("verified", "investigated") for column in gates
    }
    once = ["unrepaid", *(f"open_{column}" for column in gates)]
    # Reviewers are told of an adverse answer though the same worker's latest takes it back; not of one repaid since.
    told = {f"told_{column}": f"open_{column}" for column in gates}
    ever = {name: f"bool_or({column})" for name, column in told.items()}
    ever["told_w01"] += " AND arg_max(unrepaid OR NOT w01, place)"
    latest = {column: f"arg_max({column}, place)" for column in (*COLUMNS, *once)}
    latest |= {f"{name}": f"arg_max({sql}, place) FILTER ({name[-3:]} IS NOT NULL)" for name, sql in verified.items()}
    latest |= ever | {name: f"sum({name})" for name in OVER_REPORTS}
    parts = {
        "answers": ", ".join(COLUMNS),
        "opening": ", ".join(_opening(column, cleared) for column in gates),
        "over_reports": ", ".join(f"{sql} AS {name}" for name, sql in OVER_REPORTS.items()),
        "counts": ", ".join(f"count({column}) AS n_{column}, sum({column}) AS k_{column}" for column in COLUMNS),
        "sums_of_singles": ", ".join(
            f"sum({sql}) AS {name}" for name, sql in (_same(once) | told | verified | _same(OVER_REPORTS)).items()
        ),
        "latest": ", ".join(f"{sql} AS {name}" for name, sql in latest.items()),
        "sums": ", ".join(f"sum({name}) AS {name}" for name in (*once, *told, *verified, *OVER_REPORTS)),
        "cleared": clearing if cleared else "",
        "possibly_repeated": possibly_repeated(some=some, rank_all=rank_all or merged),
    }
    statement = _WORKERS
    for name, part in parts.items():
        statement = statement.replace("{" + name + "}", part)
    return counted(statement, some=some, blocks=blocks, rank_all=rank_all, merged=merged)


def _same(names: Iterable[str]) -> dict[str, str]:
    return {name: name for name in names}


def _opening(column: str, cleared: bool) -> str:
    """Does an adverse answer count towards opening its gate? A repaid worker's does not in W01."""
    closed = [f"coalesce(counted.recorded_at <= cleared.{column}_at, FALSE)"] if cleared else []
    closed += ["coalesce(repaid, FALSE)"] if column == "w01" else []
    opens = f"CASE WHEN {column} THEN NOT ({' OR '.join(closed)}) ELSE {column} END" if closed else column
    return f"{opens} AS open_{column}"


def measure(
    db: Cursor, parameters: dict[str, Any], merged: Mapping[str, str] = NOTHING_MERGED, *, rank_all: bool = False
) -> pl.DataFrame:
    """One row per agency and partner with a counted worker: kind, workers, n_ and k_ of each indicator, the openings of
    the gates and whom reviewers are told of, everybody's months of wage, and counts over reports. `parameters` come
    from `counted.window`; `merged` says which entries are part of another agency as known at K.

    Everybody is measured by the short road; the few that were cleared of a gate or merged, again by a longer one.
    """
    values = parameters | {"departed_from": months_before(parameters["as_of"], 12)}
    some, blocks = "agencies" in parameters, "blocks" in parameters
    rows = _added_up(db, measuring(some=some, blocks=blocks, cleared=False, rank_all=rank_all), values)
    joined = members(merged, _asked(set(merged.values()), parameters))
    cleared = sorted(_asked(fetch_cleared(db, parameters["known_at"]) - set(joined), parameters))
    if cleared:
        again = measuring(some=True, blocks=blocks, cleared=True, rank_all=rank_all)
        rows = _corrected(rows, cleared, _added_up(db, again, values | {"agencies": cleared}))
    if joined:
        covered = fetch_covered(db, merged, joined, parameters["known_at"])
        again = measuring(some=True, blocks=blocks, cleared=True, rank_all=rank_all, merged=True)
        values |= {"agencies": joined} | of_merged(merged) | _columns_of(covered)
        rows = _corrected(rows, joined, _added_up(db, again, values))
    return rows


def _asked(agencies: set[str], parameters: dict[str, Any]) -> set[str]:
    return agencies & set(parameters["agencies"]) if "agencies" in parameters else agencies


def _corrected(rows: pl.DataFrame, agencies: list[str], again: pl.DataFrame) -> pl.DataFrame:
    return pl.concat([rows.filter(~pl.col("agency_id").is_in(agencies)), again]).sort("agency_id", "partner")


def _columns_of(covered: Iterable[Covered]) -> dict[str, Any]:
    entries, indicators, moments = [], [], []
    for entry, indicator, recorded_at in covered:
        entries.append(entry)
        indicators.append(indicator)
        moments.append(recorded_at)
    return {"covered": entries, "indicators": indicators, "moments": moments}


def _added_up(db: Cursor, statement: str, values: dict[str, Any]) -> pl.DataFrame:
    """Workers with one report and workers with several, together. Nobody's answers add up to 0."""
    keys, others = ["agency_id", "partner", "kind"], ["newest", "months"]
    rows = db.execute(statement, values).pl()
    return rows.group_by(keys, maintain_order=True).agg(
        pl.col("newest").max(),
        pl.col("months").explode().drop_nulls(),
        pl.exclude(*keys, *others).cast(pl.Int64).sum(),
    )
