"""What a release shows of the agencies a partner reported on, beside the release before."""

from datetime import date

from schemas.codes import Band, BandReason
from schemas.record import Record
from schemas.release import TOO_FEW, ReleaseSummary, Steps


class ShownAgency(Record):
    """One agency in one release, as everybody who reads releases sees it. `corridors`: those shown, "NPL-QAT"."""

    band: Band
    band_reason: BandReason | None
    points: Steps | None
    workers: str
    corridors: tuple[str, ...]

    @property
    def shown(self) -> bool:
        return self.workers != TOO_FEW


class AgencyChange(Record):
    """One agency. `before` is None before the second release.

    `reports`: the partner's own that stand today; `in_time`: those of them that this release could know, by the day of
    the interview and the day they were sent. `waiting`: corridors of these that the release does not show.
    """

    agency_id: str
    name: str
    licence: str
    before: ShownAgency | None
    now: ShownAgency
    reports: int
    in_time: int
    waiting: tuple[str, ...]
    corridors: tuple[str, ...]  # of the partner's own reports in time

    @property
    def changed(self) -> bool:
        return self.before is not None and self.before != self.now


class NextRelease(Record):
    """The release that comes: as of a quarter's end, and the first day on which it may be published."""

    as_of: date
    due: date


class OwnChanges(Record):
    """`release` is None when no release knows the reports asked about yet; `releases`: all that do, newest first.

    `counts` is False for agencies and employers: what they say of their own recruitment never counts.
    """

    release: ReleaseSummary | None
    before: ReleaseSummary | None
    releases: tuple[ReleaseSummary, ...]
    agencies: tuple[AgencyChange, ...]
    coming: NextRelease
    counts: bool
