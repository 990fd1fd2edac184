"""An agency as a licence register knows it."""

from datetime import date

from schemas.codes import LicenceStatus
from schemas.record import Record


class Agency(Record):
    """The newest row of one agency. `licence` is text (leading zeros kept); `deployed_12m` is workers, None unknown."""

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
