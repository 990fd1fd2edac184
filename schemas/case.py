"""A case: one application for certification, with all that reviewers write down about it."""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BeforeValidator

from schemas.codes import ActionState, AssessmentKind, CaseState, Grade, ProposalKind
from schemas.evidence import Audit
from schemas.record import Record

NON_CONFORMITIES = frozenset({Grade.CRITICAL, Grade.MAJOR, Grade.MINOR})  # an observation asks for nothing
BLOCKING = frozenset({Grade.CRITICAL, Grade.MAJOR})  # nobody is certified while one of these is open


class Corridor(Record):
    """Countries as ISO 3166-1 alpha-3."""

    origin: str
    destination: str

    def __str__(self) -> str:
        return f"{self.origin}-{self.destination}"


class Scope(Record):
    """What a certificate would speak for; whatever is not named here is not covered.

    `sectors` are codes of the fee reports' list (ISIC); empty is "not stated", as in every case from before they were
    asked for: never "no sector".
    """

    legal_entity: str
    sites: tuple[str, ...]
    corridors: tuple[Corridor, ...]
    sub_agents: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()


def _as_stored(value: Any) -> Any:
    return Scope.model_validate_json(value) if isinstance(value, str) else value


StoredScope = Annotated[Scope, BeforeValidator(_as_stored)]  # the store keeps it as JSON


class Case(Record):
    """A case as it stands: `state` is its newest move, `since` the moment of it.

    `interviews_required` is None when nobody knew, at the opening, how many workers the agency deploys.
    """

    case_id: str
    recorded_at: datetime
    agency_id: str
    scope: StoredScope
    standard: str
    standard_hash: str
    interviews_required: int | None
    opened_by: str
    state: CaseState
    since: datetime


class Move(Record):
    """One move of a case. `from_state` is None for its opening; the actor of what time alone did is "clock".
    `evidence`: what it rests on, by the name each is filed under."""

    case_id: str
    recorded_at: datetime
    from_state: CaseState | None
    to_state: CaseState
    actor: str
    reason: str
    evidence: tuple[str, ...] = ()


class Tie(Record):
    """A reviewer's word on having, or not having, a tie with an agency."""

    reviewer: str
    agency_id: str
    recorded_at: datetime
    tied: bool
    note: str


class Assessment(Record):
    """A review on paper or on site. `visits_before`: how often the same assessor had assessed this agency already.

    `criteria` are those it counts for as assessed; `answered` of its `cells` (criterion by element) have an answer.
    Reviews from before there were cells have 0 of both.
    """

    assessment_id: str
    recorded_at: datetime
    case_id: str | None
    agency_id: str
    kind: AssessmentKind
    completed_on: date
    assessor: str
    chosen_by: str
    paid_by: str
    actor: str
    criteria: tuple[str, ...]
    visits_before: int
    answered: int = 0
    cells: int = 0


class Interviews(Record):
    """The scheme's sample of workers interviewed for a case. `required` is None while its size cannot be known."""

    required: int | None
    interviewed: int

    @property
    def complete(self) -> bool:
        return self.required is not None and self.interviewed >= self.required


class CorrectiveAction(Record):
    """One step in what became of a finding."""

    recorded_at: datetime
    state: ActionState
    due_on: date | None
    note: str
    actor: str


class Finding(Record):
    """A finding against a criterion, and its corrective actions, oldest first. It is open until one closes it.

    `source`: the other scheme's audit it was imported from, None for our own.
    """

    finding_id: str
    recorded_at: datetime
    case_id: str | None
    agency_id: str
    crit_code: str
    grade: Grade
    statement: str
    actor: str
    actions: tuple[CorrectiveAction, ...] = ()
    source: Audit | None = None

    @property
    def state(self) -> ActionState | None:
        """None until a corrective action was agreed."""
        return self.actions[-1].state if self.actions else None

    @property
    def is_open(self) -> bool:
        return self.state is not ActionState.CLOSED

    @property
    def delivered(self) -> bool:
        """Done or verified, and not closed: it waits for a reviewer and is not late, whatever its date."""
        return self.state in (ActionState.DONE, ActionState.VERIFIED)

    @property
    def closed_elsewhere(self) -> bool:
        """Whether it came in from another scheme as closed: nobody here verified it."""
        return self.source is not None and not self.is_open and self.actions[-1].recorded_at == self.recorded_at

    @property
    def due_on(self) -> date | None:
        """The date agreed last; None while none was."""
        return next((action.due_on for action in reversed(self.actions) if action.due_on), None)


class Proposal(Record):
    """The first half of an act that needs two reviewers; it waits for the second."""

    proposal_id: str
    recorded_at: datetime
    kind: ProposalKind
    agency_id: str
    case_id: str | None
    indicator: str | None
    proposed_by: str
    reason: str


class Clearance(Record):
    """A gate that two reviewers declared answered: adverse reports received up to `recorded_at` no longer open it, and
    stay in every share. `reason` is the second reviewer's."""

    agency_id: str
    indicator: str
    recorded_at: datetime
    proposed_by: str
    proposed_at: datetime | None
    proposal_reason: str | None
    confirmed_by: str
    reason: str


class Certificate(Record):
    """A certificate as issued, with both reviewers: what reviewers see."""

    number: str
    recorded_at: datetime
    case_id: str
    agency_id: str
    scope: StoredScope
    issued_on: date
    expires_on: date
    deciding_body: str
    standard: str
    standard_hash: str
    recommended_by: str
    decided_by: str
    reason: str


class PublicCertificate(Record):
    """A certificate as anybody sees it: how it stands today, without the names of reviewers.

    `status` is certified (valid), suspended, withdrawn or expired; `why` is the public sentence that goes with it.
    """

    number: str
    agency_id: str
    scope: StoredScope
    issued_on: date
    expires_on: date
    deciding_body: str
    standard: str
    standard_hash: str
    status: CaseState
    since: date
    why: str

    @property
    def valid(self) -> bool:
        return self.status is CaseState.CERTIFIED
