"""Which agencies are on hold at a moment? What stands over the frozen figures, wherever they are read (design §7).

On hold while a critical finding is open; and because of reports, from one weekly hour to another, where a release shows
the agency at all. Which gate it is, nobody but reviewers learns. Every answer about a moment rests on what was recorded
by then, so it never changes.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from schemas.codes import Band
from schemas.hold import ShownReply
from schemas.release import ReleasedFigure, ReleaseSummary
from vetting.scoring.score import BEFORE_ALL, newest_moment
from vetting.store import Cursor
from vetting.store.findings import fetch_critical
from vetting.store.holds import fetch_held, fetch_replies, fetch_turns
from vetting.store.merges import entries_of, fetch_merged


class Holds(NamedTuple):
    """The agencies on hold at a moment: `found` by a critical finding, `reported` by what workers report."""

    at: datetime
    found: frozenset[str]
    reported: frozenset[str]

    def on(self, agency_id: str, *, shown: bool) -> bool:
        """`shown`: the release shows figures of it. Of no worker and of one to k - 1, reports hold nothing."""
        return agency_id in self.found or (shown and agency_id in self.reported)

    def over(self, figure: ReleasedFigure) -> ReleasedFigure:
        """The figure as it reads while these holds stand."""
        if not self.on(figure.agency_id, shown=figure.shown):
            return figure
        return figure.model_copy(update={"band": Band.ON_HOLD, "band_reason": None})


def fetch_holds(db: Cursor, at: datetime) -> Holds:
    """As they stand at `at` (UTC)."""
    merged = fetch_merged(db, at)
    found, reported = (
        frozenset(merged.get(entry, entry) for entry in entries)
        for entries in (fetch_critical(db, at), fetch_held(db, at))
    )
    return Holds(at, found, reported)


def holds_over(db: Cursor, release: ReleaseSummary, released: Sequence[ReleaseSummary], now: datetime | None) -> Holds:
    """Over the newest of `released`: as they stand now. Over a past one: as they stood when it was frozen.

    `now` None: at the newest moment the store knows, which is behind the clock on the wall.
    """
    if release.release_id != released[0].release_id:
        return fetch_holds(db, release.recorded_at)
    return fetch_holds(db, newest_moment(db) if now is None else now)


def shown_replies(db: Cursor, holds: Holds, figure: ReleasedFigure | None) -> tuple[ShownReply, ...]:
    """What the agency replied, newest first, while it reads as on hold because of reports: since it last was not."""
    if figure is None or not figure.shown or figure.agency_id not in holds.reported:
        return ()
    entries = entries_of(db, figure.agency_id, holds.at) or []
    lifted = [each.effective_at for each in fetch_turns(db, entries, holds.at) if not each.on_hold]
    since = max((each for each in lifted if each <= holds.at), default=BEFORE_ALL)
    replies = fetch_replies(db, entries, holds.at)
    return tuple(
        ShownReply(recorded_at=each.recorded_at, reply=each.reply) for each in replies if each.recorded_at >= since
    )
