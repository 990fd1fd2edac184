"""What is the score of an agency as of a day, by what was known at a moment?

The road: measure (SQL counts) -> judge, gates, combine, headline (Python judges, all agencies at once) -> records.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from schemas.score import Score
from vetting.store import Cursor


def newest_moment(db: Cursor) -> datetime:
    """The newest recorded_at this transaction sees: the default knowledge time. The epoch in an empty store."""
    raise NotImplementedError


def score(
    db: Cursor, *, as_of: date, known_at: datetime | None = None, agencies: Sequence[str] | None = None
) -> list[Score]:
    """Live scores of the agencies named (default: all on the register known at K), ordered by agency_id.

    Agencies without a single report are scored too: insufficient evidence. Unknown ids are left out.
    """
    raise NotImplementedError


def score_blocks(
    db: Cursor,
    *,
    as_of: date,
    known_at: datetime,
    block_ids: Sequence[str],
    agencies: Sequence[str] | None = None,
    unanswered: Mapping[str, Collection[str]] | None = None,
) -> list[Score]:
    """Scores that use only the reports that are members of these blocks, documents and findings as known at K.

    `agencies` default to those the blocks are about. `unanswered` names, by agency, indicators to be treated as if no
    worker had answered them (n = k = 0, so they open no gate either): too few did for any of it to be told.
    """
    raise NotImplementedError


def own_workers(
    db: Cursor, *, partner: str, agencies: Sequence[str], as_of: date, known_at: datetime | None = None
) -> dict[str, int]:
    """How many workers of this partner count now, by agency (0 for agencies without one, and for partners of kind
    agency or employer, whose reports never count)."""
    raise NotImplementedError
