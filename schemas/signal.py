"""Something in the evidence that a reviewer should look at, because chance rarely brings it. Never a judgement.

A signal changes no score, no band and no gate, and nothing happens by itself because of one.
"""

from datetime import date, datetime
from enum import StrEnum

from schemas.record import Record


class SignalKind(StrEnum):
    NEAR_COPIES = "near_copies"
    STRAIGHT_LINES = "straight_lines"
    AT_THE_CAP = "at_the_cap"
    JUMP = "jump"
    CONTRADICTION = "contradiction"
    REGISTERED_AGAIN = "registered_again"


class Scope(Record):
    """What to look at: as of a day, by what was known at a moment; all agencies, or those named (ids of agencies that
    remain after merges)."""

    as_of: date
    known_at: datetime
    agencies: tuple[str, ...] | None = None


class Signal(Record):
    """`count` was seen among `among`, where chance brings `expected`; `chance` is the probability, 0 to 1, of at least
    so many. The smaller, the more surprising. Whose it is: agencies, and the partner and batch it came from, if one.
    """

    kind: SignalKind
    agencies: tuple[str, ...]
    partner: str | None = None
    batch_id: str | None = None
    count: int
    among: int
    expected: float
    chance: float
    sentence: str
