"""Which settings there are, what they are when nobody has set them, and setting one."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from schemas.codes import Action, Role, Via
from schemas.setting import (
    NOBODY,
    ComplaintLimits,
    EvidenceLimits,
    Limits,
    Retention,
    Settings,
    is_public_address,
    read_weekly_hour,
)
from schemas.standard import load_standard
from schemas.trail import Entry
from schemas.viewer import Viewer
from vetting.disclosure.roles import require
from vetting.refusals import Refusal
from vetting.store.act import Moment, act
from vetting.store.connect import Cursor, Store

NEWEST = """
SELECT name, arg_max(value, recorded_at) AS value
FROM desk.setting
GROUP BY name
ORDER BY name
"""
LARGEST = 1_000_000_000  # of any limit; assumed: beyond whatever a machine holds
NUMBERS = (
    *Limits.model_fields,
    *Retention.model_fields,
    *EvidenceLimits.model_fields,
    *ComplaintLimits.model_fields,
)
LONGEST = 1_200  # of what is kept, in its own unit; assumed: a hundred years of months
UNTIL_RELEASED = (
    7  # months from a quarter's end to the last day on which it is the newest to be released: 90 and 92 days
)
INSERT = "INSERT INTO desk.setting (name, value, recorded_at) VALUES ($name, $value, $recorded_at)"


def fetch_settings(db: Cursor) -> Settings:
    """Every setting as it stands now, with the default where nobody has set it."""
    kept = dict(db.execute(NEWEST).fetchall())
    return Settings.model_validate({name: value for name, value in kept.items() if name in Settings.model_fields})


def set_setting(store: Store, viewer: Viewer, name: str, value: str, *, via: Via, now: datetime) -> Settings:
    """Set one setting to a text value (`true` / `false` for `sample`, a whole number for a limit) and return them all
    as they then stand."""
    require(viewer, Role.ADMIN)
    _check(name, value)

    def deed(moment: Moment) -> tuple[Entry, Settings]:
        before = fetch_settings(moment.db)
        moment.db.execute(INSERT, {"name": name, "value": value, "recorded_at": moment.recorded_at})
        entry = Entry(
            action=Action.SETTING_SET,
            subject=name,
            before={"value": str(getattr(before, name))},
            after={"value": value},
        )
        return entry, fetch_settings(moment.db)

    return act(store, deed, actor=viewer.actor, via=via, now=now)


def _check(name: str, value: str) -> None:
    if name not in Settings.model_fields:
        raise Refusal(f"There is no setting {name!r}. Settings are: {', '.join(Settings.model_fields)}.")
    if not value.strip():
        raise Refusal(f"The setting {name} cannot be empty.")
    if name in NUMBERS and not (value.isascii() and value.isdecimal() and 0 < int(value) <= LARGEST):
        raise Refusal(f"The setting {name} is a whole number above 0, such as {getattr(Settings(), name)}.")
    if name in Retention.model_fields and int(value) > LONGEST:
        raise Refusal(f"The setting {name} is at most {LONGEST:,}: what is kept for ever needs no setting.")
    least = load_standard().measuring.window_months + UNTIL_RELEASED
    if name == "row_months" and int(value) < least:
        raise Refusal(
            f"The setting row_months is at least {least}: scores count interviews of the last "
            f"{load_standard().measuring.window_months} months, and a release is made up to half a year later."
        )
    if name == "public_address" and not is_public_address(value):
        raise Refusal(f"{value!r} is no address for everybody. Write it as https://register.example.org.")
    if name == "sample" and value not in ("true", "false"):
        raise Refusal("The setting sample is true or false.")
    if name == "head_recipients" and value != NOBODY:
        for address in value.split(","):
            if not re.fullmatch(r"[^\s@<>,;:\"]+@[^\s@<>,;:\"]+", address.strip()):
                raise Refusal(f"{address.strip()!r} is no e-mail address. Put commas between several; or say {NOBODY}.")
    if name == "weekly_hour":
        try:
            read_weekly_hour(value)
        except ValueError as error:
            raise Refusal(f"{value!r} is no hour of the week. Write it as Monday 09:00.") from error
    if name == "time_zone":
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise Refusal(f"{value!r} is no time zone. Write it as Asia/Kathmandu, or UTC.") from error
