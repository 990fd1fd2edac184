"""Writing an entry into the chain, and reading entries back as they are."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime

from schemas.codes import Via
from schemas.trail import Entry, TrailRow
from vetting.store.connect import Cursor

GENESIS = "0" * 64  # what the first entry follows


def _text(value: object) -> str:
    return value.isoformat(timespec="microseconds") if isinstance(value, datetime) else str(value)


ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_text)
COLUMNS = "seq, recorded_at, actor, via, action, subject, before, after, reason, previous_hash, hash"
NEWEST = f"SELECT {COLUMNS} FROM desk.trail ORDER BY seq DESC LIMIT 1"
ABOUT = f"SELECT {COLUMNS} FROM desk.trail WHERE subject = $subject ORDER BY seq"
BEFORE = f"SELECT {COLUMNS} FROM desk.trail WHERE recorded_at < $moment ORDER BY seq DESC LIMIT 1"
INSERT = f"""
INSERT INTO desk.trail ({COLUMNS})
VALUES ($seq, $recorded_at, $actor, $via, $action, $subject, $before, $after, $reason, $previous_hash, $hash)
"""


def head(db: Cursor) -> TrailRow | None:
    """The newest entry; None in an empty trail."""
    rows = _rows(db, NEWEST, {})
    return rows[0] if rows else None


def head_before(db: Cursor, moment: datetime) -> TrailRow | None:
    """What was the newest entry just before a moment (UTC)."""
    rows = _rows(db, BEFORE, {"moment": moment})
    return rows[0] if rows else None


def fetch_about(db: Cursor, subject: str) -> list[TrailRow]:
    """Everything that happened to one subject, oldest first."""
    return _rows(db, ABOUT, {"subject": subject})


def append(db: Cursor, newest: TrailRow | None, entry: Entry, *, recorded_at: datetime, actor: str, via: Via) -> None:
    """Chain `entry` to `newest`. Only `store.act` calls this, inside its transaction."""
    values = {
        "seq": 1 if newest is None else newest.seq + 1,
        "recorded_at": recorded_at,
        "actor": actor,
        "via": via.value,
        "action": entry.action.value,
        "subject": entry.subject,
        "before": None if entry.before is None else canonical(entry.before),
        "after": None if entry.after is None else canonical(entry.after),
        "reason": entry.reason,
        "previous_hash": GENESIS if newest is None else newest.hash,
    }
    db.execute(INSERT, values | {"hash": digest(values)})


def digest(values: Mapping[str, object]) -> str:
    """SHA-256 over the canonical JSON of everything but the hash itself."""
    return hashlib.sha256(canonical(values).encode()).hexdigest()


def canonical(values: Mapping[str, object]) -> str:
    """JSON with sorted keys and no spaces; moments in ISO form to the microsecond."""
    return ENCODER.encode(values)


def _rows(db: Cursor, statement: str, values: dict[str, object]) -> list[TrailRow]:
    names = COLUMNS.split(", ")
    return [
        TrailRow.model_validate(dict(zip(names, row, strict=True))) for row in db.execute(statement, values).fetchall()
    ]
