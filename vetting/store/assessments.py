"""Assessments as stored (which criteria, by whom, chosen and paid by whom), and reviewers' declared ties."""

from collections import Counter, defaultdict

from schemas.case import Assessment, Tie
from vetting.store.connect import Cursor
from vetting.store.merges import entries_of, fetch_joined_at, fetch_merged, resolved
from vetting.store.rows import fetch_records, fetch_rows
from vetting.store.then import NOW, Then

INSERT_ASSESSMENT = """
INSERT INTO desk.assessment
    (assessment_id, recorded_at, case_id, agency_id, kind, completed_on, assessor, chosen_by, paid_by, actor)
VALUES
    ($assessment_id, $recorded_at, $case_id, $agency_id, $kind, $completed_on, $assessor, $chosen_by, $paid_by, $actor)
"""
INSERT_CRITERION = """
INSERT INTO desk.assessed_criterion (assessment_id, crit_code, note) VALUES ($assessment_id, $crit_code, $note)
"""
ASSESSMENTS = """
SELECT assessment_id, recorded_at, case_id, agency_id, kind, completed_on, assessor, chosen_by, paid_by, actor
FROM desk.assessment
WHERE ($agencies IS NULL OR list_contains($agencies, agency_id))
    AND ($until IS NULL OR recorded_at <= $until)
ORDER BY completed_on, recorded_at, assessment_id
"""
CRITERIA = """
SELECT covered.assessment_id, covered.crit_code
FROM desk.assessed_criterion AS covered
JOIN desk.assessment AS assessment USING (assessment_id)
WHERE $agencies IS NULL OR list_contains($agencies, assessment.agency_id)
ORDER BY covered.assessment_id, covered.crit_code
"""
CELLS = """
SELECT
    cell.assessment_id, count(*) AS cells, count(*) FILTER (WHERE cell.result <> 'not_assessed') AS answered
FROM desk.assessed_cell AS cell
JOIN desk.assessment AS assessment USING (assessment_id)
WHERE $agencies IS NULL OR list_contains($agencies, assessment.agency_id)
GROUP BY cell.assessment_id
"""
TIED = "SELECT DISTINCT agency_id FROM desk.tie WHERE reviewer = $reviewer AND tied ORDER BY agency_id"
INSERT_TIE = """
INSERT INTO desk.tie (reviewer, agency_id, recorded_at, tied, note)
VALUES ($reviewer, $agency_id, $recorded_at, $tied, $note)
"""
TIES = """
SELECT reviewer, agency_id, recorded_at, tied, note
FROM desk.tie
WHERE agency_id IN (SELECT unnest($agencies))
ORDER BY recorded_at, reviewer
"""


def insert_assessment(db: Cursor, assessment: Assessment, notes: dict[str, str]) -> None:
    """`notes`: what was seen, by criterion; a criterion without one gets an empty note."""
    db.execute(INSERT_ASSESSMENT, assessment.model_dump(exclude={"criteria", "visits_before", "answered", "cells"}))
    for crit_code in assessment.criteria:
        values = {"assessment_id": assessment.assessment_id, "crit_code": crit_code, "note": notes.get(crit_code, "")}
        db.execute(INSERT_CRITERION, values)


def fetch_assessments(db: Cursor, agency_id: str | None = None, then: Then = NOW) -> list[Assessment]:
    """Every assessment (of one agency), in the order they were completed."""
    criteria: dict[str, list[str]] = defaultdict(list)
    chosen = {"agencies": entries_of(db, agency_id, then.known_at)}
    for row in fetch_rows(db, CRITERIA, chosen):
        criteria[row["assessment_id"]].append(row["crit_code"])
    cells = {row.pop("assessment_id"): row for row in fetch_rows(db, CELLS, chosen)}
    visits: Counter[tuple[str, str]] = Counter()
    found = []
    rows = fetch_rows(db, ASSESSMENTS, chosen | {"until": then.until})
    for row in resolved(rows, fetch_merged(db, then.known_at)):
        assessor = (row["agency_id"], row["assessor"].strip().casefold())
        covered = {"criteria": tuple(criteria[row["assessment_id"]]), "visits_before": visits[assessor]}
        found.append(Assessment.model_validate(row | covered | cells.get(row["assessment_id"], {})))
        visits[assessor] += 1
    return found


def insert_tie(db: Cursor, tie: Tie) -> None:
    db.execute(INSERT_TIE, tie.model_dump())


def fetch_agencies_tied(db: Cursor, reviewer: str) -> list[str]:
    """Every entry this reviewer ever declared a tie with, whatever they said since."""
    return [agency_id for (agency_id,) in db.execute(TIED, {"reviewer": reviewer}).fetchall()]


def fetch_ties(db: Cursor, agency_id: str) -> dict[str, Tie]:
    """The newest word of each reviewer who has given one about this agency.

    Of entries that are one agency: a tie with any of them is a tie, until the reviewer declares anew knowing that.
    """
    found = fetch_records(db, Tie, TIES, {"agencies": entries_of(db, agency_id)})
    together = fetch_joined_at(db, agency_id)
    words = {(tie.reviewer, tie.agency_id): tie for tie in found}
    newest = {tie.reviewer: tie for tie in found}
    for tie in words.values():
        if tie.tied and together is not None and newest[tie.reviewer].recorded_at <= together:
            newest[tie.reviewer] = tie
    return newest
