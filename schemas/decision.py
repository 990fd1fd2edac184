"""A decision about a case, and the ground it rested on: what workers and documents said then, by criterion."""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BeforeValidator

from schemas.codes import AppealOutcome, Band, BandReason, CaseState, DecisionKind, Grade, Outcome
from schemas.record import Record
from schemas.score import Range


class IndicatorGround(Record):
    """`n` workers could answer, whether any of them reported it, and in which word their answers are told."""

    code: str
    n: int
    reported: bool
    outcome: Outcome


class CriterionGround(Record):
    """One criterion as computed at that moment, in points from 0 to 100; None is not assessed. `note`: the reviewer's
    own words beside it, which change nothing."""

    crit_code: str
    applicable: bool
    worker: Range | None
    documents: float | None
    indicators: tuple[IndicatorGround, ...]
    open_findings: tuple[Grade, ...]
    note: str = ""


class Ground(Record):
    """What a decision rested on. It is kept as it was, and outlives the reports it was computed from."""

    band: Band
    band_reason: BandReason | None
    points: Range | None
    coverage: float
    worker_coverage: float
    workers: int
    partners: int
    gates: tuple[str, ...]
    contradictions: tuple[str, ...]
    rests_on: tuple[str, ...]
    standard: str
    standard_hash: str
    method: int
    as_of: date
    known_at: datetime
    criteria: tuple[CriterionGround, ...]


def _as_stored(value: Any) -> Any:
    return Ground.model_validate_json(value) if isinstance(value, str) else value


StoredGround = Annotated[Ground, BeforeValidator(_as_stored)]  # the store keeps it as JSON


class Decision(Record):
    """`first` did the first half (recommended, or proposed) where two stand behind it; `from_state` is what it ended.

    `decided_on` is a day where the body works; `reason` is the reviewer's, for those who review.
    """

    decision_id: str
    recorded_at: datetime
    kind: DecisionKind
    case_id: str
    agency_id: str
    decided_on: date
    deciding_body: str
    from_state: CaseState
    to_state: CaseState
    first: str | None
    decided_by: str
    reason: str
    ground: StoredGround

    @property
    def people(self) -> frozenset[str]:
        """Who took part, and so decides no appeal against it."""
        return frozenset({self.decided_by} if self.first is None else {self.first, self.decided_by})


class Appeal(Record):
    """An agency's appeal against a decision. `proposed` is the outcome the first reviewer stands behind, if one does;
    `outcome` is None while it is open, and `decide_by` its running clock."""

    appeal_id: str
    recorded_at: datetime
    decision_id: str
    case_id: str
    agency_id: str
    received_on: date
    decide_by: date
    ground: str
    actor: str
    proposed: AppealOutcome | None = None
    proposed_by: str | None = None
    proposed_at: datetime | None = None
    proposal_reason: str | None = None
    outcome: AppealOutcome | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    decided_on: date | None = None
    reason: str | None = None


class PublicDecision(Record):
    """A decision as anybody reads it: without reviewers' names, and without what was written for reviewers."""

    kind: DecisionKind
    agency_id: str
    agency: str
    licence: str
    decided_on: date
    deciding_body: str
    why: str
    appeal: str = ""


class DecisionRow(Record):
    """A decision as its case shows it to this viewer: with its appeal, and who may do what about that.

    `appeal_until`: the last day an appeal is received; None where there is nothing to appeal against, or an appeal was
    made. `why_not`: what keeps this viewer from deciding the open appeal; `if_upheld`: what would follow today.
    """

    decision: Decision
    appeal: Appeal | None
    appeal_until: date | None
    late: bool = False
    why_not: tuple[str, ...] = ()
    if_upheld: str = ""
