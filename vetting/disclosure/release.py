"""How is a release made? In one act, reviewers settle its blocks, score them, round to the grid and freeze."""

from datetime import date, datetime, timedelta

from schemas.codes import Action, Role, Via
from schemas.release import ReleaseSummary
from schemas.standard import load_standard
from schemas.trail import Entry
from schemas.viewer import Viewer
from vetting.disclosure.ends import score_ends
from vetting.disclosure.figure import figures_of
from vetting.disclosure.roles import require
from vetting.disclosure.standing import settle_blocks
from vetting.ids import new_id
from vetting.refusals import Refusal
from vetting.scoring.indicators import METHOD_VERSION
from vetting.store import Cursor, Moment, Store, act
from vetting.store.releases import fetch_releases, insert_release, insert_release_blocks, insert_told


def publish(
    store: Store,
    viewer: Viewer,
    *,
    as_of: date | None = None,
    known_at: datetime | None = None,
    via: Via,
    now: datetime,
    today: date,
) -> ReleaseSummary:
    """Freeze what everybody but reviewers will read, as of a quarter's end (default: the newest that is due).

    `known_at` defaults to the moment of freezing; what comes later is not known yet. A quarter is released once, and
    releases go forward in time.
    """
    require(viewer, Role.REVIEWER)
    standard = load_standard()
    day = newest_due(today, standard.disclosure.release_lag_days) if as_of is None else as_of
    _refuse_unless_due(day, today, standard.disclosure.release_lag_days)

    def deed(moment: Moment) -> tuple[Entry, ReleaseSummary]:
        db = moment.db
        released = fetch_releases(db)
        previous = released[0] if released else None
        known = moment.recorded_at if known_at is None else min(known_at, moment.recorded_at)
        _refuse_unless_forward(day, known, previous)
        standing = settle_blocks(
            db,
            as_of=day,
            known_at=known,
            previous=previous,
            k=standard.disclosure.k,
            recorded_at=moment.recorded_at,
        )
        ends = score_ends(db, as_of=day, known_at=known, block_ids=standing, k=standard.disclosure.k)
        figures = figures_of(ends, standard)
        release = ReleaseSummary(
            release_id=new_id(),
            recorded_at=moment.recorded_at,
            as_of=day,
            known_at=known,
            standard=standard.id,
            standard_hash=standard.content_hash,
            method=METHOD_VERSION,
            agencies=len(figures),
        )
        insert_release(db, release, viewer.actor, figures)
        insert_release_blocks(db, release.release_id, standing)
        insert_told(db, release.release_id, ends.told)
        after = release.model_dump(mode="json", exclude={"release_id", "recorded_at"})
        return Entry(action=Action.RELEASE_PUBLISH, subject=release.release_id, before=None, after=after), release

    return act(store, deed, actor=viewer.actor, via=via, now=now)


def list_releases(db: Cursor, viewer: Viewer) -> list[ReleaseSummary]:
    """Every release, newest first."""
    require(viewer, Role.BUYER, Role.PARTNER, Role.REVIEWER)
    return fetch_releases(db)


def next_release(db: Cursor, viewer: Viewer, *, today: date) -> date | None:
    """The newest quarter's end that may be released today; None when it has been released already."""
    require(viewer, Role.REVIEWER)
    due = newest_due(today, load_standard().disclosure.release_lag_days)
    released = fetch_releases(db)
    return None if released and released[0].as_of >= due else due


def newest_due(today: date, lag_days: int) -> date:
    """The newest quarter's end at least `lag_days` back, so that a new upload cannot be traced to a batch."""
    return quarter_end_before(today - timedelta(days=lag_days - 1))


def quarter_end_before(day: date) -> date:
    """The last quarter's end before `day`."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1) - timedelta(days=1)


def _refuse_unless_due(day: date, today: date, lag_days: int) -> None:
    newest = newest_due(today, lag_days)
    if day != quarter_end_before(day + timedelta(days=1)):
        raise Refusal(
            f"{day.isoformat()} is no quarter's end (31 March, 30 June, 30 September or 31 December). "
            f"The newest possible today is {newest.isoformat()}."
        )
    if day > newest:
        raise Refusal(
            f"{day.isoformat()} is less than {lag_days} days back, and a release must not show which upload moved it. "
            f"The newest possible today is {newest.isoformat()}."
        )


def _refuse_unless_forward(day: date, known: datetime, previous: ReleaseSummary | None) -> None:
    if previous is None:
        return
    if day == previous.as_of:
        raise Refusal(
            f"The release as of {day.isoformat()} is published already, and releases are never changed. "
            "What was learned since enters the next one."
        )
    if day < previous.as_of:
        raise Refusal(
            f"The newest release is as of {previous.as_of.isoformat()}, and releases go forward only. "
            "Choose a later quarter's end."
        )
    if known < previous.known_at:
        raise Refusal(
            f"The newest release knows more than {known.isoformat()} does: it was frozen with what was known at "
            f"{previous.known_at.isoformat()}. Choose a later moment, or none."
        )
