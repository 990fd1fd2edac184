"""Is this agency licensed and certified today? For everybody; no worker data at all."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from schemas.case import PublicCertificate
from schemas.release import RegisterEntry, RegisterPage
from schemas.viewer import Viewer
from vetting.certification.public import public_certificates
from vetting.disclosure.search import Named, best_matches
from vetting.refusals import NotFound
from vetting.store import Cursor
from vetting.store.merges import fetch_gone, resolve, with_former_names
from vetting.store.rows import fetch_rows

PAGE = 50
# A licence that was valid runs out by itself, whatever the register said last.
NEWEST = """
WITH newest AS (
    SELECT agency_id, register, licence, name, aliases, country, valid_from, valid_until,
        CASE WHEN status = 'valid' AND valid_until < $today THEN 'expired' ELSE status END AS status
    FROM desk.agency
    WHERE agency_id NOT IN (SELECT unnest(CAST($gone AS VARCHAR[])))
    QUALIFY row_number() OVER (PARTITION BY agency_id ORDER BY recorded_at DESC) = 1
)
"""
CHOSEN = """
WHERE ($country IS NULL OR country = $country)
    AND ($status IS NULL OR status = $status)
    AND ($among IS NULL OR list_contains($among, agency_id))
"""
COUNT = f"{NEWEST} SELECT count(*) AS total FROM newest {CHOSEN}"
ENTRIES = f"""
{NEWEST}
SELECT agency_id, register, licence, name, aliases, country, status, valid_from, valid_until
FROM newest
{CHOSEN}
ORDER BY name, agency_id
"""
PAGE_OF_ENTRIES = f"{ENTRIES} LIMIT $rows OFFSET $start"
NAMES = f"{NEWEST} SELECT agency_id, licence, name, aliases FROM newest {CHOSEN} ORDER BY name, agency_id"
COUNTRIES = f"{NEWEST} SELECT country, count(*) AS agencies FROM newest GROUP BY country ORDER BY country"


def search_register(
    db: Cursor,
    viewer: Viewer,
    *,
    today: date,
    text: str = "",
    country: str | None = None,
    status: str | None = None,
    certified: bool = False,
    page: int = 1,
) -> RegisterPage:
    """One page of the public register: by name, or by likeness when there is a text. `viewer` may be anybody.

    `certified` leaves those whose certificate is valid today.
    """
    certificates = newest_certificates(db, viewer, today)
    among = sorted(a for a, c in certificates.items() if c.valid) if certified else None
    chosen = {"today": today, "country": country, "status": status, "among": among, "gone": fetch_gone(db)}
    if not text.strip():
        total = fetch_rows(db, COUNT, chosen)[0]["total"]
        page, pages = turned(page, total)
        rows = fetch_rows(db, PAGE_OF_ENTRIES, chosen | {"rows": PAGE, "start": (page - 1) * PAGE})
        rows = with_former_names(db, rows)
    else:
        found = best_matches(text, [named(row) for row in with_former_names(db, fetch_rows(db, NAMES, chosen))])
        total = len(found)
        page, pages = turned(page, total)
        rows = _in_order(db, chosen, found[(page - 1) * PAGE : page * PAGE])
    entries = tuple(_entry(row, certificates) for row in rows)
    return RegisterPage(entries=entries, total=total, page=page, pages=pages)


def whole_register(
    db: Cursor, viewer: Viewer, *, today: date, country: str | None = None, status: str | None = None
) -> list[RegisterEntry]:
    """Every agency that fits, by name: for exports."""
    certificates = newest_certificates(db, viewer, today)
    chosen = {"today": today, "country": country, "status": status, "among": None, "gone": fetch_gone(db)}
    return [_entry(row, certificates) for row in with_former_names(db, fetch_rows(db, ENTRIES, chosen))]


def register_entry(db: Cursor, viewer: Viewer, agency_id: str, *, today: date) -> RegisterEntry:
    """One agency as the public register shows it, by its own id or one that went into it; NotFound when there is none
    of this id."""
    chosen = {"today": today, "country": None, "status": None, "among": None, "gone": fetch_gone(db)}
    rows = _in_order(db, chosen, [resolve(db, agency_id)])
    if not rows:
        raise NotFound("There is no such agency in the register. Search for it by name or licence.")
    return _entry(rows[0], newest_certificates(db, viewer, today))


def register_countries(db: Cursor, viewer: Viewer, *, today: date) -> dict[str, int]:
    """The countries of the register, each with its number of agencies."""
    return {
        row["country"]: row["agencies"] for row in fetch_rows(db, COUNTRIES, {"today": today, "gone": fetch_gone(db)})
    }


def newest_certificates(
    db: Cursor, viewer: Viewer, today: date, known_at: datetime | None = None
) -> dict[str, PublicCertificate]:
    """By agency, the certificate that speaks for it today, or spoke for it then: a valid one, else the newest."""
    newest: dict[str, PublicCertificate] = {}
    for certificate in public_certificates(db, viewer, today, known_at=known_at):
        before = newest.get(certificate.agency_id)
        if before is None or (certificate.valid, certificate.issued_on) >= (before.valid, before.issued_on):
            newest[certificate.agency_id] = certificate
    return newest


def named(row: Mapping[str, Any]) -> Named:
    return Named(row["agency_id"], row["licence"], row["name"], split_aliases(row["aliases"]))


def split_aliases(text: str) -> tuple[str, ...]:
    return tuple(alias for alias in text.split("|") if alias)


def turned(page: int, total: int) -> tuple[int, int]:
    """The page asked for, kept within what there is, and the number of pages."""
    pages = max(1, -(-total // PAGE))
    return min(max(1, page), pages), pages


def _in_order(db: Cursor, chosen: Mapping[str, Any], agency_ids: list[str]) -> list[dict[str, Any]]:
    rows = with_former_names(db, fetch_rows(db, ENTRIES, dict(chosen) | {"among": agency_ids}))
    by_id = {row["agency_id"]: row for row in rows}
    return [by_id[agency_id] for agency_id in agency_ids if agency_id in by_id]


def _entry(row: Mapping[str, Any], certificates: Mapping[str, PublicCertificate]) -> RegisterEntry:
    values = dict(row) | {"aliases": split_aliases(row["aliases"]), "certificate": certificates.get(row["agency_id"])}
    return RegisterEntry.model_validate(values)
