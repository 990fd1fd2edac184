"""Which agencies can a buyer find, and by what? The directory over the newest release.

Filters and their counts use only what the release shows and what is public, so nothing can be found by combining them.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from schemas.case import PublicCertificate
from schemas.codes import Band, BandReason
from schemas.release import TOO_FEW, Directory, DirectoryEntry, Filters, ReleasedFigure
from schemas.viewer import Viewer
from vetting.disclosure.register import PAGE, named, newest_certificates, split_aliases, turned
from vetting.disclosure.released import READERS, newest_release
from vetting.disclosure.roles import require
from vetting.disclosure.search import best_matches
from vetting.disclosure.sift import Options, sift
from vetting.store import Cursor
from vetting.store.releases import fetch_bands, fetch_corridors, fetch_figures
from vetting.store.rows import fetch_rows

NO_CERTIFICATE = "none"
UNSETTLED = Band.INSUFFICIENT_EVIDENCE.value
EVERYTHING = Filters()
AGENCIES = """
WITH newest AS (
    SELECT agency_id, licence, name, aliases, country, valid_until,
        CASE WHEN status = 'valid' AND valid_until < $today THEN 'expired' ELSE status END AS licence_status
    FROM desk.agency
    QUALIFY row_number() OVER (PARTITION BY agency_id ORDER BY recorded_at DESC) = 1
)
"""
STATUSES = f"{AGENCIES} SELECT agency_id, licence_status FROM newest ORDER BY name, agency_id"
NAMES = f"{AGENCIES} SELECT agency_id, licence_status, licence, name, aliases FROM newest ORDER BY name, agency_id"
LINES = f"""
{AGENCIES}
SELECT agency_id, licence, name, aliases, country, valid_until, licence_status
FROM newest
WHERE agency_id IN (SELECT unnest($among))
ORDER BY agency_id
"""


def directory(db: Cursor, viewer: Viewer, *, today: date, filters: Filters = EVERYTHING, page: int = 1) -> Directory:
    """One page of the directory: by name, or by likeness when there is a text."""
    require(viewer, *READERS)
    release = newest_release(db, viewer)
    bands = fetch_bands(db, release.release_id) if release else {}
    corridors = fetch_corridors(db, release.release_id) if release else {}
    certificates = newest_certificates(db, viewer, today)
    licences = agencies_named(db, filters.text, today)
    columns = public_columns(licences, certificates) | {
        "band": [(bands.get(agency_id, UNSETTLED),) for agency_id in licences],
        "corridor": [corridors.get(agency_id, ()) for agency_id in licences],
    }
    left, options = sift(columns, filters.model_dump(), len(licences))
    page, pages = turned(page, len(left))
    here = lines(db, page_of(list(licences), left, page), today)
    figures = fetch_figures(db, release.release_id, [row["agency_id"] for row in here]) if release else {}
    return Directory(
        release=release,
        entries=tuple(
            _entry(row, figures.get(row["agency_id"]), certificates, corridors.get(row["agency_id"], ()))
            for row in here
        ),
        total=len(left),
        page=page,
        pages=pages,
        options=options,
    )


def agencies_named(db: Cursor, text: str, today: date) -> dict[str, str]:
    """The licence status of every agency, by name; with a text, of those it may mean, best first."""
    if not text.strip():
        return dict(db.execute(STATUSES, {"today": today}).fetchall())
    rows = {row["agency_id"]: row for row in fetch_rows(db, NAMES, {"today": today})}
    found = best_matches(text, [named(row) for row in rows.values()])
    return {agency_id: rows[agency_id]["licence_status"] for agency_id in found}


def public_columns(
    licences: Mapping[str, str], certificates: Mapping[str, PublicCertificate]
) -> dict[str, Sequence[Options]]:
    """The filters that everybody may know the answers of: licence and certificate as they are today."""
    standing = {agency_id: (certificate.status.value,) for agency_id, certificate in certificates.items()}
    return {
        "certificate": [standing.get(agency_id, (NO_CERTIFICATE,)) for agency_id in licences],
        "licence": [(status,) for status in licences.values()],
    }


def page_of(agency_ids: Sequence[str], left: Sequence[int], page: int) -> list[str]:
    return [agency_ids[place] for place in left[(page - 1) * PAGE : page * PAGE]]


def lines(db: Cursor, agency_ids: Sequence[str], today: date) -> list[dict[str, Any]]:
    """What the registers say of these agencies, in this order."""
    rows = {row["agency_id"]: row for row in fetch_rows(db, LINES, {"today": today, "among": list(agency_ids)})}
    return [rows[agency_id] for agency_id in agency_ids]


def _entry(
    row: Mapping[str, Any],
    figure: ReleasedFigure | None,
    certificates: Mapping[str, PublicCertificate],
    corridors: tuple[str, ...],
) -> DirectoryEntry:
    return DirectoryEntry.model_validate(
        dict(row)
        | {
            "aliases": split_aliases(row["aliases"]),
            "certificate": certificates.get(row["agency_id"]),
            "band": Band.INSUFFICIENT_EVIDENCE if figure is None else figure.band,
            "band_reason": BandReason.TOO_FEW_WORKERS if figure is None else figure.band_reason,
            "points": None if figure is None else figure.points,
            "workers": TOO_FEW if figure is None else figure.workers,
            "newest": None if figure is None else figure.newest,
            "corridors": corridors,
        }
    )
