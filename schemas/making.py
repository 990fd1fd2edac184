"""How one score was made, from counts to the band: what each part added, so that it can be argued with."""

from typing import Literal

from schemas.codes import Band, BandReason
from schemas.record import Record
from schemas.score import Range, Score

Side = Literal["workers", "documents", "both"]


class Part(Record):
    """What one criterion adds to a combined range. `weight` is out of 100 (0: not assessed); `share` is the same made
    to sum to 1; `mid` = share·middle, `down` = share·(middle - low), `up` = share·(high - middle), all in points."""

    crit_code: str
    weight: float
    share: float
    mid: float
    down: float
    up: float


class Reach(Record):
    """How far a sum reaches to one side: the sum of the squares of its parts, and the sum of its parts."""

    squares: float
    total: float


class Sum(Record):
    """A combined range with its parts, in the order of the standard."""

    range: Range | None
    parts: tuple[Part, ...]
    down: Reach
    up: Reach


class Condition(Record):
    """W03 to W05: of `charged` reports (W03: of those with a rule in force), how many tell the condition itself."""

    indicator: str
    charged: int
    told: int
    enough: bool


class Opening(Record):
    """What speaks for opening one gate. `left_out` adverse workers were cleared or repaid and no longer count towards
    it; `low` is the lower end held against the allowance (None: nobody could say); `not_met`, `several` (reports) and
    `corroborated` together open it."""

    indicator: str
    adverse: int
    left_out: int
    partners: int
    verified: int
    investigated: int
    low: float | None
    not_met: bool
    several: bool
    corroborated: bool
    open: bool


class RuleTried(Record):
    """One rule of the band, in its turn; the first that holds decides."""

    name: str
    band: Band
    reason: BandReason | None
    holds: bool
    decides: bool


class Making(Record):
    """The whole road of `score`. `sides` says, by criterion, whose points count (an assessed one's); `in_doubt` the
    gate indicators that leave a gate in doubt. `critical` and `major` say what open findings do: the criteria with a
    critical one, and whether a major one is open anywhere."""

    score: Score
    sides: dict[str, Side]
    conditions: tuple[Condition, ...]
    principles: dict[str, Sum]
    headline: Sum
    openings: tuple[Opening, ...]
    in_doubt: tuple[str, ...]
    critical: tuple[str, ...]
    major: bool
    rules: tuple[RuleTried, ...]

    def condition(self, indicator: str) -> Condition | None:
        return next((each for each in self.conditions if each.indicator == indicator), None)
