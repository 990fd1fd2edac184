"""What an agency states when it applies: its level of capacity building, and what it says of itself."""

from collections.abc import Sequence
from datetime import date, datetime

from schemas.application import CapacityStatement, SelfAnswered, SelfAssessment
from schemas.case import Case
from schemas.codes import Action, Via
from schemas.review_codes import SelfAnswer
from schemas.review_sheet import ReviewSheet, load_review_sheet
from schemas.standard import Standard, load_standard
from schemas.trail import Entry
from schemas.viewer import Viewer
from vetting.certification.cases import require_case
from vetting.certification.moves import ENDED, HOLDING, named
from vetting.certification.reviewers import act_as_reviewer, folded, require_text
from vetting.refusals import Refusal
from vetting.store import Moment, Store
from vetting.store.applications import fetch_application, insert_capacity, insert_self_assessment

TOO_LATE = HOLDING | ENDED


def state_capacity(
    store: Store, viewer: Viewer, case_id: str, level: str, rests_on: str, *, via: Via, now: datetime, today: date
) -> CapacityStatement:
    """Record the level of capacity building the agency states, a code of the review sheet, and what it rests on."""
    rests_on = require_text(
        rests_on, "Say what the level rests on: a letter, a certificate of the programme, its word."
    )

    def deed(moment: Moment) -> tuple[Entry, CapacityStatement]:
        case = _open_application(require_case(moment.db, case_id))
        levels = {each.code for each in load_review_sheet(case.standard).capacity_levels}
        if level not in levels:
            raise Refusal(f"There is no level {level!r}. The levels are: {', '.join(sorted(levels))}.")
        before = fetch_application(moment.db, case_id).capacity
        stated = CapacityStatement(
            case_id=case_id,
            recorded_at=moment.recorded_at,
            level=level,
            rests_on=rests_on,
            actor=folded(viewer.actor),
        )
        insert_capacity(moment.db, stated)
        entry = Entry(
            action=Action.CAPACITY_STATE,
            subject=case_id,
            before=None if before is None else {"level": before.level},
            after={"level": level},
            reason=rests_on,
        )
        return entry, stated

    return act_as_reviewer(store, viewer, deed, via=via, now=now)


def record_self_assessment(
    store: Store,
    viewer: Viewer,
    case_id: str,
    answers: Sequence[SelfAnswered],
    received_on: date,
    *,
    via: Via,
    now: datetime,
    today: date,
) -> SelfAssessment:
    """Keep the agency's own sheet as it came in. It stands in place of an earlier one, which is kept."""
    if received_on > today:
        raise Refusal("A self-assessment is recorded once it came in: its date cannot lie in the future.")

    def deed(moment: Moment) -> tuple[Entry, SelfAssessment]:
        case = _open_application(require_case(moment.db, case_id))
        check_cells(
            [(each.crit_code, each.element) for each in answers],
            load_standard(case.standard),
            load_review_sheet(case.standard),
        )
        counts = {each.value: sum(said.answer is each for said in answers) for each in SelfAnswer}
        if len(answers) == counts[SelfAnswer.NOT_ANSWERED]:
            raise Refusal("The sheet answers nothing. Without one the agency's own word reads as not stated.")
        stated = SelfAssessment(
            case_id=case_id,
            recorded_at=moment.recorded_at,
            received_on=received_on,
            actor=folded(viewer.actor),
            answers=tuple(answers),
        )
        insert_self_assessment(moment.db, stated)
        after = {"received_on": received_on.isoformat()} | counts
        return Entry(action=Action.SELF_ASSESSMENT_RECORD, subject=case_id, after=after), stated

    return act_as_reviewer(store, viewer, deed, via=via, now=now)


def check_cells(cells: Sequence[tuple[str, str]], standard: Standard, sheet: ReviewSheet) -> None:
    """Refuse a criterion or an element that does not exist, and a cell that is there twice."""
    criteria = {criterion.crit_code for criterion in standard.criteria}
    elements = {element.code for element in sheet.elements}
    if unknown := sorted({code for code, _ in cells} - criteria):
        raise Refusal(f"The standard has no criterion {', '.join(unknown)}. Its codes run from A.1 to 5.3.")
    if strange := sorted({element for _, element in cells} - elements):
        raise Refusal(f"There is no element {', '.join(strange)}. The elements are: {', '.join(sorted(elements))}.")
    twice = sorted({f"{code} {element}" for code, element in cells if cells.count((code, element)) > 1})
    if twice:
        raise Refusal(f"Answered twice: {', '.join(twice)}. Keep one answer for each.")


def _open_application(case: Case) -> Case:
    if case.state in TOO_LATE:
        raise Refusal(f"What an agency states belongs to its application; this case is {named(case.state)}.")
    return case
