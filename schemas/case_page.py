"""What a reviewer sees of cases: the queue (what waits on whom, since when) and one case from top to bottom."""

from datetime import date, datetime
from enum import StrEnum

from schemas.agency import Agency
from schemas.application import Application
from schemas.case import (
    Assessment,
    Case,
    Certificate,
    Clearance,
    Finding,
    Interviews,
    Move,
    Proposal,
    PublicCertificate,
    Tie,
)
from schemas.codes import ActionState, CaseState, Grade
from schemas.interview_draw import Draw
from schemas.record import Record
from schemas.review_grid import GridRow
from schemas.score import IndicatorScore, Range, Score


class WaitsOn(StrEnum):
    """Whose turn it is."""

    REVIEWER = "reviewer"
    SECOND_REVIEWER = "second_reviewer"
    AGENCY = "agency"
    CLOCK = "clock"
    NOBODY = "nobody"


class Waiting(Record):
    """One line of the queue. `yours`: this viewer may do it; otherwise `why_not` says why they may not.
    `section`: where on the case's page it is done.

    `case_id` is None for what concerns an agency without being about a case: a clearance, a gate.
    """

    case_id: str | None
    agency_id: str
    agency: str
    licence: str
    state: CaseState | None
    on: WaitsOn
    what: str
    since: datetime
    due_on: date | None
    late: bool
    yours: bool
    why_not: str = ""
    section: str = ""
    complaint_id: str | None = None  # where a complaint waits


class CaseAct(StrEnum):
    """What a reviewer can do with a case; the function of the same name in vetting.certification does it."""

    MOVE = "move"
    CERTIFY = "certify"
    PROPOSE_WITHDRAW = "propose_withdraw"
    PROPOSE_REINSTATE = "propose_reinstate"
    CONFIRM_GATE = "confirm_gate"
    PROPOSE_CLEARANCE = "propose_clearance"
    CONFIRM = "confirm"
    DROP = "drop"
    STATE_CAPACITY = "state_capacity"
    RECORD_SELF_ASSESSMENT = "record_self_assessment"
    RECORD_ASSESSMENT = "record_assessment"
    DRAW_SAMPLE = "draw_sample"
    COUNT_INTERVIEWS = "count_interviews"
    RECORD_FINDING = "record_finding"
    DECLARE_TIE = "declare_tie"


class Step(Record):
    """Something to do now, and for this viewer: allowed, or every reason why not.

    `to_state` with MOVE; `proposal_id` with CONFIRM and DROP; `indicator` with CONFIRM_GATE and
    PROPOSE_CLEARANCE.
    """

    act: CaseAct
    to_state: CaseState | None = None
    proposal_id: str | None = None
    indicator: str | None = None
    why_not: tuple[str, ...] = ()

    @property
    def allowed(self) -> bool:
        return not self.why_not


class CriterionRow(Record):
    """Workers against documents on one criterion. None is not assessed, never zero.

    `assessed_on`: the newest assessment that covered it; `documents` is None when that is older than the scheme takes.
    """

    crit_code: str
    title: str
    wording: str
    applicable: bool
    worker: Range | None
    documents: float | None
    assessed_on: date | None
    worst_open: Grade | None
    contradiction: bool
    indicators: tuple[IndicatorScore, ...]


class FindingRow(Record):
    """A finding as the case shows it. `due_on`: the date agreed, else the scheme's; `next_steps`: what may follow."""

    finding: Finding
    due_on: date | None
    overdue: bool
    next_steps: tuple[ActionState, ...]


class CasePage(Record):
    """Everything the case page needs, read together. `obstacles`: what in the evidence keeps it from a certificate;
    `seen`: the newest entry of the trail about it, for acts to carry."""

    case: Case
    agency: Agency
    score: Score
    criteria: tuple[CriterionRow, ...]
    application: Application
    grid: tuple[GridRow, ...]
    assessments: tuple[Assessment, ...]
    interviews: Interviews
    draws: tuple[Draw, ...]
    findings: tuple[FindingRow, ...]
    ties: tuple[Tie, ...]
    your_tie: Tie | None
    moves: tuple[Move, ...]
    proposals: tuple[Proposal, ...]
    cleared: tuple[Clearance, ...]
    certificate: Certificate | None
    standing: PublicCertificate | None
    surveillance_due: date | None
    obstacles: tuple[str, ...]
    steps: tuple[Step, ...]
    waiting: Waiting
    seen: int


class GatePage(Record):
    """What reviewers decide about an agency's gates, with or without a case: what is open to do, and what was cleared,
    newest first."""

    agency: Agency
    proposals: tuple[Proposal, ...]
    cleared: tuple[Clearance, ...]
    your_tie: Tie | None
    steps: tuple[Step, ...]
    seen: int
    case: None = None
