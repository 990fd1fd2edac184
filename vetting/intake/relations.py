"""What must hold between the columns of one row? Each rule is one column: true, false, or null where it says nothing.

`RULES` names, for each, the problem it means when false and the column the partner should look at.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import polars as pl

from schemas.fee_report import EXAMPLE, Kind, names_of

NOT_PAID_TO_ANYONE = frozenset({"cost_loan_interest"})  # kept, and no part of what was paid


@dataclass(frozen=True)
class Rule:
    code: str
    column: str


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "agency_is_said": Rule("missing_value", "agency_licence"),
        "currency_is_said": Rule("missing_value", "currency"),
        "countries_differ": Rule("same_country", "destination_country"),
        "recruited_then_departed": Rule("months_out_of_order", "recruited_month"),
        "departed_then_interviewed": Rule("months_out_of_order", "departed_month"),
        "recruited_then_interviewed": Rule("months_out_of_order", "recruited_month"),
        "items_within_total": Rule("items_exceed_total", "total_paid"),
        "rate_has_period": Rule("rate_without_period", "loan_rate_period"),
        "report_is_real": Rule("example_row", "report_id"),
        "report_id_is_single": Rule("duplicate_report_id", "report_id"),
        "items_reach_total": Rule("items_below_total", "total_paid"),
        "reimbursed_within_charged": Rule("reimbursed_above_charged", "reimbursed_amount"),
        "wage_has_currency": Rule("wage_incomplete", "wage_currency"),
        "wage_has_period": Rule("wage_incomplete", "wage_period"),
    }
)


def items() -> tuple[str, ...]:
    """The cost columns that are part of what was paid."""
    return tuple(name for name in names_of(Kind.AMOUNT) if name.startswith("cost_") and name not in NOT_PAID_TO_ANYONE)


def relate(values: pl.DataFrame, repeated: pl.DataFrame) -> pl.DataFrame:
    """`values` with one column per rule, and with `items` (their sum), `charge` and `times` for the messages."""
    col = pl.col
    summed = values.with_columns(
        pl.when(pl.any_horizontal(col(name).is_not_null() for name in items()))
        .then(pl.sum_horizontal(col(name) for name in items()))
        .alias("items"),
        values.select("report_id").join(repeated, on="report_id", how="left", maintain_order="left")["times"],
    )
    summed = summed.with_columns(
        (
            pl.coalesce(col("total_paid"), pl.when(col("items") > 0).then(col("items")))
            + col("deducted_amount").fill_null(0)
        ).alias("charge")
    )
    amounts = pl.any_horizontal(col(name).is_not_null() for name in names_of(Kind.AMOUNT))
    wages = col("promised_wage").is_not_null() | col("actual_wage").is_not_null()
    departed = col("departed_month").is_not_null()
    return summed.with_columns(
        agency_is_said=col("agency_licence").is_not_null() | col("agency_name").is_not_null(),
        currency_is_said=pl.when(amounts).then(col("currency").is_not_null()),
        countries_differ=pl.when(col("origin_country") == col("destination_country")).then(_regions_differ()),
        recruited_then_departed=col("recruited_month") <= col("departed_month"),
        departed_then_interviewed=col("departed_month") <= col("interview_date"),
        recruited_then_interviewed=pl.when(~departed).then(col("recruited_month") <= col("interview_date")),
        items_within_total=col("items") * 20 <= col("total_paid") * 21,
        rate_has_period=pl.when(col("loan_rate").is_not_null()).then(col("loan_rate_period").is_not_null()),
        report_is_real=~col("report_id").str.to_uppercase().str.starts_with(EXAMPLE),
        report_id_is_single=pl.when(col("report_id").is_not_null()).then(col("times").is_null()),
        items_reach_total=col("items") >= col("total_paid"),
        reimbursed_within_charged=col("reimbursed_amount") <= col("charge"),
        wage_has_currency=pl.when(wages).then(col("wage_currency").is_not_null()),
        wage_has_period=pl.when(wages).then(col("wage_period").is_not_null()),
    )


def _regions_differ() -> pl.Expr:
    here, there = (pl.col(name).str.to_lowercase() for name in ("origin_region", "destination_region"))
    return (here != there).fill_null(value=False)
