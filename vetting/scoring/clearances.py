"""Which reports does a clearance cover? Those of the entries that two reviewers saw as one agency when they gave it.

It covers what was received up to the moment of the second reviewer's word, and both saw the same: what came to count
between the proposal and that moment would be covered unseen, so that it is counted here, and the clearance refused.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from schemas.standard import load_standard
from vetting.scoring.counted import counted, of_merged, window
from vetting.scoring.indicators import GATES
from vetting.store import Cursor
from vetting.store.merges import fetch_merged, members

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
ADVERSE = counted(
    f"""
SELECT batch_id, report_id
FROM counted
WHERE CASE $indicator {" ".join(f"WHEN '{gate.code}' THEN {gate.column}" for gate in GATES)} END
""",
    some=True,
    merged=True,
)

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


def count_unseen(db: Cursor, agency_id: str, indicator: str, *, since: datetime, until: datetime, as_of: date) -> int:
    """How many reports, whoever sent them, are adverse to a gate's indicator by what is known at `until` and were not
    at `since`: new ones, corrected ones, older ones that a withdrawal brought back."""
    before, after = (_adverse(db, agency_id, indicator, as_of, known_at) for known_at in (since, until))
    return len(after - before)


def _adverse(db: Cursor, agency_id: str, indicator: str, as_of: date, known_at: datetime) -> set[tuple[str, str]]:
    merged = fetch_merged(db, known_at)
    values = window(load_standard(), as_of, known_at, members(merged, [agency_id])) | of_merged(merged)
    return set(db.execute(ADVERSE, values | {"indicator": indicator}).fetchall())
