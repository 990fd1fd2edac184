"""An agency as a licence register knows it."""

from datetime import date, datetime

from schemas.codes import LicenceStatus
from schemas.record import Record


class Agency(Record):
    """The newest row of one agency. `licence` is text (leading zeros kept); `deployed_12m` is workers, None unknown.

    `merged_ids`, `merged_licences`: of the register's entries that turned out to be this agency and went into it; their
    names are among the aliases.
    """

    agency_id: str
    register: str
    licence: str
    name: str
    country: str
    status: LicenceStatus
    valid_from: date | None = None
    valid_until: date | None = None
    address: str | None = None
    aliases: tuple[str, ...] = ()
    deployed_12m: int | None = None
    merged_ids: tuple[str, ...] = ()
    merged_licences: tuple[str, ...] = ()


class Merged(Record):
    """An entry of the registers that went into another: as it is recorded, since when, by whom and why."""

    agency_id: str
    name: str
    licence: str
    aliases: tuple[str, ...] = ()
    into_id: str
    recorded_at: datetime
    actor: str
    reason: str
