"""One act as the trail keeps it."""

from datetime import datetime
from typing import Any

from schemas.codes import Action, Via
from schemas.record import Record


class Entry(Record):
    """What an act says of itself, before it is chained. `before` and `after` hold no personal data of workers."""

    action: Action
    subject: str
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None
    reason: str | None = None


class TrailRow(Record):
    """A chained entry. `recorded_at` is UTC without a zone; the hash covers everything above it."""

    seq: int
    recorded_at: datetime
    actor: str
    via: Via
    action: Action
    subject: str
    before: str | None
    after: str | None
    reason: str | None
    previous_hash: str
    hash: str
