"""What the desk keeps of a batch: its counts, the agencies it touched, its problems, and the keys that repeat."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import polars as pl

from schemas.batch import Batch
from schemas.problem import Problem
from vetting.refusals import NotFound
from vetting.store.act import Moment
from vetting.store.connect import Cursor
from vetting.store.rows import fetch_records

COLUMNS = (
    "batch_id, recorded_at, partner, actor, file_name, file_hash, method, row_count, accepted, quarantined, refused, "
    "warnings, superseded, duplicates"
)
ONE = """
SELECT
    batch.batch_id, batch.recorded_at, batch.partner, batch.actor, batch.file_name, batch.file_hash, batch.method,
    batch.row_count, batch.accepted, batch.quarantined, batch.refused, batch.warnings, batch.superseded,
    batch.duplicates, gone.recorded_at AS withdrawn_at, gone.reason AS withdrawal_reason
FROM desk.batch AS batch
LEFT JOIN desk.batch_withdrawal AS gone ON gone.batch_id = batch.batch_id
WHERE batch.batch_id = $batch_id
"""
# A correction may have moved a report from one agency to another: both are touched by its coming and its going.
TOUCHED = """
SELECT touched.agency_id
FROM desk.batch_agency AS touched
WHERE touched.batch_id = $batch_id
UNION
SELECT version.agency_id
FROM desk.batch AS batch
JOIN evidence.report AS report ON report.batch_id = batch.batch_id
JOIN desk.repeat AS version
    ON version.kind = 'report' AND version.partner = batch.partner AND version.key = report.report_id
WHERE batch.batch_id = $batch_id
ORDER BY agency_id
"""
# Changes whenever a batch of the partner comes or goes.
STATE = """
SELECT
    (SELECT max(recorded_at) FROM desk.batch WHERE partner = $partner) AS newest,
    (
        SELECT max(gone.recorded_at)
        FROM desk.batch_withdrawal AS gone
        JOIN desk.batch AS batch ON batch.batch_id = gone.batch_id
        WHERE batch.partner = $partner
    ) AS newest_withdrawal
"""
INSERT = f"""
INSERT INTO desk.batch ({COLUMNS})
VALUES ($batch_id, $recorded_at, $partner, $actor, $file_name, $file_hash, $method, $row_count, $accepted,
        $quarantined, $refused, $warnings, $superseded, $duplicates)
"""
NAMING = "SELECT count(DISTINCT batch_id) FROM desk.batch_agency WHERE agency_id IN (SELECT unnest($agencies))"
INSERT_AGENCIES = """
INSERT INTO desk.batch_agency (batch_id, agency_id, reports)
SELECT $batch_id, agency_id, reports
FROM touched_agencies
ORDER BY agency_id
"""
INSERT_PROBLEMS = """
INSERT INTO desk.problem (batch_id, position, line, column_name, letter, value, code, severity, message)
SELECT $batch_id, position, line, column_name, letter, value, code, severity, message
FROM batch_problems
ORDER BY position
"""
# Keys of the new batch that another stored report bears: of its partner's other batches, or of the batch itself.
INSERT_REPEATS = """
INSERT INTO desk.repeat (kind, partner, agency_id, key, recorded_at)
WITH stored AS (
    SELECT report.batch_id, report.report_id, report.agency_id, report.worker_ref
    FROM evidence.report AS report
    WHERE report.partner = $partner
      AND (
          report.batch_id = $batch_id
          OR report.batch_id IN (SELECT batch.batch_id FROM desk.batch AS batch WHERE batch.partner = $partner)
      )
), fresh AS (
    SELECT stored.report_id, stored.agency_id, stored.worker_ref
    FROM stored
    WHERE stored.batch_id = $batch_id
), repeats AS (
    SELECT DISTINCT 'report' AS kind, stored.agency_id, stored.report_id AS key
    FROM stored
    WHERE stored.report_id IN (SELECT fresh.report_id FROM fresh)
    QUALIFY count(*) OVER (PARTITION BY stored.report_id) > 1
    UNION ALL
    SELECT 'worker' AS kind, stored.agency_id, stored.worker_ref AS key
    FROM stored
    WHERE (stored.agency_id, stored.worker_ref) IN (
        SELECT (fresh.agency_id, fresh.worker_ref) FROM fresh WHERE fresh.worker_ref IS NOT NULL
    )
    GROUP BY stored.agency_id, stored.worker_ref
    HAVING count(*) > 1
)
SELECT repeats.kind, $partner, repeats.agency_id, repeats.key, $recorded_at
FROM repeats
ANTI JOIN desk.repeat AS known
    ON known.kind = repeats.kind
    AND known.partner = $partner
    AND known.agency_id = repeats.agency_id
    AND known.key = repeats.key
ORDER BY repeats.kind, repeats.agency_id, repeats.key
"""
INSERT_WITHDRAWAL = """
INSERT INTO desk.batch_withdrawal (batch_id, recorded_at, actor, reason)
VALUES ($batch_id, $recorded_at, $actor, $reason)
"""
PROBLEM_COLUMNS = {
    "position": pl.Int64, "line": pl.Int64, "column_name": pl.String, "letter": pl.String, "value": pl.String,
    "code": pl.String, "severity": pl.String, "message": pl.String,
}  # fmt: skip


def fetch_batch(db: Cursor, batch_id: str) -> Batch:
    """One batch, whoever sent it; NotFound when there is none."""
    found = fetch_records(db, Batch, ONE, {"batch_id": batch_id})
    if not found:
        raise NotFound(f"There is no batch {batch_id!r}. A batch's receipt names its id.")
    return found[0]


def fetch_touched(db: Cursor, batch_id: str) -> list[str]:
    """The agencies whose scores a batch changes: those it reports on, and those that other versions of its reports are
    about."""
    return [agency_id for (agency_id,) in db.execute(TOUCHED, {"batch_id": batch_id}).fetchall()]


def partner_state(db: Cursor, partner: str) -> tuple[datetime | None, datetime | None]:
    """Two equal states have the same batches of the partner, none come and none gone."""
    (state,) = db.execute(STATE, {"partner": partner}).fetchall()
    return state[0], state[1]


def save_batch(moment: Moment, batch: Batch, agencies: Mapping[str, int], problems: Sequence[Problem]) -> None:
    """Inside an act: the batch, its agencies with their numbers of reports, its problems, and the keys that repeat."""
    kept = batch.model_dump(exclude={"withdrawn_at", "withdrawal_reason"})
    moment.db.execute(INSERT, kept)
    touched = pl.DataFrame({"agency_id": list(agencies), "reports": list(agencies.values())},
                           schema={"agency_id": pl.String, "reports": pl.Int64})  # fmt: skip
    _insert(moment.db, INSERT_AGENCIES, "touched_agencies", touched, {"batch_id": batch.batch_id})
    rows = [
        (place, each.line, each.column, each.letter, each.value, each.code, each.severity.value, each.message)
        for place, each in enumerate(problems)
    ]
    frame = pl.DataFrame(rows, schema=PROBLEM_COLUMNS, orient="row")
    _insert(moment.db, INSERT_PROBLEMS, "batch_problems", frame, {"batch_id": batch.batch_id})
    keys = {"partner": batch.partner, "batch_id": batch.batch_id, "recorded_at": batch.recorded_at}
    moment.db.execute(INSERT_REPEATS, keys)


def count_batches_naming(db: Cursor, agencies: Sequence[str]) -> int:
    """How many batches, withdrawn ones too, hold reports on any of these."""
    (found,) = db.execute(NAMING, {"agencies": list(agencies)}).fetchone() or (0,)
    return int(found)


def save_withdrawal(moment: Moment, batch_id: str, *, actor: str, reason: str) -> None:
    values = {"batch_id": batch_id, "recorded_at": moment.recorded_at, "actor": actor, "reason": reason}
    moment.db.execute(INSERT_WITHDRAWAL, values)


def _insert(db: Cursor, statement: str, name: str, frame: pl.DataFrame, values: Mapping[str, Any]) -> None:
    if frame.is_empty():
        return
    db.register(name, frame.to_arrow())
    try:
        db.execute(statement, dict(values))
    finally:
        db.unregister(name)
