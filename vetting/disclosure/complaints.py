"""What may be read of complaints, and by whom? Everybody reads what reviewers let be read, whoever complained reads on
with two codes, and reviewers read what was written, one complaint at a time and on the trail.

Nothing public tells a day on which somebody complained, nor bears a code that somebody could hold against a receipt.
"""

from collections.abc import Sequence
from datetime import date, datetime

from schemas.agency import Agency
from schemas.case import Tie
from schemas.codes import Action, Role, Via
from schemas.complaint import (
    DECIDED,
    SUBJECTS,
    ComplaintFile,
    ComplaintState,
    FollowUp,
    PublicComplaint,
    PublicReply,
    Told,
)
from schemas.record import Record
from schemas.standard import load_standard
from schemas.trail import Entry
from schemas.viewer import Viewer
from vetting.certification.complaint_clock import answer_due, due_on, is_public, month_of, newest_first
from vetting.certification.complaint_moves import CANNOT, obstacles, require_complaint
from vetting.certification.complaint_publishing import notice
from vetting.certification.complaints import as_code, opens
from vetting.certification.obstacles import refuse_if_any
from vetting.certification.reviewers import act_as_reviewer, folded
from vetting.disclosure.roles import require
from vetting.refusals import NotFound
from vetting.store import Cursor, Moment, Store
from vetting.store.agencies import fetch_agencies, fetch_agency
from vetting.store.assessments import fetch_ties
from vetting.store.complaints import fetch_files, fetch_secret, fetch_told
from vetting.store.merges import entries_of

S = ComplaintState


class ComplaintLine(Record):
    """One complaint in the reviewers' list: nothing of what was written. `due_on`: None when nobody has to act."""

    file: ComplaintFile
    agency: Agency
    due_on: date | None
    late: bool
    public: bool


class ComplaintPage(Record):
    """One complaint for a reviewer. `text_kept`: what was written is still there; `why_not`: what keeps this reviewer
    from reading and acting; `everybody_reads`: None while nobody else may know of it. `notice` can be sent to the
    agency while the complaint is under review."""

    line: ComplaintLine
    text_kept: bool
    why_not: tuple[str, ...]
    your_tie: Tie | None
    everybody_reads: PublicComplaint | None
    notice: str | None


def published_complaints(
    db: Cursor, viewer: Viewer, agency_id: str | None = None, *, today: date, known_at: datetime | None = None
) -> list[PublicComplaint]:
    """What everybody reads of complaints about one agency, and the entries that went into it, or about all; the newest
    month first. As of `today`, by what was known at `known_at` (default: now). `viewer` may be anybody."""
    files = fetch_files(db, entries_of(db, agency_id, known_at), known_at=known_at)
    return [_public(file, today) for file in newest_first(files) if is_public(file, today)]


def follow_up(db: Cursor, viewer: Viewer, reference: str, secret: str, *, today: date) -> FollowUp:
    """What became of a complaint, for whoever has both its codes. Wrong codes, and codes that were deleted, get the
    same NotFound. `viewer` may be anybody."""
    reference = as_code(reference)
    kept = fetch_secret(db, reference)
    if kept is None or not opens(reference, as_code(secret), kept[1]):
        raise NotFound(
            "No complaint has these two codes. Compare them with what you wrote down: the reference first, then the "
            "follow-up code. Both are deleted when what you wrote is."
        )
    file = require_complaint(db, kept[0])
    due = answer_due(file)
    return FollowUp(
        agency=fetch_agency(db, file.complaint.agency_id).name,
        subject=SUBJECTS[file.complaint.subject].wording,
        received_in=file.complaint.received_in,
        state=_told_outside(file),
        shown=is_public(file, today),
        due_on=due,
        late=due is not None and due < today,
        answer=file.answer.answer if file.answer else None,
        replies=_replies(file),
    )


def complaint_list(db: Cursor, viewer: Viewer, *, today: date) -> list[ComplaintLine]:
    """Every complaint for reviewers: what is late first, then what waits, then the rest; each the oldest first."""
    require(viewer, Role.REVIEWER)
    agencies = {agency.agency_id: agency for agency in fetch_agencies(db)}
    lines = [_line(file, agencies[file.complaint.agency_id], today) for file in fetch_files(db)]
    return sorted(lines, key=lambda line: (not line.late, line.due_on is None, line.due_on or today))


def complaint_page(db: Cursor, viewer: Viewer, complaint_id: str, *, today: date) -> ComplaintPage:
    """One complaint as it stands, without what was written. For reviewers; NotFound."""
    require(viewer, Role.REVIEWER)
    file = require_complaint(db, complaint_id)
    agency = fetch_agency(db, file.complaint.agency_id)
    reviewing = file.state in (S.UNDER_REVIEW, S.PROPOSED)
    return ComplaintPage(
        line=_line(file, agency, today),
        text_kept=fetch_told(db, complaint_id) is not None,
        why_not=tuple(obstacles(db, viewer, file)),
        your_tie=fetch_ties(db, agency.agency_id).get(folded(viewer.actor)),
        everybody_reads=_public(file, today) if file.shown and file.state is not S.NOT_ADMISSIBLE else None,
        notice=notice(db, file, today) if reviewing else None,
    )


def open_complaint(store: Store, viewer: Viewer, complaint_id: str, *, via: Via, now: datetime) -> Told:
    """Read what was written: an act, whose row on the trail says who read which complaint and nothing of what it says.

    Raises NotPermitted; Refusal with a tie or without a word about one; NotFound, also once the text is deleted.
    """

    def deed(moment: Moment) -> tuple[Entry, Told]:
        file = require_complaint(moment.db, complaint_id)
        refuse_if_any(CANNOT, obstacles(moment.db, viewer, file))
        told = fetch_told(moment.db, complaint_id)
        if told is None:
            raise NotFound("What was written is deleted: its time is over. What came of it stays.")
        after = {"agency": file.complaint.agency_id}
        return Entry(action=Action.COMPLAINT_VIEW, subject=complaint_id, after=after), told

    return act_as_reviewer(store, viewer, deed, via=via, now=now)


def open_ones(shown: Sequence[PublicComplaint]) -> int:
    """How many of them still wait for an answer."""
    return sum(complaint.state not in DECIDED for complaint in shown)


def _public(file: ComplaintFile, today: date) -> PublicComplaint:
    about, standard, due = SUBJECTS[file.complaint.subject], load_standard(), answer_due(file)
    principles = {principle.code: principle.short for principle in standard.principles}
    principle = principles[standard.criterion(about.crit_code).principle]
    answer = file.answer
    return PublicComplaint(
        agency_id=file.complaint.agency_id,
        subject=principle if about.urgent else about.wording,
        crit_code=None if about.urgent else about.crit_code,
        principle=principle,
        received_in=file.complaint.received_in,
        state=_told_outside(file),
        summary=file.showing.summary if file.showing else None,
        due_on=due,
        late=due is not None and due < today,
        answered_in=month_of(answer.recorded_at.date()) if answer else None,
        answer=answer.answer if answer else None,
        replies=_replies(file),
    )


def _told_outside(file: ComplaintFile) -> ComplaintState:
    """A proposal is between two reviewers."""
    return S.UNDER_REVIEW if file.state is S.PROPOSED else file.state


def _replies(file: ComplaintFile) -> tuple[PublicReply, ...]:
    """The newest first."""
    told = [PublicReply(replied_in=month_of(each.recorded_at.date()), reply=each.reply) for each in file.replies]
    return tuple(reversed(told))


def _line(file: ComplaintFile, agency: Agency, today: date) -> ComplaintLine:
    due = due_on(file)
    late = due is not None and due < today
    return ComplaintLine(file=file, agency=agency, due_on=due, late=late, public=is_public(file, today))
