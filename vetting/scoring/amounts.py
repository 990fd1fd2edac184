"""How are amounts compared exactly? As whole ten-thousandths: polars keeps a decimal as an integer."""

import polars as pl

from vetting.exchange import MONEY

SCALE = 10_000


def units(column: str) -> pl.Expr:
    """An amount as a whole number of ten-thousandths."""
    return pl.col(column).cast(MONEY).to_physical()


def money(whole: pl.Expr) -> pl.Expr:
    """A whole number of ten-thousandths as an amount again, for storing; unknown where it is too long for one."""
    ten_thousandth = pl.lit("0.0001").cast(pl.Decimal(5, 4))
    return (whole.cast(pl.Decimal(38, 0), strict=False) * ten_thousandth).cast(MONEY, strict=False)
