"""Which certificates there are, and how each stands today: what anybody may read, without reviewers' names."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from schemas.case import Case, Certificate, Move, PublicCertificate
from schemas.certificate import Signed
from schemas.codes import CaseState
from schemas.viewer import Viewer
from vetting.certification.clock import ACTOR, DueMove, due_moves, local_day
from vetting.refusals import NotFound
from vetting.store import Cursor
from vetting.store.cases import fetch_cases, fetch_moves
from vetting.store.certificates import fetch_certificates, fetch_signed
from vetting.store.clock_moves import fetch_clock_moves
from vetting.store.settings import fetch_settings
from vetting.store.then import NOW, Then, as_it_stood


def public_certificates(
    db: Cursor, viewer: Viewer, today: date, agency_id: str | None = None, known_at: datetime | None = None
) -> list[PublicCertificate]:
    """Every certificate (of one agency), newest first, as it stands today. For everybody.

    With `known_at`: as it stood on the past day `today`, by what was known then.
    """
    then = as_it_stood(today, known_at)
    return _standing(db, fetch_certificates(db, agency_id=agency_id, then=then), today, then)


def find_certificate(db: Cursor, viewer: Viewer, number: str, today: date) -> PublicCertificate | None:
    """The certificate of this number, however it was typed; None when none was ever issued. For everybody."""
    found = _standing(db, fetch_certificates(db, number=number.strip().upper()), today)
    return found[0] if found else None


def signed_certificate(db: Cursor, viewer: Viewer, number: str) -> Signed:
    """The newest signing of the certificate of this number, for its file and its PDF. For everybody.

    Raises NotFound when we never issued it, or when it is older than signing and was not signed since.
    """
    number = number.strip().upper()
    if signings := fetch_signed(db, number):
        return signings[-1]
    if fetch_certificates(db, number=number):
        raise NotFound(
            f"{number} was issued before certificates were signed, so there is no file of it yet. An administrator "
            "signs it with `python -m vetting keys sign --actor NAME`."
        )
    raise NotFound(f"No certificate has the number {number}.")


def standing_now(db: Cursor, certificate: Certificate, today: date) -> PublicCertificate:
    return _standing(db, [certificate], today)[0]


def _standing(
    db: Cursor, certificates: Sequence[Certificate], today: date, then: Then = NOW
) -> list[PublicCertificate]:
    if not certificates:
        return []
    one = certificates[0].agency_id if len({each.agency_id for each in certificates}) == 1 else None
    cases = {case.case_id: case for case in fetch_cases(db, one, then)}
    due = due_moves(db, today, one, then)
    zone, by_clock = ZoneInfo(fetch_settings(db).time_zone), fetch_clock_moves(db)
    moves: Mapping[str, list[Move]] = defaultdict(list)
    for move in fetch_moves(db, certificates[0].case_id if len(certificates) == 1 else None, then):
        moves[move.case_id].append(move)
    held = []
    for each in reversed(certificates):
        case, last, owed = cases[each.case_id], moves[each.case_id][-1], due.get(each.case_id)
        written = by_clock.get((last.case_id, last.recorded_at), local_day(last.recorded_at, zone))
        held.append(_as_it_stands(each, case, last, owed, written))
    return held


def _as_it_stands(
    certificate: Certificate, case: Case, last: Move, due: DueMove | None, written: date
) -> PublicCertificate:
    """What the clock owes counts as done, whether or not it has been written down yet. `written`: the day from which
    the last move holds."""
    status = due.to_state if due else case.state
    since = due.since if due else written
    return PublicCertificate(
        number=certificate.number,
        agency_id=certificate.agency_id,
        scope=certificate.scope,
        issued_on=certificate.issued_on,
        expires_on=certificate.expires_on,
        deciding_body=certificate.deciding_body,
        standard=certificate.standard,
        standard_hash=certificate.standard_hash,
        status=status,
        since=since,
        why=_why(certificate, status, since, by_clock=due is not None or last.actor == ACTOR),
    )


def _why(certificate: Certificate, status: CaseState, since: date, *, by_clock: bool) -> str:
    match status:
        case CaseState.CERTIFIED:
            return f"Valid until {_day(certificate.expires_on)}, for the scope stated."
        case CaseState.EXPIRED:
            return f"Expired: it was valid until {_day(certificate.expires_on)}."
        case CaseState.SUSPENDED if by_clock:
            return f"Suspended since {_day(since)}: something the certificate asks for was not done in time."
        case CaseState.SUSPENDED:
            return f"Suspended since {_day(since)} by {certificate.deciding_body}."
        case _:
            return f"Withdrawn on {_day(since)} by {certificate.deciding_body}: it speaks for nothing any more."


def _day(value: date) -> str:
    return f"{value.day} {value:%b %Y}"
