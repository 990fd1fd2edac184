"""How often is exactly the legal cap told, where other round amounts nearby are rare? Receipts that show the cap while
far more was paid are a known trick, and so are workers told what to say.

By chance: as often as the most frequent other amount that is at least as round and lies between half and twice the cap;
one time more is assumed for what was not seen.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl

from schemas.fee_cap import FeeCap
from schemas.lookup import ANY
from schemas.signal import Scope, Signal, SignalKind
from vetting.scoring.cap_rules import money_date
from vetting.signals.chance import RARE, binomial_tail
from vetting.signals.reports import fetch_reports
from vetting.store import Cursor
from vetting.store.agencies import fetch_agencies
from vetting.store.fee_caps import fetch_caps

FEWEST = 5  # reports at the cap (assumed)
NEARBY = 2  # from half to twice the cap (assumed)
MEASURES = {
    "paid": "say that they paid exactly the legal cap of {cap} in all",
    "cost_fee_recruiter_service": "say that the agency's fee was exactly the legal cap of {cap}",
    "receipt_amount": "have a receipt over exactly the legal cap of {cap}",
}
NEEDED = ("currency", "origin_country", "destination_country", "recruited_month", "departed_month", "interview_date")


def find(db: Cursor, scope: Scope) -> list[Signal]:
    """One signal per agency, partner, cap and kind of amount. Caps that are a sum of money, once; amounts in the cap's
    own currency. Whom a rule's category means does not matter here: the amount is told or it is not."""
    caps = _sums(fetch_caps(db, scope.known_at))
    told = " OR ".join(f"{name} > 0" for name in MEASURES)
    rows = fetch_reports(db, scope, (*NEEDED, *MEASURES), f"({told}) AND currency IS NOT NULL")
    if rows.is_empty():
        return []
    countries = pl.DataFrame(
        [(each.agency_id, each.country) for each in fetch_agencies(db, scope.known_at)],
        schema={"agency_id": pl.String, "binds": pl.String},
        orient="row",
    )
    ruled = (
        rows.with_columns(money_date())
        .join(countries, on="agency_id")
        .join(caps, on=["binds", "currency"])
        .filter(
            pl.col("origin").is_in([ANY]) | (pl.col("origin") == pl.col("origin_country")),
            pl.col("destination").is_in([ANY]) | (pl.col("destination") == pl.col("destination_country")),
            pl.col("money_date").is_between("first", "last"),
        )
        .unique(["batch_id", "line", "cap"], maintain_order=True)
    )
    return [signal for measure in MEASURES for signal in _told_exactly(ruled, measure)]


def _told_exactly(ruled: pl.DataFrame, measure: str) -> list[Signal]:
    amount, cap = pl.col(measure), pl.col("cap")
    near = ruled.filter(amount.is_not_null(), amount * NEARBY >= cap, amount <= cap * NEARBY)
    counts = (
        near.filter((amount == cap) | (amount.cast(pl.Int64) % pl.col("unit") == 0))
        .group_by("agency_id", "partner", "currency", "cap", measure)
        .agg(pl.len().alias("times"))
    )
    keys = ["agency_id", "partner", "currency", "cap"]
    summed = (
        counts.group_by(keys)
        .agg(
            pl.col("times").filter(amount == cap).sum().alias("at_cap"),
            pl.col("times").filter(amount != cap).max().fill_null(0).alias("busiest"),
        )
        .join(near.group_by(keys).agg(pl.len().alias("among")), on=keys)
        .filter(pl.col("at_cap") >= FEWEST)
        .sort(keys)
    )
    signals = []
    for row in summed.iter_rows(named=True):
        count, expected = row["at_cap"], row["busiest"] + 1
        chance = binomial_tail(count, count + expected, 0.5)
        if chance < RARE:
            said = MEASURES[measure].format(cap=f"{row['currency']} {row['cap']:,.0f}")
            signals.append(
                Signal(
                    kind=SignalKind.AT_THE_CAP,
                    agencies=(row["agency_id"],),
                    partner=row["partner"],
                    count=count,
                    among=row["among"],
                    expected=expected,
                    chance=chance,
                    sentence=f"{count} workers {said}; the most frequent other round amount nearby is told "
                    f"{row['busiest']} times.",
                )
            )
    return signals


def _sums(caps: Sequence[FeeCap]) -> pl.DataFrame:
    """Every legal cap that is a sum of money, with the days it is surely in force and how round it is."""
    rows = [
        (
            cap.binds,
            cap.currency,
            cap.origin,
            cap.destination,
            cap.amount,
            _roundness(int(cap.amount)),
            cap.valid_from or cap.in_force_by,
            cap.valid_to or date.max,
        )
        for cap in caps
        if cap.binds and cap.amount and cap.kind == "amount" and cap.unit == "once"
        if cap.valid_from or cap.in_force_by
    ]
    schema: dict[str, Any] = {
        "binds": pl.String, "currency": pl.String, "origin": pl.String, "destination": pl.String,
        "cap": pl.Decimal(18, 4), "unit": pl.Int64, "first": pl.Date, "last": pl.Date,
    }  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")


def _roundness(amount: int) -> int:
    """Half the largest power of ten that divides it: 10,000 is as round as 5,000 and 15,000; 78,990 as 78,995."""
    unit = 1
    while amount % (unit * 10) == 0:
        unit *= 10
    return max(1, unit // 2)
