"""What a certificate says: its number, scope, dates and the body that decided. The names on it are for reviewers."""

from datetime import date, datetime

from schemas.case import Case, Certificate
from schemas.standard import load_standard
from vetting.certification.periods import after
from vetting.store import Cursor
from vetting.store.certificates import fetch_numbers
from vetting.store.settings import fetch_settings

PREFIX = "FP"


def drawn_up(
    db: Cursor, case: Case, *, recommended_by: str, decided_by: str, reason: str, recorded_at: datetime, today: date
) -> Certificate:
    """The certificate as it would be issued today. Called inside the act that issues it, so the number is its own."""
    return Certificate(
        number=_next_number(db, today.year),
        recorded_at=recorded_at,
        case_id=case.case_id,
        agency_id=case.agency_id,
        scope=case.scope,
        issued_on=today,
        expires_on=after(today, load_standard(case.standard).scheme.certificate_validity),
        deciding_body=fetch_settings(db).operating_body,
        standard=case.standard,
        standard_hash=case.standard_hash,
        recommended_by=recommended_by,
        decided_by=decided_by,
        reason=reason,
    )


def _next_number(db: Cursor, year: int) -> str:
    """FP-2026-0001, FP-2026-0002 …; a fifth figure comes when four are used up."""
    prefix = f"{PREFIX}-{year}-"
    used = [int(number.removeprefix(prefix)) for number in fetch_numbers(db, prefix)]
    return f"{prefix}{max(used, default=0) + 1:04d}"
