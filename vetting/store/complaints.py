"""Complaints as stored: what stays of each, what was written, its moves, showings and replies; and how many lately."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import Any, TypeVar

from schemas.complaint import Complaint, ComplaintFile, ComplaintMove, ComplaintReply, Showing, Told
from schemas.record import Record
from vetting.store.connect import Cursor
from vetting.store.merges import fetch_merged, resolved
from vetting.store.rows import fetch_records, fetch_rows

R = TypeVar("R", bound=Record)
INSERT = """
INSERT INTO desk.complaint (complaint_id, recorded_at, agency_id, subject, received_in, reference, taken_by)
VALUES ($complaint_id, $recorded_at, $agency_id, $subject, $received_in, $reference, $taken_by)
"""
INSERT_TOLD = """
INSERT INTO desk.complaint_text (complaint_id, text, happened_in, origin, destination, reporter, secret_hash)
VALUES ($complaint_id, $text, $happened_in, $origin, $destination, $reporter, $secret_hash)
"""
INSERT_MOVE = """
INSERT INTO desk.complaint_move (complaint_id, recorded_at, to_state, outcome, actor, reason, answer)
VALUES ($complaint_id, $recorded_at, $to_state, $outcome, $actor, $reason, $answer)
"""
INSERT_SHOWING = """
INSERT INTO desk.complaint_showing (complaint_id, recorded_at, shown, summary, actor, reason)
VALUES ($complaint_id, $recorded_at, $shown, $summary, $actor, $reason)
"""
INSERT_REPLY = """
INSERT INTO desk.complaint_reply (complaint_id, recorded_at, actor, reply)
VALUES ($complaint_id, $recorded_at, $actor, $reply)
"""
COMPLAINTS = """
SELECT complaint_id, recorded_at, agency_id, subject, received_in, reference, taken_by
FROM desk.complaint
WHERE ($agencies IS NULL OR list_contains($agencies, agency_id))
    AND ($complaint_id IS NULL OR complaint_id = $complaint_id)
    AND ($known_at IS NULL OR recorded_at <= $known_at)
ORDER BY recorded_at
"""
MOVES = """
SELECT complaint_id, recorded_at, to_state, outcome, actor, reason, answer
FROM desk.complaint_move
WHERE list_contains($complaints, complaint_id) AND ($known_at IS NULL OR recorded_at <= $known_at)
ORDER BY recorded_at
"""
SHOWINGS = """
SELECT complaint_id, recorded_at, shown, summary, actor, reason
FROM desk.complaint_showing
WHERE list_contains($complaints, complaint_id) AND ($known_at IS NULL OR recorded_at <= $known_at)
ORDER BY recorded_at
"""
REPLIES = """
SELECT complaint_id, recorded_at, actor, reply
FROM desk.complaint_reply
WHERE list_contains($complaints, complaint_id) AND ($known_at IS NULL OR recorded_at <= $known_at)
ORDER BY recorded_at
"""
TOLD = """
SELECT complaint_id, text, happened_in, origin, destination, reporter
FROM desk.complaint_text
WHERE complaint_id = $complaint_id
"""
BY_REFERENCE = """
SELECT complaint.complaint_id, told.secret_hash
FROM desk.complaint AS complaint
JOIN desk.complaint_text AS told ON told.complaint_id = complaint.complaint_id
WHERE complaint.reference = $reference
"""
FILED = """
SELECT
    count(*) FILTER (WHERE hour = $hour) AS this_hour, count(*) AS today,
    count(*) FILTER (WHERE mark = $mark) AS this_visit
FROM desk.complaint_rate
WHERE hour >= $day
"""
FORGET_EARLIER = "DELETE FROM desk.complaint_rate WHERE hour < $day"
COUNT_ONE = "INSERT INTO desk.complaint_rate (hour, mark) VALUES ($hour, $mark)"


class Filed(Record):
    """Complaints filed by people who had not signed in: in this clock hour, on this day, by this visit on this day."""

    this_hour: int
    today: int
    this_visit: int


def insert_complaint(db: Cursor, complaint: Complaint, told: Told, secret_hash: str) -> None:
    db.execute(INSERT, complaint.model_dump())
    db.execute(INSERT_TOLD, told.model_dump() | {"secret_hash": secret_hash})


def insert_move(db: Cursor, move: ComplaintMove) -> None:
    db.execute(INSERT_MOVE, move.model_dump())


def insert_showing(db: Cursor, showing: Showing) -> None:
    db.execute(INSERT_SHOWING, showing.model_dump())


def insert_reply(db: Cursor, reply: ComplaintReply) -> None:
    db.execute(INSERT_REPLY, reply.model_dump())


def fetch_files(
    db: Cursor,
    agencies: Collection[str] | None = None,
    complaint_id: str | None = None,
    known_at: datetime | None = None,
) -> list[ComplaintFile]:
    """Complaints about these entries of the registers, or about all, as known at `known_at` (default: now), in the
    order they came. Each is about the agency that remains of merged entries."""
    asked = {"agencies": None if agencies is None else list(agencies), "complaint_id": complaint_id}
    rows = fetch_rows(db, COMPLAINTS, asked | {"known_at": known_at})
    found = [Complaint.model_validate(row) for row in resolved(rows, fetch_merged(db, known_at))]
    if not found:
        return []
    of_these = {"complaints": [each.complaint_id for each in found], "known_at": known_at}
    moves = _by_complaint(fetch_records(db, ComplaintMove, MOVES, of_these), lambda each: each.complaint_id)
    showings = _by_complaint(fetch_records(db, Showing, SHOWINGS, of_these), lambda each: each.complaint_id)
    replies = _by_complaint(fetch_records(db, ComplaintReply, REPLIES, of_these), lambda each: each.complaint_id)
    return [
        ComplaintFile(
            complaint=each,
            moves=tuple(moves[each.complaint_id]),
            showing=showings[each.complaint_id][-1] if showings[each.complaint_id] else None,
            replies=tuple(replies[each.complaint_id]),
        )
        for each in found
    ]


def fetch_told(db: Cursor, complaint_id: str) -> Told | None:
    """What was written; None once it is deleted."""
    return next(iter(fetch_records(db, Told, TOLD, {"complaint_id": complaint_id})), None)


def fetch_secret(db: Cursor, reference: str) -> tuple[str, str] | None:
    """The complaint of this reference and the hash of its follow-up code; None when there is none, or no more."""
    rows = fetch_rows(db, BY_REFERENCE, {"reference": reference})
    return (rows[0]["complaint_id"], rows[0]["secret_hash"]) if rows else None


def fetch_filed(db: Cursor, hour: datetime, mark: str) -> Filed:
    """`hour`: the clock hour it is; its day is the day that counts (UTC)."""
    values = {"hour": hour, "day": hour.replace(hour=0), "mark": mark}
    return Filed.model_validate(fetch_rows(db, FILED, values)[0])


def count_one(db: Cursor, hour: datetime, mark: str) -> None:
    """Inside the act that files; what was counted on earlier days goes."""
    db.execute(FORGET_EARLIER, {"day": hour.replace(hour=0)})
    db.execute(COUNT_ONE, {"hour": hour, "mark": mark})


def _by_complaint(records: Iterable[R], of: Callable[[R], str]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for each in records:
        found[of(each)].append(each)
    return found
