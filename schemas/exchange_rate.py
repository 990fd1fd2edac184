"""What one dollar cost: a rate with its day, where it is from and of what kind, and an amount converted at it."""

from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

import polars as pl

from schemas.codes import RateKind
from schemas.problem import Problem
from schemas.record import Record

TABLE = Path(__file__).parent / "reference" / "exchange_rates.csv"
DOLLAR = "USD"
PER_USD = pl.Decimal(18, 8)
COLUMNS = {
    "currency": pl.String(), "rate_date": pl.Date(), "per_usd": PER_USD, "source": pl.String(), "kind": pl.String(),
}  # fmt: skip


class ExchangeRate(Record):
    """On `rate_date`, `per_usd` units of `currency` were one dollar. A yearly average bears its year's last day."""

    currency: str
    rate_date: date
    per_usd: Decimal
    source: str
    kind: RateKind


class RatesAdded(Record):
    """What became of a file of rates; with any problem nothing was taken. `unchanged`: known like that before."""

    rows: int
    added: int
    unchanged: int
    problems: tuple[Problem, ...] = ()


class NewestRate(Record):
    """The newest rate there is for a currency, in the table or added (by whom and when), and the first day of any."""

    rate: ExchangeRate
    since: date
    actor: str | None = None
    recorded_at: datetime | None = None


class Conversion(Record):
    """An amount in dollars, to ten-thousandths, and the rate it was converted at."""

    usd: Decimal
    rate: Decimal
    rate_date: date
    source: str
    kind: RateKind


@cache
def exchange_rates() -> pl.DataFrame:
    """The table that comes with the house (COLUMNS), made by `schemas/reference/make_exchange_rates.py`."""
    return pl.read_csv(TABLE, schema=COLUMNS)
