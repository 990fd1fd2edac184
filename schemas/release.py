"""What buyers see: released figures on the grid, the directory over them, and the public register.

A released figure holds words and grid steps only. None is "hidden" or "not assessed"; the words say which.
"""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from schemas.agency import Agency
from schemas.case import PublicCertificate
from schemas.codes import Band, BandReason, LicenceStatus, Outcome
from schemas.hold import ShownReply
from schemas.record import Record

TOO_FEW = "too few workers to show"  # said for no worker at all and for one to k - 1 alike


class Word(StrEnum):
    """How a criterion or principle stands, where its points are not told."""

    STRONG = "strong"
    FAIR = "fair"
    WEAK = "weak"
    UNCLEAR = "unclear"
    NOT_ASSESSED = "not_assessed"
    NOT_APPLICABLE = "not_applicable"


class Steps(Record):
    """A range rounded outward: the headline's ends to 10 points, a principle's to 20."""

    low: int
    high: int


class ReleasedIndicator(Record):
    """`n` and `share` as words ("20–49", "25–50 %"); None while not assessed."""

    code: str
    criterion: str
    n: str | None
    share: str | None
    outcome: Outcome


class ReleasedCriterion(Record):
    """The worse of the workers' and the documents' side, as a word."""

    crit_code: str
    word: Word


class ReleasedPrinciple(Record):
    """`steps` only from 50 workers."""

    code: str
    word: Word
    steps: Steps | None


class ReleasedMonths(Record):
    """Net cost in months of wage, to half a month: the median from 20 workers, the 80th percentile from 50."""

    n: str | None = None
    median: float | None = None
    p80: float | None = None


class ReleasedCorridor(Record):
    """SDG 10.7.1-style. `charged_n`, `charged` and `months` only where every shown corridor has enough for them."""

    origin: str
    destination: str
    workers: str
    charged_n: str | None
    charged: str | None
    months: ReleasedMonths


class ReleasedFigure(Record):
    """One agency in one release, frozen. `newest` and `median_age` are half-years ("2026 H1"): `newest` is the latest
    in or after which at least k workers were heard. `heard` is heard ÷ deployed in words.
    """

    agency_id: str
    licence: str
    name: str
    band: Band
    band_reason: BandReason | None
    points: Steps | None
    coverage: int | None  # per cent, to 10 points, downward
    worker_coverage: int | None
    workers: str
    partners: str | None
    newest: str | None
    median_age: str | None
    heard: str | None
    indicators: tuple[ReleasedIndicator, ...]
    criteria: tuple[ReleasedCriterion, ...]
    principles: tuple[ReleasedPrinciple, ...]
    months: ReleasedMonths
    corridors: tuple[ReleasedCorridor, ...]
    standard: str
    standard_hash: str
    method: int
    as_of: date
    known_at: datetime

    @property
    def shown(self) -> bool:
        """False: too few workers to show; then nothing else in the figure says anything of workers."""
        return self.workers != TOO_FEW

    def as_json(self) -> dict[str, Any]:
        """The shape of `Score.as_json()`: counts and shares as words, a criterion's or principle's word in the place
        of its `mid`, everything hidden null."""
        return {
            "agency_id": self.agency_id,
            "licence": self.licence,
            "name": self.name,
            "band": self.band.value,
            "band_reason": None if self.band_reason is None else self.band_reason.value,
            "points": _steps(self.points),
            "coverage": None if self.coverage is None else self.coverage / 100,
            "workers": self.workers,
            "partners": self.partners,
            "gates": None,
            "contradictions": None,
            "indicators": {
                each.code: {
                    "n": each.n,
                    "k": None,
                    "share": each.share,
                    "low": None,
                    "high": None,
                    "outcome": each.outcome.value,
                }
                for each in self.indicators
            },
            "criteria": {
                each.crit_code: {"low": None, "mid": each.word.value, "high": None, "worker": None, "documents": None}
                for each in self.criteria
            },
            "principles": {each.code: _steps(each.steps) | {"mid": each.word.value} for each in self.principles},
            "months": self.months.model_dump() | {"mean": None},
            "standard": self.standard,
            "method": self.method,
            "as_of": self.as_of.isoformat(),
            "known_at": self.known_at.isoformat(timespec="microseconds"),
        }


class ReleaseSummary(Record):
    """A release: as of a quarter's end, frozen with what was known at `known_at`. `agencies`: how many are shown."""

    release_id: str
    recorded_at: datetime
    as_of: date
    known_at: datetime
    standard: str
    standard_hash: str
    method: int
    agencies: int


class DirectoryEntry(Record):
    """One line of the directory. Licence and certificate as they are today, everything else as released."""

    agency_id: str
    licence: str
    name: str
    aliases: tuple[str, ...]
    country: str
    licence_status: LicenceStatus
    valid_until: date | None
    certificate: PublicCertificate | None
    band: Band
    band_reason: BandReason | None
    points: Steps | None
    workers: str
    newest: str | None
    corridors: tuple[str, ...]  # "NPL-QAT", the shown ones
    replied: bool = False  # on hold because of reports, and the agency has replied


class Filters(Record):
    """What a buyer chose; empty means all. `corridor` is "NPL-QAT"; `certificate` a status, or "none"."""

    text: str = ""
    corridor: tuple[str, ...] = ()
    band: tuple[str, ...] = ()
    certificate: tuple[str, ...] = ()
    licence: tuple[str, ...] = ()


class Directory(Record):
    """One page of the directory over the newest release (None: nothing was released yet).

    `options` has, for each filter, every option with the number of agencies it would leave, given the other filters.
    """

    release: ReleaseSummary | None
    entries: tuple[DirectoryEntry, ...]
    total: int
    page: int
    pages: int
    options: Mapping[str, Mapping[str, int]]


class ReleasedAgency(Record):
    """One agency as a buyer sees it: released figure, and licence and certificate as they are today.

    `figure` is there for every agency, saying "too few workers to show" where that is so; None only before the first
    release. `replies`: what the agency replied, while it is on hold because of reports.
    """

    agency: Agency
    licence_status: LicenceStatus
    certificate: PublicCertificate | None
    release: ReleaseSummary | None
    figure: ReleasedFigure | None
    replies: tuple[ShownReply, ...] = ()


class PastBand(Record):
    """An agency's headline in one release."""

    release_id: str
    as_of: date
    band: Band
    band_reason: BandReason | None
    points: Steps | None
    workers: str


class RegisterEntry(Record):
    """What anybody may know of an agency: its licence as it stands today, and its certificate if it ever had one."""

    agency_id: str
    register: str
    licence: str
    name: str
    aliases: tuple[str, ...]
    country: str
    status: LicenceStatus
    valid_from: date | None
    valid_until: date | None
    certificate: PublicCertificate | None


class RegisterPage(Record):
    entries: tuple[RegisterEntry, ...]
    total: int
    page: int
    pages: int


def _steps(value: Steps | None) -> dict[str, Any]:
    return {"low": None if value is None else value.low, "mid": None, "high": None if value is None else value.high}
