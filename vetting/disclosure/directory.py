"""Which agencies can a buyer find, and by what? The directory over the newest release.

Filters and their counts use only what the release shows and what is public, so nothing can be found by combining them.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from schemas.case import PublicCertificate
from schemas.codes import Band, BandReason
from schemas.release import TOO_FEW, Directory, DirectoryEntry, Filters, ReleasedFigure
from schemas.viewer import Viewer
from vetting.disclosure.register import PAGE, named, newest_certificates, split_aliases, turned
from vetting.disclosure.released import READERS, newest_release
from vetting.disclosure.roles import require
from vetting.disclosure.search import best_matches
from vetting.store import Cursor
from vetting.store.releases import fetch_bands, fetch_corridors, fetch_figures
from vetting.store.rows import fetch_rows

NO_CERTIFICATE = "none"
EVERYTHING = Filters()
AGENCIES = """
SELECT agency_id, licence, name, aliases, country, valid_until,
    CASE WHEN status = 'valid' AND valid_until < $today THEN 'expired' ELSE status END AS licence_status
FROM desk.agency
QUALIFY row_number() OVER (PARTITION BY agency_id ORDER BY recorded_at DESC) = 1
ORDER BY name, agency_id
"""


class Line(NamedTuple):
    """What filters look at."""

    row: Mapping[str, Any]
    options: Mapping[str, Sequence[str]]  # filter -> the options this agency belongs to


def directory(db: Cursor, viewer: Viewer, *, today: date, filters: Filters = EVERYTHING, page: int = 1) -> Directory:
    """One page of the directory: by name, or by likeness when there is a text."""
    require(viewer, *READERS)
    release = newest_release(db, viewer)
    bands = fetch_bands(db, release.release_id) if release else {}
    corridors = fetch_corridors(db, release.release_id) if release else {}
    certificates = newest_certificates(db, viewer, today)
    rows = fetch_rows(db, AGENCIES, {"today": today})
    if filters.text.strip():
        by_id = {row["agency_id"]: row for row in rows}
        rows = [by_id[found] for found in best_matches(filters.text, [named(row) for row in rows])]
    lines = [_line(row, bands, corridors, certificates) for row in rows]
    chosen = {name: set(getattr(filters, name)) for name in ("corridor", "band", "certificate", "licence")}
    left = [line.row for line in lines if all(fits(line, name, chosen[name]) for name in chosen)]
    page, pages = turned(page, len(left))
    here = left[(page - 1) * PAGE : page * PAGE]
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
        options={name: option_counts(lines, name, chosen) for name in chosen},
    )


def _line(
    row: Mapping[str, Any],
    bands: Mapping[str, str],
    corridors: Mapping[str, tuple[str, ...]],
    certificates: Mapping[str, PublicCertificate],
) -> Line:
    agency_id = row["agency_id"]
    certificate = certificates.get(agency_id)
    return Line(
        row,
        {
            "corridor": corridors.get(agency_id, ()),
            "band": (bands.get(agency_id, Band.INSUFFICIENT_EVIDENCE.value),),
            "certificate": (NO_CERTIFICATE if certificate is None else certificate.status.value,),
            "licence": (row["licence_status"],),
        },
    )


def fits(line: Line, name: str, chosen: set[str]) -> bool:
    """Whether an agency is left by what was chosen in one filter; nothing chosen leaves all."""
    return not chosen or bool(chosen.intersection(line.options[name]))


def option_counts(lines: Sequence[Line], name: str, chosen: Mapping[str, set[str]]) -> dict[str, int]:
    """Every option of one filter with the agencies it would leave, given what is chosen in the others."""
    others = [other for other in chosen if other != name]
    counts = Counter({option: 0 for line in lines for option in line.options[name]})
    for line in lines:
        if all(fits(line, other, chosen[other]) for other in others):
            counts.update(line.options[name])
    return dict(sorted(counts.items()))


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
