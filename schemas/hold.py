"""On hold because of reports: what the clock saw, what a reviewer confirmed, and what the agency replied."""

from datetime import date, datetime

from schemas.record import Record


class OpenGate(Record):
    """A gate that reports hold open, and when the desk first saw it so (UTC)."""

    agency_id: str
    indicator: str
    since: datetime


class Confirmation(Record):
    """A reviewer's word that an open gate stands. `notice` is what the agency is told, and `reply_by` its last day to
    reply."""

    agency_id: str
    indicator: str
    recorded_at: datetime
    actor: str
    reason: str
    notice: str
    reply_by: date


class Reply(Record):
    """What the agency replied to a notice, as a reviewer recorded it. For reviewers: it names the subject."""

    agency_id: str
    indicator: str
    recorded_at: datetime
    actor: str
    reply: str


class ShownReply(Record):
    """The same as everybody else reads it: without its subject, and without the reviewer."""

    recorded_at: datetime
    reply: str


class HoldTurn(Record):
    """From a weekly hour on, the agency is on hold because of reports, or no longer. Moments in UTC."""

    agency_id: str
    recorded_at: datetime
    effective_at: datetime
    on_hold: bool


class Look(Record):
    """What the clock wrote down of one agency: gates it saw open or end, and what changes at the next weekly hour."""

    agency_id: str
    opened: tuple[str, ...]
    ended: tuple[str, ...]
    on_hold: bool | None  # None: nothing changes
    effective_at: datetime | None


class HoldPage(Record):
    """What reviewers see of an agency's hold. `held`: everybody reads it as on hold because of reports; `coming`: what
    changes at a weekly hour that has not come yet. Confirmations of gates that are open, and all replies, newest first.
    """

    held: bool
    coming: HoldTurn | None
    confirmed: tuple[Confirmation, ...]
    replies: tuple[Reply, ...]
