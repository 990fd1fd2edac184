"""The chained trail: append-only, one row per act, each hash covering the one before it.

It proves that nothing inside the chain was edited, removed, inserted or reordered. Whoever holds the file can rewrite
the whole chain or cut its end: only a head hash published elsewhere catches that (`verify(expected_head=...)`).
"""

import hashlib
import json
from datetime import datetime

from schemas.codes import Via
from schemas.trail import Entry, TrailRow
from vetting.store.connect import Cursor

GENESIS = "0" * 64
COLUMNS = "seq, recorded_at, actor, via, action, subject, before, after, reason, previous_hash, hash"
NEWEST = f"SELECT {COLUMNS} FROM desk.trail ORDER BY seq DESC LIMIT 1"
ALL = f"SELECT {COLUMNS} FROM desk.trail ORDER BY seq"
ABOUT = f"SELECT {COLUMNS} FROM desk.trail WHERE subject = $subject ORDER BY seq"
INSERT = f"""
INSERT INTO desk.trail ({COLUMNS})
VALUES ($seq, $recorded_at, $actor, $via, $action, $subject, $before, $after, $reason, $previous_hash, $hash)
"""


def head(db: Cursor) -> TrailRow | None:
    """The newest entry; None in an empty trail."""
    rows = _rows(db, NEWEST, {})
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


def verify(db: Cursor, expected_head: str | None = None) -> tuple[str, str | None]:
    """Walk the whole chain. Returns (head hash, None) when it holds, else (head hash, what is wrong and where)."""
    previous, seq = GENESIS, 0
    for row in _rows(db, ALL, {}):
        values = row.model_dump(exclude={"hash"}, mode="python")
        values |= {"via": row.via.value, "action": row.action.value}
        if row.seq != seq + 1:
            return previous, f"Entry {seq + 1} is missing: entry {row.seq} follows entry {seq}."
        if row.previous_hash != previous:
            return previous, f"Entry {row.seq} does not follow the entry before it: one was removed, inserted or moved."
        if digest(values) != row.hash:
            return previous, f"Entry {row.seq} was altered after it was written."
        previous, seq = row.hash, row.seq
    if expected_head is not None and expected_head != previous:
        wrong = (
            f"The chain holds up to entry {seq}, but its head is not the one you gave: "
            "its end was cut off, or all of it was rewritten."
        )
        return previous, wrong
    return previous, None


def digest(values: dict[str, object]) -> str:
    """SHA-256 over the canonical JSON of everything but the hash itself."""
    return hashlib.sha256(canonical(values).encode()).hexdigest()


def canonical(values: dict[str, object]) -> str:
    """JSON with sorted keys and no spaces; moments in ISO form to the microsecond."""
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_text)


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds")
    return str(value)


def _rows(db: Cursor, statement: str, values: dict[str, object]) -> list[TrailRow]:
    names = COLUMNS.split(", ")
    return [
        TrailRow.model_validate(dict(zip(names, row, strict=True))) for row in db.execute(statement, values).fetchall()
    ]
