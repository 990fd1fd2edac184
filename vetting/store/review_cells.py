"""What reviews found, cell by cell, as stored."""

from collections.abc import Sequence

from schemas.review_grid import Cell, SeenCell
from vetting.store.connect import Cursor
from vetting.store.merges import entries_of
from vetting.store.rows import fetch_records
from vetting.store.then import NOW, Then

INSERT = """
INSERT INTO desk.assessed_cell (assessment_id, crit_code, element, result, note)
SELECT $assessment_id, unnest($crit_codes), unnest($elements), unnest($results), unnest($notes)
"""
SEEN = """
SELECT
    cell.assessment_id, cell.crit_code, cell.element, cell.result, cell.note,
    assessment.case_id, assessment.kind, assessment.completed_on
FROM desk.assessed_cell AS cell
JOIN desk.assessment AS assessment USING (assessment_id)
WHERE ($agencies IS NULL OR list_contains($agencies, assessment.agency_id))
    AND ($until IS NULL OR assessment.recorded_at <= $until)
ORDER BY assessment.completed_on, assessment.recorded_at, assessment.assessment_id, cell.crit_code, cell.element
"""


def insert_cells(db: Cursor, assessment_id: str, cells: Sequence[Cell]) -> None:
    columns = {
        "crit_codes": [cell.crit_code for cell in cells],
        "elements": [cell.element for cell in cells],
        "results": [cell.result.value for cell in cells],
        "notes": [cell.note for cell in cells],
    }
    db.execute(INSERT, {"assessment_id": assessment_id} | columns)


def fetch_cells(db: Cursor, agency_id: str, then: Then = NOW) -> list[SeenCell]:
    """Every cell of every review of an agency, in the order the reviews were completed."""
    chosen = {"agencies": entries_of(db, agency_id, then.known_at), "until": then.until}
    return fetch_records(db, SeenCell, SEEN, chosen)
