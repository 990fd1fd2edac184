"""By when must somebody act on a complaint, from when may everybody read of it, and what waits on whom?

No day in public leads to the day of a complaint: the deadline counts from the end of the month of receipt, and nothing
is to be seen before that month is over.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from schemas.agency import Agency
from schemas.case_page import Waiting, WaitsOn
from schemas.codes import Role
from schemas.complaint import DECIDED, ComplaintFile, ComplaintState, load_terms
from schemas.viewer import Viewer
from vetting.certification.periods import after
from vetting.certification.reviewers import folded
from vetting.disclosure.roles import require
from vetting.store import Cursor
from vetting.store.agencies import fetch_agencies
from vetting.store.assessments import fetch_ties
from vetting.store.complaints import fetch_files

S = ComplaintState


def month_of(day: date) -> date:
    """Its first day."""
    return day.replace(day=1)


def end_of_month(day: date) -> date:
    return month_of(month_of(day) + timedelta(days=31)) - timedelta(days=1)


def answer_due(file: ComplaintFile) -> date | None:
    """By when the operating body answers, counted from the end of the month in which the complaint came, or in which
    an answered one was taken up again. None when nobody has to: it is answered, or not taken up."""
    if file.state in DECIDED or file.state is S.NOT_ADMISSIBLE:
        return None
    begun = file.complaint.received_in
    for before, move in zip(file.moves, file.moves[1:], strict=False):
        if before.to_state in DECIDED and move.to_state is S.UNDER_REVIEW:
            begun = move.recorded_at.date()
    return after(end_of_month(begun), load_terms().answer)


def due_on(file: ComplaintFile) -> date | None:
    """What a reviewer works by: a first look within days of the receipt, then the answer."""
    if file.state is S.REPORTED:
        return after(file.complaint.recorded_at.date(), load_terms().first_look)
    return answer_due(file)


def is_public(file: ComplaintFile, today: date) -> bool:
    """A reviewer has said that everybody may read of it, and the month in which it came is over."""
    taken_up = file.state not in (S.REPORTED, S.NOT_ADMISSIBLE)
    return file.shown and taken_up and today > end_of_month(file.complaint.received_in)


def complaints_waiting(db: Cursor, viewer: Viewer, today: date) -> list[Waiting]:
    """The complaints in the reviewers' queue: to be read, to be answered, to be confirmed, and decided ones that are
    held back. For reviewers."""
    require(viewer, Role.REVIEWER)
    turns = [(file, turn) for file in fetch_files(db) if (turn := _turn(file)) is not None]
    agencies = {agency.agency_id: agency for agency in fetch_agencies(db)} if turns else {}
    return [_waiting(db, file, turn, agencies[file.complaint.agency_id], viewer, today) for file, turn in turns]


def _turn(file: ComplaintFile) -> tuple[WaitsOn, str] | None:
    match file.state:
        case S.REPORTED:
            return WaitsOn.REVIEWER, "A complaint came in: read it, and take it up or say why not."
        case S.UNDER_REVIEW:
            return WaitsOn.REVIEWER, "A complaint is under review: propose an outcome, with an answer."
        case S.PROPOSED:
            by = file.moves[-1].actor
            return WaitsOn.SECOND_REVIEWER, f"Confirm or send back: the answer to a complaint. {by} proposed it."
        case S.SUBSTANTIATED | S.NOT_SUBSTANTIATED if not file.shown:
            return WaitsOn.REVIEWER, "A complaint is answered and held back: can it be shown now?"
    return None


def _waiting(
    db: Cursor, file: ComplaintFile, turn: tuple[WaitsOn, str], agency: Agency, viewer: Viewer, today: date
) -> Waiting:
    (on, what), due = turn, due_on(file)
    mine = file.state is S.PROPOSED and folded(file.moves[-1].actor) == folded(viewer.actor)
    own = "You proposed this answer: a different reviewer has to confirm it." if mine else ""
    why_not = own or _why_not_tied(db, viewer, agency.agency_id)
    return Waiting(
        case_id=None,
        complaint_id=file.complaint.complaint_id,
        agency_id=agency.agency_id,
        agency=agency.name,
        licence=agency.licence,
        state=None,
        on=on,
        what=what,
        since=file.since,
        due_on=due,
        late=due is not None and due < today,
        yours=not why_not,
        why_not=why_not,
    )


def _why_not_tied(db: Cursor, viewer: Viewer, agency_id: str) -> str:
    tie = fetch_ties(db, agency_id).get(folded(viewer.actor))
    return "You have declared a tie with this agency: another reviewer must act." if tie and tie.tied else ""


def newest_first(files: Sequence[ComplaintFile]) -> list[ComplaintFile]:
    """As everybody reads them: by month, and within one by subject, so that the order tells nothing of days."""
    by_subject = sorted(files, key=lambda file: file.complaint.subject.value)
    return sorted(by_subject, key=lambda file: file.complaint.received_in, reverse=True)
