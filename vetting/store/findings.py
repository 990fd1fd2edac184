"""Findings and their corrective actions as stored: a finding is open until an action closes it."""

from collections import defaultdict
from datetime import datetime

from schemas.case import CorrectiveAction, Finding
from schemas.codes import Grade
from schemas.evidence import Audit
from vetting.store.connect import Cursor
from vetting.store.merges import entries_of, fetch_merged, resolved
from vetting.store.rows import fetch_rows
from vetting.store.then import NOW, Then

INSERT_FINDING = """
INSERT INTO desk.finding (finding_id, recorded_at, case_id, agency_id, crit_code, grade, statement, actor)
VALUES ($finding_id, $recorded_at, $case_id, $agency_id, $crit_code, $grade, $statement, $actor)
"""
INSERT_ACTION = """
INSERT INTO desk.corrective_action (finding_id, recorded_at, state, due_on, note, actor)
VALUES ($finding_id, $recorded_at, $state, $due_on, $note, $actor)
"""
FINDINGS = """
SELECT finding_id, recorded_at, case_id, agency_id, crit_code, grade, statement, actor
FROM desk.finding
WHERE ($finding_id IS NULL OR finding_id = $finding_id)
    AND ($agencies IS NULL OR list_contains($agencies, agency_id))
    AND ($until IS NULL OR recorded_at <= $until)
ORDER BY recorded_at, finding_id
"""
ACTIONS = """
SELECT taken.finding_id, taken.recorded_at, taken.state, taken.due_on, taken.note, taken.actor
FROM desk.corrective_action AS taken
JOIN desk.finding AS finding USING (finding_id)
WHERE ($finding_id IS NULL OR finding_id = $finding_id)
    AND ($agencies IS NULL OR list_contains($agencies, finding.agency_id))
    AND ($until IS NULL OR taken.recorded_at <= $until)
ORDER BY taken.recorded_at, taken.finding_id
"""
SOURCES = """
SELECT imported.finding_id, audit.audit_id, audit.recorded_at, audit.case_id, audit.scheme, audit.reference,
       audit.audited_on, audit.auditor, audit.actor
FROM desk.imported_finding AS imported
JOIN desk.outside_audit AS audit ON audit.audit_id = imported.audit_id
WHERE $finding_id IS NULL OR imported.finding_id = $finding_id
ORDER BY imported.finding_id
"""
OPEN_ONES = """
WITH newest AS (
    SELECT finding_id, arg_max(state, recorded_at) AS state
    FROM desk.corrective_action
    WHERE recorded_at <= $at
    GROUP BY finding_id
)
SELECT DISTINCT finding.agency_id
FROM desk.finding AS finding
LEFT JOIN newest ON newest.finding_id = finding.finding_id
WHERE finding.recorded_at <= $at AND finding.grade = $grade AND newest.state IS DISTINCT FROM 'closed'
ORDER BY finding.agency_id
"""


def insert_finding(db: Cursor, finding: Finding) -> None:
    """The finding alone: its corrective actions and, of an imported one, its audit are written beside it."""
    db.execute(INSERT_FINDING, finding.model_dump(exclude={"actions", "source"}))


def insert_action(db: Cursor, finding_id: str, action: CorrectiveAction) -> None:
    db.execute(INSERT_ACTION, action.model_dump() | {"finding_id": finding_id})


def fetch_finding(db: Cursor, finding_id: str) -> Finding | None:
    found = _fetch(db, finding_id=finding_id, agency_id=None)
    return found[0] if found else None


def fetch_critical(db: Cursor, at: datetime) -> set[str]:
    """The entries of the registers that had a critical finding open at `at`."""
    return {row["agency_id"] for row in fetch_rows(db, OPEN_ONES, {"at": at, "grade": Grade.CRITICAL.value})}


def fetch_findings(db: Cursor, agency_id: str | None = None, then: Then = NOW) -> list[Finding]:
    """Every finding (about one agency and what went into it), oldest first, open and closed."""
    return _fetch(db, finding_id=None, agency_id=agency_id, then=then)


def _fetch(db: Cursor, *, finding_id: str | None, agency_id: str | None, then: Then = NOW) -> list[Finding]:
    agencies = entries_of(db, agency_id, then.known_at)
    chosen = {"finding_id": finding_id, "agencies": agencies, "until": then.until}
    actions: dict[str, list[CorrectiveAction]] = defaultdict(list)
    for row in fetch_rows(db, ACTIONS, chosen):
        actions[row.pop("finding_id")].append(CorrectiveAction.model_validate(row))
    sources = {
        row.pop("finding_id"): Audit.model_validate(row) for row in fetch_rows(db, SOURCES, {"finding_id": finding_id})
    }
    return [
        Finding.model_validate(
            row | {"actions": tuple(actions[row["finding_id"]]), "source": sources.get(row["finding_id"])}
        )
        for row in resolved(fetch_rows(db, FINDINGS, chosen), fetch_merged(db, then.known_at))
    ]
