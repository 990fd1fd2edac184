"""Which day, or which month, does this text mean, if it surely means one?

The order year-month-day is understood, and so are names of months. Of `03/04/2024` the column's other dates decide
whether the day or the month comes first (`Order`), or nobody does. A year of two digits among figures is asked about.
What is no Gregorian date of the time that counts, but would be one by another calendar, is asked about too.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from schemas.answers import Calendar
from schemas.fee_report import FIRST_INTERVIEW
from vetting.intake.calendars import SAID, by_calendar
from vetting.intake.numbers import ascii_text, is_survey_code, says_nothing
from vetting.intake.written import ENGLISH, TIME, Written, written_day, written_month

ISO = re.compile(rf"([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}){TIME}")
FIRST_MONTH = date(2000, 1, 1)  # no earlier recruitment is sought behind another calendar; assumed
ASKED = (Calendar.BIKRAM_SAMBAT, Calendar.BUDDHIST, Calendar.EXCEL_SERIAL)


@dataclass(frozen=True)
class Day:
    """`value` when sure. `either`: day first, then month first, when both are days. `proves`: the order it shows.

    With the fault `other_calendar`: what it would be, `then`, by `calendar`.
    """

    value: date | None = None
    either: tuple[date, date] | None = None
    fault: str | None = None
    proves: str | None = None
    calendar: Calendar | None = None
    then: "Day | None" = None

    def within(self, first: date, last: date) -> bool:
        return any(first <= day <= last for day in self.either or (self.value,) if day is not None)


class Order:
    """The orders a column's sure dates prove; one alone decides the column. `told`: the partner decided it."""

    def __init__(self, days: Iterable[Day] = (), *, told: str | None = None) -> None:
        self.proved = {told} if told else {day.proves for day in days if day.proves}

    def settle(self, day: Day) -> Day:
        if day.then is not None:
            return replace(day, then=self.settle(day.then))
        if day.either is None or len(self.proved) != 1:
            return day
        return Day(day.either[0] if "day" in self.proved else day.either[1])


def read_day(text: str, *, told: Calendar | None = None, today: date = date.max) -> Day:
    """What `text` says of a day. `told`: the partner's answer for the column's calendar."""
    if (plainly := _plainly(text, FIRST_INTERVIEW, today)) is not None:
        return Day(plainly)
    written = written_day(text)
    if written is None:
        return Day(fault="survey_code" if is_survey_code(ascii_text(text)) else "unreadable_date")
    if written.ambiguous:
        return Day(fault="ambiguous_date")
    return _by_a_calendar(written, told, FIRST_INTERVIEW, today)


def read_month(text: str, *, told: Calendar | None = None, today: date = date.max) -> Day:
    """What `text` says of a month, as its first day; a full date stands for its month.

    A month of Bikram Sambat lies across two of ours and is the one it begins in, so that it never comes after the
    interview that told of it (assumed: docs/reading-values.md).
    """
    if (plainly := _plainly(text, FIRST_MONTH, today)) is not None:
        return Day(plainly.replace(day=1))
    plain = ascii_text(text)
    if says_nothing(plain):
        return Day()
    if is_survey_code(plain):
        return Day(fault="survey_code")
    written = written_month(text) or written_day(text)
    if written is None:
        return Day(fault="unreadable_value")
    if written.ambiguous:
        return Day(fault="ambiguous_date")
    day = _to_month(_by_a_calendar(written, told, FIRST_MONTH, today))
    return Day(fault="unreadable_value") if day.fault in ("impossible_date", "unreadable_date") else day


def say_either_day(day: Day) -> str:
    """The readings, for the person who is asked."""
    return "days of different order" if day.either is None else " or ".join(each.isoformat() for each in day.either)


def say_other_day(text: str, day: Day, *, month: bool = False) -> str:
    """`2082-05-14 would be 30 Aug 2025 by Bikram Sambat`."""
    then = day.then or Day()
    said = " or ".join(_said(each, month=month) for each in then.either or (then.value,) if each is not None)
    return f"{text} would be {said} by {SAID[day.calendar or Calendar.GREGORIAN]}"


def _plainly(text: str, first: date, today: date) -> date | None:
    """Nearly every date is such a one, and where each carries a time there are as many texts as rows."""
    found = ISO.fullmatch(text)
    try:
        day = None if found is None else date.fromisoformat(found[1])
    except ValueError:
        return None
    return day if day is not None and first <= day <= today else None


def _said(day: date, *, month: bool) -> str:
    return f"{'' if month else f'{day.day} '}{ENGLISH[day.month - 1][:3].title()} {day.year}"


def _by_a_calendar(written: Written, told: Calendar | None, first: date, today: date) -> Day:
    """Gregorian where that is a day that counts; else by the calendar that was told; else asked about."""
    plain = _read(written, Calendar.GREGORIAN)
    if plain.within(first, today) or told is Calendar.GREGORIAN:
        return plain
    read = {calendar: _read(written, calendar) for calendar in ASKED}
    if told is not None and read[told].within(first, date.max):
        return read[told]
    for calendar, day in read.items():
        if day.within(first, today):
            return Day(fault="other_calendar", proves=day.proves, calendar=calendar, then=day)
    return plain


def _read(written: Written, calendar: Calendar) -> Day:
    forms = by_calendar(written, calendar)
    days = [day for day, _ in forms if day is not None]
    if not days:
        return Day(fault="impossible_date" if forms else "unreadable_date")
    if len(days) == 1:
        return Day(days[0], proves=next(shows for day, shows in forms if day is not None) if len(forms) > 1 else None)
    return Day(days[0]) if days[0] == days[1] else Day(either=(days[0], days[1]))


def _to_month(day: Day) -> Day:
    if day.then is not None:
        return replace(day, then=_to_month(day.then))
    if day.either is not None:
        first, second = (each.replace(day=1) for each in day.either)
        return Day(first) if first == second else Day(either=(first, second))
    return day if day.value is None else Day(day.value.replace(day=1), proves=day.proves)
