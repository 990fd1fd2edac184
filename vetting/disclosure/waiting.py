"""Which rows of this partner still wait for its answer? Its own, with what is wrong; of others', reviewers see counts.

A row waits until a report of the same number is accepted in a later batch, its batch is withdrawn, or the partner
leaves it out. Sent again and still not understood, it waits at its newest place only.
"""

import json
from collections.abc import Collection, Sequence
from typing import Any

from schemas.codes import Role, Severity
from schemas.problem import Problem
from schemas.record import Record
from schemas.viewer import Viewer
from schemas.waiting import WaitingFile, WaitingPage, WaitingRow
from vetting.disclosure.roles import require
from vetting.store import Cursor
from vetting.store.rows import fetch_records, fetch_rows

PAGE = 50
# `open`: each row that is neither answered by a later report nor sent again; `reason` where it was left out.
OPEN = """
WITH standing AS (
    SELECT batch.batch_id, batch.partner, batch.recorded_at, batch.file_name
    FROM desk.batch AS batch
    ANTI JOIN desk.batch_withdrawal AS gone ON gone.batch_id = batch.batch_id
    WHERE $partner IS NULL OR batch.partner = $partner
), sent AS (
    SELECT standing.*, quarantine.line, quarantine.report_id, quarantine.raw
    FROM evidence.quarantine AS quarantine
    JOIN standing ON standing.batch_id = quarantine.batch_id
), accepted AS (
    SELECT standing.partner, report.report_id, max(standing.recorded_at) AS recorded_at
    FROM evidence.report AS report
    JOIN standing ON standing.batch_id = report.batch_id
    WHERE (standing.partner, report.report_id) IN (SELECT (sent.partner, sent.report_id) FROM sent)
    GROUP BY standing.partner, report.report_id
), again AS (
    SELECT sent.partner, sent.report_id, max(sent.recorded_at) AS recorded_at
    FROM sent
    GROUP BY sent.partner, sent.report_id
), decided AS (
    SELECT batch_id, line, dismissed, reason
    FROM desk.quarantine_dismissal
    QUALIFY row_number() OVER (PARTITION BY batch_id, line ORDER BY recorded_at DESC) = 1
), open AS (
    SELECT sent.*, decided.reason
    FROM sent
    LEFT JOIN accepted ON accepted.partner = sent.partner AND accepted.report_id = sent.report_id
    LEFT JOIN again ON again.partner = sent.partner AND again.report_id = sent.report_id
    LEFT JOIN decided ON decided.batch_id = sent.batch_id AND decided.line = sent.line AND decided.dismissed
    WHERE (accepted.recorded_at IS NULL OR accepted.recorded_at < sent.recorded_at)
      AND (again.recorded_at IS NULL OR again.recorded_at = sent.recorded_at)
)
"""
FILES = f"""
{OPEN}
SELECT
    batch_id, recorded_at, file_name, count(*) FILTER (WHERE reason IS NULL) AS waiting,
    count(*) FILTER (WHERE reason IS NOT NULL) AS left_out
FROM open
GROUP BY batch_id, recorded_at, file_name
ORDER BY recorded_at DESC
"""
ROWS = f"""
{OPEN}
SELECT batch_id, recorded_at, file_name, line, report_id, reason
FROM open
WHERE (reason IS NOT NULL) = $left_out AND ($batch_id IS NULL OR batch_id = $batch_id)
ORDER BY recorded_at DESC, line
LIMIT $limit OFFSET $offset
"""
TEXTS = f"""
{OPEN}
SELECT line, raw
FROM open
WHERE reason IS NULL AND batch_id = $batch_id AND ($lines IS NULL OR list_contains($lines, line))
ORDER BY line
"""
LINES = f"""
{OPEN}
SELECT line
FROM open
WHERE (reason IS NOT NULL) = $left_out AND batch_id = $batch_id
ORDER BY line
"""
COUNTS = f"""
{OPEN}
SELECT
    partner, count(*) FILTER (WHERE reason IS NULL) AS waiting, count(*) FILTER (WHERE reason IS NOT NULL) AS left_out
FROM open
GROUP BY partner
ORDER BY partner
"""
PROBLEMS = """
SELECT batch_id, line, column_name AS column, letter, value, code, severity, message
FROM desk.problem
WHERE batch_id IN (SELECT unnest($batches)) AND line IN (SELECT unnest($lines)) AND severity = $severity
ORDER BY batch_id, position
"""


class WaitingCounts(Record):
    """How many rows of one partner wait: all that reviewers see of them."""

    partner: str
    waiting: int
    left_out: int


def own_waiting_files(db: Cursor, viewer: Viewer) -> list[WaitingFile]:
    """The viewer's own batches of which rows still wait or were left out, newest first."""
    require(viewer, Role.PARTNER)
    return fetch_records(db, WaitingFile, FILES, {"partner": viewer.organisation})


def own_waiting(
    db: Cursor, viewer: Viewer, *, batch_id: str | None = None, left_out: bool = False, page: int = 1
) -> WaitingPage:
    """A page of the viewer's own rows, newest batch first, with what is wrong with each; or of those left out."""
    files = [each for each in own_waiting_files(db, viewer) if batch_id in (None, each.batch_id)]
    total = sum(each.left_out if left_out else each.waiting for each in files)
    pages = max(1, -(-total // PAGE))
    page = min(max(page, 1), pages)
    asked = {"partner": viewer.organisation, "batch_id": batch_id, "left_out": left_out}
    rows = fetch_records(db, WaitingRow, ROWS, asked | {"limit": PAGE, "offset": (page - 1) * PAGE})
    return WaitingPage(rows=tuple(_with_problems(db, rows)), total=total, page=page, pages=pages)


def own_waiting_lines(db: Cursor, viewer: Viewer, batch_id: str, *, left_out: bool = False) -> list[int]:
    """The lines of one's own batch that still wait, or those left out; none of another's."""
    require(viewer, Role.PARTNER)
    asked = {"partner": viewer.organisation, "batch_id": batch_id, "left_out": left_out}
    return [row["line"] for row in fetch_rows(db, LINES, asked)]


def own_waiting_texts(
    db: Cursor, viewer: Viewer, batch_id: str, lines: Collection[int] | None = None
) -> list[dict[str, str]]:
    """What the partner wrote in the rows of a batch that still wait (all, or those on `lines`): its headers to its
    texts, blank cells left out."""
    require(viewer, Role.PARTNER)
    asked = {"partner": viewer.organisation, "batch_id": batch_id, "lines": None if lines is None else list(lines)}
    return [json.loads(row["raw"]) for row in fetch_rows(db, TEXTS, asked)]


def waiting_counts(db: Cursor, viewer: Viewer) -> list[WaitingCounts]:
    """How many rows of each partner wait, for reviewers."""
    require(viewer, Role.REVIEWER)
    return fetch_records(db, WaitingCounts, COUNTS, {"partner": None})


def _with_problems(db: Cursor, rows: Sequence[WaitingRow]) -> list[WaitingRow]:
    """Each with the problems it waits for; warnings stop nothing and are left out."""
    asked = {"batches": sorted({row.batch_id for row in rows}), "lines": sorted({row.line for row in rows})}
    found: dict[tuple[str, int], list[Problem]] = {}
    for row in fetch_rows(db, PROBLEMS, asked | {"severity": Severity.QUARANTINE.value}) if rows else []:
        said: dict[str, Any] = row
        found.setdefault((said.pop("batch_id"), said["line"]), []).append(Problem.model_validate(said))
    return [row.model_copy(update={"problems": tuple(found.get((row.batch_id, row.line), ()))}) for row in rows]
