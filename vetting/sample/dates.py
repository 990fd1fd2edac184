"""When is it in the sample country? Its dates are anchored to a quarter and shifted by whole quarters to today's.

Days of the month stay, so the calendar of a quarter is the same; the last day of a month stays the last.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, time

ANCHOR = date(2026, 10, 1)  # first day of the quarter in which the sample's files were written
DATED_CELL = re.compile(rb'(?<![^,;\t\n"])(\d{4})-(\d\d)(?:-(\d\d))?(?![^,;\t\r\n"])')
QUARTER_IN_NAME = re.compile(r"(\d{4})-q([1-4])")


@dataclass(frozen=True)
class Calendar:
    """`months`: how far this loading is shifted, a multiple of three."""

    months: int

    def day(self, day: date) -> date:
        year, month = _shifted(day.year, day.month, self.months)
        last = calendar.monthrange(day.year, day.month)[1]
        end = calendar.monthrange(year, month)[1]
        return date(year, month, end if day.day == last else min(day.day, end))

    def moment(self, day: date, at: time) -> datetime:
        """UTC, as acts take it."""
        return datetime.combine(self.day(day), at)

    def file(self, data: bytes) -> bytes:
        """A file with every cell that is a date or a month shifted, and nothing else touched."""
        return DATED_CELL.sub(self._cell, data) if self.months else data

    def file_name(self, name: str) -> str:
        """`lantern-2026-q3.csv`, a year later `lantern-2027-q3.csv`."""
        return QUARTER_IN_NAME.sub(self._quarter, name)

    def _cell(self, found: re.Match[bytes]) -> bytes:
        """What is no date (2026-02-31) is somebody's mistake and stays one."""
        year, month, day = (int(part) if part else None for part in found.groups())
        if year is None or month is None or not 1 <= month <= 12 or not 1900 < year < 2090:
            return found.group()
        if day is None:
            shifted = _shifted(year, month, self.months)
            return f"{shifted[0]:04}-{shifted[1]:02}".encode()
        try:
            return self.day(date(year, month, day)).isoformat().encode()
        except ValueError:
            return found.group()

    def _quarter(self, found: re.Match[str]) -> str:
        year, month = _shifted(int(found[1]), int(found[2]) * 3, self.months)
        return f"{year}-q{month // 3}"


def calendar_for(today: date) -> Calendar:
    """The calendar in which today lies in the quarter after the newest reports."""
    quarters = (today.year - ANCHOR.year) * 4 + (today.month - 1) // 3 - (ANCHOR.month - 1) // 3
    return Calendar(months=3 * quarters)


def _shifted(year: int, month: int, months: int) -> tuple[int, int]:
    index = year * 12 + month - 1 + months
    return index // 12, index % 12 + 1
