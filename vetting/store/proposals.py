"""Proposals that wait for a second reviewer, how they ended, and the clearances of gates that came of them."""

from datetime import datetime
from typing import Literal

from schemas.case import Clearance, Proposal
from vetting.store.connect import Cursor
from vetting.store.merges import entries_of, fetch_merged, resolved
from vetting.store.rows import fetch_rows

INSERT_PROPOSAL = """
INSERT INTO desk.proposal (proposal_id, recorded_at, kind, agency_id, case_id, indicator, proposed_by, reason)
VALUES ($proposal_id, $recorded_at, $kind, $agency_id, $case_id, $indicator, $proposed_by, $reason)
"""
INSERT_END = """
INSERT INTO desk.proposal_end (proposal_id, recorded_at, outcome, actor, reason)
VALUES ($proposal_id, $recorded_at, $outcome, $actor, $reason)
"""
OPEN = """
WITH newest_moves AS (
    SELECT case_id, max(recorded_at) AS recorded_at FROM desk.case_move GROUP BY case_id
)
SELECT
    made.proposal_id, made.recorded_at, made.kind, made.agency_id, made.case_id, made.indicator, made.proposed_by,
    made.reason
FROM desk.proposal AS made
LEFT JOIN desk.proposal_end AS ended ON ended.proposal_id = made.proposal_id
LEFT JOIN newest_moves ON newest_moves.case_id = made.case_id
WHERE ended.proposal_id IS NULL
    AND (newest_moves.recorded_at IS NULL OR newest_moves.recorded_at < made.recorded_at)
    AND ($agencies IS NULL OR list_contains($agencies, made.agency_id))
    AND ($proposal_id IS NULL OR made.proposal_id = $proposal_id)
ORDER BY made.recorded_at, made.proposal_id
"""
INSERT_CLEARANCE = """
INSERT INTO desk.clearance (agency_id, indicator, recorded_at, proposed_by, confirmed_by, reason)
VALUES ($agency_id, $indicator, $recorded_at, $proposed_by, $confirmed_by, $reason)
"""
CLEARANCES = """
SELECT
    cleared.agency_id, cleared.indicator, cleared.recorded_at, cleared.proposed_by, made.recorded_at AS proposed_at,
    made.reason AS proposal_reason, cleared.confirmed_by, cleared.reason
FROM desk.clearance AS cleared
LEFT JOIN desk.proposal_end AS ended ON ended.recorded_at = cleared.recorded_at
LEFT JOIN desk.proposal AS made ON made.proposal_id = ended.proposal_id
WHERE list_contains($agencies, cleared.agency_id) AND cleared.recorded_at <= $known_at
ORDER BY cleared.recorded_at DESC
"""


def insert_proposal(db: Cursor, proposal: Proposal) -> None:
    db.execute(INSERT_PROPOSAL, proposal.model_dump())


def insert_end(
    db: Cursor,
    proposal: Proposal,
    outcome: Literal["confirmed", "dropped"],
    *,
    actor: str,
    reason: str,
    recorded_at: datetime,
) -> None:
    values = {"proposal_id": proposal.proposal_id, "recorded_at": recorded_at, "outcome": outcome}
    db.execute(INSERT_END, values | {"actor": actor, "reason": reason})


def fetch_open_proposal(db: Cursor, proposal_id: str) -> Proposal | None:
    found = _open(db, proposal_id, None)
    return found[0] if found else None


def fetch_open_proposals(db: Cursor, agency_id: str | None = None) -> list[Proposal]:
    """What waits for a second reviewer, oldest first. One about a case falls when the case moves."""
    return _open(db, None, entries_of(db, agency_id))


def _open(db: Cursor, proposal_id: str | None, agencies: list[str] | None) -> list[Proposal]:
    rows = fetch_rows(db, OPEN, {"proposal_id": proposal_id, "agencies": agencies})
    return [Proposal.model_validate(row) for row in resolved(rows, fetch_merged(db))]


def insert_clearance(db: Cursor, proposal: Proposal, *, confirmed_by: str, reason: str, recorded_at: datetime) -> None:
    values = {"agency_id": proposal.agency_id, "indicator": proposal.indicator, "recorded_at": recorded_at}
    db.execute(
        INSERT_CLEARANCE,
        values | {"proposed_by": proposal.proposed_by, "confirmed_by": confirmed_by, "reason": reason},
    )


def fetch_clearances(db: Cursor, agency_id: str, known_at: datetime) -> list[Clearance]:
    """Every gate of this agency, and of the entries that are one with it now, that was cleared up to `known_at`: the
    newest first."""
    rows = fetch_rows(db, CLEARANCES, {"agencies": entries_of(db, agency_id), "known_at": known_at})
    return [Clearance.model_validate(row) for row in resolved(rows, fetch_merged(db))]
