"""The rows of a partner's own batch as they were stored: a page at a time, or one from start to end. To nobody else."""

from typing import Any

from schemas.codes import Role
from schemas.single_report import OwnRow, OwnRows, Side
from schemas.viewer import Viewer
from vetting.disclosure.own import own_batch
from vetting.disclosure.roles import require
from vetting.disclosure.sides import sides
from vetting.refusals import NotFound
from vetting.store import Cursor
from vetting.store.answers import fetch_answers
from vetting.store.rows import fetch_records, fetch_rows

PAGE = 50
COUNT = "SELECT count(*) AS rows FROM evidence.report WHERE batch_id = $batch_id AND partner = $partner"
ROWS = """
WITH own AS (
    SELECT report.line, report.report_id, report.agency_id, report.origin_country, report.destination_country,
           report.interview_date, report.currency, report.paid AS amount_paid, batch.recorded_at
    FROM evidence.report AS report
    JOIN desk.batch AS batch ON batch.batch_id = report.batch_id
    WHERE report.batch_id = $batch_id AND report.partner = $partner
    ORDER BY report.line
    LIMIT $limit OFFSET $offset
), later AS (
    SELECT report.report_id, batch.recorded_at
    FROM evidence.report AS report
    JOIN desk.batch AS batch ON batch.batch_id = report.batch_id
    ANTI JOIN desk.batch_withdrawal AS gone ON gone.batch_id = report.batch_id
    WHERE report.partner = $partner AND report.report_id IN (SELECT own.report_id FROM own)
), newest AS (
    SELECT agency_id, arg_max(name, recorded_at) AS agency
    FROM desk.agency
    GROUP BY agency_id
)
SELECT own.line, own.report_id, newest.agency, own.origin_country, own.destination_country, own.interview_date,
       own.currency, own.amount_paid,
       max(later.recorded_at) FILTER (WHERE later.recorded_at > own.recorded_at) AS corrected_at
FROM own
JOIN newest ON newest.agency_id = own.agency_id
LEFT JOIN later ON later.report_id = own.report_id
GROUP BY ALL
ORDER BY own.line
"""
ONE = "SELECT * FROM evidence.report WHERE batch_id = $batch_id AND partner = $partner AND line = $line"


def own_rows(db: Cursor, viewer: Viewer, batch_id: str, *, page: int = 1) -> OwnRows:
    """A page of the reports stored from one's own batch, 50 at a time; a page beyond the last is the last.

    Raises NotPermitted, NotFound for a batch that is not the viewer's own.
    """
    whose = _whose(db, viewer, batch_id)
    total = int(fetch_rows(db, COUNT, whose)[0]["rows"])
    pages = max(1, -(-total // PAGE))
    page = min(max(page, 1), pages)
    rows = fetch_records(db, OwnRow, ROWS, whose | {"limit": PAGE, "offset": (page - 1) * PAGE})
    return OwnRows(rows=tuple(rows), total=total, page=page, pages=pages)


def own_row(db: Cursor, viewer: Viewer, batch_id: str, line: int) -> tuple[Side, ...]:
    """One of them, on this line of the file: what the partner wrote beside what was made of it.

    Raises NotPermitted, NotFound for a batch that is not the viewer's own, or a line no report was stored from.
    """
    found = fetch_rows(db, ONE, _whose(db, viewer, batch_id) | {"line": line})
    if not found:
        raise NotFound("No report was stored from this line of your file. Choose one from the list.")
    return sides(found[0], fetch_answers(db, batch_id).get("headers", {}))


def _whose(db: Cursor, viewer: Viewer, batch_id: str) -> dict[str, Any]:
    require(viewer, Role.PARTNER)
    own_batch(db, viewer, batch_id)
    return {"batch_id": batch_id, "partner": viewer.organisation}
