"""What a check, and the commit after it, must know of reports whose consent was withdrawn."""

from vetting.intake.forgotten import Forgotten
from vetting.store.connect import Cursor
from vetting.store.passes import KEY
from vetting.store.rows import fetch_rows

REFERENCES = "SELECT report FROM desk.purge WHERE kind = 'consent' AND partner = $partner ORDER BY report"
OF_BATCH = """
SELECT report_id FROM evidence.report WHERE batch_id = $batch_id
UNION
SELECT report_id FROM evidence.quarantine WHERE batch_id = $batch_id
"""


def fetch_forgotten(db: Cursor, partner: str) -> Forgotten:
    """Those of one partner."""
    references = frozenset(row["report"] for row in fetch_rows(db, REFERENCES, {"partner": partner}))
    return Forgotten(key=fetch_rows(db, KEY, {})[0]["key"], partner=partner, references=references)


def comes_back(db: Cursor, partner: str, batch_id: str) -> bool:
    """Is one of them among the rows stored under this batch?"""
    forgotten = fetch_forgotten(db, partner)
    if not forgotten.references:
        return False
    return any(forgotten.among(row["report_id"] for row in fetch_rows(db, OF_BATCH, {"batch_id": batch_id})))
