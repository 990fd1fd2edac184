"""When does a criterion count as assessed, and what does the grid of criteria and elements say now?"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from schemas.application import SelfAssessment
from schemas.case import Finding
from schemas.clocks import months_before
from schemas.review_grid import ANSWERED, LOOKED_AT, Cell, GridCell, GridRow, SeenCell
from schemas.review_sheet import ReviewSheet
from schemas.standard import Standard
from vetting.certification.nonconforming import newest_answers, unsaid

Key = tuple[str, str]  # criterion and element


def counted_criteria(
    cells: Sequence[Cell], earlier: Iterable[SeenCell], completed_on: date, sheet: ReviewSheet, standard: Standard
) -> tuple[str, ...]:
    """The criteria a review counts for as assessed: those it has an answer about, once every element has one, here or
    in `earlier` reviews of the same case in the surveillance interval before it, and at least one was looked at.

    Not assessed is no answer; not applicable in every element is none either: nothing was looked at.
    """
    since = months_before(completed_on, standard.scheme.surveillance_interval.value)
    near = [cell for cell in earlier if since < cell.completed_on <= completed_on]
    known = {key: cell.result for key, cell in newest_answers(near).items()}
    own = {(cell.crit_code, cell.element): cell.result for cell in cells if cell.result in ANSWERED}
    known |= own
    counted = []
    for criterion in standard.criteria:
        code = criterion.crit_code
        results = [known.get((code, element.code)) for element in sheet.elements]
        if code in {asked for asked, _ in own} and None not in results and LOOKED_AT.intersection(results):
            counted.append(code)
    return tuple(counted)


def grid(
    cells: Sequence[SeenCell],
    stated: SelfAssessment | None,
    findings: Sequence[Finding],
    sheet: ReviewSheet,
    standard: Standard,
) -> tuple[GridRow, ...]:
    """A row per criterion, a cell per element: the newest answer of any review beside the agency's own word.

    `cells` in the order their reviews were completed, as the store gives them.
    """
    silent = unsaid(cells, findings)
    looked_at = {(cell.crit_code, cell.element): cell for cell in cells}  # the newest, should there be no answer
    seen = looked_at | newest_answers(cells)

    said: Mapping[Key, object] = {} if stated is None else stated.by_cell()
    rows = []
    for criterion in standard.criteria:
        code = criterion.crit_code
        keys = [(code, element.code) for element in sheet.elements]
        row = tuple(GridCell(element=key[1], seen=seen.get(key), said=said.get(key)) for key in keys)
        rows.append(GridRow(crit_code=code, title=criterion.title, cells=row, unsaid=code in silent))
    return tuple(rows)
