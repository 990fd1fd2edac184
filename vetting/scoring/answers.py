"""What does one report answer to each indicator? Computed once, when the report is committed, and stored beside it.

Three answers always: True is adverse, False is clean, null is "not eligible" and counts nowhere. Amounts are compared
as whole ten-thousandths, so 95 % and 36 % are exact.
"""

from collections.abc import Sequence

import polars as pl

from schemas.fee_cap import FeeCap
from schemas.lookup import cost_codes
from vetting.exchange import MONEY, Rates
from vetting.scoring import caps as legal_caps
from vetting.scoring.amounts import SCALE, units
from vetting.scoring.dollars import CONVERTED, THIRDS_OF_MONTH, converted, with_rates
from vetting.scoring.indicators import COLUMNS

# No part of what was paid: interest is the price of the loan, not of the job.
NOT_PAID = frozenset({"loan_interest"})
ARRIVED = ("post_arrival_survey", "return_survey")

# What `answer` adds, in the order of the table of reports; `months` and what money says first, then the answers.
ANSWERS = (
    *("window_month", "paid", "charged", "repaid", "state_items_only", "rule_in_force"),
    *("known_w03", "known_w04", "known_w05", "months", "two_currencies"),
    *CONVERTED,
    *legal_caps.STORED,
    *COLUMNS,
)


def answer(reports: pl.DataFrame, rates: Rates, caps: Sequence[FeeCap]) -> pl.DataFrame:
    """`reports` with the columns ANSWERS added (or replaced).

    Takes the typed canonical columns of a fee report plus `agency_country`, the country (alpha-3) whose licence the
    resolved agency holds; that column is kept. Amounts are DECIMAL(18, 4), months are first days of months. `rates`
    and `caps`: the exchange rates and the legal rules on fees known when the reports are stored.
    """
    of_money = with_rates(reports.drop(*ANSWERS, strict=False), rates).with_columns(_money())
    return (
        of_money.with_columns(legal_caps.compare(of_money, rates, caps))
        .with_columns(charged=_charged(), rate=_yearly_rate(), departed=_departed_by_the_interview())
        .with_columns(net=_net())
        .with_columns(window_month=pl.coalesce("recruited_month", "departed_month"), paid=_paid())
        .with_columns(**_of_money())
        .with_columns(**_loans_and_sub_agents())
        .with_columns(**_indicators())
        .select(*[column for column in reports.columns if column not in ANSWERS], *ANSWERS)
    )


def _known(column: str) -> pl.Expr:
    return pl.col(column).is_not_null()


def _columns(*, state: bool | None = None) -> list[str]:
    """The cost columns that are part of what was paid; with `state`, those that are (not) state or passport items."""
    return [
        f"cost_{cost.code}"
        for cost in cost_codes().values()
        if cost.column and cost.code not in NOT_PAID and state in (None, cost.state_item)
    ]


def _money() -> list[pl.Expr]:
    """paid = total_paid, else the sum of known items if that sum > 0, else unknown; blank deductions and repayments
    count as 0."""
    items = pl.sum_horizontal([units(column) for column in _columns()])
    spent = pl.coalesce(units("total_paid"), pl.when(items > 0).then(items))
    deducted = units("deducted_amount").fill_null(0)
    return [
        items.alias("items"),
        pl.sum_horizontal([units(column) for column in _columns(state=True)]).alias("state_items"),
        spent.alias("spent"),
        deducted.alias("deducted"),
        units("reimbursed_amount").fill_null(0).alias("back"),
        (spent.fill_null(0) + deducted).alias("total"),
    ]


def _paid() -> pl.Expr:
    """`spent` as an amount again, for storing."""
    items = pl.sum_horizontal([pl.col(column).cast(MONEY) for column in _columns()]).cast(MONEY, strict=False)
    return pl.coalesce(pl.col("total_paid").cast(MONEY), pl.when(pl.col("items") > 0).then(items))


def _charged() -> pl.Expr:
    """Charged: paid + deducted > 0. Known not charged: paid is known to be 0 and nothing was deducted. Else unknown:
    items and deductions can prove a charge, never its absence."""
    return pl.when(pl.col("total") > 0).then(True).when((pl.col("spent") == 0) & (pl.col("deducted") == 0)).then(False)


def _net() -> pl.Expr:
    """net = max(0, paid + deducted - reimbursed), unknown where charged is."""
    return pl.when(_known("charged")).then(pl.max_horizontal(pl.col("total") - pl.col("back"), pl.lit(0)))


def _of_money() -> dict[str, pl.Expr]:
    """months = 0 if net = 0, else net / monthly wage (actual, else promised): as they are in one currency, else both
    in dollars of the money date. Unknown without a wage, its period, its currency or, of two, a rate for each."""
    net, wage = pl.col("net"), pl.coalesce(units("actual_wage"), units("promised_wage"))
    thirds = pl.col("wage_period").replace_strict(THIRDS_OF_MONTH, default=None, return_dtype=pl.Int128)
    has_wage = (wage > 0) & thirds.is_not_null() & (net > 0)
    same = pl.col("currency") == pl.col("wage_currency")
    of_cost, of_wage = (pl.col(f"{each}_per_usd").to_physical() for each in ("paid", "wage"))
    cost_side, wage_side = 3 * net * _unless(same, of_wage), wage * thirds * _unless(same, of_cost)
    reimbursed = pl.col("charged") & _known("reimbursed_amount")
    enough_back = 100 * pl.col("back") >= 95 * pl.col("total")
    only_state = (pl.col("items") == pl.col("state_items")) & (pl.col("state_items") >= pl.col("total"))
    return {
        "repaid": pl.when(reimbursed).then(enough_back),
        "state_items_only": pl.when(pl.col("charged")).then(only_state),
        "months": pl.when(net == 0)
        .then(0.0)
        .when(has_wage)
        .then(cost_side.cast(pl.Float64) / wage_side.cast(pl.Float64)),
        "two_currencies": (has_wage & ~same & (of_cost.is_null() | of_wage.is_null())).fill_null(False),
        "w02": pl.when(net == 0).then(False).when(has_wage).then(cost_side > wage_side),
        **converted(wage, thirds),
    }


def _unless(same: pl.Expr, rate: pl.Expr) -> pl.Expr:
    """1 where both are in one currency, unknown where one of the currencies is."""
    return pl.when(same).then(pl.lit(1, dtype=pl.Int128)).when(same.is_not_null()).then(rate)


def _yearly_rate() -> pl.Expr:
    """loan_rate · 12 when per month; unknown without its period."""
    rate, period = units("loan_rate"), pl.col("loan_rate_period")
    return pl.when(period == "month").then(rate * 12).when(period == "year").then(rate)


def _departed_by_the_interview() -> pl.Expr:
    """departed_month not after the interview's month, or blank with a survey taken after arrival or return."""
    arrived = pl.col("channel").is_in(ARRIVED)
    return (
        pl.when(_known("departed_month"))
        .then(pl.col("departed_month") <= pl.col("interview_date").dt.truncate("1mo"))
        .otherwise(arrived)
    )


def _loans_and_sub_agents() -> dict[str, pl.Expr]:
    """The conditions of W03 to W05 themselves, apart from "known not charged", which is known for other reasons."""
    source, high = pl.col("loan_source"), 36 * SCALE
    tied = (
        source.is_in(["agency", "employer"]).fill_null(False)
        | (pl.col("rate") >= high).fill_null(False)
        | (units("cost_deposit_bond") > 0).fill_null(False)
    )
    harmless = source.is_in(["none", "family"]).fill_null(False)
    elsewhere = (_known("loan_source") & (pl.col("rate") < high)).fill_null(False)
    sub_agent = (pl.col("payee_type") == "sub_agent").fill_null(False) | (units("cost_fee_subagent") > 0).fill_null(
        False
    )
    return {
        "known_w03": (pl.col("charged") & _known("above_cap")).fill_null(False),
        "known_w04": _known("payee_type") | _known("cost_fee_subagent"),
        "known_w05": tied | harmless | elsewhere,
        "w04": sub_agent,
        "w05": tied,
    }


def _indicators() -> dict[str, pl.Expr]:
    not_charged = (~pl.col("charged")).fill_null(False)
    departed, age = pl.col("departed"), pl.col("age_at_recruitment")
    wages = _known("promised_wage") & _known("actual_wage")
    raised = pl.col("grievance_raised").fill_null(False)
    return {
        "w01": pl.col("charged"),
        "w03": pl.when(_known("above_cap")).then("above_cap").when(pl.col("rule_in_force") & not_charged).then(False),
        "w04": pl.when(pl.col("known_w04") | not_charged).then(pl.col("w04")),
        "w05": pl.when(pl.col("known_w05") | not_charged).then(pl.col("w05")),
        "w06": ~pl.col("repaid"),
        "w07": pl.when(_known("passport_holder")).then(pl.col("passport_holder").is_in(["employer", "agency"])),
        "w08": pl.col("movement_restricted"),
        "w09": pl.col("penalty_for_leaving"),
        "w10": pl.when(departed).then(~pl.col("contract_before_departure")),
        "w11": ~pl.col("contract_understood"),
        "w12": pl.col("contract_substituted"),
        "w13": pl.when(wages).then(100 * units("actual_wage") < 95 * units("promised_wage")),
        "w14": pl.when(departed).then(~pl.col("orientation_received")),
        "w15": pl.when(departed).then(~pl.col("costs_disclosed")),
        "w16": ~pl.col("grievance_known"),
        "w17": pl.when(raised).then(~pl.col("grievance_resolved")),
        "w18": pl.col("retaliation"),
        "w19": pl.col("wages_withheld"),
        "w20": pl.col("threats"),
        "w21": age < 18,
        "w22": pl.col("data_shared_without_consent"),
    }
