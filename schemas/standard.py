"""What does the scheme ask for, and with which numbers? The standard, read from `schemas/standards/<id>.toml`.

A standard is data: versioned, never edited in place, and every result states its id and the hash of its content.
Unknown keys are refused, so a misspelt number cannot silently do nothing.
"""

import hashlib
import json
import math
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from schemas.codes import Grade
from schemas.record import Record

FOLDER = Path(__file__).parent / "standards"
DEFAULT = "iris-style-1"


class Principle(Record):
    """`weight` is out of 100, shared equally by the principle's applicable criteria. `short` fits beside a figure."""

    code: str
    title: str
    short: str
    weight: int = Field(gt=0)


class Criterion(Record):
    """`official_ref` is empty until somebody has compared it with the official text (`verified_against_standard`)."""

    crit_code: str
    principle: str
    title: str
    wording: str
    evidence: str
    worker_signal: Literal["direct", "proxy", "none"]
    official_ref: str | None = None
    verified_against_standard: bool


class Value(Record):
    """A number of the scheme with where it comes from. `assumed`: not public, chosen by us; `public`: published."""

    value: int = Field(ge=0)
    unit: str
    status: Literal["assumed", "public"]
    basis: str


class Scheme(Record):
    """How certification runs: periods, deadlines by grade, the sample of workers to interview."""

    certificate_validity: Value
    surveillance_interval: Value
    documents_age: Value
    deferral_window: Value
    critical_containment: Value
    critical_due: Value
    major_due: Value
    minor_due: Value
    suspension_to_withdrawal: Value
    appeal_window: Value
    interview_minimum: Value
    interview_off_site_share: Value


class Measuring(Record):
    """Which reports count, and how a share becomes an outcome and a range."""

    window_months: int
    recruitment_months: int
    min_workers: int
    z: float
    correlation: float  # rho between indicators when ranges are combined
    min_known_share: float  # W03 to W05: of the charged reports, this much must know the condition itself
    repaid_share: float
    high_loan_rate: int  # per cent a year
    max_auditor_free_workers: int  # auditors count only where fewer eligible workers come from elsewhere


class Documents(Record):
    """Points of the documents' side, by the worst open finding."""

    none: int
    observation: int
    minor: int
    major: int
    critical: int
    contradiction_from: int  # documents say at least this while an assessed indicator is not met

    def points(self, worst: Grade | None) -> int:
        return self.none if worst is None else int(getattr(self, worst.value))


class Bands(Record):
    """Thresholds of the headline. Compared with `tolerance`."""

    tolerance: float
    min_workers: int
    min_worker_coverage: float
    must_be_assessed: tuple[str, ...]
    weak_mid: float
    weak_high: float
    weak_width: float
    strong_low: float
    strong_partners: int
    fair_low: float
    doubt_adverse: int  # a gate indicator with this many adverse reports and a share above its allowance


class Gates(Record):
    """When adverse reports alone open a gate (an investigated one opens it by itself)."""

    min_adverse: int
    min_partners: int
    min_verified: int
    min_adverse_uncorroborated: int


class Disclosure(Record):
    """What may be shown: `k` distinct workers or nothing."""

    k: int
    median_from: int
    p80_from: int
    principles_from: int
    release_lag_days: int
    hold_days: int


class Standard(Record):
    id: str
    title: str
    note: str
    content_hash: str
    principles: tuple[Principle, ...]
    criteria: tuple[Criterion, ...]
    scheme: Scheme
    measuring: Measuring
    documents: Documents
    bands: Bands
    gates: Gates
    disclosure: Disclosure
    assumed: dict[str, str]  # numbers outside `scheme` that are our choice, and why: "measuring.correlation" -> basis

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        codes = [principle.code for principle in self.principles]
        if len(set(codes)) != len(codes) or len({c.crit_code for c in self.criteria}) != len(self.criteria):
            raise ValueError("a code appears twice")
        if sum(principle.weight for principle in self.principles) != 100:
            raise ValueError("the weights of the principles must sum to 100")
        if {criterion.principle for criterion in self.criteria} != set(codes):
            raise ValueError("every principle needs criteria, and every criterion a principle")
        return self

    def criterion(self, crit_code: str) -> Criterion:
        """Raises KeyError for a code the standard does not have."""
        for criterion in self.criteria:
            if criterion.crit_code == crit_code:
                return criterion
        raise KeyError(crit_code)

    def criteria_of(self, principle: str) -> tuple[Criterion, ...]:
        return tuple(criterion for criterion in self.criteria if criterion.principle == principle)

    def interviews_required(self, deployed_12m: int) -> int:
        """The scheme's sample: the square root of the workers deployed in 12 months, never under the minimum."""
        return max(self.scheme.interview_minimum.value, math.ceil(math.sqrt(deployed_12m)))

    def due_days(self, grade: Grade) -> int | None:
        """Days until a finding's corrective action is due; an observation asks for none."""
        due = {
            Grade.CRITICAL: self.scheme.critical_due,
            Grade.MAJOR: self.scheme.major_due,
            Grade.MINOR: self.scheme.minor_due,
        }
        return due[grade].value if grade in due else None


@cache
def load_standard(standard_id: str = DEFAULT) -> Standard:
    """The standard of that id. Raises FileNotFoundError, or pydantic's ValidationError naming what is wrong with it."""
    return parse((FOLDER / f"{standard_id}.toml").read_text(encoding="utf-8"))


def parse(text: str) -> Standard:
    content: dict[str, Any] = tomllib.loads(text)
    return Standard.model_validate(content | {"content_hash": content_hash(content)})


def content_hash(content: dict[str, Any]) -> str:
    """SHA-256 over the canonical JSON of what the file says: comments and line ends do not change a standard."""
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
