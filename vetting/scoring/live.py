"""The headline of every agency, kept so that lists need not score. A cache: rebuilt at any time, without a trail."""

from collections.abc import Sequence
from datetime import date

from schemas.score import Headline
from vetting.store import Cursor, Store


def rescore(store: Store, agencies: Sequence[str] | None, as_of: date) -> int:
    """Score the agencies named (None: all) as of `as_of` by what is known now, and keep their headlines.

    Its own transaction, after the act that made it necessary. Returns how many were scored.
    """
    raise NotImplementedError


def fetch_headlines(db: Cursor, agencies: Sequence[str] | None = None) -> list[Headline]:
    """The kept headlines, ordered by agency_id; an agency that was never scored has none."""
    raise NotImplementedError
