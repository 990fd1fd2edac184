"""How did one agency stand on a past day, by what was known at a moment? What stands beside a past score."""

from datetime import date, datetime

from schemas.agency import Agency
from schemas.case import Finding, PublicCertificate
from schemas.clocks import end_of
from schemas.codes import LicenceStatus, Role
from schemas.record import Record
from schemas.release import PastBand
from schemas.viewer import Viewer
from vetting.disclosure.register import newest_certificates
from vetting.disclosure.released import past_bands
from vetting.disclosure.roles import require
from vetting.store import Cursor
from vetting.store.agencies import fetch_agency, fetch_versions
from vetting.store.findings import fetch_findings
from vetting.store.then import known


class PastAgency(Record):
    """One agency as it stood then. `agency` and `findings` as known at the moment, like the score; licence, certificate
    and released bands as of the day besides."""

    agency: Agency
    licence_status: LicenceStatus
    certificate: PublicCertificate | None
    findings: tuple[Finding, ...]
    bands: tuple[PastBand, ...]


def past_agency(
    db: Cursor, viewer: Viewer, agency_id: str, *, as_of: date, known_at: datetime, now: datetime | None = None
) -> PastAgency:
    """For reviewers; NotFound when no register had named it by `known_at`. Old ids are answered as they were then.

    `now`: where the answer is about the present, so that a weekly hour since `known_at` shows in the newest release.
    """
    require(viewer, Role.REVIEWER)
    agency = fetch_agency(db, agency_id, known_at)
    said = _licence(db, agency, as_of, known_at)
    return PastAgency(
        agency=agency.model_copy(update={"valid_until": said.valid_until}),
        licence_status=_status(said, as_of),
        certificate=newest_certificates(db, viewer, as_of, known_at).get(agency.agency_id),
        findings=tuple(fetch_findings(db, agency.agency_id, known(known_at))),
        bands=tuple(past_bands(db, viewer, agency.agency_id, as_of=as_of, known_at=known_at, now=now or known_at)),
    )


def _licence(db: Cursor, agency: Agency, as_of: date, known_at: datetime) -> Agency:
    """What the register had last said by the end of that day, else the first it said later."""
    versions = [(at, said) for at, said in fetch_versions(db, agency.agency_id) if at <= known_at]
    by_then = [said for at, said in versions if at <= end_of(as_of)]
    return by_then[-1] if by_then else versions[0][1]


def _status(said: Agency, as_of: date) -> LicenceStatus:
    """A valid licence runs out by itself; of days before it began, nobody knows."""
    if said.status is not LicenceStatus.VALID:
        return said.status
    if said.valid_until is not None and said.valid_until < as_of:
        return LicenceStatus.EXPIRED
    return LicenceStatus.UNKNOWN if said.valid_from is not None and said.valid_from > as_of else said.status
