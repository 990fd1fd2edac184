"""Which agencies does a reviewer find, and how does each stand now? The directory over live headlines."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from schemas.case import PublicCertificate
from schemas.codes import Role
from schemas.live import LiveDirectory, LiveEntry
from schemas.release import Filters
from schemas.score import Headline
from schemas.viewer import Viewer
from vetting.disclosure.directory import EVERYTHING, UNSETTLED
from vetting.disclosure.listing import agencies_named, lines, page_of, public_columns
from vetting.disclosure.register import newest_certificates, split_aliases, turned
from vetting.disclosure.roles import require
from vetting.disclosure.sift import sift
from vetting.scoring.live import fetch_headlines
from vetting.store import Cursor
from vetting.store.rows import fetch_rows

BANDS = "SELECT agency_id, band FROM desk.score ORDER BY agency_id"


def live_directory(
    db: Cursor, viewer: Viewer, *, today: date, filters: Filters = EVERYTHING, page: int = 1
) -> LiveDirectory:
    """One page of the reviewers' directory: by name, or by likeness when there is a text."""
    require(viewer, Role.REVIEWER)
    bands = {row["agency_id"]: row["band"] for row in fetch_rows(db, BANDS, {})}
    certificates = newest_certificates(db, viewer, today)
    licences = agencies_named(db, filters.text, today)
    columns = public_columns(licences, certificates) | {
        "band": [(bands.get(agency_id, UNSETTLED),) for agency_id in licences]
    }
    left, options = sift(columns, filters.model_dump(), len(licences))
    page, pages = turned(page, len(left))
    here = lines(db, page_of(list(licences), left, page), today)
    headlines = {each.agency_id: each for each in fetch_headlines(db, [row["agency_id"] for row in here])}
    return LiveDirectory(
        entries=tuple(_entry(row, headlines.get(row["agency_id"]), certificates) for row in here),
        total=len(left),
        page=page,
        pages=pages,
        options=options,
    )


def _entry(
    row: Mapping[str, Any], headline: Headline | None, certificates: Mapping[str, PublicCertificate]
) -> LiveEntry:
    return LiveEntry.model_validate(
        dict(row)
        | {
            "aliases": split_aliases(row["aliases"]),
            "certificate": certificates.get(row["agency_id"]),
            "headline": headline,
        }
    )
