"""Which day, or which month, does this text mean, if it surely means one?

The order year-month-day is understood, and so are names of months. Of `03/04/2024` the column's other dates decide
whether the day or the month comes first (`Order`), or nobody does. A year of two digits among figures is asked about.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from vetting.intake.numbers import NOTHING, SURVEY_CODES, ascii_text

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
          "december")  # fmt: skip
NAMES = {name[:length]: number for number, name in enumerate(MONTHS, 1) for length in range(3, len(name) + 1)}

TIME = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s?(?:Z|[+-]\d{2}:?\d{2})?)?"
YEAR_FIRST = re.compile(rf"(\d{{4}})([-/. ])(\d{{1,2}})\2(\d{{1,2}}){TIME}")
COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
YEAR_LAST = re.compile(rf"(\d{{1,2}})([-/. ])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){TIME}")
SHORT_FIRST = re.compile(r"(\d{2})([-/.])(\d{1,2})\2(\d{1,2})")
DAY_NAME_YEAR = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[-/. ,]*([a-z]{3,9})[-/. ,]*(\d{4}|\d{2})", re.IGNORECASE)
NAME_DAY_YEAR = re.compile(r"([a-z]{3,9})[-/. ]*(\d{1,2})(?:st|nd|rd|th)?[-/. ,]+(\d{4})", re.IGNORECASE)

YEAR_MONTH = re.compile(r"(\d{4})[-/. ](\d{1,2})")
MONTH_YEAR = re.compile(r"(\d{1,2})[-/. ](\d{4})")
NAME_YEAR = re.compile(r"([a-z]{3,9})[-/., ]*(\d{4})", re.IGNORECASE)
YEAR_NAME = re.compile(r"(\d{4})[-/., ]*([a-z]{3,9})", re.IGNORECASE)


@dataclass(frozen=True)
class Day:
    """`value` when sure. `either`: day first, then month first, when both are days. `proves`: the order it shows."""

    value: date | None = None
    either: tuple[date, date] | None = None
    fault: str | None = None
    proves: str | None = None


class Order:
    """The orders a column's sure dates prove; one alone decides the column. `told`: the partner decided it."""

    def __init__(self, days: Iterable[Day] = (), *, told: str | None = None) -> None:
        self.proved = {told} if told else {day.proves for day in days if day.proves}

    def settle(self, day: Day) -> Day:
        if day.either is None or len(self.proved) != 1:
            return day
        return Day(day.either[0] if "day" in self.proved else day.either[1])


def read_day(text: str) -> Day:
    """What `text` says of a day."""
    plain = ascii_text(text)
    if found := YEAR_FIRST.fullmatch(plain):
        return _day(int(found[1]), int(found[3]), int(found[4]))
    if found := COMPACT.fullmatch(plain):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := YEAR_LAST.fullmatch(plain):
        return _ordered(int(found[1]), int(found[3]), found[4])
    if found := SHORT_FIRST.fullmatch(plain):
        return Day(fault="ambiguous_date")
    if (found := DAY_NAME_YEAR.fullmatch(plain)) and found[2].casefold() in NAMES:
        return _day(_full_year(found[3]), NAMES[found[2].casefold()], int(found[1]))
    if (found := NAME_DAY_YEAR.fullmatch(plain)) and found[1].casefold() in NAMES:
        return _day(int(found[3]), NAMES[found[1].casefold()], int(found[2]))
    return Day(fault="survey_code" if plain in SURVEY_CODES else "unreadable_date")


def read_month(text: str) -> Day:
    """What `text` says of a month, as its first day; a full date stands for its month."""
    plain = ascii_text(text)
    if plain.casefold() in NOTHING:
        return Day()
    if plain in SURVEY_CODES:
        return Day(fault="survey_code")
    for pattern, year, month in ((YEAR_MONTH, 1, 2), (MONTH_YEAR, 2, 1), (NAME_YEAR, 2, 1), (YEAR_NAME, 1, 2)):
        found = pattern.fullmatch(plain)
        if found is not None:
            said = found[month].casefold()
            return _month(int(found[year]), int(said) if said.isdigit() else NAMES.get(said, 0))
    day = read_day(plain)
    if day.value is not None:
        return Day(day.value.replace(day=1), proves=day.proves)
    if day.either is not None:
        first, second = (each.replace(day=1) for each in day.either)
        return Day(first) if first == second else Day(either=(first, second))
    return Day(fault="ambiguous_date" if day.fault == "ambiguous_date" else "unreadable_value")


def say_either_day(day: Day) -> str:
    """The readings, for the person who is asked."""
    return "days of different order" if day.either is None else " or ".join(each.isoformat() for each in day.either)


def _day(year: int, month: int, day: int) -> Day:
    try:
        return Day(date(year, month, day))
    except ValueError:
        return Day(fault="impossible_date")


def _full_year(year: str) -> int:
    """`1-May-24`, as spreadsheets write it: interviews are of this century."""
    return int(year) + 2000 if len(year) == 2 else int(year)


def _month(year: int, month: int) -> Day:
    sure = _day(year, month, 1)
    return sure if sure.fault is None else Day(fault="unreadable_value")


def _ordered(first: int, second: int, year: str) -> Day:
    if len(year) == 2:
        return Day(fault="ambiguous_date")
    day_first, month_first = _day(int(year), second, first), _day(int(year), first, second)
    if day_first.value is None or month_first.value is None:
        if day_first.value is not None:
            return Day(day_first.value, proves="day")
        if month_first.value is not None:
            return Day(month_first.value, proves="month")
        return day_first
    if day_first.value == month_first.value:
        return day_first
    return Day(either=(day_first.value, month_first.value))
