"""Is a legal rule on fees surely in force for this recruitment, against this agency?

Sure means: the rule binds agencies licensed in that country, covers every worker (category "all"), and its dates are
certain. Nothing is assumed about a rule whose category or dates are unknown; none in force is unknown, never unlimited.
"""

import polars as pl

from schemas.lookup import ANY, FeeCap, fee_caps

KEYS = ("agency_country", "origin_country", "destination_country", "money_date")


def rule_in_force(reports: pl.DataFrame) -> pl.Series:
    """One Boolean per report, named `rule_in_force`. Judged once per distinct agency country, corridor and date."""
    dated = reports.select(*KEYS[:3], money_date())
    judged = dated.unique().with_columns(
        pl.any_horizontal(pl.lit(False), *[_applies(cap) for cap in binding_rules()]).fill_null(False).alias("in_force")
    )
    joined = dated.join(judged, on=list(KEYS), how="left", nulls_equal=True, maintain_order="left")
    return joined.get_column("in_force").alias("rule_in_force")


def money_date() -> pl.Expr:
    """First day of recruited_month, else of departed_month, else the interview."""
    return pl.coalesce("recruited_month", "departed_month", "interview_date").alias("money_date")


def binding_rules() -> list[FeeCap]:
    """The rules that can be sure: binding somewhere, for every worker, with a day they were in force by."""
    return [
        cap
        for cap in fee_caps()
        if cap.binds is not None and cap.category == "all" and (cap.valid_from or cap.in_force_by) is not None
    ]


def _applies(cap: FeeCap) -> pl.Expr:
    applies = (pl.col("agency_country") == cap.binds) & (pl.col("money_date") >= (cap.valid_from or cap.in_force_by))
    if cap.valid_to is not None:
        applies &= pl.col("money_date") <= cap.valid_to
    if cap.origin != ANY:
        applies &= pl.col("origin_country") == cap.origin
    if cap.destination != ANY:
        applies &= pl.col("destination_country") == cap.destination
    return applies
