"""One act as the trail keeps it, and what is published of the trail."""

from datetime import date, datetime
from typing import Any, Literal

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


class HeadStatement(Record):
    """The newest entry, as it is published: whoever keeps this can show later that nothing up to it was changed."""

    operating_body: str
    seq: int
    recorded_at: datetime
    hash: str
    stated_at: datetime


class Asked(Record):
    """Which entries somebody looks for. Texts match anywhere, capitals do not matter; days are UTC and included."""

    subject: str = ""
    actor: str = ""
    action: str | None = None
    since: date | None = None
    until: date | None = None


class TrailLine(Record):
    """An entry as a person reads it. `about`: what its subject is, where that is an agency or a case, and `name` the
    agency's. `told`: whether this viewer may read what was before and after, and why."""

    row: TrailRow
    about: Literal["agency", "case", ""] = ""
    name: str = ""
    told: bool = True


class TrailPage(Record):
    """Some entries, newest first. `stretch`: the first and last number of all entries of the days asked for, whatever
    else was asked; None when there is none."""

    lines: tuple[TrailLine, ...]
    total: int
    page: int
    pages: int
    stretch: tuple[int, int] | None
