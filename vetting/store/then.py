"""What may an answer about the past use of what people decided? Later decisions are left out, and those not known."""

from datetime import date, datetime
from typing import NamedTuple

from schemas.clocks import end_of


class Then(NamedTuple):
    """`known_at`: which entries of the registers are one agency, as known at that moment. `until`: the newest decision
    that counts. UTC; None bounds nothing."""

    known_at: datetime | None = None
    until: datetime | None = None


NOW = Then()


def known(known_at: datetime | None) -> Then:
    """All that was known at that moment."""
    return Then(known_at, known_at)


def as_it_stood(on: date, known_at: datetime | None) -> Then:
    """On a past day, by what was known at a moment: a decision happens when it is recorded. None: as it stands now."""
    return NOW if known_at is None else Then(known_at, min(known_at, end_of(on)))
