"""Other schemes' audits as stored, and which findings were imported from each."""

from schemas.evidence import Audit
from vetting.store.connect import Cursor
from vetting.store.rows import fetch_records

INSERT = """
INSERT INTO desk.outside_audit (audit_id, recorded_at, case_id, scheme, reference, audited_on, auditor, actor)
VALUES ($audit_id, $recorded_at, $case_id, $scheme, $reference, $audited_on, $auditor, $actor)
"""
INSERT_FINDING = "INSERT INTO desk.imported_finding (finding_id, audit_id) VALUES ($finding_id, $audit_id)"
OF_CASE = """
SELECT audit_id, recorded_at, case_id, scheme, reference, audited_on, auditor, actor
FROM desk.outside_audit
WHERE case_id = $case_id
ORDER BY recorded_at, audit_id
"""


def insert_audit(db: Cursor, audit: Audit) -> None:
    db.execute(INSERT, audit.model_dump())


def insert_imported(db: Cursor, finding_id: str, audit_id: str) -> None:
    db.execute(INSERT_FINDING, {"finding_id": finding_id, "audit_id": audit_id})


def fetch_audits(db: Cursor, case_id: str) -> list[Audit]:
    """The audits of which findings were imported into a case, the oldest first."""
    return fetch_records(db, Audit, OF_CASE, {"case_id": case_id})
