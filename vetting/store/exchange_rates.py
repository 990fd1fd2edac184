"""Which exchange rates did administrators add, and which were known at a moment? Every row is kept."""

from datetime import datetime

import polars as pl

from schemas.exchange_rate import COLUMNS
from vetting.exchange import Rates
from vetting.store.act import Moment
from vetting.store.connect import Cursor

ADDED = """
SELECT currency, rate_date, per_usd, source, kind
FROM desk.exchange_rate
WHERE $known_at IS NULL OR recorded_at <= $known_at
QUALIFY row_number() OVER (
    PARTITION BY currency, rate_date, kind = 'annual_approximate' ORDER BY recorded_at DESC
) = 1
ORDER BY currency, rate_date, kind
"""
NEWEST = "SELECT max(recorded_at) AS newest FROM desk.exchange_rate"
INSERT = """
INSERT INTO desk.exchange_rate (currency, rate_date, kind, recorded_at, per_usd, source, actor)
SELECT currency, rate_date, kind, $recorded_at, per_usd, source, $actor
FROM added_rates
"""


def fetch_rates(db: Cursor, known_at: datetime | None = None) -> Rates:
    """The table that comes with the house, and what was added to it as known at `known_at` (default: now)."""
    rows = db.execute(ADDED, {"known_at": known_at}).fetchall()
    return Rates(added=pl.DataFrame(rows, schema=COLUMNS, orient="row"))


def newest_rate_added(db: Cursor) -> datetime | None:
    """Two equal answers mean that no rate was added in between."""
    [(newest,)] = db.execute(NEWEST).fetchall()
    return newest if isinstance(newest, datetime) else None


def save_rates(moment: Moment, rates: pl.DataFrame, actor: str) -> None:
    """Inside an act: rates with the columns COLUMNS, appended."""
    moment.db.register("added_rates", rates.to_arrow())
    try:
        moment.db.execute(INSERT, {"recorded_at": moment.recorded_at, "actor": actor})
    finally:
        moment.db.unregister("added_rates")
