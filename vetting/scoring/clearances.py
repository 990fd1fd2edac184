"""Which reports does a clearance cover? Those of the entries that two reviewers saw as one agency when they gave it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from vetting.store import Cursor
from vetting.store.merges import fetch_merged

CLEARED_AGENCIES = """
SELECT DISTINCT agency_id
FROM desk.clearance
WHERE recorded_at <= $known_at
ORDER BY agency_id
"""
GIVEN = """
SELECT agency_id, indicator, recorded_at
FROM desk.clearance
WHERE recorded_at <= $known_at AND agency_id IN (SELECT unnest($entries))
ORDER BY recorded_at, agency_id, indicator
"""

Covered = tuple[str, str, datetime]  # the entry, the gate's indicator, and until when its reports are answered


def fetch_cleared(db: Cursor, known_at: datetime) -> set[str]:
    """Every entry that a gate was ever cleared for."""
    return {agency for (agency,) in db.execute(CLEARED_AGENCIES, {"known_at": known_at}).fetchall()}


def fetch_covered(db: Cursor, merged: Mapping[str, str], entries: Sequence[str], known_at: datetime) -> list[Covered]:
    """Of entries that are one agency as known at K: what each is cleared of. A clearance given before a merge says
    nothing about reports that those who gave it could not see."""
    found: list[Covered] = []
    given = db.execute(GIVEN, {"known_at": known_at, "entries": list(entries)}).fetchall()
    for agency, indicator, recorded_at in given:
        then = fetch_merged(db, recorded_at)
        found += [
            (entry, indicator, recorded_at)
            for entry in entries
            if merged.get(entry, entry) == merged.get(agency, agency)
            and then.get(entry, entry) == then.get(agency, agency)
        ]
    return found
