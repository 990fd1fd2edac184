"""How do purges happen? What past answers need is kept first; then one act says what goes; then it goes.

A transaction may write to one schema only, so the rows go after the act. A crash before the act leaves everything as it
was, and answers kept for nothing. A crash after it leaves rows that reach no answer any more (vetting.scoring.kept):
`finish`, at the next start or purge, deletes them.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import partial

from schemas.clocks import end_of, months_before
from schemas.codes import Action, Role, Via
from schemas.purge import Purge, PurgeCounts, PurgeKind, Reach
from schemas.setting import Retention
from schemas.standard import load_standard
from schemas.trail import Entry
from schemas.viewer import Viewer
from vetting.disclosure.roles import require
from vetting.ids import new_id
from vetting.refusals import ChangedMeanwhile
from vetting.scoring.kept import reached, what_was_known
from vetting.scoring.live import rescore
from vetting.scoring.score import makings, newest_moment
from vetting.store import Cursor, Moment, Store, act
from vetting.store.act import NothingNew
from vetting.store.certificates import fetch_certificates
from vetting.store.merges import fetch_merged
from vetting.store.purges import (
    end_purge,
    fetch_kept,
    fetch_reached_by,
    fetch_unfinished,
    keep_answers,
    save_purge,
)
from vetting.store.purging import count_purged, fetch_reach, purge_desk, purge_evidence
from vetting.store.releases import fetch_releases
from vetting.store.settings import fetch_settings

ATTEMPTS = 5  # assumed: acts are seconds apart, and keeping the last few answers anew takes less
AT_ONCE = 500  # agencies whose answers are kept together: their making stands in memory meanwhile; assumed
Prepared = Callable[[Cursor, datetime], Purge]
Said = Callable[[Purge, PurgeCounts, int], Entry]
_one_at_a_time = threading.RLock()


class _Overtaken(Exception):
    """Something was decided after the answers were kept: what was known last is to be kept too."""


def would_purge(db: Cursor, viewer: Viewer, *, now: datetime, today: date) -> PurgeCounts:
    """What `purge` would delete now. Writes nothing; for administrators."""
    require(viewer, Role.ADMIN)
    return count_purged(db, aged(db, newest_moment(db), now=now, today=today))


def purge(store: Store, viewer: Viewer, *, via: Via, now: datetime, today: date) -> PurgeCounts:
    """Delete what is older than the settings allow, in one act, and complete what was interrupted before.

    Deleting nothing is no act. Raises NotPermitted, ChangedMeanwhile.
    """
    require(viewer, Role.ADMIN)
    finish(store, now, today)

    def prepared(db: Cursor, recorded_at: datetime) -> Purge:
        return aged(db, recorded_at, now=now, today=today)

    def entry(told: Purge, counts: PurgeCounts, agencies: int) -> Entry:
        if counts.nothing:
            raise NothingNew(counts)
        until = told.model_dump(mode="json", include={"uploads_until", "rows_until", "complaints_until"})
        return Entry(action=Action.PURGE, subject="age", after=counts.model_dump() | until | {"agencies": agencies})

    return carry_out(store, prepared, entry, actor=viewer.actor, via=via, now=now, today=today)


def aged(db: Cursor, recorded_at: datetime, *, now: datetime, today: date) -> Purge:
    """What has passed its time by now."""
    settings: Retention = fetch_settings(db)
    return Purge(
        purge_id=new_id(),
        recorded_at=recorded_at,
        kind=PurgeKind.AGE,
        uploads_until=now - timedelta(days=settings.upload_days),
        rows_until=months_before(today, settings.row_months),
        complaints_until=months_before(today, settings.complaint_months),
    )


def carry_out(
    store: Store,
    prepared: Prepared,
    entry: Said,
    *,
    actor: str,
    via: Via,
    now: datetime,
    today: date,
) -> PurgeCounts:
    """Keep what past answers need, decide in one act, delete. `prepared` makes the purge of a moment, `entry` what the
    trail says of it and of how many agencies' answers it reaches; either may refuse."""
    for _ in range(ATTEMPTS):
        with _one_at_a_time:
            db = store.cursor()
            knew = newest_moment(db)
            keep(db, fetch_reach(db, prepared(db, knew)), knew, kept_at=now, today=today)
            try:
                counts = act(store, partial(_decide, knew, prepared, entry), actor=actor, via=via, now=now)
            except _Overtaken:
                continue
            finish(store, now, today)
            return counts
    raise ChangedMeanwhile("Others were deciding things at the same moment, so nothing was deleted. Try again.")


def _decide(knew: datetime, prepared: Prepared, entry: Said, moment: Moment) -> tuple[Entry, PurgeCounts]:
    """The act: what goes, and whose answers it reaches; then what the desk says of those rows goes at once."""
    if newest_moment(moment.db) != knew:
        raise _Overtaken
    told = prepared(moment.db, moment.recorded_at)
    counts, reach = count_purged(moment.db, told), fetch_reach(moment.db, told)
    said = entry(told, counts, len({each.agency_id for each in reach}))
    save_purge(moment.db, told, reach)
    purge_desk(moment.db, told)
    return said, counts


def finish(store: Store, now: datetime, today: date) -> int:
    """Delete the rows of every purge that was decided and has not ended, and return how many there were."""
    with _one_at_a_time:
        unfinished = fetch_unfinished(store.cursor())
        for each in unfinished:
            purge_evidence(store.cursor(), each)
            if each.kind is PurgeKind.CONSENT:
                rescore(store, fetch_reached_by(store.cursor(), each), today)
            end_purge(store, each, now)
    return len(unfinished)


def keep(db: Cursor, reach: Sequence[Reach], knew: datetime, *, kept_at: datetime, today: date) -> None:
    """Keep every answer that is about to lose rows and may be asked for: as of quarters' ends and the days of
    certificates, as it stood then, as it was published, and as it was known last."""
    for day, moment in sorted(_pairs(db, reach, knew, today)):
        merged, lost = fetch_merged(db, moment), reached(db, day, moment)
        named = {each.agency_id for each in reach if _covers(each, day) and each.known_from <= moment}
        agencies = sorted({merged.get(agency, agency) for agency in named} - lost - fetch_kept(db, day, moment))
        for start in range(0, len(agencies), AT_ONCE):
            some = agencies[start : start + AT_ONCE]
            keep_answers(db, makings(db, as_of=day, known_at=moment, agencies=some), kept_at)


def _pairs(db: Cursor, reach: Sequence[Reach], knew: datetime, today: date) -> set[tuple[date, datetime]]:
    if not reach:
        return set()
    first, last = min(each.interviews_from for each in reach), max(each.interviews_to for each in reach)
    asked = [(day, end_of(day)) for day in _quarter_ends(first, today)]
    asked += [(released.as_of, released.known_at) for released in fetch_releases(db)]
    asked += [(each.issued_on, each.recorded_at) for each in fetch_certificates(db)]
    days = {day for day, _ in asked if first <= day <= today and _from(day) < last}
    told = {(day, what_was_known(db, moment)) for day, moment in asked if day in days} | {(day, knew) for day in days}
    return {(day, moment) for day, moment in told if moment is not None}


def _covers(reach: Reach, day: date) -> bool:
    return reach.interviews_from <= day and _from(day) < reach.interviews_to


def _from(day: date) -> date:
    return months_before(day, load_standard().measuring.window_months)


def _quarter_ends(first: date, last: date) -> Iterator[date]:
    """Every quarter's end from the day `first` to the day `last`."""
    for year in range(first.year, last.year + 1):
        for month, day in ((3, 31), (6, 30), (9, 30), (12, 31)):
            if first <= date(year, month, day) <= last:
                yield date(year, month, day)
