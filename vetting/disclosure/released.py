"""What do releases say? The directory, one agency's figure and its past bands: for buyers, partners and reviewers.

Every agency of the register appears, shown or not: no worker and one to k - 1 workers look the same. Holds stand over
the frozen figures (see `holds`): pass `now`, or they are told as of the newest moment the store knows.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from schemas.codes import Role
from schemas.hold import ShownReply
from schemas.release import PastBand, ReleasedAgency, ReleasedFigure, ReleaseSummary
from schemas.standard import load_standard
from schemas.viewer import Viewer
from vetting.disclosure.figure import too_few
from vetting.disclosure.holds import holds_over, shown_replies
from vetting.disclosure.register import register_entry
from vetting.disclosure.roles import require
from vetting.refusals import NotPermitted, Refusal
from vetting.store import Cursor
from vetting.store.agencies import fetch_agencies, fetch_agency
from vetting.store.releases import fetch_figures, fetch_past_figures, fetch_releases

READERS = (Role.BUYER, Role.PARTNER, Role.REVIEWER)


def released_agency(
    db: Cursor,
    viewer: Viewer,
    agency_id: str,
    *,
    today: date,
    now: datetime | None = None,
    release_id: str | None = None,
) -> ReleasedAgency:
    """One agency in the newest release (or in the one named); licence and certificate as they are today."""
    require(viewer, *READERS)
    entry = register_entry(db, viewer, agency_id, today=today)
    agency, release = fetch_agency(db, agency_id), _release(db, release_id)
    figure, replies = None, tuple[ShownReply, ...]()
    if release is not None:
        shown = fetch_figures(db, release.release_id, [agency.agency_id])
        holds = holds_over(db, release, fetch_releases(db), now)
        figure = shown.get(agency.agency_id) or too_few(agency, release, load_standard(release.standard))
        figure, replies = holds.over(figure), shown_replies(db, holds, figure)
    return ReleasedAgency(
        agency=agency,
        licence_status=entry.status,
        certificate=entry.certificate,
        release=release,
        figure=figure,
        replies=replies,
    )


def past_bands(
    db: Cursor,
    viewer: Viewer,
    agency_id: str,
    *,
    as_of: date | None = None,
    known_at: datetime | None = None,
    now: datetime | None = None,
) -> list[PastBand]:
    """What each release said of one agency, oldest first; those that showed nothing say so. The newest reads as it does
    now, a past one as it did when it was frozen.

    Only releases as of no day after `as_of` that were published by `known_at`, where these are given.
    """
    require(viewer, *READERS)
    agency, released = fetch_agency(db, agency_id, known_at), {each.release_id: each for each in fetch_releases(db)}
    past, told = fetch_past_figures(db, agency.agency_id, as_of, known_at), []
    newest_first = [released[release_id] for release_id, _, _ in reversed(past)]
    for release_id, day, frozen in past:
        release = released[release_id]
        figure = frozen or too_few(agency, release, load_standard(release.standard))
        figure = holds_over(db, release, newest_first, now).over(figure)
        told.append(
            PastBand(
                release_id=release_id,
                as_of=day,
                band=figure.band,
                band_reason=figure.band_reason,
                points=figure.points,
                workers=figure.workers,
            )
        )
    return told


def released_figures(
    db: Cursor,
    viewer: Viewer,
    *,
    as_of: date,
    known_at: datetime | None = None,
    agency_id: str | None = None,
    now: datetime | None = None,
) -> list[ReleasedFigure]:
    """Every agency's figure (or one's) in the newest release as of no later day, ordered by agency_id.

    Refused with a `known_at`: a release knows what it knew when it was frozen.
    """
    require(viewer, *READERS)
    if known_at is not None:
        raise NotPermitted(
            "What was known at another moment is for reviewers. A release states the moment it was frozen: leave "
            "known-at out."
        )
    released = fetch_releases(db, as_of)
    if not released:
        raise Refusal(
            f"Nothing was released as of {as_of.isoformat()} or earlier. Ask for a later day, or ask the reviewers "
            "when the first release is due."
        )
    release, standard = released[0], load_standard(released[0].standard)
    agencies = fetch_agencies(db) if agency_id is None else [fetch_agency(db, agency_id)]
    ids = None if agency_id is None else [agency.agency_id for agency in agencies]
    shown, holds = fetch_figures(db, release.release_id, ids), holds_over(db, release, fetch_releases(db), now)
    return [
        holds.over(shown.get(agency.agency_id) or too_few(agency, release, standard))
        for agency in sorted(agencies, key=lambda agency: agency.agency_id)
    ]


def released_json(
    db: Cursor,
    viewer: Viewer,
    *,
    as_of: date,
    known_at: datetime | None = None,
    agency_id: str | None = None,
    now: datetime | None = None,
) -> list[Mapping[str, Any]]:
    """What `score --role buyer --json` prints."""
    figures = released_figures(db, viewer, as_of=as_of, known_at=known_at, agency_id=agency_id, now=now)
    return [figure.as_json() for figure in figures]


def newest_release(db: Cursor, viewer: Viewer) -> ReleaseSummary | None:
    """The release everybody but reviewers reads now; None before the first."""
    require(viewer, *READERS)
    return _release(db, None)


def _release(db: Cursor, release_id: str | None) -> ReleaseSummary | None:
    released = fetch_releases(db)
    if release_id is None:
        return released[0] if released else None
    found = [release for release in released if release.release_id == release_id]
    if not found:
        raise Refusal("There is no such release. Choose one from the list of releases.")
    return found[0]
