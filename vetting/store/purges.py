"""Purges as the desk keeps them: what was deleted and when, whose answers it reached, and what was kept of those."""

from collections.abc import Iterable
from datetime import date, datetime

from schemas.making import Making
from schemas.purge import Purge, Reach
from vetting.store.connect import Cursor, Store
from vetting.store.purging import drop_idle_repeats
from vetting.store.rows import fetch_records, fetch_rows

INSERT = """
INSERT INTO desk.purge (purge_id, recorded_at, kind, uploads_until, rows_until, complaints_until, partner, report)
VALUES ($purge_id, $recorded_at, $kind, $uploads_until, $rows_until, $complaints_until, $partner, $report)
"""
INSERT_REACH = """
INSERT INTO desk.purge_reach (purge_id, agency_id, interviews_from, interviews_to, known_from, known_until)
VALUES ($purge_id, $agency_id, $interviews_from, $interviews_to, $known_from, $known_until)
"""
UNFINISHED = """
SELECT purge_id, recorded_at, kind, uploads_until, rows_until, complaints_until, partner, report
FROM desk.purge
WHERE purge_id NOT IN (SELECT ended.purge_id FROM desk.purge_end AS ended)
ORDER BY recorded_at
"""
INSERT_END = "INSERT INTO desk.purge_end (purge_id, recorded_at) VALUES ($purge_id, $recorded_at)"
REACHED_BY = "SELECT DISTINCT agency_id FROM desk.purge_reach WHERE purge_id = $purge_id ORDER BY agency_id"
KEPT = "SELECT agency_id FROM desk.kept_answer WHERE as_of = $as_of AND known_at = $known_at ORDER BY agency_id"
INSERT_KEPT = """
INSERT INTO desk.kept_answer (agency_id, as_of, known_at, kept_at, making)
VALUES ($agency_id, $as_of, $known_at, $kept_at, $making)
ON CONFLICT (agency_id, as_of, known_at) DO NOTHING
"""
IN_FILES_STILL = """
SELECT max(ended.recorded_at) AS purged, (SELECT max(recorded_at) FROM desk.file_rewrite) AS rewritten
FROM (
    SELECT recorded_at FROM desk.purge_end
    UNION ALL
    SELECT recorded_at FROM desk.evidence_removal
) AS ended
"""
INSERT_REWRITE = "INSERT INTO desk.file_rewrite (recorded_at) VALUES ($recorded_at)"


def save_purge(db: Cursor, purge: Purge, reach: Iterable[Reach]) -> None:
    """Inside its act."""
    db.execute(INSERT, purge.model_dump())
    for each in reach:
        db.execute(INSERT_REACH, each.model_dump() | {"purge_id": purge.purge_id})


def fetch_unfinished(db: Cursor) -> list[Purge]:
    """Purges whose rows are still there, oldest first: one is under way, or was interrupted."""
    return fetch_records(db, Purge, UNFINISHED, {})


def fetch_reached_by(db: Cursor, purge: Purge) -> list[str]:
    """The entries of the registers whose answers this purge reaches."""
    return [row["agency_id"] for row in fetch_rows(db, REACHED_BY, {"purge_id": purge.purge_id})]


def end_purge(store: Store, purge: Purge, now: datetime) -> None:
    """Its rows are gone: forget what only named them, and say that it has ended."""
    db = store.cursor()
    with store.acts:
        db.execute("BEGIN")
        try:
            drop_idle_repeats(db)
            db.execute(INSERT_END, {"purge_id": purge.purge_id, "recorded_at": max(now, purge.recorded_at)})
            db.execute("COMMIT")
        except BaseException:
            db.execute("ROLLBACK")
            raise


def fetch_kept(db: Cursor, as_of: date, known_at: datetime) -> set[str]:
    """The agencies whose answer of that day and moment is kept already."""
    return {row["agency_id"] for row in fetch_rows(db, KEPT, {"as_of": as_of, "known_at": known_at})}


def keep_answers(db: Cursor, made: Iterable[Making], kept_at: datetime) -> None:
    """What was kept once stays as it is."""
    for each in made:
        score = each.score
        asked = {"agency_id": score.agency_id, "as_of": score.as_of, "known_at": score.known_at, "kept_at": kept_at}
        db.execute(INSERT_KEPT, asked | {"making": each.model_dump_json()})


def rewrite_is_due(db: Cursor) -> bool:
    """Did a purge end, or a file of evidence go, after the database's files were last written anew? Then they may hold
    what was deleted."""
    (row,) = fetch_rows(db, IN_FILES_STILL, {})
    return row["purged"] is not None and (row["rewritten"] is None or row["rewritten"] < row["purged"])


def note_rewrite(db: Cursor, now: datetime) -> None:
    db.execute(INSERT_REWRITE, {"recorded_at": now})
