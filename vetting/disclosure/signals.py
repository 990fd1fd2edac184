"""What in the evidence should a reviewer look at because chance rarely brings it? For reviewers alone.

A signal names agencies, a partner and a batch, and counts; it names no worker and lists no single report.
"""

from datetime import date, datetime

from schemas.codes import Role
from schemas.record import Record
from schemas.signal import Scope, Signal
from schemas.viewer import Viewer
from vetting.disclosure.roles import require
from vetting.scoring.kept import refuse_purged
from vetting.scoring.score import newest_moment
from vetting.signals.find import find_signals
from vetting.store import Cursor
from vetting.store.agencies import fetch_agencies
from vetting.store.partners import fetch_partners


class Shown(Record):
    """A signal with the names it speaks of: agencies by id, and the partner's."""

    signal: Signal
    agencies: dict[str, str]
    partner: str


def signals(
    db: Cursor, viewer: Viewer, *, as_of: date, known_at: datetime | None = None, agency_id: str | None = None
) -> list[Shown]:
    """As of a day, by what was known at a moment (default: now); all, or those about one agency;
    the most surprising first. Raises Purged where rows of anybody behind them are gone."""
    require(viewer, Role.REVIEWER)
    agencies = None if agency_id is None else (agency_id,)
    known_at = newest_moment(db) if known_at is None else known_at
    refuse_purged(db, as_of, known_at)  # an agency's signals are seen among everybody's reports
    found = find_signals(db, Scope(as_of=as_of, known_at=known_at, agencies=agencies))
    names = {each.agency_id: each.name for each in fetch_agencies(db)} if found else {}
    partners = {each.partner: each.name for each in fetch_partners(db)} if found else {}
    return [
        Shown(
            signal=signal,
            agencies={each: names.get(each, each) for each in signal.agencies},
            partner=partners.get(signal.partner, signal.partner) if signal.partner else "",
        )
        for signal in found
    ]
