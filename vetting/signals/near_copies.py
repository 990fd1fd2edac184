"""Which reports of a batch repeat one another, in all but at most one of the answers and one of the amounts?

By chance: pairs of one agency's reports in the batch, times how often two reports of that partner about that agency
agree in the answers, times how often they agree in the amounts; charged workers and others apart. Where two reports
from different batches repeat one another more often than that, that share is taken instead: workers of one employer
often paid the same sum, and identical fees alone are no fraud.
"""

from collections.abc import Callable, Iterator
from itertools import product
from math import comb

import numpy as np
import numpy.typing as npt
import polars as pl

from schemas.fee_report import Kind, names_of
from schemas.signal import Scope, Signal, SignalKind
from vetting.signals.chance import RARE, poisson_tail
from vetting.signals.reports import YES_NO, fetch_reports
from vetting.store import Cursor

ANSWERS = (*YES_NO, "passport_holder", "payee_type", "loan_source")
AMOUNTS = names_of(Kind.AMOUNT, Kind.WAGE, Kind.RATE)
# Workers of one employer come in clumps that pairs do not know of, so the bar is higher than elsewhere. Both values are
# assumed, and were chosen on four seeded worlds that docs/signals.md does not count (bench/measure_signals.py).
FEWEST = 5  # rows
RARER = RARE / 10
FEWEST_KNOWN = 8  # answers and amounts a row must tell to be compared (assumed)
Hashes = npt.NDArray[np.uint64]


def find(db: Cursor, scope: Scope) -> list[Signal]:
    """One signal per batch and agency with more repeating rows than chance brings."""
    rows = fetch_reports(db, scope, ("charged", *ANSWERS, *AMOUNTS))
    told = pl.sum_horizontal([pl.col(name).is_not_null() for name in (*ANSWERS, *AMOUNTS)])
    rows = rows.filter(told >= FEWEST_KNOWN)
    if rows.is_empty():
        return []
    stratum = rows.select(pl.struct("partner", "agency_id", "charged").hash()).to_series().to_numpy()
    batch = rows["batch_id"].hash().to_numpy()
    answers, amounts = _left_out(rows, ANSWERS), _left_out(rows, AMOUNTS)
    repeats = _repeats(answers, amounts, stratum * np.uint64(31) + batch)
    marked = rows.select("batch_id", "partner", "agency_id", "charged").with_columns(
        repeats=pl.Series(repeats), place=pl.int_range(pl.len())
    )
    suspects = marked.group_by("batch_id", "agency_id").agg(pl.col("repeats").sum()).filter(pl.col("repeats") >= FEWEST)
    asked = marked.join(suspects.select("batch_id", "agency_id"), on=["batch_id", "agency_id"], how="semi")
    compared = (answers, amounts)
    by_margins = _expected(asked, marked, lambda places: _by_margins(*compared, places))
    left = {key for key, mean in by_margins.items() if poisson_tail(_count(asked, key), mean) < RARER}
    asked = asked.filter(pl.struct("batch_id", "agency_id").is_in([{"batch_id": b, "agency_id": a} for b, a in left]))
    across = _expected(asked, marked, lambda places: _between_batches(*compared, batch, places))
    return list(_signals(asked, {key: max(by_margins[key], across[key]) for key in across}))


def _expected(
    asked: pl.DataFrame, marked: pl.DataFrame, share: Callable[[npt.NDArray[np.int64]], float]
) -> dict[tuple[str, str], float]:
    """Near copies by chance, per batch and agency: its pairs, times the share of pairs in the partner's reports."""
    expected: dict[tuple[str, str], float] = {}
    for (batch_id, agency_id, partner, charged), group in asked.group_by(
        "batch_id", "agency_id", "partner", "charged", maintain_order=True
    ):
        same = (pl.col("partner") == partner) & (pl.col("agency_id") == agency_id)
        beside = marked.filter(same & pl.col("charged").eq_missing(pl.lit(charged, pl.Boolean)))
        pairs = comb(len(group), 2)
        more = pairs * share(beside["place"].to_numpy()) if pairs else 0.0
        expected[str(batch_id), str(agency_id)] = expected.get((str(batch_id), str(agency_id)), 0.0) + more
    return expected


def _count(asked: pl.DataFrame, key: tuple[str, str]) -> int:
    return int(asked.filter(pl.col("batch_id") == key[0], pl.col("agency_id") == key[1])["repeats"].sum())


def _signals(asked: pl.DataFrame, expected: dict[tuple[str, str], float]) -> Iterator[Signal]:
    for (batch_id, agency_id), group in asked.group_by("batch_id", "agency_id", maintain_order=True):
        count, mean = int(group["repeats"].sum()), expected[batch_id, agency_id]
        chance = poisson_tail(count, mean)
        if chance < RARER:
            yield Signal(
                kind=SignalKind.NEAR_COPIES,
                agencies=(agency_id,),
                partner=group["partner"][0],
                batch_id=batch_id,
                count=count,
                among=len(group),
                expected=mean,
                chance=chance,
                sentence=f"{count} of {len(group)} reports in one batch repeat another one in all, or all but one, of "
                "the answers and of the amounts.",
            )


def _left_out(rows: pl.DataFrame, columns: tuple[str, ...]) -> list[Hashes]:
    """For every column the hash of all the others, first that of all: equal where rows agree but for that column.
    Blank agrees with blank alone."""
    each = [
        rows.select(pl.struct(pl.lit(name), name).hash()).to_series().to_numpy()
        for name in columns
        if rows[name].is_not_null().any()
    ]
    whole = np.sum(each, axis=0, dtype=np.uint64) if each else np.zeros(rows.height, dtype=np.uint64)
    return [np.asarray(whole), *(np.asarray(whole - one) for one in each)]


def _repeats(answers: list[Hashes], amounts: list[Hashes], group: Hashes) -> npt.NDArray[np.bool_]:
    """Rows that an earlier one of the group is like. First those whose amounts and whose answers are alike at all."""
    found = np.zeros(len(group), dtype=np.bool_)
    able = _alike(amounts, group) & _alike(answers, group)
    places = np.flatnonzero(able)
    for one, other in product(answers, amounts):
        keys = _mixed(one[places], other[places], group[places])
        first = np.unique(keys, return_index=True)[1]
        later = np.ones(len(places), dtype=np.bool_)
        later[first] = False
        found[places[later]] = True
    return found


def _alike(hashes: list[Hashes], group: Hashes) -> npt.NDArray[np.bool_]:
    found = np.zeros(len(group), dtype=np.bool_)
    for one in hashes:
        _, where, counts = np.unique(_mixed(one, group), return_inverse=True, return_counts=True)
        found |= counts[where] > 1
    return found


def _by_margins(answers: list[Hashes], amounts: list[Hashes], places: npt.NDArray[np.int64]) -> float:
    """How often two agree in the answers, times how often in the amounts. One pair more than was seen is assumed in
    each, so that what was not seen is not impossible."""
    pairs = comb(len(places), 2)
    agree = [_pairs([one[places] for one in side]) for side in (answers, amounts)]
    return (agree[0] + 1) / (pairs + 1) * (agree[1] + 1) / (pairs + 1)


def _between_batches(
    answers: list[Hashes], amounts: list[Hashes], batch: Hashes, places: npt.NDArray[np.int64]
) -> float:
    """How often two reports from different batches are near copies; 0 where there is one batch only."""
    pairs = comb(len(places), 2) - _equal(batch[places])
    both = _pairs_of_both(answers, amounts, places) - _pairs_of_both(answers, amounts, places, batch)
    return both / pairs if pairs else 0.0


def _pairs(hashes: list[Hashes]) -> int:
    """Pairs that agree in all (the first), or in all but one column: each of the latter in one of the others alone."""
    same = _equal(hashes[0])
    return same + sum(_equal(one) - same for one in hashes[1:])


def _pairs_of_both(
    answers: list[Hashes], amounts: list[Hashes], places: npt.NDArray[np.int64], within: Hashes | None = None
) -> int:
    group = np.zeros(len(places), dtype=np.uint64) if within is None else within[places]

    def equal(one: Hashes, other: Hashes) -> int:
        return _equal(_mixed(one[places], other[places], group))

    same = equal(answers[0], amounts[0])
    by_answer = [equal(one, amounts[0]) for one in answers[1:]]
    by_amount = [equal(answers[0], other) for other in amounts[1:]]
    total = same + sum(each - same for each in (*by_answer, *by_amount))
    for (i, one), (j, other) in product(enumerate(answers[1:]), enumerate(amounts[1:])):
        total += equal(one, other) - by_answer[i] - by_amount[j] + same
    return total


def _equal(keys: Hashes) -> int:
    counts = np.unique(keys, return_counts=True)[1]
    return int((counts * (counts - 1) // 2).sum())


def _mixed(*parts: Hashes) -> Hashes:
    mixed = np.zeros(len(parts[0]), dtype=np.uint64)
    for part in parts:
        mixed = (mixed ^ part) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    return mixed
