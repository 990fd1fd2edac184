"""Which reports answer every yes/no question with the same word? Of some questions yes is good news, of others bad, so
such a row contradicts itself.

By chance: for each row the product of how often other partners' reports answer each of its questions so, added up over
the rows of a batch about one agency.
"""

import polars as pl

from schemas.signal import Scope, Signal, SignalKind
from vetting.signals.chance import RARE, poisson_tail
from vetting.signals.reports import YES_IS_GOOD, YES_NO, fetch_answered, fetch_reports
from vetting.store import Cursor

FEWEST = 3  # rows (assumed)
FEWEST_EACH = 3  # answered questions of either kind, those where yes is good and those where it is bad (assumed)
YES_IS_BAD = tuple(name for name in YES_NO if name not in YES_IS_GOOD)

TELLS_ENOUGH = " AND ".join(
    "(" + " + ".join(f"({name} IS NOT NULL)::INTEGER" for name in names) + f") >= {FEWEST_EACH}"
    for names in (YES_IS_GOOD, YES_IS_BAD)
)


def find(db: Cursor, scope: Scope) -> list[Signal]:
    """One signal per batch and agency with more such rows than chance brings."""
    rows = fetch_reports(db, scope, YES_NO, TELLS_ENOUGH)
    if rows.is_empty():
        return []
    others = fetch_answered(db, scope, YES_NO, TELLS_ENOUGH).select(
        "partner",
        *[
            (
                (pl.col(f"yes_{name}").sum() - pl.col(f"yes_{name}") + 0.5)
                / (pl.col(f"n_{name}").sum() - pl.col(f"n_{name}") + 1)
            ).alias(f"p_{name}")
            for name in YES_NO
        ],
    )
    yes, no = _all(YES_NO, True), _all(YES_NO, False)
    found = (
        rows.join(others, on="partner", maintain_order="left")
        .with_columns(straight=yes | no, by_chance=_product(True) + _product(False))
        .group_by("batch_id", "partner", "agency_id", maintain_order=True)
        .agg(pl.col("straight").sum(), pl.col("by_chance").sum(), pl.len().alias("among"))
        .filter(pl.col("straight") >= FEWEST)
    )
    signals = []
    for row in found.iter_rows(named=True):
        chance = poisson_tail(row["straight"], row["by_chance"])
        if chance < RARE:
            signals.append(
                Signal(
                    kind=SignalKind.STRAIGHT_LINES,
                    agencies=(row["agency_id"],),
                    partner=row["partner"],
                    batch_id=row["batch_id"],
                    count=row["straight"],
                    among=row["among"],
                    expected=row["by_chance"],
                    chance=chance,
                    sentence=f"{row['straight']} of {row['among']} reports in one batch answer every yes/no question "
                    "with the same word, though yes is good news in some and bad in others.",
                )
            )
    return signals


def _all(names: tuple[str, ...], word: bool) -> pl.Expr:
    return pl.all_horizontal([(pl.col(name) == word).fill_null(True) for name in names])


def _product(word: bool) -> pl.Expr:
    """How likely it is that all its answered questions are answered so."""
    factors = [
        pl.when(pl.col(name).is_null()).then(1.0).otherwise(pl.col(f"p_{name}") if word else 1 - pl.col(f"p_{name}"))
        for name in YES_NO
    ]
    whole = factors[0]
    for factor in factors[1:]:
        whole = whole * factor
    return whole
