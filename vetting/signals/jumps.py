"""What changed suddenly though nobody new was heard?

Of workers heard again in a later batch of the same partner: answers about what was over by the departure cannot change,
so by chance as many slip one way as the other. And: more reports of an agency in one batch than in that partner's other
batches, most of them of workers who had been heard before; by chance as many as in the others on average.
"""

from typing import Any

import polars as pl

from schemas.signal import Scope, Signal, SignalKind
from vetting.signals.chance import RARE, binomial_tail, poisson_tail
from vetting.signals.reports import fetch_reports
from vetting.store import Cursor

# Charged at all, a sub-agent paid, contract before departure and understood, told the costs, orientation, age.
OVER_BY_DEPARTURE = ("w01", "w04", "w10", "w11", "w14", "w15", "w21")
FEWEST_CHANGED = 5  # workers (assumed)
FEWEST_BATCHES = 2  # other batches that say what is usual (assumed)


def find(db: Cursor, scope: Scope) -> list[Signal]:
    """One signal per batch and agency whose workers' answers turned one way, or that has too many of workers known."""
    rows = fetch_reports(db, scope, ("worker_ref", *OVER_BY_DEPARTURE), "worker_ref IS NOT NULL")
    if rows.is_empty():
        return []
    worker = ["partner", "agency_id", "worker_ref"]
    rows = rows.with_columns(
        known=~pl.struct(worker).is_first_distinct(), heard_again=pl.struct(worker).is_duplicated()
    )
    before = [
        pl.col(name).cast(pl.Int8).forward_fill().shift(1).over(worker).alias(f"was_{name}")
        for name in OVER_BY_DEPARTURE
    ]
    turned = pl.sum_horizontal([pl.col(f"was_{n}") - pl.col(n).cast(pl.Int8) for n in OVER_BY_DEPARTURE])
    again = rows.filter("heard_again").with_columns(*before).with_columns(turned=turned.cast(pl.Int64))
    told = pl.concat([rows.filter(~pl.col("heard_again")), again], how="diagonal").sort(
        "recorded_at", "batch_id", "line"
    )
    batches = (
        told.group_by("batch_id", "recorded_at", "partner", "agency_id", maintain_order=True)
        .agg(
            pl.len().alias("reports"),
            pl.col("known").sum(),
            (pl.col("turned") > 0).sum().alias("better"),
            (pl.col("turned") < 0).sum().alias("worse"),
        )
        .with_columns(
            others=pl.len().over("partner", "agency_id") - 1,
            elsewhere=pl.col("reports").sum().over("partner", "agency_id") - pl.col("reports"),
        )
    )
    signals = []
    enough = pl.col("better") + pl.col("worse") >= FEWEST_CHANGED
    more = pl.col("reports") * pl.col("others") > pl.col("elsewhere")
    for row in batches.filter(enough | more & (pl.col("others") >= FEWEST_BATCHES)).iter_rows(named=True):
        signals += [each for each in (_turned(row), _grown(row)) if each is not None]
    return signals


def _turned(row: dict[str, Any]) -> Signal | None:
    changed, one_way = row["better"] + row["worse"], max(row["better"], row["worse"])
    chance = min(1.0, 2 * binomial_tail(one_way, changed, 0.5))
    if changed < FEWEST_CHANGED or chance >= RARE:
        return None
    way = "better" if row["better"] > row["worse"] else "worse"
    return _signal(
        row,
        one_way,
        changed,
        changed / 2,
        chance,
        f"Of {changed} workers heard again whose answers changed about what was over by their departure, {one_way} now "
        f"tell {way} than before.",
    )


def _grown(row: dict[str, Any]) -> Signal | None:
    if row["others"] < FEWEST_BATCHES or 2 * row["known"] <= row["reports"]:
        return None
    usual = row["elsewhere"] / row["others"]
    chance = poisson_tail(row["reports"], usual)
    if chance >= RARE:
        return None
    return _signal(
        row,
        row["reports"],
        row["reports"],
        usual,
        chance,
        f"{row['reports']} reports of this agency in one batch, {usual:.0f} in the partner's other batches on average, "
        f"and {row['known']} of them are of workers who had been heard before.",
    )


def _signal(row: dict[str, Any], count: int, among: int, expected: float, chance: float, sentence: str) -> Signal:
    return Signal(
        kind=SignalKind.JUMP,
        agencies=(row["agency_id"],),
        partner=row["partner"],
        batch_id=row["batch_id"],
        count=count,
        among=among,
        expected=expected,
        chance=chance,
        sentence=sentence,
    )
