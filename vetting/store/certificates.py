"""Certificates as issued. How one stands today is the state of its case and the clock, never a stored word."""

from schemas.case import Certificate
from schemas.certificate import Signed
from vetting.store.connect import Cursor
from vetting.store.merges import entries_of, fetch_merged, resolved
from vetting.store.rows import fetch_records, fetch_rows
from vetting.store.then import NOW, Then

COLUMNS = (
    "number, recorded_at, case_id, agency_id, scope, issued_on, expires_on, deciding_body, standard, standard_hash, "
    "recommended_by, decided_by, reason"
)
INSERT = f"""
INSERT INTO desk.certificate ({COLUMNS})
VALUES (
    $number, $recorded_at, $case_id, $agency_id, $scope, $issued_on, $expires_on, $deciding_body, $standard,
    $standard_hash, $recommended_by, $decided_by, $reason
)
"""
CERTIFICATES = f"""
SELECT {COLUMNS}
FROM desk.certificate
WHERE ($agencies IS NULL OR list_contains($agencies, agency_id))
    AND ($case_id IS NULL OR case_id = $case_id)
    AND ($number IS NULL OR number = $number)
    AND ($until IS NULL OR recorded_at <= $until)
ORDER BY recorded_at, number
"""
SIGNED = "number, recorded_at, key_id, document, signature"
INSERT_SIGNED = f"""
INSERT INTO desk.certificate_signature ({SIGNED}) VALUES ($number, $recorded_at, $key_id, $document, $signature)
"""
SIGNINGS = f"""
SELECT {SIGNED}
FROM desk.certificate_signature
WHERE $number IS NULL OR number = $number
ORDER BY recorded_at, number
"""
NUMBERS = "SELECT number FROM desk.certificate WHERE starts_with(number, $prefix) ORDER BY number"


def insert_certificate(db: Cursor, certificate: Certificate) -> None:
    db.execute(INSERT, certificate.model_dump() | {"scope": certificate.scope.model_dump_json()})


def fetch_certificates(
    db: Cursor,
    *,
    agency_id: str | None = None,
    case_id: str | None = None,
    number: str | None = None,
    then: Then = NOW,
) -> list[Certificate]:
    """Every certificate ever issued that fits, oldest first; those of entries that went into an agency are its own."""
    agencies = entries_of(db, agency_id, then.known_at)
    chosen = {"agencies": agencies, "case_id": case_id, "number": number, "until": then.until}
    rows = resolved(fetch_rows(db, CERTIFICATES, chosen), fetch_merged(db, then.known_at))
    return [Certificate.model_validate(row) for row in rows]


def fetch_numbers(db: Cursor, prefix: str) -> list[str]:
    return [row["number"] for row in fetch_rows(db, NUMBERS, {"prefix": prefix})]


def insert_signed(db: Cursor, signed: Signed) -> None:
    db.execute(INSERT_SIGNED, signed.model_dump())


def fetch_signed(db: Cursor, number: str | None = None) -> list[Signed]:
    """What was signed (of one certificate), oldest first; nothing of one that is older than signing."""
    return fetch_records(db, Signed, SIGNINGS, {"number": number})
