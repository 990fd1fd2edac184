"""Cases and their moves as stored: a case's state is its newest move."""

from schemas.case import Case, Interviews, Move
from vetting.store.connect import Cursor
from vetting.store.interview_draws import fetch_draws
from vetting.store.merges import entries_of, fetch_merged, resolved
from vetting.store.rows import fetch_records, fetch_rows
from vetting.store.then import NOW, Then

INSERT_CASE = """
INSERT INTO desk.case
    (case_id, recorded_at, agency_id, scope, standard, standard_hash, interviews_required, actor)
VALUES
    ($case_id, $recorded_at, $agency_id, $scope, $standard, $standard_hash, $interviews_required, $opened_by)
"""
INSERT_MOVE = """
INSERT INTO desk.case_move (case_id, recorded_at, from_state, to_state, actor, reason)
VALUES ($case_id, $recorded_at, $from_state, $to_state, $actor, $reason)
"""
CASES = """
WITH newest_moves AS (
    SELECT case_id, arg_max(to_state, recorded_at) AS state, max(recorded_at) AS since
    FROM desk.case_move
    WHERE $until IS NULL OR recorded_at <= $until
    GROUP BY case_id
)
SELECT
    opened.case_id, opened.recorded_at, opened.agency_id, opened.scope, opened.standard, opened.standard_hash,
    opened.interviews_required, opened.actor AS opened_by, newest_moves.state, newest_moves.since
FROM desk.case AS opened
JOIN newest_moves USING (case_id)
WHERE ($case_id IS NULL OR opened.case_id = $case_id)
    AND ($agencies IS NULL OR list_contains($agencies, opened.agency_id))
ORDER BY opened.recorded_at, opened.case_id
"""
MOVES = """
SELECT case_id, recorded_at, from_state, to_state, actor, reason
FROM desk.case_move
WHERE ($case_id IS NULL OR case_id = $case_id)
    AND ($until IS NULL OR recorded_at <= $until)
ORDER BY recorded_at, case_id
"""
INSERT_EVIDENCE = """
INSERT INTO desk.case_move_evidence (case_id, recorded_at, place, evidence)
VALUES ($case_id, $recorded_at, $place, $evidence)
"""
EVIDENCE = """
SELECT case_id, recorded_at, list(evidence ORDER BY place) AS evidence
FROM desk.case_move_evidence
WHERE $case_id IS NULL OR case_id = $case_id
GROUP BY case_id, recorded_at
"""
INSERT_INTERVIEWS = """
INSERT INTO desk.interview_count (case_id, recorded_at, interviewed, actor)
VALUES ($case_id, $recorded_at, $interviewed, $actor)
"""
INTERVIEWED = """
SELECT arg_max(interviewed, recorded_at) AS interviewed FROM desk.interview_count WHERE case_id = $case_id
"""


def insert_case(db: Cursor, case: Case) -> None:
    db.execute(INSERT_CASE, case.model_dump(exclude={"state", "since"}) | {"scope": case.scope.model_dump_json()})


def insert_move(db: Cursor, move: Move) -> None:
    db.execute(INSERT_MOVE, move.model_dump(exclude={"evidence"}))
    for place, evidence in enumerate(move.evidence):
        values = {"case_id": move.case_id, "recorded_at": move.recorded_at, "place": place, "evidence": evidence}
        db.execute(INSERT_EVIDENCE, values)


def fetch_case(db: Cursor, case_id: str) -> Case | None:
    found = _cases(db, case_id, None)
    return found[0] if found else None


def fetch_cases(db: Cursor, agency_id: str | None = None, then: Then = NOW) -> list[Case]:
    """All cases, or one agency's, oldest first; those of entries that went into it are its own."""
    return _cases(db, None, entries_of(db, agency_id, then.known_at), then)


def _cases(db: Cursor, case_id: str | None, agencies: list[str] | None, then: Then = NOW) -> list[Case]:
    rows = fetch_rows(db, CASES, {"case_id": case_id, "agencies": agencies, "until": then.until})
    return [Case.model_validate(row) for row in resolved(rows, fetch_merged(db, then.known_at))]


def fetch_moves(db: Cursor, case_id: str | None = None, then: Then = NOW) -> list[Move]:
    """Every move (of one case), oldest first."""
    rests_on = {
        (row["case_id"], row["recorded_at"]): row["evidence"] for row in fetch_rows(db, EVIDENCE, {"case_id": case_id})
    }
    return [
        move.model_copy(update={"evidence": tuple(rests_on.get((move.case_id, move.recorded_at), ()))})
        for move in fetch_records(db, Move, MOVES, {"case_id": case_id, "until": then.until})
    ]


def insert_interviews(db: Cursor, case_id: str, interviewed: int, *, actor: str, recorded_at: object) -> None:
    values = {"case_id": case_id, "recorded_at": recorded_at, "interviewed": interviewed, "actor": actor}
    db.execute(INSERT_INTERVIEWS, values)


def fetch_interviews(db: Cursor, case: Case) -> Interviews:
    """How many workers were interviewed so far, beside how many are to be: by the newest draw, stratum by stratum; in a
    case without one, as counted in all, beside the size fixed when the case was opened."""
    if draws := fetch_draws(db, case.case_id):
        return Interviews(required=draws[-1].size, interviewed=draws[-1].heard)
    counted = fetch_rows(db, INTERVIEWED, {"case_id": case.case_id})[0]["interviewed"]
    return Interviews(required=case.interviews_required, interviewed=counted or 0)
