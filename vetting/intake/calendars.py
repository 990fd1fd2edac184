"""Which Gregorian day is it by another calendar? Recognised and asked about, never guessed.

The reasoning and its sources are in docs/reading-values.md.
"""

from datetime import date, timedelta

import nepali_datetime

from schemas.answers import Calendar
from vetting.intake.written import Form, Written

BUDDHIST_AHEAD = 543  # years of the Thai count before the Gregorian one
# Spreadsheets count days from 1900-01-01 as 1, and hold 1900 for a leap year: number 60 is a day that never was.
FALSE_LEAP_DAY = 60
DAY_0 = date(1899, 12, 30)  # for numbers above it
SAID = {
    Calendar.GREGORIAN: "the Gregorian calendar",
    Calendar.BIKRAM_SAMBAT: "Bikram Sambat",
    Calendar.BUDDHIST: "the Buddhist Era",
    Calendar.EXCEL_SERIAL: "the number of days that Excel counts",
}


def by_calendar(written: Written, calendar: Calendar) -> tuple[tuple[date | None, str | None], ...]:
    """For each way the figures can be ordered: the day, None when that calendar has none such, and the order."""
    if calendar not in written.by:
        return ()
    if calendar is Calendar.EXCEL_SERIAL:
        return ((_from_serial(written.serial or 0), None),)
    return tuple((_from_form(form, calendar), form.shows) for form in written.forms)


def _from_serial(serial: int) -> date | None:
    if serial == FALSE_LEAP_DAY:
        return None
    return DAY_0 + timedelta(days=serial + (serial < FALSE_LEAP_DAY))


def _from_form(form: Form, calendar: Calendar) -> date | None:
    year = _full_year(form.year, calendar)
    try:
        if calendar is Calendar.BIKRAM_SAMBAT:  # its months are tables, kept from 1975 to 2100
            day: date = nepali_datetime.date(year, form.month, form.day).to_datetime_date()
            return day
        return date(year - BUDDHIST_AHEAD if calendar is Calendar.BUDDHIST else year, form.month, form.day)
    except (ValueError, OverflowError):
        return None


def _full_year(year: str, calendar: Calendar) -> int:
    """`1-May-24`, as spreadsheets write it: interviews are of this century. `082` is a year of Bikram Sambat only."""
    if len(year) == 4:
        return int(year)
    if len(year) == 3:
        return 2000 + int(year) if calendar is Calendar.BIKRAM_SAMBAT else 0
    return int(year) + (2500 if calendar is Calendar.BUDDHIST else 2000)
