"""What reviewers write down on the way: assessments on paper and on site, workers interviewed, ties declared."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from schemas.case import Assessment, Interviews, Tie
from schemas.codes import Action, AssessmentKind, CaseState, Via
from schemas.review_codes import CellResult
from schemas.review_grid import ANSWERED, Cell
from schemas.review_sheet import load_review_sheet
from schemas.standard import load_standard
from schemas.trail import Entry
from schemas.viewer import Viewer
from vetting.certification.applications import check_cells
from vetting.certification.cases import require_case
from vetting.certification.grid import counted_criteria
from vetting.certification.moves import HOLDING, UNDER_REVIEW, named
from vetting.certification.obstacles import interview_sample
from vetting.certification.reviewers import act_as_reviewer, folded, require_text
from vetting.ids import new_id
from vetting.refusals import Refusal
from vetting.scoring.live import rescore
from vetting.store import Moment, Store
from vetting.store.agencies import fetch_agency
from vetting.store.assessments import fetch_assessments, fetch_ties, insert_assessment, insert_tie
from vetting.store.cases import insert_interviews
from vetting.store.interview_draws import fetch_draws
from vetting.store.review_cells import fetch_cells, insert_cells

NOTE_NEEDED = {
    CellResult.NOT_APPLICABLE: "Say in a note why an element does not apply: without a reason it is not assessed.",
    CellResult.DOES_NOT_CONFORM: "Say in a note what does not conform: the agency has to know what to mend.",
}


def record_assessment(
    store: Store,
    viewer: Viewer,
    case_id: str,
    *,
    kind: AssessmentKind,
    completed_on: date,
    assessor: str,
    chosen_by: str,
    paid_by: str,
    criteria: Mapping[str, str] | None = None,
    cells: Sequence[Cell] = (),
    via: Via,
    now: datetime,
    today: date,
) -> Assessment:
    """Record what a review found, who did it, who chose it and who paid.

    `cells`: criterion by element, "not assessed" among the answers; grid.counted_criteria decides for which criteria
    the review then counts. `criteria` (code -> note, or ""): those covered as a whole, by a review without elements.
    """
    criteria = criteria or {}
    assessor = require_text(assessor, "Say who assessed: a review without a name stands for nothing.")
    chosen_by = require_text(chosen_by, "Say who chose the assessor: readers need to know.")
    paid_by = require_text(paid_by, "Say who paid the assessor: readers need to know.")
    cells = tuple(cell.model_copy(update={"note": cell.note.strip()}) for cell in cells)
    _check_review(completed_on, criteria, cells, today)

    def deed(moment: Moment) -> tuple[Entry, Assessment]:
        case = require_case(moment.db, case_id)
        check_state(case.state, UNDER_REVIEW | HOLDING, "An assessment is recorded")
        standard, sheet = load_standard(case.standard), load_review_sheet(case.standard)
        check_cells([(cell.crit_code, cell.element) for cell in cells], standard, sheet)
        before = fetch_assessments(moment.db, case.agency_id)
        earlier = [cell for cell in fetch_cells(moment.db, case.agency_id) if cell.case_id == case_id]
        counted = counted_criteria(cells, earlier, completed_on, sheet, standard)
        assessment = Assessment(
            assessment_id=new_id(),
            recorded_at=moment.recorded_at,
            case_id=case_id,
            agency_id=case.agency_id,
            kind=kind,
            completed_on=completed_on,
            assessor=assessor,
            chosen_by=chosen_by,
            paid_by=paid_by,
            actor=folded(viewer.actor),
            criteria=tuple(dict.fromkeys([*criteria, *counted])),
            visits_before=sum(folded(each.assessor) == folded(assessor) for each in before),
            answered=sum(cell.result in ANSWERED for cell in cells),
            cells=len(cells),
        )
        insert_assessment(moment.db, assessment, dict(criteria))
        insert_cells(moment.db, assessment.assessment_id, cells)
        after = assessment.model_dump(mode="json", exclude={"recorded_at", "actor", "case_id"})
        after["not_conforming"] = [
            f"{c.crit_code} {c.element}" for c in cells if c.result is CellResult.DOES_NOT_CONFORM
        ]
        return Entry(action=Action.ASSESSMENT_RECORD, subject=case_id, after=after), assessment

    assessment = act_as_reviewer(store, viewer, deed, via=via, now=now)
    rescore(store, [assessment.agency_id], today)
    return assessment


def count_interviews(
    store: Store, viewer: Viewer, case_id: str, interviewed: int, *, via: Via, now: datetime, today: date
) -> Interviews:
    """State how many workers have been interviewed so far, in all, for a case begun before samples were drawn.

    Other cases are counted stratum by stratum (`interview_draw.count_stratum`).
    """
    if interviewed < 0:
        raise Refusal("A number of workers cannot be below zero.")

    def deed(moment: Moment) -> tuple[Entry, Interviews]:
        case = require_case(moment.db, case_id)
        check_state(case.state, UNDER_REVIEW, "Interviews are counted")
        before = interview_sample(moment.db, case)
        if fetch_draws(moment.db, case_id):
            raise Refusal("The sample of this case is drawn: count its interviews stratum by stratum.")
        if not before.interviewed:
            raise Refusal("Draw the sample first: who is interviewed is for chance to say, not for those concerned.")
        insert_interviews(moment.db, case_id, interviewed, actor=folded(viewer.actor), recorded_at=moment.recorded_at)
        after = before.model_copy(update={"interviewed": interviewed})
        entry = Entry(
            action=Action.INTERVIEWS_COUNT, subject=case_id, before=before.model_dump(), after=after.model_dump()
        )
        return entry, after

    return act_as_reviewer(store, viewer, deed, via=via, now=now)


def declare_tie(
    store: Store,
    viewer: Viewer,
    agency_id: str,
    tied: bool,
    note: str = "",
    *,
    via: Via,
    now: datetime,
    today: date,
) -> Tie:
    """A reviewer's own word on a tie with the agency (kin, money, former work). Taking one back needs a note."""

    def deed(moment: Moment) -> tuple[Entry, Tie]:
        about = fetch_agency(moment.db, agency_id).agency_id
        before = fetch_ties(moment.db, about).get(folded(viewer.actor))
        if tied or (before is not None and before.tied):
            require_text(note, "Say in a note what the tie is, or why there is none any more.")
        tie = Tie(
            reviewer=folded(viewer.actor),
            agency_id=about,
            recorded_at=moment.recorded_at,
            tied=tied,
            note=note.strip(),
        )
        insert_tie(moment.db, tie)
        entry = Entry(
            action=Action.TIE_DECLARE,
            subject=about,
            before=None if before is None else {"tied": before.tied},
            after={"reviewer": tie.reviewer, "tied": tied},
            reason=tie.note or None,
        )
        return entry, tie

    return act_as_reviewer(store, viewer, deed, via=via, now=now)


def _check_review(completed_on: date, criteria: Mapping[str, str], cells: Sequence[Cell], today: date) -> None:
    if completed_on > today:
        raise Refusal("An assessment is recorded once it is completed: its date cannot lie in the future.")
    if not criteria and not any(cell.result in ANSWERED for cell in cells):
        raise Refusal(
            "Say which criteria the assessment covered, or what it found: one without either assessed nothing."
        )
    if both := sorted(criteria.keys() & {cell.crit_code for cell in cells}):
        raise Refusal(f"Covered as a whole and element by element: {', '.join(both)}. Say one of the two.")
    for result, sentence in NOTE_NEEDED.items():
        if silent := [f"{c.crit_code} {c.element}" for c in cells if c.result is result and not c.note]:
            raise Refusal(f"{sentence} Missing for: {', '.join(silent)}.")
    known = {criterion.crit_code for criterion in load_standard().criteria}
    if unknown := [code for code in criteria if code not in known]:
        raise Refusal(f"The standard has no criterion {', '.join(unknown)}. Its codes run from A.1 to 5.3.")


def check_state(state: CaseState, allowed: frozenset[CaseState], what: str) -> None:
    if state not in allowed:
        raise Refusal(f"{what} while a case is under review; this one is {named(state)}.")
