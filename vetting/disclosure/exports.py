"""What leaves the house as a file: the register for everybody, scores as far as the viewer may see them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from schemas.codes import Band, Role
from schemas.release import TOO_FEW
from schemas.viewer import Viewer
from vetting.disclosure.live import live_scores
from vetting.disclosure.register import whole_register
from vetting.disclosure.release import list_releases
from vetting.disclosure.released import released_json
from vetting.disclosure.roles import require
from vetting.exports import Sidecar, export_csv
from vetting.store import Cursor

REGISTER_COLUMNS = (
    "agency_id",
    "country",
    "licence",
    "name",
    "status",
    "valid_from",
    "valid_until",
    "register",
    "certificate",
    "certificate_status",
    "certificate_expires_on",
)
SCORE_COLUMNS = (
    "agency_id",
    "licence",
    "name",
    "band",
    "band_reason",
    "low",
    "mid",
    "high",
    "coverage",
    "workers",
    "partners",
    "gates",
    "contradictions",
    "months_median",
    "months_p80",
    "standard",
    "method",
    "as_of",
    "known_at",
)
# What no release tells of any agency: exact middles, which gates, contradictions.
NEVER_TOLD = ("mid", "gates", "contradictions")
NOT_TOLD, NOT_ASSESSED, SETTLED = "not told in a release", "not assessed", "none"
LIVE = "live, not released"
LIVE_KEPT = f"{LIVE}; rows behind some of it have been purged, and those are the answers kept at their known_at"
OWN_SIDECAR = ("standard", "method", "as_of")  # told by the sidecar in an export


def register_csv(
    db: Cursor, viewer: Viewer, *, country: str | None = None, status: str | None = None, today: date, now: datetime
) -> bytes:
    """Licences and certificates as they stand today."""
    rows = []
    for entry in whole_register(db, viewer, country=country, status=status, today=today):
        row = entry.model_dump(mode="json", exclude={"certificate"})
        if entry.certificate is not None:
            row |= {
                "certificate": entry.certificate.number,
                "certificate_status": entry.certificate.status.value,
                "certificate_expires_on": entry.certificate.expires_on.isoformat(),
            }
        rows.append(row)
    filters = f"country={country or 'all'}; status={status or 'all'}"
    return export_csv(rows, REGISTER_COLUMNS, Sidecar(filters=filters, as_of=today, exported_at=now))


def scores_csv(db: Cursor, viewer: Viewer, *, as_of: date, now: datetime) -> bytes:
    """Every agency's headline: live for reviewers, from the newest release not after `as_of` for everybody else."""
    require(viewer, Role.REVIEWER, Role.BUYER, Role.PARTNER)
    if viewer.role is Role.REVIEWER:
        scores = live_scores(db, viewer, as_of=as_of)
        answers: list[Mapping[str, Any]] = [one.as_json() for one in scores]
        release, kept = None, any(one.kept_on for one in scores)
    else:
        answers = list(released_json(db, viewer, as_of=as_of, now=now))
        release, kept = next(one for one in list_releases(db, viewer) if one.as_of <= as_of), False
    first = answers[0] if answers else {}
    sidecar = Sidecar(
        filters="agencies=all",
        as_of=as_of if release is None else release.as_of,
        release=(LIVE_KEPT if kept else LIVE) if release is None else release.release_id,
        standard=first.get("standard"),
        method=first.get("method"),
        exported_at=now,
    )
    columns = tuple(column for column in SCORE_COLUMNS if column not in OWN_SIDECAR)
    as_row = score_row if release is None else released_row
    return export_csv([as_row(answer) for answer in answers], columns, sidecar)


def score_row(answer: Mapping[str, Any]) -> dict[str, Any]:
    """One agency as one row: the headline and what must stand beside it; the indicators are in the JSON."""
    row = {column: answer.get(column) for column in SCORE_COLUMNS}
    row |= {end: (answer["points"] or {}).get(end) for end in ("low", "mid", "high")}
    row |= {f"months_{name}": (answer["months"] or {}).get(name) for name in ("median", "p80")}
    return row | {name: " ".join(answer[name] or ()) for name in ("gates", "contradictions")}


def released_row(answer: Mapping[str, Any]) -> dict[str, Any]:
    """The same row of a released figure, without a blank among what tells of workers: too few to show, not assessed,
    and what no release tells are three different words. No worker and nine are one row."""
    row = score_row(answer) | dict.fromkeys(NEVER_TOLD, NOT_TOLD)
    hidden = TOO_FEW if answer["workers"] == TOO_FEW else NOT_ASSESSED
    row |= {end: hidden for end in ("low", "high") if row[end] is None}
    if row["band_reason"] is None:
        row["band_reason"] = NOT_TOLD if row["band"] == Band.INSUFFICIENT_EVIDENCE else SETTLED
    rest = ("coverage", "partners", "months_median", "months_p80")
    return row | {name: TOO_FEW for name in rest if row[name] is None}
