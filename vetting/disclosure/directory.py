"""Which agencies can a buyer find, and by what? The directory over the newest release.

Filters and their counts use only what the release shows and what is public, so nothing can be found by combining them.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from schemas.case import PublicCertificate
from schemas.codes import Band, BandReason
from schemas.release import TOO_FEW, Directory, DirectoryEntry, Filters, ReleasedFigure
from schemas.viewer import Viewer
from vetting.disclosure.holds import Holds, holds_over, shown_replies
from vetting.disclosure.listing import agencies_named, lines, page_of, public_columns
from vetting.disclosure.register import newest_certificates, split_aliases, turned
from vetting.disclosure.released import READERS, newest_release
from vetting.disclosure.roles import require
from vetting.disclosure.sift import sift
from vetting.scoring.score import BEFORE_ALL
from vetting.store import Cursor
from vetting.store.releases import fetch_bands, fetch_corridors, fetch_figures

UNSETTLED = Band.INSUFFICIENT_EVIDENCE.value
EVERYTHING = Filters()
NOBODY_HELD = Holds(BEFORE_ALL, frozenset(), frozenset())  # before the first release nothing is told of anybody


def directory(
    db: Cursor,
    viewer: Viewer,
    *,
    today: date,
    now: datetime | None = None,
    filters: Filters = EVERYTHING,
    page: int = 1,
) -> Directory:
    """One page of the directory: by name, or by likeness when there is a text. Holds as they stand at `now`."""
    require(viewer, *READERS)
    release = newest_release(db, viewer)
    holds = holds_over(db, release, [release], now) if release else NOBODY_HELD
    bands = fetch_bands(db, release.release_id) if release else {}
    corridors = fetch_corridors(db, release) if release else {}
    certificates = newest_certificates(db, viewer, today)
    licences = agencies_named(db, filters.text, today)
    columns = public_columns(licences, certificates) | {
        "band": [
            (Band.ON_HOLD.value if holds.on(agency_id, shown=agency_id in bands) else bands.get(agency_id, UNSETTLED),)
            for agency_id in licences
        ],
        "corridor": [corridors.get(agency_id, ()) for agency_id in licences],
    }
    left, options = sift(columns, filters.model_dump(), len(licences))
    page, pages = turned(page, len(left))
    here = lines(db, page_of(list(licences), left, page), today)
    figures = fetch_figures(db, release.release_id, [row["agency_id"] for row in here]) if release else {}
    return Directory(
        release=release,
        entries=tuple(
            _entry(
                row,
                figures.get(row["agency_id"]),
                holds,
                certificates,
                corridors.get(row["agency_id"], ()),
                replied=bool(shown_replies(db, holds, figures.get(row["agency_id"]))),
            )
            for row in here
        ),
        total=len(left),
        page=page,
        pages=pages,
        options=options,
    )


def _entry(
    row: Mapping[str, Any],
    figure: ReleasedFigure | None,
    holds: Holds,
    certificates: Mapping[str, PublicCertificate],
    corridors: tuple[str, ...],
    *,
    replied: bool,
) -> DirectoryEntry:
    band = Band.INSUFFICIENT_EVIDENCE if figure is None else figure.band
    reason = BandReason.TOO_FEW_WORKERS if figure is None else figure.band_reason
    if holds.on(row["agency_id"], shown=figure is not None):
        band, reason = Band.ON_HOLD, None
    return DirectoryEntry.model_validate(
        dict(row)
        | {
            "aliases": split_aliases(row["aliases"]),
            "certificate": certificates.get(row["agency_id"]),
            "band": band,
            "band_reason": reason,
            "points": None if figure is None else figure.points,
            "workers": TOO_FEW if figure is None else figure.workers,
            "newest": None if figure is None else figure.newest,
            "corridors": corridors,
            "replied": replied,
        }
    )
