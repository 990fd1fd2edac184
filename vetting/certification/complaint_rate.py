"""How many complaints may be filed without signing in? So many a visit, an hour and a day; else one person could drown
all others.

No address of a computer is stored. What is counted is a clock hour and a mark of the visit: a keyed hash of the day and
of a random number that the visit's own page holds in memory. Tomorrow the same visit has another mark, and none leads
to a person or to a complaint. Whoever opens a new visit is counted anew; the limits over all visits are what holds.
Clock hours, not the last 60 minutes: when the oldest of them fell out, a refusal would tell when somebody complained.
"""

import hashlib
import hmac
from datetime import datetime, timedelta

from schemas.setting import ComplaintLimits
from vetting.refusals import Refusal
from vetting.store import Moment
from vetting.store.complaints import count_one, fetch_filed
from vetting.store.passes import KEY
from vetting.store.settings import fetch_settings

ALL = (
    "Nothing is lost: what you wrote is still in the form. Copy it if you close this page. If somebody is in danger, "
    "turn at once to those named above."
)


class TooMany(Refusal):
    """A limit is reached. `again`: the first moment (UTC) at which it is no longer."""

    def __init__(self, why: str, now: datetime, again: datetime) -> None:
        self.again = again
        super().__init__(f"{why} Try again in {_in_words(again - now)}. {ALL}")


def count(moment: Moment, visit: str) -> None:
    """Count one complaint of this visit, or refuse with when to try again. Called inside the act that files it."""
    now = moment.recorded_at
    hour = now.replace(minute=0, second=0, microsecond=0)
    mark, limits = _mark(moment, visit, hour), fetch_settings(moment.db)
    filed = fetch_filed(moment.db, hour, mark)
    for why, number, most, again in _limits(limits, filed.this_visit, filed.this_hour, filed.today, hour):
        if number >= most:
            raise TooMany(why, now, again)
    count_one(moment.db, hour, mark)


def _limits(
    limits: ComplaintLimits, this_visit: int, this_hour: int, today: int, hour: datetime
) -> tuple[tuple[str, int, int, datetime], ...]:
    tomorrow = hour.replace(hour=0) + timedelta(days=1)
    most = limits.complaints_per_visit
    own = f"{'One complaint' if most == 1 else f'{most} complaints'} a day can be filed from here."
    return (
        (own, this_visit, most, tomorrow),
        ("Too many complaints came in today.", today, limits.complaints_per_day, tomorrow),
        (
            "Too many complaints came in within this hour.",
            this_hour,
            limits.complaints_per_hour,
            hour + timedelta(hours=1),
        ),
    )


def _mark(moment: Moment, visit: str, hour: datetime) -> str:
    key: str = moment.db.execute(KEY).fetchall()[0][0]
    return hmac.new(bytes.fromhex(key), f"complaint\0{hour:%Y-%m-%d}\0{visit}".encode(), hashlib.sha256).hexdigest()


def _in_words(wait: timedelta) -> str:
    minutes = max(1, -(-int(wait.total_seconds()) // 60))
    if minutes <= 90:
        return "a minute" if minutes == 1 else f"{minutes} minutes"
    return f"about {-(-minutes // 60)} hours"
