"""Which agencies does a reviewer find, and how does each stand now? The directory over live headlines."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from schemas.case import PublicCertificate
from schemas.codes import Band, Role
from schemas.live import LiveDirectory, LiveEntry
from schemas.release import Filters
from schemas.score import Headline
from schemas.viewer import Viewer
from vetting.disclosure.directory import AGENCIES, EVERYTHING, NO_CERTIFICATE, Line, fits, option_counts
from vetting.disclosure.register import PAGE, named, newest_certificates, split_aliases, turned
from vetting.disclosure.roles import require
from vetting.disclosure.search import best_matches
from vetting.scoring.live import fetch_headlines
from vetting.store import Cursor
from vetting.store.rows import fetch_rows

BANDS = "SELECT agency_id, band FROM desk.score ORDER BY agency_id"
FILTERS = ("band", "certificate", "licence")


def live_directory(
    db: Cursor, viewer: Viewer, *, today: date, filters: Filters = EVERYTHING, page: int = 1
) -> LiveDirectory:
    """One page of the reviewers' directory: by name, or by likeness when there is a text."""
    require(viewer, Role.REVIEWER)
    bands = {row["agency_id"]: row["band"] for row in fetch_rows(db, BANDS, {})}
    certificates = newest_certificates(db, viewer, today)
    rows = fetch_rows(db, AGENCIES, {"today": today})
    if filters.text.strip():
        by_id = {row["agency_id"]: row for row in rows}
        rows = [by_id[found] for found in best_matches(filters.text, [named(row) for row in rows])]
    lines = [_line(row, bands, certificates) for row in rows]
    chosen = {name: set(getattr(filters, name)) for name in FILTERS}
    left = [line.row for line in lines if all(fits(line, name, chosen[name]) for name in chosen)]
    page, pages = turned(page, len(left))
    here = left[(page - 1) * PAGE : page * PAGE]
    headlines = {each.agency_id: each for each in fetch_headlines(db, [row["agency_id"] for row in here])}
    return LiveDirectory(
        entries=tuple(_entry(row, headlines.get(row["agency_id"]), certificates) for row in here),
        total=len(left),
        page=page,
        pages=pages,
        options={name: option_counts(lines, name, chosen) for name in chosen},
    )


def _line(row: Mapping[str, Any], bands: Mapping[str, str], certificates: Mapping[str, PublicCertificate]) -> Line:
    certificate = certificates.get(row["agency_id"])
    return Line(
        row,
        {
            "band": (bands.get(row["agency_id"], Band.INSUFFICIENT_EVIDENCE.value),),
            "certificate": (NO_CERTIFICATE if certificate is None else certificate.status.value,),
            "licence": (row["licence_status"],),
        },
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
