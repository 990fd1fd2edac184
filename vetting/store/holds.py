"""Gates seen open, confirmations, holds and replies as stored: appended, and read as they stood at a moment."""

from collections.abc import Collection
from datetime import datetime

from schemas.hold import Confirmation, HoldTurn, OpenGate, Reply
from vetting.store.connect import Cursor
from vetting.store.rows import fetch_records, fetch_rows

INSERT_SEEN = """
INSERT INTO desk.gate_seen (agency_id, indicator, recorded_at, is_open)
VALUES ($agency_id, $indicator, $recorded_at, $is_open)
"""
INSERT_CONFIRMATION = """
INSERT INTO desk.gate_confirmation (agency_id, indicator, recorded_at, actor, reason, notice, reply_by)
VALUES ($agency_id, $indicator, $recorded_at, $actor, $reason, $notice, $reply_by)
"""
INSERT_TURN = """
INSERT INTO desk.hold (agency_id, recorded_at, effective_at, on_hold)
VALUES ($agency_id, $recorded_at, $effective_at, $on_hold)
"""
INSERT_REPLY = """
INSERT INTO desk.agency_reply (agency_id, indicator, recorded_at, actor, reply)
VALUES ($agency_id, $indicator, $recorded_at, $actor, $reply)
"""
OPEN_GATES = """
SELECT agency_id, indicator, max(recorded_at) AS since
FROM desk.gate_seen
WHERE ($among IS NULL OR list_contains($among, agency_id)) AND ($known_at IS NULL OR recorded_at <= $known_at)
GROUP BY agency_id, indicator
HAVING arg_max(is_open, recorded_at)
ORDER BY agency_id, indicator
"""
CONFIRMATIONS = """
SELECT agency_id, indicator, recorded_at, actor, reason, notice, reply_by
FROM desk.gate_confirmation
WHERE list_contains($among, agency_id) AND ($known_at IS NULL OR recorded_at <= $known_at)
ORDER BY recorded_at DESC, indicator
"""
REPLIES = """
SELECT agency_id, indicator, recorded_at, actor, reply
FROM desk.agency_reply
WHERE list_contains($among, agency_id) AND ($known_at IS NULL OR recorded_at <= $known_at)
ORDER BY recorded_at DESC, indicator
"""
HELD = """
SELECT agency_id
FROM desk.hold
WHERE effective_at <= $at AND recorded_at <= $known_at
GROUP BY agency_id
HAVING arg_max(on_hold, recorded_at)
ORDER BY agency_id
"""
TURNS = """
SELECT agency_id, recorded_at, effective_at, on_hold
FROM desk.hold
WHERE list_contains($among, agency_id) AND recorded_at <= $known_at
ORDER BY recorded_at
"""


def insert_seen(db: Cursor, agency_id: str, indicator: str, recorded_at: datetime, *, is_open: bool) -> None:
    values = {"agency_id": agency_id, "indicator": indicator, "recorded_at": recorded_at, "is_open": is_open}
    db.execute(INSERT_SEEN, values)


def insert_confirmation(db: Cursor, confirmation: Confirmation) -> None:
    db.execute(INSERT_CONFIRMATION, confirmation.model_dump())


def insert_turn(db: Cursor, turn: HoldTurn) -> None:
    db.execute(INSERT_TURN, turn.model_dump())


def insert_reply(db: Cursor, reply: Reply) -> None:
    db.execute(INSERT_REPLY, reply.model_dump())


def fetch_open_gates(
    db: Cursor, among: Collection[str] | None = None, known_at: datetime | None = None
) -> list[OpenGate]:
    """The gates last seen open by `known_at`, of these entries or of all, each under the entry it was seen for."""
    values = {"among": None if among is None else list(among), "known_at": known_at}
    return fetch_records(db, OpenGate, OPEN_GATES, values)


def fetch_confirmations(db: Cursor, among: Collection[str], known_at: datetime | None = None) -> list[Confirmation]:
    """What was confirmed of these entries up to `known_at`, newest first."""
    return fetch_records(db, Confirmation, CONFIRMATIONS, {"among": list(among), "known_at": known_at})


def fetch_replies(db: Cursor, among: Collection[str], known_at: datetime | None = None) -> list[Reply]:
    """What was replied about these entries up to `known_at`, newest first."""
    return fetch_records(db, Reply, REPLIES, {"among": list(among), "known_at": known_at})


def fetch_held(db: Cursor, at: datetime, known_at: datetime | None = None) -> set[str]:
    """The entries that are on hold because of reports at `at`, by what was recorded up to `known_at` (default: `at`):
    of what had taken effect, the row recorded last counts."""
    rows = fetch_rows(db, HELD, {"at": at, "known_at": at if known_at is None else known_at})
    return {row["agency_id"] for row in rows}


def fetch_turns(db: Cursor, among: Collection[str], known_at: datetime) -> list[HoldTurn]:
    """Every turn of these entries recorded up to `known_at`, oldest first, those whose hour has not come included."""
    return fetch_records(db, HoldTurn, TURNS, {"among": list(among), "known_at": known_at})
