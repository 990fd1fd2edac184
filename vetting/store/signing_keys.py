"""Public halves of the keys that sign certificates, and which of them are compromised. No private key comes here."""

from datetime import datetime

from schemas.certificate import SigningKey
from vetting.store.connect import Cursor
from vetting.store.rows import fetch_records

KEYS = """
SELECT
    signing_key.key_id,
    signing_key.recorded_at,
    signing_key.public_key,
    lead(signing_key.recorded_at) OVER (ORDER BY signing_key.recorded_at) AS retired_at,
    compromise.since AS compromised_from
FROM desk.signing_key AS signing_key
LEFT JOIN desk.signing_key_compromise AS compromise ON compromise.key_id = signing_key.key_id
ORDER BY signing_key.recorded_at
"""
INSERT = "INSERT INTO desk.signing_key VALUES ($key_id, $recorded_at, $public_key, $actor)"
COMPROMISE = "INSERT INTO desk.signing_key_compromise VALUES ($key_id, $recorded_at, $since, $actor, $reason)"


def fetch_keys(db: Cursor) -> list[SigningKey]:
    """Every key there ever was, oldest first; the last one is in use."""
    return fetch_records(db, SigningKey, KEYS, {})


def insert_key(db: Cursor, *, key_id: str, public_key: str, actor: str, recorded_at: datetime) -> None:
    db.execute(INSERT, {"key_id": key_id, "recorded_at": recorded_at, "public_key": public_key, "actor": actor})


def insert_compromise(
    db: Cursor, *, key_id: str, since: datetime, actor: str, reason: str, recorded_at: datetime
) -> None:
    values = {"key_id": key_id, "recorded_at": recorded_at, "since": since, "actor": actor, "reason": reason}
    db.execute(COMPROMISE, values)
