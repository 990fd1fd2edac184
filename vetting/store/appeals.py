"""Appeals as received, what the first reviewer says of them, and how they ended: appended, never edited."""

from datetime import date, datetime

from schemas.codes import AppealOutcome
from schemas.decision import Appeal
from vetting.store.connect import Cursor
from vetting.store.merges import entries_of, fetch_merged, resolved
from vetting.store.rows import fetch_rows

INSERT = """
INSERT INTO desk.appeal
    (appeal_id, recorded_at, decision_id, case_id, agency_id, received_on, decide_by, ground, actor)
VALUES
    ($appeal_id, $recorded_at, $decision_id, $case_id, $agency_id, $received_on, $decide_by, $ground, $actor)
"""
INSERT_PROPOSAL = """
INSERT INTO desk.appeal_proposal (appeal_id, recorded_at, outcome, actor, reason)
VALUES ($appeal_id, $recorded_at, $outcome, $actor, $reason)
"""
INSERT_END = """
INSERT INTO desk.appeal_end (appeal_id, recorded_at, decided_on, outcome, actor, reason)
VALUES ($appeal_id, $recorded_at, $decided_on, $outcome, $actor, $reason)
"""
APPEALS = """
WITH newest_proposals AS (
    SELECT
        appeal_id, arg_max(outcome, recorded_at) AS proposed, arg_max(actor, recorded_at) AS proposed_by,
        max(recorded_at) AS proposed_at, arg_max(reason, recorded_at) AS proposal_reason
    FROM desk.appeal_proposal
    GROUP BY appeal_id
)
SELECT
    made.appeal_id, made.recorded_at, made.decision_id, made.case_id, made.agency_id, made.received_on, made.decide_by,
    made.ground, made.actor, said.proposed, said.proposed_by, said.proposed_at, said.proposal_reason,
    ended.outcome, ended.actor AS decided_by, ended.recorded_at AS decided_at, ended.decided_on, ended.reason
FROM desk.appeal AS made
LEFT JOIN newest_proposals AS said ON said.appeal_id = made.appeal_id
LEFT JOIN desk.appeal_end AS ended ON ended.appeal_id = made.appeal_id
WHERE ($appeal_id IS NULL OR made.appeal_id = $appeal_id)
    AND ($case_id IS NULL OR made.case_id = $case_id)
    AND ($agencies IS NULL OR list_contains($agencies, made.agency_id))
ORDER BY made.received_on, made.recorded_at
"""


def insert_appeal(db: Cursor, appeal: Appeal) -> None:
    fields = {"appeal_id", "recorded_at", "decision_id", "case_id", "agency_id", "received_on", "decide_by", "ground"}
    db.execute(INSERT, appeal.model_dump(include=fields | {"actor"}))


def insert_appeal_proposal(
    db: Cursor, appeal_id: str, outcome: AppealOutcome, *, actor: str, reason: str, recorded_at: datetime
) -> None:
    values = {"appeal_id": appeal_id, "recorded_at": recorded_at, "outcome": outcome.value}
    db.execute(INSERT_PROPOSAL, values | {"actor": actor, "reason": reason})


def insert_appeal_end(
    db: Cursor,
    appeal_id: str,
    outcome: AppealOutcome,
    *,
    actor: str,
    reason: str,
    recorded_at: datetime,
    decided_on: date,
) -> None:
    values = {"appeal_id": appeal_id, "recorded_at": recorded_at, "decided_on": decided_on, "outcome": outcome.value}
    db.execute(INSERT_END, values | {"actor": actor, "reason": reason})


def fetch_appeal(db: Cursor, appeal_id: str) -> Appeal | None:
    found = _appeals(db, appeal_id=appeal_id)
    return found[0] if found else None


def fetch_appeals(db: Cursor, *, case_id: str | None = None, agency_id: str | None = None) -> list[Appeal]:
    """Every appeal (about one case, or one agency and what went into it), open and decided, in the order received."""
    return _appeals(db, case_id=case_id, agencies=entries_of(db, agency_id))


def _appeals(
    db: Cursor, *, appeal_id: str | None = None, case_id: str | None = None, agencies: list[str] | None = None
) -> list[Appeal]:
    chosen = {"appeal_id": appeal_id, "case_id": case_id, "agencies": agencies}
    return [Appeal.model_validate(row) for row in resolved(fetch_rows(db, APPEALS, chosen), fetch_merged(db))]
