"""What a review found not to conform, and no finding says: nobody is certified over it."""

from collections.abc import Iterable, Iterator, Sequence

from schemas.case import Case, Finding
from schemas.review_codes import CellResult
from schemas.review_grid import ANSWERED, SeenCell
from schemas.review_sheet import load_review_sheet
from vetting.store import Cursor
from vetting.store.findings import fetch_findings
from vetting.store.review_cells import fetch_cells

Key = tuple[str, str]  # criterion and element


def newest_answers(cells: Iterable[SeenCell]) -> dict[Key, SeenCell]:
    """By criterion and element, the answer of the review completed last. "Not assessed" takes no earlier one away."""
    in_order = sorted(cells, key=lambda cell: cell.completed_on)
    return {(cell.crit_code, cell.element): cell for cell in in_order if cell.result in ANSWERED}


def unsaid(cells: Iterable[SeenCell], findings: Sequence[Finding]) -> dict[str, list[SeenCell]]:
    """By criterion, what does not conform by the newest answer while no finding says so: none on the criterion is open,
    and none was recorded since that review."""
    found: dict[str, list[SeenCell]] = {}
    for cell in newest_answers(cells).values():
        said = any(
            finding.crit_code == cell.crit_code and (finding.is_open or finding.recorded_at.date() >= cell.completed_on)
            for finding in findings
        )
        if cell.result is CellResult.DOES_NOT_CONFORM and not said:
            found.setdefault(cell.crit_code, []).append(cell)
    return found


def obstacles_of_review(db: Cursor, case: Case) -> Iterator[str]:
    """A sentence for each criterion with something unsaid."""
    sheet, findings = load_review_sheet(case.standard), fetch_findings(db, case.agency_id)
    for code, cells in sorted(unsaid(fetch_cells(db, case.agency_id), findings).items()):
        elements = ", ".join(sheet.element(cell.element).title.lower() for cell in cells)
        yield (
            f"Criterion {code} does not conform ({elements}) by the review of {cells[-1].completed_on}, and no finding "
            "says so: record one, with its grade."
        )
