"""Which exchange rates did administrators add, and which were known at a moment? Every row is kept."""

from datetime import date, datetime

import polars as pl

from schemas.codes import Action, RateKind, Role, Via
from schemas.exchange_rate import COLUMNS, ExchangeRate, NewestRate, RatesAdded, exchange_rates
from schemas.trail import Entry
from schemas.viewer import Viewer
from vetting.disclosure.roles import require
from vetting.exchange import Rates
from vetting.rate_file import read_rates
from vetting.store.act import Moment, NothingNew, act
from vetting.store.connect import Cursor, Store

ADDED = """
SELECT currency, rate_date, per_usd, source, kind
FROM desk.exchange_rate
WHERE $known_at IS NULL OR recorded_at <= $known_at
QUALIFY row_number() OVER (
    PARTITION BY currency, rate_date, kind = 'annual_approximate' ORDER BY recorded_at DESC
) = 1
ORDER BY currency, rate_date, kind
"""
TOLD = """
SELECT currency, rate_date, per_usd, source, kind, actor, recorded_at
FROM desk.exchange_rate
ORDER BY recorded_at, currency, rate_date
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


def check_rates(db: Cursor, viewer: Viewer, data: bytes, file_name: str, *, today: date) -> RatesAdded:
    """What `add_rates` would do with a file now. Writes nothing, and raises as it does."""
    require(viewer, Role.ADMIN)
    return _compared(db, data, file_name, today)[1]


def add_rates(
    store: Store, viewer: Viewer, data: bytes, file_name: str, *, today: date, via: Via, now: datetime
) -> RatesAdded:
    """Add the rates of a file, in one act; with any problem nothing is taken, and what is known already is left out.

    Stored conversions stay as they are; reports stored from now on, and what is asked as known from now on, use the
    new rates. Raises NotPermitted, and Refusal when the file cannot be read or lacks a column.
    """
    require(viewer, Role.ADMIN)

    def deed(moment: Moment) -> tuple[Entry, RatesAdded]:
        fresh, result = _compared(moment.db, data, file_name, today)
        if not result.added:
            raise NothingNew(result)
        _insert(moment, fresh, viewer.actor)
        currencies = sorted(set(fresh.get_column("currency")))
        kept = result.model_dump(mode="json", exclude={"problems"}) | {"currencies": currencies}
        return Entry(action=Action.RATES_ADD, subject=file_name, after=kept), result

    return act(store, deed, actor=viewer.actor, via=via, now=now)


def newest_rates(db: Cursor, viewer: Viewer) -> list[NewestRate]:
    """For each currency the newest rate there is, whether it is the table's or added; for administrators."""
    require(viewer, Role.ADMIN)
    told = dict.fromkeys(("actor", "recorded_at"), pl.lit(None))
    rows = db.execute(TOLD).fetchall()
    added = pl.DataFrame(rows, schema=COLUMNS | {"actor": pl.String, "recorded_at": pl.Datetime}, orient="row")
    rates = pl.concat([exchange_rates().with_columns(**told), added], how="vertical_relaxed")
    rates = rates.filter(pl.col("kind") != RateKind.ANNUAL_APPROXIMATE.value)
    newest = rates.sort("rate_date", "recorded_at", nulls_last=False).group_by("currency", maintain_order=True)
    return [
        NewestRate(
            rate=ExchangeRate.model_validate({name: row[name] for name in COLUMNS}),
            since=row["since"],
            actor=row["actor"],
            recorded_at=row["recorded_at"],
        )
        for row in newest.agg(pl.all().last(), since=pl.col("rate_date").first()).sort("currency").to_dicts()
    ]


def _compared(db: Cursor, data: bytes, file_name: str, today: date) -> tuple[pl.DataFrame, RatesAdded]:
    """The rates to append, and the count of everything."""
    known = fetch_rates(db)
    listing = read_rates(data, file_name, today=today, known=known)
    fresh = listing.rates.join(known.added, on=list(COLUMNS), how="anti", maintain_order="left")
    if listing.problems:
        return fresh.clear(), RatesAdded(rows=listing.total, added=0, unchanged=0, problems=listing.problems)
    return fresh, RatesAdded(rows=listing.total, added=fresh.height, unchanged=listing.total - fresh.height)


def _insert(moment: Moment, rates: pl.DataFrame, actor: str) -> None:
    moment.db.register("added_rates", rates.to_arrow())
    try:
        moment.db.execute(INSERT, {"recorded_at": moment.recorded_at, "actor": actor})
    finally:
        moment.db.unregister("added_rates")
