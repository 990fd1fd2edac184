"""The two clocks: of which day an answer speaks, and what was known when it is given."""

import calendar
from datetime import UTC, date, datetime, time

from schemas.record import Record


class Clocks(Record):
    """As of the end of a day, by what was known at a moment (UTC); `known_at` None: by all that is known now.

    `past`: the answer differs from today's by a clock that was set.
    """

    as_of: date
    known_at: datetime | None = None
    past: bool = False


def read_moment(text: str) -> datetime:
    """A moment in UTC, as "2026-03-31T12:00" (an offset is honoured); a day alone means its end. Else ValueError."""
    try:
        return end_of(date.fromisoformat(text))
    except ValueError:
        moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo is None else moment.astimezone(UTC).replace(tzinfo=None)


def end_of(day: date) -> datetime:
    """The last moment of a day in UTC: a date means its end."""
    return datetime.combine(day, time.max)


def months_before(day: date, months: int) -> date:
    """The same day of the month that many months earlier, else that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
