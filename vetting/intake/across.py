"""What only shows when the whole file is seen: values far above the others, and rows that say nearly the same."""

from collections.abc import Iterator

import polars as pl

from schemas.codes import Severity
from schemas.fee_report import columns
from vetting.intake.wording import FOUND

FAR_ABOVE = 10  # times the middle value; assumed
ENOUGH = 5  # known values before there is a middle; assumed
LOOKED_AT = {
    "total_paid": ("currency",),
    "loan_amount": ("currency",),
    "promised_wage": ("wage_currency", "wage_period"),
    "actual_wage": ("wage_currency", "wage_period"),
}
# One worker's account of one recruitment at one interview; without a pseudonym, only a row alike in everything.
SAME_ACCOUNT = ("worker_ref", "agency_id", "recruited_month", "departed_month", "interview_date")


class Across:
    """Keeps a few numbers of every row, chunk after chunk."""

    def __init__(self) -> None:
        self._rows: list[pl.DataFrame] = []

    def add(self, values: pl.DataFrame) -> None:
        named = pl.col("worker_ref").is_not_null()
        alike = ["agency_id", *(name for name in columns() if name != "report_id")]
        kept = [
            pl.col("line", "report_id"),
            *(pl.col(name).cast(pl.Float64) for name in LOOKED_AT),
            *(pl.col(name).cast(pl.Categorical) for name in ("currency", "wage_currency", "wage_period")),
        ]
        self._rows.append(values.filter(named).select(kept, account=pl.struct(SAME_ACCOUNT).hash(1)))
        self._rows.append(values.filter(~named).select(kept, account=pl.struct(alike).hash(2)))

    def problems(self) -> pl.DataFrame:
        """Warnings, as FOUND without their texts."""
        empty = pl.DataFrame(schema=FOUND)
        if not self._rows:
            return empty
        rows = pl.concat(self._rows)
        return pl.concat([empty, *_outliers(rows), _near_duplicates(rows)])


def _outliers(rows: pl.DataFrame) -> Iterator[pl.DataFrame]:
    for name, among in LOOKED_AT.items():
        known = rows.filter(pl.col(name) > 0).drop_nulls(among).select("line", *among, value=name)
        middle = known.group_by(among).agg(middle=pl.col("value").median(), n=pl.len()).filter(pl.col("n") >= ENOUGH)
        far = known.join(middle, on=among).filter(pl.col("value") > FAR_ABOVE * pl.col("middle"))
        yield _warnings(far, name, "outlier", _said("middle"), _said("value"))


def _near_duplicates(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows of one account under different report ids; each is told the first other row."""
    alike = rows.select("line", "account", "report_id").filter(pl.col("account").is_duplicated())
    groups = alike.group_by("account").agg(
        first=pl.col("line").min(), second=pl.col("line").sort().get(1), reports=pl.col("report_id").n_unique()
    )
    pairs = alike.join(groups.filter(pl.col("reports") > 1), on="account")
    other = pl.when(pl.col("line") == pl.col("first")).then("second").otherwise("first").cast(pl.String)
    return _warnings(pairs, "report_id", "near_duplicate", other, pl.col("report_id"))


def _said(number: str) -> pl.Expr:
    return pl.col(number).round(2).cast(pl.String).str.replace(r"\.0$", "")


def _warnings(rows: pl.DataFrame, column: str, code: str, detail: pl.Expr, value: pl.Expr) -> pl.DataFrame:
    return rows.select(
        "line",
        column=pl.lit(column),
        code=pl.lit(code),
        detail=detail,
        value=value,
        severity=pl.lit(Severity.WARNING.value),
        place=pl.lit(None),
    ).cast(FOUND)
