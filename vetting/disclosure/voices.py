"""What do a release's workers say, partner by partner? The cells of their answers, and which may be told at all.

A partner's workers speak in a question where at least k of them answered it. Fees are counted by corridor besides, so
that an agency's figure is the sum of its corridors' and nothing is found by subtraction.

Who was charged decides who can answer W02 to W06, so these are worked out from cells too: of those who said whether
they were charged (n), of the charged (c), and of the charged of whom the condition is known (u), all on the lines of n.
As many answered as n - c + u, and whether they speak follows from the ends of these cells, never from the counts. W02
is told by corridor, as months of wage are; the others of all corridors in which it is told who was charged.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import numpy as np

from vetting.disclosure.cells import Cells, answered, as_counted, cells, none_or_most
from vetting.disclosure.known import Known
from vetting.disclosure.workers import WORKER
from vetting.scoring.evaluate import Evaluated
from vetting.scoring.indicators import COLUMNS, INDICATORS
from vetting.scoring.tally import Bools, Floats, Ints, Tally
from vetting.store import Cursor
from vetting.store.releases import Told
from vetting.store.rows import fetch_rows

OF_ALL = ("W03", "W04", "W05", "W06")  # fees that are told of all corridors together
LINKED = ("W02", *OF_ALL)
FEES = ("W01", *LINKED)
# W21 has an allowance of its own, so the day a band changes would name it; the others share theirs with another.
NAMED = ("W21",)
HALF_KNOWN = ("W03", "W04", "W05")  # as in scoring: the uncharged alone must not speak for all
MEMBERS = f"""
WITH merged AS (
    SELECT unnest(CAST($merged_ids AS VARCHAR[])) AS agency_id, unnest(CAST($merged_into AS VARCHAR[])) AS into_id
), members AS (
    SELECT
        coalesce(merged.into_id, blocks.agency_id) AS agency_id, blocks.origin, blocks.destination, blocks.block_id,
        reports.partner, {WORKER} AS worker, coalesce('w' || reports.worker_ref, 'r' || reports.report_id) AS person,
        reports.interview_date, reports.months, reports.rule_in_force,
        {", ".join(f"reports.{column}" for column in COLUMNS)},
        row_number() OVER (
            PARTITION BY blocks.block_id, reports.partner, person
            ORDER BY reports.interview_date, batches.recorded_at, reports.report_id
        ) AS place
    FROM desk.block AS blocks
    LEFT JOIN merged ON merged.agency_id = blocks.agency_id
    JOIN desk.block_report AS named ON named.block_id = blocks.block_id
    JOIN evidence.report AS reports ON reports.batch_id = named.batch_id AND reports.report_id = named.report_id
    JOIN desk.batch AS batches ON batches.batch_id = named.batch_id
    WHERE blocks.block_id IN (SELECT unnest(CAST($block_ids AS VARCHAR[])))
)
"""
ANSWERED = f"""
{MEMBERS}
SELECT
    agency_id, partner,
    {", ".join(f"count(DISTINCT worker) FILTER ({column} IS NOT NULL) AS {column}" for column in COLUMNS)},
    list(DISTINCT block_id ORDER BY block_id) AS block_ids
FROM members
GROUP BY agency_id, partner
ORDER BY agency_id, partner
"""
# The latest report that says whether anything was charged speaks, and the latest that tells each condition.
PAID = f"""
{MEMBERS}, people AS (
    SELECT
        agency_id, partner, origin, destination, block_id, person, any_value(worker) AS worker,
        arg_max(w01, place) AS w01, {", ".join(f"arg_max({code.lower()}, place) AS {code.lower()}" for code in LINKED)},
        arg_max(months, place) AS months, arg_max(rule_in_force, place) AS rule_in_force
    FROM members
    GROUP BY agency_id, partner, origin, destination, block_id, person
)
SELECT
    agency_id, partner, origin, destination, list(DISTINCT block_id ORDER BY block_id) AS block_ids,
    count(DISTINCT worker) FILTER (w01 IS NOT NULL) AS distinct_workers, count(w01) AS n,
    count(*) FILTER (w01) AS charged, count(*) FILTER (rule_in_force AND w01 IS NOT NULL) AS ruled,
    count(*) FILTER (rule_in_force AND w01) AS charged_ruled,
    {", ".join(f"count({code.lower()}) FILTER (w01) AS u_{code.lower()}" for code in LINKED)},
    {", ".join(f"count(*) FILTER ({code.lower()} AND w01 IS NOT NULL) AS k_{code.lower()}" for code in LINKED)},
    list(months ORDER BY months) FILTER (months IS NOT NULL AND w01 IS NOT NULL) AS months
FROM people
GROUP BY agency_id, partner, origin, destination
ORDER BY agency_id, partner, origin, destination
"""
# A block is as old as the first interview of its middle worker: one who was heard early does not name it.
BLOCKS = f"""
{MEMBERS}, heard AS (
    SELECT agency_id, origin, destination, block_id, worker, min(interview_date) AS day
    FROM members
    GROUP BY agency_id, origin, destination, block_id, worker
)
SELECT
    agency_id, origin, destination, block_id, count(*) AS workers,
    CAST(date_trunc('quarter', quantile_disc(day, 0.5)) AS DATE) AS quarter
FROM heard
GROUP BY agency_id, origin, destination, block_id
ORDER BY agency_id, origin, destination, quarter, block_id
"""


class Stood(NamedTuple):
    """A block in a release: half of its workers were heard in this quarter or after it began."""

    agency_id: str
    corridor: tuple[str, str]
    workers: int
    quarter: date


class Sheet:
    """Some sets of blocks, how many of their people answered, and cells of whatever is counted among these."""

    def __init__(self, known: Known, block_ids: Sequence[Sequence[str]], n_low: Ints, n_high: Ints):
        self.block_ids, self.told = block_ids, dict[str, Cells]()
        self._known, self._n_low, self._n_high = known, n_low, n_high

    def cells(self, question: str, k: Ints, n: tuple[Ints, Ints] | None = None) -> Cells:
        """`n`: how many answered this question, where it is not the same for all."""
        n_low, n_high = n or (self._n_low, self._n_high)
        rows = np.flatnonzero(n_low)
        least, most = np.zeros_like(k), np.zeros_like(k)
        asked = [self.block_ids[int(row)] for row in rows]
        least[rows], most[rows] = self._known.bounds(question, asked, n_low[rows], n_high[rows])
        self.told[question] = cells(k, n_low, n_high, least, most)
        return self.told[question]

    def rows(self) -> Iterator[tuple[list[str], dict[str, Told | None]]]:
        """Of each set of blocks, what is told of every question; None where too few answered it."""
        for row, block_ids in enumerate(self.block_ids):
            ends = {question: Told(*(int(each[row]) for each in cell)) for question, cell in self.told.items()}
            yield list(block_ids), {question: told if told.n_low else None for question, told in ends.items()}


@dataclass(frozen=True)
class Paid:
    """Cells of fees: of W01, W02 and of how many paid more than each of `AMOUNTS`, where `months` may be told, a row
    per agency, partner and corridor; of W03 to W06, a row per agency and partner, as in the groups that were scored.
    `settled` are the cells that the band is worked out from. `group` is the row of a corridor's agency and partner."""

    group: Ints
    corridor: tuple[tuple[str, str], ...]
    cells: Mapping[str, Cells]
    settled: Mapping[str, Cells]
    months: Bools
    more_than: Cells  # a column per amount
    sheets: tuple[Sheet, ...]

    def whole(self, code: str, size: int) -> tuple[Cells, Cells]:
        """Both cells of an indicator, a row per agency and partner."""
        both = self.cells[code], self.settled[code]
        return both if code in OF_ALL else (_added(both[0], self.group, size), _added(both[1], self.group, size))


# Months of wage between which a median or percentile is told, half a month apart.
AMOUNTS: Floats = np.arange(0.25, 36, 0.5)


def fetch_stood(db: Cursor, values: Mapping[str, Any]) -> list[Stood]:
    """The blocks of a release, by agency and corridor."""
    return [
        Stood(row["agency_id"], (row["origin"], row["destination"]), row["workers"], row["quarter"])
        for row in fetch_rows(db, BLOCKS, values)
    ]


def fetch_paid(db: Cursor, done: Evaluated, known: Known, values: Mapping[str, Any], k: int) -> Paid:
    """`values`: the blocks of the release and what is merged; see `MEMBERS`."""
    place = {pair: row for row, pair in enumerate(_pairs(done))}
    rows = [row for row in fetch_rows(db, PAID, values) if (row["agency_id"], row["partner"]) in place]
    group = np.array([place[row["agency_id"], row["partner"]] for row in rows], dtype=np.int64)
    n, told = _column(rows, "n"), _column(rows, "distinct_workers") >= k
    by_corridor = Sheet(known, [row["block_ids"] for row in rows], *answered(n, told))
    charged = by_corridor.cells("charged", _column(rows, "charged"))
    found, settled = {"W01": charged}, {"W01": none_or_most(charged, _column(rows, "charged"))}
    adverse = _column(rows, "k_w02")
    found["W02"], half_known = _linked("W02", by_corridor, charged, (_column(rows, "u_w02"), adverse), None, k)
    settled["W02"] = none_or_most(found["W02"], np.where(found["W02"].n_low > 0, adverse, 0))

    size = len(place)
    of_all = _added(charged, group, size)
    of_group: list[list[str]] = [[] for _ in place]
    for row, owner, speaks in zip(rows, group, told, strict=True):
        of_group[owner] += row["block_ids"] if speaks else []
    together = Sheet(known, of_group, of_all.n_low, of_all.n_high)

    def summed(name: str) -> Ints:
        return _summed(np.where(told, _column(rows, name), 0), group, size)

    ruled = together.cells("ruled", summed("ruled")), together.cells("charged_ruled", summed("charged_ruled"))
    for code in OF_ALL:
        adverse = summed(f"k_{code.lower()}")
        counts, rule = (summed(f"u_{code.lower()}"), adverse), ruled if code == "W03" else None
        found[code], _ = _linked(code, together, of_all, counts, rule, k)
        settled[code] = none_or_most(found[code], np.where(found[code].n_low > 0, adverse, 0))

    months = (found["W02"].n_low > 0) & half_known
    more = np.array(
        [[sum(month > amount for month in row["months"] or ()) for amount in AMOUNTS] for row in rows], dtype=np.int64
    ).reshape(len(rows), len(AMOUNTS))
    n_low, n_high = (np.repeat(each[:, None], len(AMOUNTS), axis=1) for each in answered(n, months))
    return Paid(
        group=group,
        corridor=tuple((row["origin"], row["destination"]) for row in rows),
        cells=found,
        settled=settled,
        months=months,
        more_than=cells(more, n_low, n_high, np.zeros_like(more), n_high),
        sheets=(by_corridor, together),
    )


def _linked(
    code: str, sheet: Sheet, charged: Cells, counts: tuple[Ints, Ints], ruled: tuple[Cells, Cells] | None, k: int
) -> tuple[Cells, Bools]:
    """The cells of a question that hangs on who was charged, and whether it is known of half of the charged. `counts`:
    of how many charged the condition is known, and how many of all meet it. `ruled`: those who, and the charged who,
    had a rule in force, where only these can answer."""
    known, adverse = sheet.cells(f"known_{code}", counts[0]), sheet.cells(f"adverse_{code}", counts[1])
    everybody = charged._replace(k_low=charged.n_low, k_high=charged.n_high)
    of, bore = ruled or (everybody, charged)
    low, high = of.k_low - bore.k_high + known.k_low, of.k_high - bore.k_low + known.k_high
    if code == "W06":  # the charged alone can say what they got back
        low, high = known.k_low, known.k_high
    half_known: Bools = (2 * known.k_low >= bore.k_high) | (bore.k_low == 0)
    speaks = (charged.n_low > 0) & (low >= k) & (half_known if code in HALF_KNOWN else True)
    both = Cells(low, high, np.minimum(adverse.k_low, high), np.minimum(adverse.k_high, high))
    return Cells(*(np.where(speaks, each, 0) for each in both)), half_known


def answers(
    db: Cursor, done: Evaluated, paid: Paid, known: Known, values: Mapping[str, Any], k: int
) -> tuple[Tally, Cells, Cells, Sheet]:
    """A tally with nothing exact in it but who is in the blocks, a row per agency and partner; the cells of what may be
    told; those that the band is worked out from; and what of it is not fees, to be remembered. Nothing opens a gate:
    what buyers learn of a gate is in no release."""
    distinct = {(row["agency_id"], row["partner"]): row for row in fetch_rows(db, ANSWERED, values)}
    spoke = [distinct.get(pair, {}) for pair in _pairs(done)]
    tally, nought = done.groups.tally, np.zeros(len(spoke), dtype=np.int64)
    sheet = Sheet(known, [each.get("block_ids", []) for each in spoke], nought, nought)
    found, settled = (Cells(*(np.zeros_like(tally.n) for _ in Cells._fields)) for _ in range(2))
    for place, each in enumerate(INDICATORS):
        if each.code in FEES:
            both = paid.whole(each.code, len(spoke))
        else:
            told = np.array([row.get(each.column, 0) >= k for row in spoke], dtype=np.bool_)
            counted = np.where(told, tally.k[:, place], 0)
            cell = sheet.cells(each.code, counted, answered(tally.n[:, place], told))
            both = cell, (none_or_most if each.code in NAMED else as_counted)(cell, counted)
        for whole, part in zip((found, settled), both, strict=True):
            for column, values_of in zip(whole, part, strict=True):
                column[:, place] = values_of
    return _closed(tally), found, settled, sheet


def with_counts(tally: Tally, n: Ints, k: Ints) -> Tally:
    """The same with other counts of answers."""
    return Tally(**(vars(tally) | {"n": n, "k": k}))


# What is exact and would be judged: which conditions are known is decided by cells.
EXACT = (
    "n", "k", "unrepaid", "opening", "verified", "investigated",
    "charged", "charged_ruled", "known_w03", "known_w04", "known_w05",
)  # fmt: skip


def _closed(tally: Tally) -> Tally:
    return Tally(**(vars(tally) | {name: np.zeros_like(getattr(tally, name)) for name in EXACT}))


def _pairs(done: Evaluated) -> list[tuple[str, str]]:
    return [(done.ids[int(row)], partner) for row, partner in zip(done.groups.agency, done.groups.partner, strict=True)]


def _column(rows: Sequence[Mapping[str, Any]], name: str) -> Ints:
    return np.array([row[name] for row in rows], dtype=np.int64)


def _added(found: Cells, owner: Ints, size: int) -> Cells:
    return Cells(*(_summed(each, owner, size) for each in found))


def _summed(counts: Ints, owner: Ints, size: int) -> Ints:
    total = np.zeros(size, dtype=np.int64)
    np.add.at(total, owner, counts)
    return total
