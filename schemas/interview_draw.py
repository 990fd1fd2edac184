"""A sample of workers to interview, drawn without a name: how many in each stratum, and which places on its list."""

from datetime import datetime

from pydantic import Field

from schemas.case import Corridor
from schemas.codes import Sex
from schemas.record import Record


class Stratum(Record):
    """Workers the agency placed with one client (the employer they went to), of one sex, on one corridor.

    `placed`: how many, as the agency's own list of them has lines; 0 says that it placed nobody.
    """

    corridor: Corridor
    sex: Sex
    client: str
    placed: int = Field(ge=0)

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What tells strata apart, and the order they stand in."""
        return self.corridor.origin, self.corridor.destination, self.sex.value, self.client


class DrawnStratum(Stratum):
    """`positions` are lines of the agency's list of this stratum, counted from 1, as drawn; `reserves` those that come
    next, in their order, for workers who cannot be reached.

    `interviewed`: drawn workers heard so far; `substituted`: others heard in place of drawn ones, for the reason given.
    """

    place: int
    sample: int
    positions: tuple[int, ...]
    reserves: tuple[int, ...]
    interviewed: int = 0
    substituted: int = 0
    why_substituted: str = ""

    @property
    def heard(self) -> int:
        return self.interviewed + self.substituted

    @property
    def complete(self) -> bool:
        return self.heard >= self.sample


class Draw(Record):
    """One draw for a case. The newest counts; former ones are kept. `rule` names how positions follow from the seed;
    `size` is the sum of the samples."""

    draw_id: str
    case_id: str
    recorded_at: datetime
    seed: str
    rule: str
    size: int
    reason: str
    actor: str
    strata: tuple[DrawnStratum, ...]

    @property
    def heard(self) -> int:
        return sum(stratum.heard for stratum in self.strata)

    @property
    def complete(self) -> bool:
        return all(stratum.complete for stratum in self.strata)
