"""A complaint about an agency: what it is about, where it stands, who reads what of it, and by when it is answered.

What was written is kept apart from the rest (Told), so that it can be deleted while the outcome stays.
"""

import tomllib
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from schemas.record import Record
from schemas.standard import FOLDER, Value

TERMS = "complaints-1"
LONGEST_TEXT = 2_000  # characters; assumed: a page


class Terms(Record):
    """By when, in days: a reviewer reads it, it is answered, and the agency replies to what it is told."""

    id: str
    first_look: Value
    answer: Value
    reply: Value


class ComplaintState(StrEnum):
    """`proposed`: one reviewer has written an outcome, a second has not confirmed it; everybody else reads "under
    review"."""

    REPORTED = "reported"
    UNDER_REVIEW = "under_review"
    PROPOSED = "proposed"
    SUBSTANTIATED = "substantiated"
    NOT_SUBSTANTIATED = "not_substantiated"
    NOT_ADMISSIBLE = "not_admissible"


DECIDED = frozenset({ComplaintState.SUBSTANTIATED, ComplaintState.NOT_SUBSTANTIATED})


class Reporter(StrEnum):
    WORKER = "worker"
    FAMILY = "family"
    ORGANISATION = "organisation"
    BUYER = "buyer"
    OTHER = "other"


class Subject(StrEnum):
    FEES = "fees"
    SUB_AGENT = "sub_agent"
    DEBT = "debt"
    NOT_REPAID = "not_repaid"
    PAPERS_KEPT = "papers_kept"
    CONFINED = "confined"
    CANNOT_LEAVE = "cannot_leave"
    VIOLENCE = "violence"
    WAGES = "wages"
    CHILD = "child"
    ADVERT = "advert"
    NO_CONTRACT = "no_contract"
    JOB_CHANGED = "job_changed"
    NOT_TOLD = "not_told"
    DISCRIMINATION = "discrimination"
    UNION = "union"
    PRIVATE_DATA = "private_data"
    NOT_HEARD = "not_heard"
    RETALIATION = "retaliation"
    LAW = "law"
    CONDUCT = "conduct"


class About(NamedTuple):
    """`wording` is what somebody chooses by, and everybody reads. `urgent`: somebody may be in danger now; in public
    such a complaint bears the title of its principle alone, for there are few of them and they point to a person."""

    wording: str
    crit_code: str
    urgent: bool = False


SUBJECTS: dict[Subject, About] = {
    Subject.FEES: About("Workers had to pay for the job", "1.1"),
    Subject.SUB_AGENT: About("A broker or sub-agent took money or told lies", "B.2"),
    Subject.DEBT: About("Workers had to borrow, or leave a deposit", "1.3"),
    Subject.NOT_REPAID: About("Money that is owed is not paid back", "1.4"),
    Subject.PAPERS_KEPT: About("Passports or papers are kept", "2.1"),
    Subject.CONFINED: About("Somebody is locked in or not allowed out", "2.2", urgent=True),
    Subject.CANNOT_LEAVE: About("Workers are told they must pay or be punished if they leave", "2.3"),
    Subject.VIOLENCE: About("Violence, threats or forced work", "A.2", urgent=True),
    Subject.WAGES: About("Wages are held back or not paid", "A.2"),
    Subject.CHILD: About("Somebody under 18 was recruited", "A.3", urgent=True),
    Subject.ADVERT: About("The job was advertised with lies", "3.1"),
    Subject.NO_CONTRACT: About("No contract, or none that workers could understand", "3.2"),
    Subject.JOB_CHANGED: About("The job or the pay is not what was promised", "3.3"),
    Subject.NOT_TOLD: About("Workers were not told costs or rights before leaving", "3.4"),
    Subject.DISCRIMINATION: About("Some workers are treated worse than others", "A.5"),
    Subject.UNION: About("Workers may not join or form a union", "A.4"),
    Subject.PRIVATE_DATA: About("Private details were passed on", "4.2"),
    Subject.NOT_HEARD: About("A grievance was raised and nothing happened", "5.1"),
    Subject.RETALIATION: About("Somebody was punished for speaking", "5.2"),
    Subject.LAW: About("The agency works without a licence or against the law", "A.1"),
    Subject.CONDUCT: About("Something else about how the agency works", "B.3"),
}


class Draft(Record):
    """What somebody wants to say of an agency. No name and no way to reach anybody: nothing asks for them."""

    agency_id: str
    subject: Subject
    text: str
    happened_in: date | None = None  # first day of a month
    origin: str | None = None  # alpha-3
    destination: str | None = None
    reporter: Reporter | None = None


class Receipt(Record):
    """Shown once. `secret` is not kept: only its hash is."""

    complaint_id: str
    reference: str
    secret: str


class Complaint(Record):
    """What stays. `received_in`: first day of the month of receipt; `taken_by`: the reviewer who wrote it down for
    somebody, None when it was filed by whoever complains."""

    complaint_id: str
    recorded_at: datetime
    agency_id: str
    subject: Subject
    received_in: date
    reference: str
    taken_by: str | None


class Told(Record):
    """What was written, deleted once its time is over; for reviewers, on the trail each time."""

    complaint_id: str
    text: str
    happened_in: date | None
    origin: str | None
    destination: str | None
    reporter: Reporter | None


class ComplaintMove(Record):
    """One step. `outcome` with `proposed`; `answer` is what everybody reads once it is confirmed, and whoever
    complained reads where it was not admissible."""

    complaint_id: str
    recorded_at: datetime
    to_state: ComplaintState
    outcome: ComplaintState | None = None
    actor: str
    reason: str
    answer: str | None = None


class Showing(Record):
    """By a reviewer's word: may everybody read that there is this complaint? With a summary, where one was written."""

    complaint_id: str
    recorded_at: datetime
    shown: bool
    summary: str | None
    actor: str
    reason: str


class ComplaintReply(Record):
    """What the agency replied, as a reviewer recorded it."""

    complaint_id: str
    recorded_at: datetime
    actor: str
    reply: str


class ComplaintFile(Record):
    """A complaint as it stands: moves and replies oldest first. `due_on`: by when somebody must act, None when
    nobody must."""

    complaint: Complaint
    moves: tuple[ComplaintMove, ...] = ()
    showing: Showing | None = None
    replies: tuple[ComplaintReply, ...] = ()

    @property
    def state(self) -> ComplaintState:
        return self.moves[-1].to_state if self.moves else ComplaintState.REPORTED

    @property
    def since(self) -> datetime:
        return self.moves[-1].recorded_at if self.moves else self.complaint.recorded_at

    @property
    def shown(self) -> bool:
        return self.showing is not None and self.showing.shown

    @property
    def answer(self) -> ComplaintMove | None:
        """The answer that stands: none while it is looked into, again or for the first time."""
        answered = self.state in DECIDED | {ComplaintState.NOT_ADMISSIBLE}
        return self.moves[-1] if answered else None


class PublicReply(Record):
    """`replied_in`: first day of the month."""

    replied_in: date
    reply: str


class PublicComplaint(Record):
    """What everybody may read. Days of receipt and of steps are months here (their first day), and no number or code
    is in it that somebody could hold against a receipt. `due_on` is None once it is answered."""

    agency_id: str
    subject: str
    crit_code: str | None
    principle: str
    received_in: date
    state: ComplaintState
    summary: str | None
    due_on: date | None
    late: bool
    answered_in: date | None
    answer: str | None
    replies: tuple[PublicReply, ...]


class FollowUp(Record):
    """What whoever complained reads with both codes."""

    agency: str
    subject: str
    received_in: date
    state: ComplaintState
    shown: bool
    due_on: date | None
    late: bool
    answer: str | None
    replies: tuple[PublicReply, ...]


@cache
def load_terms(terms_id: str = TERMS) -> Terms:
    """Raises FileNotFoundError, or pydantic's ValidationError naming what is wrong."""
    return Terms.model_validate(tomllib.loads((FOLDER / f"{terms_id}.toml").read_text(encoding="utf-8")))
