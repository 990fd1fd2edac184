"""What has this partner sent, and what became of it? Its own batches, problems and receipts; of others, nothing.

Reviewers see how much each partner sent, and no more.
"""

from datetime import date, datetime

from schemas.batch import Batch, CheckResult, Receipt, TouchedAgency
from schemas.codes import Role
from schemas.problem import Problem
from schemas.record import Record
from schemas.setting import Retention
from schemas.viewer import Viewer
from vetting.disclosure.roles import require
from vetting.refusals import NotFound
from vetting.scoring.score import own_workers
from vetting.store import Cursor
from vetting.store.merges import recorded_as
from vetting.store.rows import fetch_records, fetch_rows
from vetting.store.settings import fetch_settings

BATCHES = """
SELECT
    batches.batch_id, batches.recorded_at, batches.partner, batches.actor, batches.file_name, batches.file_hash,
    batches.method, batches.row_count, batches.accepted, batches.quarantined, batches.refused, batches.warnings,
    batches.superseded, batches.duplicates, gone.recorded_at AS withdrawn_at, gone.reason AS withdrawal_reason
FROM desk.batch AS batches
LEFT JOIN desk.batch_withdrawal AS gone ON gone.batch_id = batches.batch_id
WHERE batches.partner = $partner AND ($batch_id IS NULL OR batches.batch_id = $batch_id)
ORDER BY batches.recorded_at DESC
"""
PROBLEMS = """
SELECT line, column_name AS column, letter, value, code, severity, message
FROM desk.problem
WHERE batch_id = $batch_id
ORDER BY position
"""
TOUCHED = """
WITH newest AS (
    SELECT agency_id, name, licence
    FROM desk.agency
    QUALIFY row_number() OVER (PARTITION BY agency_id ORDER BY recorded_at DESC) = 1
)
SELECT touched.agency_id, newest.name, newest.licence, touched.reports
FROM desk.batch_agency AS touched
JOIN newest ON newest.agency_id = touched.agency_id
WHERE touched.batch_id = $batch_id
ORDER BY newest.name, touched.agency_id
"""
COUNTS = """
SELECT
    batches.partner, count(*) AS batches, count(gone.batch_id) AS withdrawn,
    CAST(sum(batches.row_count) AS BIGINT) AS rows, CAST(sum(batches.accepted) AS BIGINT) AS accepted,
    CAST(sum(batches.quarantined) AS BIGINT) AS quarantined, CAST(sum(batches.refused) AS BIGINT) AS refused,
    max(batches.recorded_at) AS newest
FROM desk.batch AS batches
LEFT JOIN desk.batch_withdrawal AS gone ON gone.batch_id = batches.batch_id
GROUP BY batches.partner
ORDER BY batches.partner
"""


class PartnerCounts(Record):
    """How much one partner sent: what reviewers see of batches."""

    partner: str
    batches: int
    withdrawn: int
    rows: int
    accepted: int
    quarantined: int
    refused: int
    newest: datetime


def own_batches(db: Cursor, viewer: Viewer) -> list[Batch]:
    """Every batch of the viewer's own organisation, newest first, withdrawn ones too."""
    require(viewer, Role.PARTNER)
    return fetch_records(db, Batch, BATCHES, {"partner": viewer.organisation, "batch_id": None})


def own_batch(db: Cursor, viewer: Viewer, batch_id: str) -> Batch:
    """One batch of the viewer's own; NotFound for another's as for one that never was."""
    require(viewer, Role.PARTNER)
    found = fetch_records(db, Batch, BATCHES, {"partner": viewer.organisation, "batch_id": batch_id})
    if not found:
        raise NotFound("You have sent no such batch. Choose one from your list of batches.")
    return found[0]


def own_receipt(db: Cursor, viewer: Viewer, batch_id: str, *, today: date) -> Receipt:
    """The receipt of one's own batch: every problem it had, the agencies it touched, and how many of one's own workers
    count there today."""
    batch = own_batch(db, viewer, batch_id)
    touched = fetch_rows(db, TOUCHED, {"batch_id": batch_id})
    said = recorded_as(db)
    agencies = [row["agency_id"] for row in touched]
    count = own_workers(db, partner=batch.partner, agencies=agencies, as_of=today) if agencies else {}
    return Receipt(
        batch_id=batch_id,
        result=CheckResult(
            rows=batch.row_count,
            accepted=batch.accepted,
            quarantined=batch.quarantined,
            refused=batch.refused,
            file_refused=False,
            problems=tuple(fetch_records(db, Problem, PROBLEMS, {"batch_id": batch_id})),
        ),
        superseded=batch.superseded,
        duplicates=batch.duplicates,
        agencies=tuple(
            TouchedAgency(**row, own_workers=count.get(row["agency_id"], 0), recorded_as=said.get(row["agency_id"], ""))
            for row in touched
        ),
    )


def own_retention(db: Cursor, viewer: Viewer) -> Retention:
    """How long what partners send is kept."""
    require(viewer, Role.PARTNER)
    return fetch_settings(db)


def partner_counts(db: Cursor, viewer: Viewer) -> list[PartnerCounts]:
    """How much each partner sent, for reviewers."""
    require(viewer, Role.REVIEWER)
    return fetch_records(db, PartnerCounts, COUNTS, {})
