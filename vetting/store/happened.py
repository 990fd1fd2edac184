"""What the trail has about one agency and its cases: how a page knows that it is out of date."""

from schemas.codes import Action
from schemas.trail import TrailRow
from vetting.store.connect import Cursor
from vetting.store.merges import entries_of
from vetting.store.rows import fetch_records, fetch_rows

# Looking changes nothing, and neither does what was refused.
NO_CHANGE = [Action.REPORT_VIEW.value, Action.ATTEMPT_REFUSED.value]
SINCE = """
SELECT seq, recorded_at, actor, via, action, subject, before, after, reason, previous_hash, hash
FROM desk.trail
WHERE seq > $seq
    AND NOT list_contains($no_change, action)
    AND (
        list_contains($agencies, subject)
        OR subject IN (SELECT case_id FROM desk.case WHERE list_contains($agencies, agency_id))
    )
ORDER BY seq
"""
NEWEST = """
SELECT max(seq) AS seq
FROM desk.trail
WHERE NOT list_contains($no_change, action)
    AND (
        list_contains($agencies, subject)
        OR subject IN (SELECT case_id FROM desk.case WHERE list_contains($agencies, agency_id))
    )
"""
AGENCY = "SELECT agency_id FROM desk.case WHERE case_id = $subject"


def fetch_since(db: Cursor, subject: str, seq: int) -> list[TrailRow]:
    """Every change after entry `seq` to an agency and all its cases, oldest first. `subject`: the agency, or a case."""
    return fetch_records(db, TrailRow, SINCE, _about(db, subject) | {"seq": seq})


def fetch_newest(db: Cursor, subject: str) -> int:
    """The number of the newest change to an agency and all its cases; 0 where the trail names none."""
    return fetch_rows(db, NEWEST, _about(db, subject))[0]["seq"] or 0


def _about(db: Cursor, subject: str) -> dict[str, object]:
    found = fetch_rows(db, AGENCY, {"subject": subject})
    return {"no_change": NO_CHANGE, "agencies": entries_of(db, found[0]["agency_id"] if found else subject)}
