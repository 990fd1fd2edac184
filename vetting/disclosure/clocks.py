"""May this pair of the two clocks be asked for? Any past pair, by reviewers; what has not come is refused."""

from datetime import date, datetime

from schemas.clocks import Clocks
from schemas.codes import Role
from schemas.fee_report import FIRST_INTERVIEW
from schemas.viewer import Viewer
from vetting.disclosure.roles import require
from vetting.refusals import Refusal
from vetting.store import Cursor

FIRST_RECORD = "SELECT min(recorded_at) FROM desk.trail"


def set_clocks(
    db: Cursor,
    viewer: Viewer,
    *,
    as_of: date | None = None,
    known_at: datetime | None = None,
    today: date,
    now: datetime,
) -> Clocks:
    """The pair that is meant, None standing for today and for now. Raises NotPermitted, Refusal.

    A moment between now and the end of this day (UTC) means now: a date means its end, and this one's has not come.
    """
    require(viewer, Role.REVIEWER)
    day = today if as_of is None else as_of
    if day > today:
        raise Refusal(f"{day.isoformat()} has not come yet. Ask for {today.isoformat()}, which is today, or earlier.")
    if day < FIRST_INTERVIEW:
        raise Refusal(f"No fee report is older than {FIRST_INTERVIEW.isoformat()}. Ask for that day or a later one.")
    if known_at is not None and known_at.date() > now.date():
        raise Refusal(
            f"Nobody knows yet what will be known on {known_at.date().isoformat()}. Ask for today, "
            f"{now.date().isoformat()} in UTC, or earlier."
        )
    known_at = None if known_at is None or known_at >= now else known_at
    if known_at is not None:
        first = first_record(db)
        if first is not None and known_at < first:
            raise Refusal(
                f"Nothing had been recorded by {known_at:%Y-%m-%d %H:%M} UTC: the records begin on "
                f"{first:%Y-%m-%d at %H:%M} UTC. Ask for that moment or a later one."
            )
    return Clocks(as_of=day, known_at=known_at, past=day != today or known_at is not None)


def first_record(db: Cursor) -> datetime | None:
    """When this store learned the first thing; None while it is empty."""
    (row,) = db.execute(FIRST_RECORD).fetchall()
    first: datetime | None = row[0]
    return first
