"""What was a dollar worth in this currency on that day? By the table of rates, and before it by what was added to it.

The newest rate on or before the day counts while it is at most OLDEST days old; else the average of the day's year,
which is an approximation and says so; else nobody knows. A rate of a later day is never taken, nor one of long ago.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

import polars as pl

from schemas.codes import RateKind
from schemas.exchange_rate import COLUMNS, DOLLAR, PER_USD, Conversion, exchange_rates
from vetting.refusals import Refusal

# A quarter at its longest, the widest step of the lists the table is made of: an older rate has missed its successor.
OLDEST = timedelta(days=92)
AVERAGE = RateKind.ANNUAL_APPROXIMATE.value
FOUND = ("per_usd", "rate_date", "source", "kind")
MONEY, PLACE = pl.Decimal(18, 4), Decimal("0.0001")


@dataclass(frozen=True)
class Rates:
    """Two lists of rates (COLUMNS of schemas.exchange_rate). What an administrator `added` goes before the table."""

    added: pl.DataFrame = field(repr=False, default_factory=lambda: pl.DataFrame(schema=COLUMNS))
    table: pl.DataFrame = field(repr=False, default_factory=exchange_rates)

    @cached_property
    def lists(self) -> tuple[pl.DataFrame, ...]:
        """The rates of both by their day, the oldest first: `currency`, `at` and `found`."""
        return tuple(
            each.filter(pl.col("kind") != AVERAGE)
            .select("currency", at="rate_date", found=pl.struct(*FOUND))
            .sort("at")
            for each in (self.added, self.table)
        )

    @cached_property
    def averages(self) -> tuple[pl.DataFrame, ...]:
        """The averages of both, one for each year: `currency`, `year` and `found`."""
        return tuple(
            each.filter(pl.col("kind") == AVERAGE)
            .sort("rate_date")
            .select("currency", year=pl.col("rate_date").dt.year(), found=pl.struct(*FOUND))
            .unique(["currency", "year"], keep="last", maintain_order=True)
            for each in (self.added, self.table)
        )


class NoRate(Refusal):
    """There is no rate for this currency on or near this day."""


def rates_on(currency: pl.Series, day: pl.Series, rates: Rates) -> pl.DataFrame:
    """For each row the rate of its currency (ISO 4217) on its day: `per_usd` DECIMAL(18, 8), `rate_date`, `source` and
    `kind`, in the order of the rows; all four null where there is none, or currency or day is null."""
    rows = pl.DataFrame({"currency": currency, "day": day}, schema_overrides={"currency": pl.String, "day": pl.Date})
    asked = rows.unique().drop_nulls().sort("day").with_columns(year=pl.col("day").dt.year())
    known = [_in_force(asked, each) for each in rates.lists] + [_averaged(asked, each) for each in rates.averages]
    itself = pl.struct(
        per_usd=pl.lit(1).cast(PER_USD), rate_date="day", source=pl.lit("itself"), kind=pl.lit(RateKind.PEG.value)
    )
    found = asked.select(
        "currency",
        "day",
        found=pl.coalesce(pl.when(pl.col("currency") == DOLLAR).then(itself), *known),
    )
    joined = rows.join(found, on=["currency", "day"], how="left", maintain_order="left")
    return joined.select(pl.col("found").struct.field(*FOUND))


def convert(amount: Decimal, currency: str, day: date, rates: Rates) -> Conversion:
    """One amount in dollars. Raises NoRate, which says what is missing, rather than take a rate of another time."""
    asked = pl.Series([currency]), pl.Series([day])
    [row] = rates_on(*asked, rates).to_dicts()
    if row["per_usd"] is None:
        raise NoRate(_say_missing(currency, day, rates))
    usd = (amount / row["per_usd"]).quantize(PLACE, ROUND_HALF_UP)
    return Conversion(usd=usd, rate=row["per_usd"], **{name: row[name] for name in FOUND[1:]})


def in_dollars(units: pl.Expr, per_usd: pl.Expr, parts: int = 1) -> pl.Expr:
    """Ten-thousandths of an amount, taken `parts` times too often, as dollars: exact, rounded half up to the fourth
    place as in `convert`; null where the rate is, or where a dollar cost so little that the answer has no room."""
    rate = per_usd.cast(PER_USD).to_physical() * parts
    doubled = 2 * units.cast(pl.Int128) * 10**PER_USD.scale
    rounded: pl.Expr = (doubled + rate) // (2 * rate)
    return (rounded.cast(pl.Decimal(38, 0)) * pl.lit(PLACE)).cast(MONEY, strict=False)


def _in_force(asked: pl.DataFrame, listed: pl.DataFrame) -> pl.Series:
    """The newest rate on or before each day, while it is not too old."""
    near = asked.join_asof(
        listed,
        left_on="day",
        right_on="at",
        by="currency",
        strategy="backward",
        tolerance=OLDEST,
        check_sortedness=False,  # both are sorted by day; polars cannot check it within groups
    )
    return near.get_column("found")


def _averaged(asked: pl.DataFrame, listed: pl.DataFrame) -> pl.Series:
    """The average of each day's year."""
    return asked.join(listed, on=["currency", "year"], how="left", maintain_order="left").get_column("found")


def _say_missing(currency: str, day: date, rates: Rates) -> str:
    known = pl.concat([rates.added, rates.table]).filter(pl.col("currency") == currency)
    if known.is_empty():
        return f"There is no exchange rate for {currency}. An administrator can add one."
    earlier = known.filter(pl.col("rate_date") <= day).get_column("rate_date").max()
    newest = f"the newest before it is of {earlier}" if isinstance(earlier, date) else "none is older"
    return (
        f"There is no exchange rate for {currency} on {day} or in the {OLDEST.days} days before it; {newest}. "
        "An administrator can add one."
    )
