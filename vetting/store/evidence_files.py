"""Evidence as stored: the bytes of each file once, under their hash, and what was given to which finding or case."""

from datetime import datetime

from schemas.evidence import Evidence, FileKind
from vetting.store.connect import Cursor
from vetting.store.rows import fetch_records, fetch_rows

KNOWN = "SELECT count(*) AS files FROM desk.evidence_file WHERE sha256 = $sha256"
INSERT_FILE = """
INSERT INTO desk.evidence_file (sha256, recorded_at, kind, size, content)
VALUES ($sha256, $recorded_at, $kind, $size, $content)
"""
INSERT = """
INSERT INTO desk.evidence_given
    (evidence_id, recorded_at, case_id, finding_id, action_at, sha256, kind, size, name, actor)
VALUES
    ($evidence_id, $recorded_at, $case_id, $finding_id, $action_at, $sha256, $kind, $size, $name, $actor)
"""
# A file that was removed and came again is there again.
GIVEN = """
SELECT given.evidence_id, given.recorded_at, given.case_id, given.finding_id, given.action_at, given.sha256,
       given.kind, given.size, given.name, given.actor,
       CASE WHEN given.sha256 IS NOT NULL AND kept.sha256 IS NULL THEN gone.removed_at END AS removed_at
FROM desk.evidence_given AS given
LEFT JOIN desk.evidence_file AS kept ON kept.sha256 = given.sha256
LEFT JOIN (
    SELECT sha256, max(recorded_at) AS removed_at FROM desk.evidence_removal GROUP BY sha256
) AS gone ON gone.sha256 = given.sha256
WHERE ($evidence_id IS NULL OR given.evidence_id = $evidence_id)
    AND ($case_id IS NULL OR given.case_id = $case_id)
    AND ($findings IS NULL OR list_contains($findings, given.finding_id))
ORDER BY given.recorded_at, given.evidence_id
"""
CONTENT = "SELECT content FROM desk.evidence_file WHERE sha256 = $sha256"
DELETE_FILE = "DELETE FROM desk.evidence_file WHERE sha256 = $sha256"
BLANK_NAMES = "UPDATE desk.evidence_given SET name = '' WHERE sha256 = $sha256"
INSERT_REMOVAL = """
INSERT INTO desk.evidence_removal (sha256, recorded_at, actor, reason)
VALUES ($sha256, $recorded_at, $actor, $reason)
"""


def insert_evidence(db: Cursor, given: Evidence) -> None:
    db.execute(INSERT, given.model_dump(exclude={"removed_at"}))


def keep_file(db: Cursor, sha256: str, kind: FileKind, content: bytes, recorded_at: datetime) -> None:
    """Keep the bytes, unless they are kept already."""
    if fetch_rows(db, KNOWN, {"sha256": sha256})[0]["files"]:
        return
    file = {"sha256": sha256, "kind": kind.value, "size": len(content), "content": content}
    db.execute(INSERT_FILE, file | {"recorded_at": recorded_at})


def fetch_evidence(db: Cursor, evidence_id: str) -> Evidence | None:
    found = _given(db, evidence_id=evidence_id)
    return found[0] if found else None


def fetch_of_findings(db: Cursor, findings: list[str]) -> list[Evidence]:
    """What was given to these findings and with their corrective actions, the oldest first."""
    return _given(db, findings=findings)


def fetch_of_case(db: Cursor, case_id: str) -> list[Evidence]:
    """What was given to the case itself, beside its findings; the oldest first."""
    return [each for each in _given(db, case_id=case_id) if each.finding_id is None]


def fetch_content(db: Cursor, sha256: str) -> bytes | None:
    """The bytes as they lie in the store; None when they were removed."""
    rows = fetch_rows(db, CONTENT, {"sha256": sha256})
    return bytes(rows[0]["content"]) if rows else None


def delete_file(db: Cursor, sha256: str, *, recorded_at: datetime, actor: str, reason: str) -> None:
    """Delete the bytes and every name they were given under, for good; who did it and why is kept."""
    db.execute(DELETE_FILE, {"sha256": sha256})
    db.execute(BLANK_NAMES, {"sha256": sha256})
    removal = {"sha256": sha256, "recorded_at": recorded_at, "actor": actor, "reason": reason}
    db.execute(INSERT_REMOVAL, removal)


def _given(
    db: Cursor, evidence_id: str | None = None, case_id: str | None = None, findings: list[str] | None = None
) -> list[Evidence]:
    asked = {"evidence_id": evidence_id, "case_id": case_id, "findings": findings}
    return fetch_records(db, Evidence, GIVEN, asked)
