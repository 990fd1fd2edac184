"""Certificates as issued. How one stands today is the state of its case and the clock, never a stored word."""

from schemas.case import Certificate
from vetting.store.connect import Cursor
from vetting.store.rows import fetch_records, fetch_rows

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
WHERE ($agency_id IS NULL OR agency_id = $agency_id)
    AND ($case_id IS NULL OR case_id = $case_id)
    AND ($number IS NULL OR number = $number)
ORDER BY recorded_at, number
"""
NUMBERS = "SELECT number FROM desk.certificate WHERE starts_with(number, $prefix) ORDER BY number"


def insert_certificate(db: Cursor, certificate: Certificate) -> None:
    db.execute(INSERT, certificate.model_dump() | {"scope": certificate.scope.model_dump_json()})


def fetch_certificates(
    db: Cursor, *, agency_id: str | None = None, case_id: str | None = None, number: str | None = None
) -> list[Certificate]:
    """Every certificate ever issued that fits, oldest first."""
    chosen = {"agency_id": agency_id, "case_id": case_id, "number": number}
    return fetch_records(db, Certificate, CERTIFICATES, chosen)


def fetch_numbers(db: Cursor, prefix: str) -> list[str]:
    return [row["number"] for row in fetch_rows(db, NUMBERS, {"prefix": prefix})]
