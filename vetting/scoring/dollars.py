"""What was paid and what is earned, in dollars of the money date, with the rate, its day, its source and its kind.

Stored with the report once, at commit: a rate added later changes nothing that is stored.
"""

import polars as pl

from vetting.exchange import FOUND, Rates, in_dollars, rates_on
from vetting.scoring.cap_rules import money_date

RATE = ("per_usd", "rate_date", "rate_source", "rate_kind")
# `paid_usd` is `paid`; `wage_usd` the monthly wage. The rates stand there wherever the currency and a rate are known.
CONVERTED = tuple(f"{amount}_{part}" for amount in ("paid", "wage") for part in ("usd", *RATE))
# Monthly wage = wage · parts / 3, so that a week's 52 / 12 stays whole.
THIRDS_OF_MONTH = {"month": 3, "day": 26 * 3, "week": 13}


def with_rates(reports: pl.DataFrame, rates: Rates) -> pl.DataFrame:
    """`reports` with the rate of each of their two currencies on the money date: CONVERTED but for the amounts."""
    day = reports.select(money_date()).to_series()
    found = [
        rates_on(reports.get_column(currency), day, rates).rename(
            {name: f"{amount}_{part}" for name, part in zip(FOUND, RATE, strict=True)}
        )
        for amount, currency in (("paid", "currency"), ("wage", "wage_currency"))
    ]
    return reports.with_columns(*(column for each in found for column in each.iter_columns()))


def converted(wage: pl.Expr, thirds: pl.Expr) -> dict[str, pl.Expr]:
    """The two amounts in dollars, from `paid` and from a wage in ten-thousandths whose month has `thirds` thirds."""
    paid = pl.col("paid").to_physical()
    return {
        "paid_usd": in_dollars(paid, pl.col("paid_per_usd")),
        "wage_usd": in_dollars(wage * thirds, pl.col("wage_per_usd"), parts=3),
    }
