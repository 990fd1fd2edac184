"""What everybody may know of the agencies a directory lists, as it is today: licence and certificate."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from schemas.case import PublicCertificate
from vetting.disclosure.register import PAGE, named
from vetting.disclosure.search import best_matches
from vetting.disclosure.sift import Options
from vetting.store import Cursor
from vetting.store.merges import fetch_gone, with_former_names
from vetting.store.rows import fetch_rows

NO_CERTIFICATE = "none"
AGENCIES = """
WITH newest AS (
    SELECT agency_id, licence, name, aliases, country, valid_until,
        CASE WHEN status = 'valid' AND valid_until < $today THEN 'expired' ELSE status END AS licence_status
    FROM desk.agency
    WHERE agency_id NOT IN (SELECT unnest(CAST($gone AS VARCHAR[])))
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


def agencies_named(db: Cursor, text: str, today: date) -> dict[str, str]:
    """The licence status of every agency, by name; with a text, of those it may mean, best first."""
    if not text.strip():
        return dict(db.execute(STATUSES, {"today": today, "gone": fetch_gone(db)}).fetchall())
    listed = with_former_names(db, fetch_rows(db, NAMES, {"today": today, "gone": fetch_gone(db)}))
    rows = {row["agency_id"]: row for row in listed}
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
    chosen = {"today": today, "among": list(agency_ids), "gone": fetch_gone(db)}
    rows = {row["agency_id"]: row for row in with_former_names(db, fetch_rows(db, LINES, chosen))}
    return [rows[agency_id] for agency_id in agency_ids]
