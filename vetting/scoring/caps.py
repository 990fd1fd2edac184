"""Did the worker pay above a legal cap? Compared at the money date, in the cap's currency.

Above: the known items in the cap's scope exceed it. Below: all that was paid does not. Else unknown; and where no rule
is surely in force, unknown too: never zero and never unlimited. Whole numbers throughout, so nothing is rounded before
it is compared.
"""

from collections.abc import Sequence

import polars as pl

from schemas.fee_cap import FeeCap
from vetting.exchange import FOUND, Rates, rates_on
from vetting.scoring.amounts import SCALE, money, units
from vetting.scoring.cap_rules import choose, money_date
from vetting.scoring.dollars import RATE, THIRDS_OF_MONTH

WHOLE = pl.Int128  # an amount times a rate times a wage's parts outgrows 64 bits
FIGURES = ("currency", "limit", "known", "paid", *RATE)
# What is stored of the comparison. `cap_rules`: every rule that surely applies, `|` between; `cap_rule`: the one that
# decides, whose limit is in `cap_currency`; `cap_known`: the known items in its scope, `cap_paid`: all that was paid,
# both in that currency too. Where they were converted, the rate of that currency; that of what was paid in is `paid_`….
STORED = ("cap_rules", "cap_rule", *(f"cap_{name}" for name in FIGURES))
BETWEEN = "|"
SAID = (True, None, False)
PLACED = {"place": pl.Int32, "in_doubt": pl.Boolean}
RULES = {
    "place": pl.Int32, "rule": pl.String, "of_wage": pl.Boolean, "cap_currency": pl.String, "amount": WHOLE,
    "surely_above": WHOLE,
}  # fmt: skip


def compare(reports: pl.DataFrame, rates: Rates, caps: Sequence[FeeCap]) -> pl.DataFrame:
    """One row per report: `rule_in_force`, `above_cap` (True, False or unknown) and the columns STORED.

    Takes the typed canonical columns, `agency_country`, the rates of `dollars.with_rates`, and what `answers` made of
    money in whole ten-thousandths: `items`, `spent` (unknown where paid is) and `deducted`.
    """
    judged = [_judge(reports, rates, caps, chosen) for chosen in choose(reports, caps).values()]
    if not judged:
        nothing = pl.DataFrame({"place": [None] * reports.height, "in_doubt": [False] * reports.height}, PLACED)
        judged = [_judge(reports, rates, caps, nothing)]
    apart = [each.rename({name: f"{name}_{place}" for name in each.columns}) for place, each in enumerate(judged)]
    return pl.concat(apart, how="horizontal").select(**_together(range(len(judged))))


def _judge(reports: pl.DataFrame, rates: Rates, caps: Sequence[FeeCap], chosen: pl.DataFrame) -> pl.DataFrame:
    """Each report against its rule of one group."""
    rules = _rules([(place, caps[place]) for place in sorted(set(chosen["place"].drop_nulls()))])
    wage = pl.coalesce(units("actual_wage"), units("promised_wage")).cast(WHOLE)
    thirds = pl.col("wage_period").replace_strict(THIRDS_OF_MONTH, default=None, return_dtype=WHOLE)
    of_wage, free = pl.col("of_wage"), pl.col("amount") == 0
    times = pl.when(of_wage & ~free).then(wage * thirds).otherwise(1)
    placed = (
        pl.concat([reports, chosen], how="horizontal")
        .join(rules, on="place", how="left", maintain_order="left")
        .with_columns(known=_known(caps, rules), all=_all_paid(), scale=pl.when(of_wage).then(3 * SCALE).otherwise(1))
        .with_columns(limit=pl.col("amount") * times, upper=pl.col("surely_above") * times)
        .with_columns(into=pl.when(free).then("currency").when(of_wage).then("wage_currency").otherwise("cap_currency"))
    )
    return _converting(placed, rates).select(
        sure=pl.col("place").is_not_null(),
        in_doubt="in_doubt",
        rule=pl.when(~pl.col("in_doubt")).then("rule"),
        above=pl.when(~pl.col("in_doubt")).then(_above()),
        currency=pl.when(pl.col("limit").is_not_null()).then("into"),
        limit=money(_divided(pl.col("limit"), pl.col("scale"))),
        known=money(_divided(pl.col("known") * pl.col("onto"), pl.col("from"))),
        paid=money(_divided(pl.col("all") * pl.col("onto"), pl.col("from"))),
        **{name: f"into_{name}" for name in RATE},
    )


def _converting(placed: pl.DataFrame, rates: Rates) -> pl.DataFrame:
    """An amount times `onto` divided by `from` is in the cap's currency, both 1 where it is paid in that (and where the
    cap is nothing, which is the same in any); unknown where either currency or its rate is. Then the rate used."""
    same = (pl.col("amount") == 0) | (pl.col("currency") == pl.col("into"))
    asked = placed.select(into=pl.when(~same).then("into"), day=money_date())
    found = rates_on(asked["into"], asked["day"], rates).rename(
        dict(zip(FOUND, (f"into_{n}" for n in RATE), strict=True))
    )
    one = pl.lit(1, WHOLE)
    return pl.concat([placed, found], how="horizontal").with_columns(
        onto=pl.when(same).then(one).otherwise(pl.col("into_per_usd").to_physical().cast(WHOLE)),
        **{"from": pl.when(same).then(one).when(~same).then(pl.col("paid_per_usd").to_physical().cast(WHOLE))},
    )


def _divided(whole: pl.Expr, parts: pl.Expr) -> pl.Expr:
    """Rounded half up, for showing only."""
    return (2 * whole + parts) // (2 * parts)


def _rules(caps: Sequence[tuple[int, FeeCap]]) -> pl.DataFrame:
    """What is compared of each rule: `amount` and `surely_above` in ten-thousandths, of money or of a month's wage.
    Both are unknown of monthly rules and of those by job order, the latter also of a yearly one without a maximum."""
    rows = []
    for place, cap in caps:
        amount = None if cap.unit == "monthly" or cap.amount is None else int(cap.amount * SCALE)
        highest = cap.maximum if cap.maximum is not None or cap.unit == "per_12_months" else cap.amount
        above = None if amount is None or highest is None else int(highest * SCALE)
        rows.append((place, cap.rule, cap.kind == "months_wage", cap.currency, amount, above))
    return pl.DataFrame(rows, RULES, orient="row")


def _known(caps: Sequence[FeeCap], rules: pl.DataFrame) -> pl.Expr:
    """The known items in the rule's scope. All money is in the scope of a total; what was taken from the wage is only
    there, because nobody knows for what it was taken."""
    known = pl.lit(None, WHOLE)
    for place in rules["place"]:
        cap = caps[place]
        if cap.cap_scope == "total_cost":
            items = pl.max_horizontal("items", pl.col("spent").fill_null(0)) + pl.col("deducted")
        else:
            items = pl.sum_horizontal([units(f"cost_{code}") for code in cap.compared])
        known = pl.when(pl.col("place") == place).then(items.cast(WHOLE)).otherwise(known)
    return known


def _all_paid() -> pl.Expr:
    """All that was paid, before and after departure; unknown where paid is."""
    paid = pl.max_horizontal("spent", "items") + pl.col("deducted")
    return pl.when(pl.col("spent").is_not_null()).then(paid.cast(WHOLE))


def _above() -> pl.Expr:
    known, paid = (pl.col(name) * pl.col("onto") * pl.col("scale") for name in ("known", "all"))
    limit, upper = (pl.col(name) * pl.col("from") for name in ("limit", "upper"))
    return pl.when(known > upper).then(True).when(paid <= limit).then(False)


def _together(groups: Sequence[int]) -> dict[str, pl.Expr]:
    """All groups of rules: one exceeded is enough; below means below each, with none in doubt."""
    above = [pl.col(f"above_{group}") for group in groups]
    settled = [(~pl.col(f"above_{g}")).fill_null(~pl.col(f"sure_{g}") & ~pl.col(f"in_doubt_{g}")) for g in groups]
    in_force = pl.any_horizontal([pl.col(f"sure_{group}") for group in groups])
    rules = pl.concat_str([pl.col(f"rule_{group}") for group in groups], separator=BETWEEN, ignore_nulls=True)
    return {
        "rule_in_force": in_force,
        "above_cap": pl.when(pl.any_horizontal([each.fill_null(False) for each in above]))
        .then(True)
        .when(in_force & pl.all_horizontal(settled))
        .then(False),
        "cap_rules": pl.when(rules != "").then(rules),
        "cap_rule": _deciding("rule", groups),
        **{f"cap_{name}": _deciding(name, groups) for name in FIGURES},
    }


def _deciding(name: str, groups: Sequence[int]) -> pl.Expr:
    """Of the rule that decides: one that was exceeded, else one that stays unknown, else the first."""
    ruled = {group: pl.col(f"rule_{group}").is_not_null() for group in groups}
    orders = [(group, ruled[group] & pl.col(f"above_{group}").eq_missing(said)) for said in SAID for group in groups]
    return pl.coalesce([pl.when(here).then(group) for group, here in orders]).pipe(_of, name, groups)


def _of(deciding: pl.Expr, name: str, groups: Sequence[int]) -> pl.Expr:
    value = pl.col(f"{name}_{groups[-1]}")
    for group in reversed(groups[:-1]):
        value = pl.when(deciding == group).then(pl.col(f"{name}_{group}")).otherwise(value)
    return pl.when(deciding.is_not_null()).then(value)
