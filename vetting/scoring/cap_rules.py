"""Which legal rule on fees applies to this recruitment, against this agency, on this day?

A rule applies when its places, its category and its dates surely fit and it binds the country that licensed the agency.
Of those the most exact one counts (schemas.fee_cap.FeeCap.tier), for each scope, and apart for rules of the origin and
of the destination. Where a rule as exact or more exact may fit, and nobody can say, which one counts is not known; but
that one is in force is.
"""

from collections.abc import Sequence

import polars as pl

from schemas.fee_cap import EVERYBODY, FeeCap, cap_categories
from schemas.lookup import ANY, sectors

PLACES = ("agency_country", "origin_country", "destination_country")
KEYS = (*PLACES, "sex", "sector", "money_date")
Group = tuple[str, bool]  # a scope, and whether the rules name the origin


def money_date() -> pl.Expr:
    """The day rules and rates are read at: first day of recruited_month, else of departed_month, else the interview."""
    return pl.coalesce("recruited_month", "departed_month", "interview_date").alias("money_date")


def choose(reports: pl.DataFrame, caps: Sequence[FeeCap]) -> dict[Group, pl.DataFrame]:
    """Per group of rules one row per report, in their order.

    `place`: the index in `caps` of the rule that surely applies, null without one; `in_doubt`: another one may apply in
    its stead or besides. Groups of which no rule may apply to any report are left out. Judged once per distinct agency
    country, corridor, sex, sector and date.
    """
    told = pl.when(pl.col("sex") != "undisclosed").then(pl.col("sex"))
    asked = reports.select(*PLACES, told.alias("sex"), "sector", money_date())
    distinct = asked.unique(maintain_order=True)
    countries = set(distinct["agency_country"])
    groups: dict[Group, list[int]] = {}
    for place, cap in enumerate(caps):
        if cap.binds in countries and cap.binds is not None:
            groups.setdefault((cap.cap_scope, cap.origin != ANY), []).append(place)
    chosen = {}
    for group, places in sorted(groups.items()):
        judged = _judged(distinct, {place: caps[place] for place in places})
        if judged["place"].is_not_null().any() or judged["in_doubt"].any():
            joined = asked.join(judged, on=list(KEYS), how="left", nulls_equal=True, maintain_order="left")
            chosen[group] = joined.select("place", "in_doubt")
    return chosen


def _judged(distinct: pl.DataFrame, caps: dict[int, FeeCap]) -> pl.DataFrame:
    """Step by step, so that no rule is looked at twice."""
    said = distinct.select(_fits(cap).alias(str(place)) for place, cap in caps.items())
    tier = said.select(pl.min_horizontal(pl.when(str(place)).then(cap.tier) for place, cap in caps.items())).to_series()
    ruled = said.with_columns(tier.alias("tier"))
    best = {place: pl.col(str(place)).fill_null(False) & (pl.col("tier") == cap.tier) for place, cap in caps.items()}
    rivals = [
        pl.col(str(place)).is_null() & (pl.col("tier").is_null() | (pl.col("tier") >= cap.tier))
        for place, cap in caps.items()
    ]
    several = pl.sum_horizontal(each.fill_null(False).cast(pl.Int32) for each in best.values()) > 1
    found = ruled.select(
        place=pl.coalesce(pl.when(each).then(pl.lit(place, pl.Int32)) for place, each in best.items()),
        in_doubt=pl.any_horizontal(rivals) | several,
    )
    return distinct.with_columns(found.get_columns())


def _fits(cap: FeeCap) -> pl.Expr:
    """Three answers: it applies, it does not, nobody can say."""
    here = pl.col("agency_country") == cap.binds
    if cap.origin != ANY:
        here &= pl.col("origin_country") == cap.origin
    if cap.destination != ANY:
        here &= pl.col("destination_country") == cap.destination
    return here.fill_null(False) & _in_force(cap) & means(cap.category)


def _in_force(cap: FeeCap) -> pl.Expr:
    """Where only its end is known, or a day by which it was in force, nobody can say about the days before."""
    day = pl.col("money_date")
    if cap.valid_from is not None:
        begun = day >= cap.valid_from
    elif cap.in_force_by is not None:
        begun = pl.when(day >= cap.in_force_by).then(True)
    else:
        begun = pl.lit(None, pl.Boolean)
    return begun if cap.valid_to is None else begun & (day <= cap.valid_to)


def means(category: str) -> pl.Expr:
    """Is a worker of this sex and sector in a category at the money date? Null: nobody can say."""
    if category == EVERYBODY:
        return pl.lit(True)
    answer = pl.lit(None, pl.Boolean)
    for row in reversed([row for row in cap_categories() if row.category == category]):
        fits, may_fit = pl.lit(True), pl.lit(True)
        if row.sex:
            fits &= (pl.col("sex") == row.sex).fill_null(False)
            may_fit &= (pl.col("sex") == row.sex).fill_null(True)
        if row.sector:
            fits &= pl.col("sector").str.starts_with(row.sector).fill_null(False)
            may_fit &= _may_be_within(row.sector)
        if row.valid_from is not None:
            fits &= pl.col("money_date") >= row.valid_from
            may_fit &= pl.col("money_date") >= row.valid_from
        answer = pl.when(fits).then(pl.lit(row.holds, pl.Boolean)).when(may_fit).then(None).otherwise(answer)
    return answer


def _may_be_within(narrow: str) -> pl.Expr:
    """Nothing is known, or only something wider than `narrow` or as wide: its section, or a division for a group."""
    sector = pl.col("sector")
    wider = pl.lit(narrow).str.starts_with(sector) | (sector == sectors()[narrow].section)
    return (wider | sector.str.starts_with(narrow)).fill_null(True)
