"""From which day on what the clock did holds: it may be written down later than that."""

from datetime import date, datetime

from vetting.store.connect import Cursor
from vetting.store.rows import fetch_rows

INSERT = "INSERT INTO desk.clock_move (case_id, recorded_at, since) VALUES ($case_id, $recorded_at, $since)"
SINCE = "SELECT case_id, recorded_at, since FROM desk.clock_move ORDER BY recorded_at"


def insert_clock_move(db: Cursor, case_id: str, recorded_at: datetime, since: date) -> None:
    db.execute(INSERT, {"case_id": case_id, "recorded_at": recorded_at, "since": since})


def fetch_clock_moves(db: Cursor) -> dict[tuple[str, datetime], date]:
    """By case and moment of the move. Moves written before these days were kept have none."""
    return {(row["case_id"], row["recorded_at"]): row["since"] for row in fetch_rows(db, SINCE, {})}
