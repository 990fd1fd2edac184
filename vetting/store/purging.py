"""Which rows does a purge delete? They follow from its own row in the desk, the same before a crash and after it.

A report goes in all its versions, when the one that stands (else the newest) tells of an interview so long ago.
"""

import polars as pl

from schemas.problem_codes import PROBLEMS
from schemas.purge import Purge, PurgeCounts, PurgeKind, Reach
from vetting.store.connect import Cursor
from vetting.store.passes import KEY
from vetting.store.rows import fetch_records, fetch_rows

_BATCHES = """
WITH batches AS (
    SELECT batch.batch_id, batch.recorded_at, gone.batch_id IS NOT NULL AS withdrawn
    FROM desk.batch AS batch
    LEFT JOIN desk.batch_withdrawal AS gone
        ON gone.batch_id = batch.batch_id AND gone.recorded_at <= $recorded_at
    WHERE batch.recorded_at <= $recorded_at
), """
_OF_AGE = f"""{_BATCHES} versions AS (
    SELECT report.batch_id, report.report_id, report.partner, report.agency_id, report.interview_date,
           batches.recorded_at,
           row_number() OVER (
               PARTITION BY report.partner, report.report_id
               ORDER BY batches.withdrawn, batches.recorded_at DESC, report.batch_id DESC
           ) AS place
    FROM evidence.report AS report
    JOIN batches ON batches.batch_id = report.batch_id
    WHERE (report.partner, report.report_id) IN (
        SELECT (old.partner, old.report_id) FROM evidence.report AS old WHERE old.interview_date <= $rows_until
    )
), going AS (
    SELECT versions.*, CAST(NULL AS TIMESTAMP) AS standing_until
    FROM versions
    WHERE (versions.partner, versions.report_id) IN (
        SELECT (standing.partner, standing.report_id)
        FROM versions AS standing
        WHERE standing.place = 1 AND standing.interview_date <= $rows_until
    )
)
"""
# The same hash as vetting.intake.forgotten makes.
_OF_ONE = f"""{_BATCHES} going AS (
    SELECT report.batch_id, report.report_id, report.agency_id, report.interview_date, batches.recorded_at, 1 AS place,
           $recorded_at AS standing_until
    FROM evidence.report AS report
    JOIN batches ON batches.batch_id = report.batch_id
    WHERE report.partner = $partner
      AND sha256(concat($key, chr(10), report.partner, chr(10), report.report_id)) = $report
)
"""
_REACH = """
SELECT
    agency_id, CAST(date_trunc('month', min(interview_date)) AS DATE) AS interviews_from,
    last_day(max(interview_date)) AS interviews_to, min(recorded_at) AS known_from, known_until
FROM (
    SELECT going.*, CASE WHEN place = 1 THEN standing_until ELSE $recorded_at END AS known_until FROM going
) AS told
GROUP BY agency_id, known_until
ORDER BY agency_id, known_until
"""
_COUNT = "SELECT count(*) AS rows FROM going"
_DELETE = """
DELETE FROM evidence.report
WHERE (batch_id, report_id) IN (
    {going}
    SELECT (going.batch_id, going.report_id) FROM going
)
"""
_RECEIVED = "batch_id IN (SELECT batch.batch_id FROM desk.batch AS batch WHERE batch.recorded_at <= $uploads_until)"
_ITS_WAITING = "partner = $partner AND sha256(concat($key, chr(10), partner, chr(10), report_id)) = $report"
_ITS_LINES = f"""(batch_id, line) IN (
    SELECT (report.batch_id, report.line)
    FROM evidence.report AS report
    WHERE report.partner = $partner
      AND sha256(concat($key, chr(10), report.partner, chr(10), report.report_id)) = $report
    UNION ALL
    SELECT (waiting.batch_id, waiting.line) FROM evidence.quarantine AS waiting WHERE {_ITS_WAITING}
)"""
_TOLD = "(desk.problem.value IS NOT NULL OR desk.problem.message <> titles.title) AND titles.code = desk.problem.code"
_COMPLAINED = """complaint_id IN (
    SELECT complaint.complaint_id FROM desk.complaint AS complaint
    WHERE CAST(complaint.recorded_at AS DATE) <= $complaints_until
)"""
_ENDED = "state IN ('done', 'refused', 'failed') AND changed_at <= $uploads_until"

REACH = {PurgeKind.AGE: _OF_AGE + _REACH, PurgeKind.CONSENT: _OF_ONE + _REACH}
COUNTS = {
    PurgeKind.AGE: {
        "reports": _OF_AGE + _COUNT,
        "row_texts": f"SELECT count(*) AS rows FROM evidence.report WHERE raw <> '{{}}' AND {_RECEIVED}",
        "waiting_rows": f"SELECT count(*) AS rows FROM evidence.quarantine WHERE {_RECEIVED}",
        "problem_texts": f"SELECT count(*) AS rows FROM desk.problem, titles WHERE {_RECEIVED} AND {_TOLD}",
        "work_notes": f"SELECT count(*) AS rows FROM desk.job WHERE {_ENDED}",
        "complaint_texts": f"SELECT count(*) AS rows FROM desk.complaint_text WHERE {_COMPLAINED}",
    },
    PurgeKind.CONSENT: {
        "reports": _OF_ONE + _COUNT,
        "waiting_rows": f"SELECT count(*) AS rows FROM evidence.quarantine WHERE {_ITS_WAITING}",
        "problem_texts": f"SELECT count(*) AS rows FROM desk.problem WHERE {_ITS_LINES}",
    },
}
# What the desk says of these rows goes in the purge's own act.
OF_DESK = {
    PurgeKind.AGE: (
        f"UPDATE desk.problem SET value = NULL, message = titles.title FROM titles WHERE {_RECEIVED} AND {_TOLD}",
        f"DELETE FROM desk.job WHERE {_ENDED}",
        f"DELETE FROM desk.complaint_text WHERE {_COMPLAINED}",
    ),
    PurgeKind.CONSENT: (f"DELETE FROM desk.problem WHERE {_ITS_LINES}",),
}
# The rows themselves, in one transaction of `evidence`.
OF_EVIDENCE = {
    PurgeKind.AGE: (
        _DELETE.replace("{going}", _OF_AGE),
        f"UPDATE evidence.report SET raw = '{{}}' WHERE raw <> '{{}}' AND {_RECEIVED}",
        f"DELETE FROM evidence.quarantine WHERE {_RECEIVED}",
    ),
    PurgeKind.CONSENT: (
        _DELETE.replace("{going}", _OF_ONE),
        f"DELETE FROM evidence.quarantine WHERE {_ITS_WAITING}",
    ),
}
# Keys that no stored row bears any more.
REPEATS = (
    """
DELETE FROM desk.repeat
WHERE kind = 'report' AND (partner, key) NOT IN (
    SELECT (report.partner, report.report_id)
    FROM evidence.report AS report
    WHERE (report.partner, report.report_id) IN (
        SELECT (known.partner, known.key) FROM desk.repeat AS known WHERE known.kind = 'report'
    )
)
""",
    """
DELETE FROM desk.repeat
WHERE kind = 'worker' AND (partner, agency_id, key) NOT IN (
    SELECT (report.partner, report.agency_id, report.worker_ref)
    FROM evidence.report AS report
    WHERE (report.partner, report.agency_id, report.worker_ref) IN (
        SELECT (known.partner, known.agency_id, known.key) FROM desk.repeat AS known WHERE known.kind = 'worker'
    )
)
""",
)


def fetch_reach(db: Cursor, purge: Purge) -> list[Reach]:
    """Whose answers lose rows to this purge."""
    return fetch_records(db, Reach, REACH[purge.kind], _values(db, purge, REACH[purge.kind]))


def count_purged(db: Cursor, purge: Purge) -> PurgeCounts:
    """How much there is for it to delete."""
    counts = COUNTS[purge.kind]
    with_titles(db)
    try:
        return PurgeCounts.model_validate(
            {name: fetch_rows(db, sql, _values(db, purge, sql))[0]["rows"] for name, sql in counts.items()}
        )
    finally:
        db.unregister("titles")


def purge_desk(db: Cursor, purge: Purge) -> None:
    """Inside its act."""
    with_titles(db)
    try:
        for statement in OF_DESK[purge.kind]:
            db.execute(statement, _values(db, purge, statement))
    finally:
        db.unregister("titles")


def purge_evidence(db: Cursor, purge: Purge) -> None:
    """Whole or not at all. A second time there is nothing left to delete."""
    db.execute("BEGIN")
    try:
        for statement in OF_EVIDENCE[purge.kind]:
            db.execute(statement, _values(db, purge, statement))
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise


def drop_idle_repeats(db: Cursor) -> None:
    """Inside a transaction of the desk, once the rows are gone: what names a worker or a report that no row bears."""
    for statement in REPEATS:
        db.execute(statement)


def with_titles(db: Cursor) -> None:
    """Of each kind of problem its title, which holds nothing of what was written."""
    db.register(
        "titles", pl.DataFrame({"code": list(PROBLEMS), "title": [each.title for each in PROBLEMS.values()]}).to_arrow()
    )


def _values(db: Cursor, purge: Purge, statement: str) -> dict[str, object]:
    """What the statement asks for of the purge, and the store's key."""
    values = purge.model_dump() | {"key": db.execute(KEY).fetchall()[0][0]}
    return {name: value for name, value in values.items() if f"${name}" in statement}
