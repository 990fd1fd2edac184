"""The settings of one installation."""

import calendar
from datetime import time
from typing import NamedTuple
from urllib.parse import urlsplit

from schemas.record import Record


class WeeklyHour(NamedTuple):
    """A moment of the week where the operating body works; Monday is weekday 0."""

    weekday: int
    at: time


class Limits(Record):
    """How large a file may be. All assumed, far above what a partner sends in a year, but where said otherwise.

    `largest_file_mb`: the file as sent, in MB of 1,048,576 bytes. `most_rows`: rows of reports. `most_columns`: columns
    of the header. `longest_cell`: characters of one cell; what Excel itself can hold (Microsoft, "Excel specifications
    and limits"). `unpacked_mb`: a workbook once it is unpacked.
    """

    largest_file_mb: int = 500
    most_rows: int = 2_000_000
    most_columns: int = 1_000
    longest_cell: int = 32_767
    unpacked_mb: int = 1_000


class Retention(Record):
    """How long what people told is kept. All assumed.

    `upload_days`: the partner's own words, row by row, in days from their receipt. `row_months`: a whole report, in
    months from its interview. `complaint_months`: what a complaint says, in months from its receipt. `backup_days`: a
    backup, which may still hold what was deleted after it was made.
    """

    upload_days: int = 90
    row_months: int = 36
    complaint_months: int = 36
    backup_days: int = 90


class EvidenceLimits(Record):
    """How much may be given as evidence. Both assumed.

    `evidence_file_mb`: one file, in MB of 1,048,576 bytes. `evidence_files`: files to one finding, its corrective
    actions included, or to one case beside its findings.
    """

    evidence_file_mb: int = 10
    evidence_files: int = 20


class ComplaintLimits(Record):
    """How many complaints may be filed without signing in: by one visit in a day, and by all in a clock hour and a day
    (UTC). All assumed: far above what people file, far below what would keep reviewers from their work."""

    complaints_per_visit: int = 3
    complaints_per_hour: int = 30
    complaints_per_day: int = 100


NOBODY = "nobody"


class Settings(Limits, Retention, EvidenceLimits, ComplaintLimits):
    """`operating_body` decides certificates and is named on each; `time_zone` says when a day begins (IANA name).

    `weekly_hour`: when agencies go on hold because of reports and come back (design §7), as "Monday 09:00" in the zone
    `time_zone`; which hour is assumed. `public_address`: where everybody reaches the register, as
    "https://register.example.org"; it is printed on every certificate, and nothing is certified while it is empty.
    `sample` is true of a store filled with the invented sample country, which every page then says. `urgent_help`: whom
    to turn to when somebody is in danger, in the operating body's own words, shown to whoever complains.
    `head_recipients`: who gets the trail's head by e-mail each day, addresses with commas between, or "nobody". The
    limits of what a partner may send, and how long it is kept, are settings too.
    """

    operating_body: str = "The operating body (not yet named)"
    time_zone: str = "UTC"
    weekly_hour: str = "Monday 09:00"
    public_address: str = ""
    sample: bool = False
    urgent_help: str = ""
    head_recipients: str = NOBODY

    def recipients(self) -> list[str]:
        """The addresses of `head_recipients`."""
        return [] if self.head_recipients == NOBODY else [each.strip() for each in self.head_recipients.split(",")]


def read_weekly_hour(text: str) -> WeeklyHour:
    """A day of the week in English and an hour, as "Monday 09:00". Raises ValueError."""
    day, _, hour = text.strip().partition(" ")
    return WeeklyHour(list(calendar.day_name).index(day.capitalize()), time.fromisoformat(hour.strip()))


def is_public_address(text: str) -> bool:
    """A web address that a path can be put behind: http or https, a host, no name or password, no question, no place
    within the page."""
    try:
        parts = urlsplit(text)
        return bool(
            parts.scheme in ("http", "https")
            and parts.hostname
            and (parts.port is None or parts.port > 0)
            and parts.username is None
            and not (parts.query or parts.fragment)
            and text.isascii()
            and text.isprintable()
            and " " not in text
        )
    except ValueError:
        return False
