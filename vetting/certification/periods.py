"""When is a period of the scheme over? Same day of the month, else the month's last."""

import calendar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from schemas.case import Finding
from schemas.setting import Settings, read_weekly_hour
from schemas.standard import Standard, Value


def after(day: date, period: Value) -> date:
    """The day that lies one period of the scheme after `day`."""
    if period.unit == "days":
        return day + timedelta(days=period.value)
    if period.unit == "months":
        months = day.year * 12 + day.month - 1 + period.value
        year, month = months // 12, months % 12 + 1
        return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
    raise ValueError(f"a period is in days or months, not in {period.unit}")


def due_on(finding: Finding, standard: Standard) -> date | None:
    """The date agreed, else the scheme's deadline counted from the finding; None for an observation."""
    days = standard.due_days(finding.grade)
    if finding.due_on is not None or days is None:
        return finding.due_on
    return finding.recorded_at.date() + timedelta(days=days)


def is_overdue(finding: Finding, standard: Standard, today: date) -> bool:
    """Open past its date with nothing delivered; once done or verified, it waits for a reviewer and not the agency."""
    due = due_on(finding, standard)
    return finding.is_open and not finding.delivered and due is not None and due < today


def next_weekly_hour(settings: Settings, moment: datetime) -> datetime:
    """The first weekly hour after `moment`, both in UTC without a zone: an hour that has begun is not the next."""
    hour, zone = read_weekly_hour(settings.weekly_hour), ZoneInfo(settings.time_zone)
    here = moment.replace(tzinfo=UTC).astimezone(zone).date()
    day = here + timedelta(days=(hour.weekday - here.weekday()) % 7)
    at = [datetime.combine(each, hour.at, zone).astimezone(UTC) for each in (day, day + timedelta(days=7))]
    return next(each for each in (one.replace(tzinfo=None) for one in at) if each > moment)
