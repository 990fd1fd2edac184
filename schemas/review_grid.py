"""A review criterion by criterion and element by element: what was found in each cell, and what the agency says."""

from datetime import date

from schemas.codes import AssessmentKind
from schemas.record import Record
from schemas.review_codes import CellResult, SelfAnswer

ANSWERED = frozenset({CellResult.CONFORMS, CellResult.DOES_NOT_CONFORM, CellResult.NOT_APPLICABLE})
LOOKED_AT = frozenset({CellResult.CONFORMS, CellResult.DOES_NOT_CONFORM})


class Cell(Record):
    """One element of management under one criterion, as one review found it."""

    crit_code: str
    element: str
    result: CellResult
    note: str = ""


class SeenCell(Cell):
    """A cell with the review it comes from. `case_id` is None for a review that belongs to no case."""

    assessment_id: str
    case_id: str | None
    kind: AssessmentKind
    completed_on: date


class GridCell(Record):
    """What stands in a cell now: the newest answer of any review, or that of the newest review which gave none (None:
    no review came to it), and the agency's own word (None: it has stated none)."""

    element: str
    seen: SeenCell | None
    said: SelfAnswer | None


class GridRow(Record):
    """`unsaid`: an element does not conform, and no finding on this criterion says so since."""

    crit_code: str
    title: str
    cells: tuple[GridCell, ...]
    unsaid: bool
