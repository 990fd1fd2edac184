"""What reviewers see of many agencies at once: the directory over live headlines."""

from collections.abc import Mapping
from datetime import date

from schemas.case import PublicCertificate
from schemas.codes import LicenceStatus
from schemas.record import Record
from schemas.score import Headline


class LiveEntry(Record):
    """One line of the reviewers' directory. `headline` is None for an agency that was never scored."""

    agency_id: str
    licence: str
    name: str
    aliases: tuple[str, ...]
    country: str
    licence_status: LicenceStatus
    valid_until: date | None
    certificate: PublicCertificate | None
    headline: Headline | None


class LiveDirectory(Record):
    """One page of it. `options` has, for each filter, every option with the agencies it would leave."""

    entries: tuple[LiveEntry, ...]
    total: int
    page: int
    pages: int
    options: Mapping[str, Mapping[str, int]]
