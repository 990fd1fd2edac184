"""Decisions as they were taken, each with its ground: appended, never computed anew."""

from schemas.decision import Decision
from vetting.store.connect import Cursor
from vetting.store.merges import entries_of, fetch_merged, resolved
from vetting.store.rows import fetch_rows

COLUMNS = (
    "decision_id, recorded_at, kind, case_id, agency_id, decided_on, deciding_body, from_state, to_state, first, "
    "decided_by, reason, ground"
)
INSERT = f"""
INSERT INTO desk.decision ({COLUMNS})
VALUES (
    $decision_id, $recorded_at, $kind, $case_id, $agency_id, $decided_on, $deciding_body, $from_state, $to_state,
    $first, $decided_by, $reason, $ground
)
"""
DECISIONS = f"""
SELECT {COLUMNS}
FROM desk.decision
WHERE ($decision_id IS NULL OR decision_id = $decision_id)
    AND ($case_id IS NULL OR case_id = $case_id)
    AND ($agencies IS NULL OR list_contains($agencies, agency_id))
ORDER BY recorded_at, decision_id
"""


def insert_decision(db: Cursor, decision: Decision) -> None:
    db.execute(INSERT, decision.model_dump() | {"ground": decision.ground.model_dump_json()})


def fetch_decision(db: Cursor, decision_id: str) -> Decision | None:
    found = _decisions(db, decision_id=decision_id)
    return found[0] if found else None


def fetch_decisions(db: Cursor, *, case_id: str | None = None, agency_id: str | None = None) -> list[Decision]:
    """Every decision (about one case, or one agency and what went into it), oldest first."""
    return _decisions(db, case_id=case_id, agencies=entries_of(db, agency_id))


def _decisions(
    db: Cursor, *, decision_id: str | None = None, case_id: str | None = None, agencies: list[str] | None = None
) -> list[Decision]:
    chosen = {"decision_id": decision_id, "case_id": case_id, "agencies": agencies}
    return [Decision.model_validate(row) for row in resolved(fetch_rows(db, DECISIONS, chosen), fetch_merged(db))]
