"""Putting reports into `evidence`, and knowing them again: current is what a standing batch holds."""

import polars as pl

from schemas.fee_report import columns
from vetting.scoring.answers import ANSWERS
from vetting.store.connect import Cursor
from vetting.store.merges import fetch_merged

STORED = ", ".join(("line", *columns(), "agency_id", "raw", "content_hash", "method", *ANSWERS))
INSERT = f"INSERT INTO evidence.report (batch_id, partner, {STORED}) SELECT $batch_id, $partner, {STORED} FROM incoming"
INSERT_QUARANTINE = """
INSERT INTO evidence.quarantine (batch_id, line, partner, report_id, raw)
SELECT $batch_id, line, $partner, report_id, raw
FROM incoming
"""
# The partner's current version of each incoming report.
KNOWN = """
SELECT report.report_id, report.content_hash, report.agency_id
FROM evidence.report AS report
JOIN desk.batch AS batch ON batch.batch_id = report.batch_id
ANTI JOIN desk.batch_withdrawal AS gone ON gone.batch_id = report.batch_id
WHERE report.partner = $partner
  AND report.report_id IN (SELECT incoming.report_id FROM incoming)
QUALIFY row_number() OVER (PARTITION BY report.report_id ORDER BY batch.recorded_at DESC) = 1
ORDER BY report.report_id
"""
KNOWN_QUARANTINE = """
SELECT DISTINCT waiting.report_id, waiting.raw
FROM evidence.quarantine AS waiting
JOIN desk.batch AS batch ON batch.batch_id = waiting.batch_id
ANTI JOIN desk.batch_withdrawal AS gone ON gone.batch_id = waiting.batch_id
WHERE waiting.partner = $partner
  AND hash(waiting.raw) IN (SELECT hash(incoming.raw) FROM incoming)
ORDER BY waiting.report_id, waiting.raw
"""
COUNT = """
SELECT
    (SELECT count(*) FROM evidence.report WHERE batch_id = $batch_id)
    + (SELECT count(*) FROM evidence.quarantine WHERE batch_id = $batch_id) AS rows
"""
DROP = (
    "DELETE FROM evidence.report WHERE batch_id = $batch_id",
    "DELETE FROM evidence.quarantine WHERE batch_id = $batch_id",
)
ORPHANS = """
SELECT batch_id
FROM (SELECT batch_id FROM evidence.report UNION SELECT batch_id FROM evidence.quarantine) AS stored
WHERE batch_id NOT IN (SELECT batch.batch_id FROM desk.batch AS batch)
ORDER BY batch_id
"""


def store_reports(db: Cursor, batch_id: str, partner: str, reports: pl.DataFrame) -> None:
    """Inside a transaction: rows with the columns STORED go in under their batch."""
    _with_incoming(db, INSERT, reports, {"batch_id": batch_id, "partner": partner})


def store_quarantine(db: Cursor, batch_id: str, partner: str, rows: pl.DataFrame) -> None:
    """Inside a transaction: `line`, `report_id` and `raw` of rows that wait for a person."""
    _with_incoming(db, INSERT_QUARANTINE, rows, {"batch_id": batch_id, "partner": partner})


def known_reports(db: Cursor, partner: str, reports: pl.DataFrame) -> pl.DataFrame:
    """`report_id`, `content_hash` and the agency, as it is today, of the current version of those reports that are
    stored already."""
    rows = _with_incoming(db, KNOWN, reports.select("report_id"), {"partner": partner})
    known = pl.DataFrame(rows, schema=["report_id", "content_hash", "agency_id"], orient="row")
    return known.cast(pl.String).with_columns(pl.col("agency_id").replace(fetch_merged(db)))


def known_quarantine(db: Cursor, partner: str, rows: pl.DataFrame) -> pl.DataFrame:
    """`report_id` and `raw` of those rows that wait for a person already."""
    found = _with_incoming(db, KNOWN_QUARANTINE, rows.select("raw"), {"partner": partner})
    return pl.DataFrame(found, schema={"report_id": pl.String, "raw": pl.String}, orient="row")


def count_rows(db: Cursor, batch_id: str) -> int:
    (row,) = db.execute(COUNT, {"batch_id": batch_id}).fetchall()
    return int(row[0])


def drop_rows(db: Cursor, batch_id: str) -> None:
    """Take back the rows of a batch that was never committed."""
    db.execute("BEGIN")
    try:
        for statement in DROP:
            db.execute(statement, {"batch_id": batch_id})
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise


def fetch_orphans(db: Cursor) -> list[str]:
    """Ids under which rows are stored and no batch is."""
    return [batch_id for (batch_id,) in db.execute(ORPHANS).fetchall()]


def _with_incoming(db: Cursor, statement: str, frame: pl.DataFrame, values: dict[str, str]) -> list[tuple[object, ...]]:
    if frame.is_empty():
        return []
    db.register("incoming", frame.to_arrow())
    try:
        return db.execute(statement, values).fetchall()
    finally:
        db.unregister("incoming")
