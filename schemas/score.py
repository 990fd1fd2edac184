"""What does the evidence say of one agency? The score with everything that must stand beside it.

None is "not assessed", never zero. Ranges and points run from 0 to 100, shares from 0 to 1.
"""

from datetime import date, datetime
from typing import Any

from schemas.codes import Band, BandReason, Outcome
from schemas.record import Record


class Range(Record):
    """Points with their uncertainty: 100 is the best. The range covers chance only."""

    low: float
    mid: float
    high: float

    def as_json(self) -> dict[str, float]:
        return {"low": self.low, "mid": self.mid, "high": self.high}


class IndicatorScore(Record):
    """`k` of `n` workers answered adversely. Below ten workers the counts are given and the outcome is not assessed."""

    code: str
    criterion: str
    n: int
    k: int
    share: float | None
    low: float | None
    high: float | None
    outcome: Outcome
    points: Range | None
    with_auditors: bool  # fewer than ten workers came from elsewhere, so auditors' workers are among the n
    self_declared: int  # workers reported by agencies and employers: shown apart, never among the n


class CriterionScore(Record):
    """`range` is the worse of the workers' side and the documents' side; one not applicable is out of every weight."""

    crit_code: str
    range: Range | None
    worker: Range | None
    documents: float | None
    applicable: bool
    weight: float


class PrincipleScore(Record):
    """`worker` and `documents`: each side alone, its criteria combined by the same weights, for showing them apart."""

    code: str
    range: Range | None
    worker: Range | None = None
    documents: float | None = None


class Months(Record):
    """Net cost in months of wage, zeros kept. The 80th percentile is told from 50 workers, the mean last."""

    n: int = 0
    median: float | None = None
    p80: float | None = None
    mean: float | None = None


def speak_for_all(known: int, answered: int, charged: int) -> bool:
    """Whether months of wage known of `known` workers may be told of all.

    Who was charged nothing has 0 months for certain; who was charged needs a wage in the same currency. So, as with
    W03 to W05, they must be known of at least half of the charged, or the uncharged alone would speak for all.
    """
    return 2 * (known - (answered - charged)) >= charged


class CorridorFigure(Record):
    """SDG 10.7.1-style, ours and not the official survey. `charged` of `charged_n` workers were charged anything."""

    origin: str
    destination: str
    workers: int
    charged_n: int
    charged: int
    months: Months

    @property
    def share_charged(self) -> float | None:
        return self.charged / self.charged_n if self.charged_n else None

    @property
    def months_speak(self) -> bool:
        """Whether `months` may be told; see `speak_for_all`."""
        return speak_for_all(self.months.n, self.charged_n, self.charged)


class QueueItem(Record):
    """Adverse answers to a gate indicator that open nothing: a reviewer looks. `workers` with one in any report, though
    they take it back later; `referral`: at once, to those who protect people."""

    agency_id: str
    indicator: str
    workers: int
    referral: bool


class Headline(Record):
    """What lists show of an agency's live score, as kept by `vetting.scoring.live.rescore`."""

    agency_id: str
    as_of: date
    known_at: datetime
    band: Band
    band_reason: BandReason | None
    points: Range | None
    coverage: float
    worker_coverage: float
    workers: int
    partners: int
    gates: tuple[str, ...]
    queue: tuple[QueueItem, ...]
    rests_on: tuple[str, ...]
    months: Months
    newest_interview: date | None


class Score(Record):
    """The live score of one agency as of `as_of`, by what was known at `known_at`.

    `gates` are the open ones: indicator codes, then `finding:<criterion>`. `rests_on` names each partner without
    whom the band would be lower; `auditors_in` the assessed indicators that rely on auditors.
    """

    agency_id: str
    licence: str
    name: str
    band: Band
    band_reason: BandReason | None
    points: Range | None
    coverage: float
    worker_coverage: float
    workers: int
    partners: int
    gates: tuple[str, ...]
    contradictions: tuple[str, ...]
    indicators: tuple[IndicatorScore, ...]
    criteria: tuple[CriterionScore, ...]
    principles: tuple[PrincipleScore, ...]
    months: Months
    standard: str
    standard_hash: str
    method: int
    as_of: date
    known_at: datetime
    newest_interview: date | None
    median_age_days: float | None
    departed_12m: int
    deployed_12m: int | None
    rests_on: tuple[str, ...]
    auditors_in: tuple[str, ...]
    self_declared_workers: int
    charged_reports: int
    state_items_only: int  # of the charged reports: nothing but state or passport items
    two_currencies: int  # reports whose months are unknown for want of a rate between cost and wage
    corridors: tuple[CorridorFigure, ...]
    queue: tuple[QueueItem, ...]
    kept_on: date | None = None  # the day this answer was kept, where rows behind it were purged since

    @property
    def newest_age_days(self) -> int | None:
        return None if self.newest_interview is None else (self.as_of - self.newest_interview).days

    @property
    def heard_share(self) -> float | None:
        """Workers heard who departed in the last 12 months, of those deployed; None: deployments unknown."""
        return self.departed_12m / self.deployed_12m if self.deployed_12m else None

    @property
    def months_speak(self) -> bool:
        """Whether `months` may be told; see `speak_for_all`."""
        charged = self.indicator("W01")
        return speak_for_all(self.months.n, charged.n, charged.k)

    def indicator(self, code: str) -> IndicatorScore:
        return next(indicator for indicator in self.indicators if indicator.code == code)

    def criterion(self, crit_code: str) -> CriterionScore:
        return next(criterion for criterion in self.criteria if criterion.crit_code == crit_code)

    def as_json(self) -> dict[str, Any]:
        """The shape that `score --json` promises."""
        return {
            "agency_id": self.agency_id,
            "licence": self.licence,
            "name": self.name,
            "band": self.band.value,
            "band_reason": None if self.band_reason is None else self.band_reason.value,
            "points": _range(self.points),
            "coverage": self.coverage,
            "workers": self.workers,
            "partners": self.partners,
            "gates": list(self.gates),
            "contradictions": list(self.contradictions),
            "indicators": {
                each.code: {
                    "n": each.n,
                    "k": each.k,
                    "share": each.share,
                    "low": each.low,
                    "high": each.high,
                    "outcome": each.outcome.value,
                }
                for each in self.indicators
            },
            "criteria": {
                each.crit_code: _range(each.range)
                | {
                    "worker": None if each.worker is None else [each.worker.low, each.worker.mid, each.worker.high],
                    "documents": each.documents,
                }
                for each in self.criteria
            },
            "principles": {each.code: _range(each.range) for each in self.principles},
            "months": self.months.model_dump(),
            "standard": self.standard,
            "method": self.method,
            "as_of": self.as_of.isoformat(),
            "known_at": self.known_at.isoformat(timespec="microseconds"),
        }


def _range(value: Range | None) -> dict[str, Any]:
    return {"low": None, "mid": None, "high": None} if value is None else value.as_json()
