"""What do a release's workers say, partner by partner? The cells of their answers, and which may be told at all.

A partner's workers speak in a question where at least k of them answered it. Fees are counted by corridor besides, so
that an agency's figure is the sum of its corridors' and nothing is found by subtraction.

Who was charged decides who can answer W02 to W06, so these are worked out from cells too: of those who said whether
they were charged (n), of the charged (c), and of the charged of whom the condition is known (u), all on the lines of n.
As many answered as n - c + u, and whether they speak follows from the ends of these cells, never from the counts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import numpy as np

from vetting.disclosure.cells import Cells, as_counted, cells, none_or_most
from vetting.disclosure.workers import WORKER
from vetting.scoring.evaluate import Evaluated
from vetting.scoring.indicators import COLUMNS, INDICATORS
from vetting.scoring.judge import PLACE
from vetting.scoring.tally import Bools, Floats, Ints, Tally
from vetting.store import Cursor
from vetting.store.rows import fetch_rows

LINKED = ("W02", "W03", "W04", "W05", "W06")
# W21 has an allowance of its own, so the day a band changes would name it; the others share theirs with another.
NAMED = np.array([each.code == "W21" for each in INDICATORS])
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
    {", ".join(f"count(DISTINCT worker) FILTER ({column} IS NOT NULL) AS {column}" for column in COLUMNS)}
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
    HAVING arg_max(w01, place) IS NOT NULL
)
SELECT
    agency_id, partner, origin, destination, count(DISTINCT worker) AS distinct_workers, count(*) AS n,
    count(*) FILTER (w01) AS charged, count(*) FILTER (rule_in_force) AS ruled,
    count(*) FILTER (rule_in_force AND w01) AS charged_ruled,
    {", ".join(f"count({code.lower()}) FILTER (w01) AS u_{code.lower()}" for code in LINKED)},
    {", ".join(f"count(*) FILTER ({code.lower()}) AS k_{code.lower()}" for code in LINKED)},
    list(months ORDER BY months) FILTER (months IS NOT NULL) AS months
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


@dataclass(frozen=True)
class Paid:
    """Fees, a row per agency, partner and corridor: cells of W01 to W06, and of how many paid more than each of
    `AMOUNTS`, where `months` may be told. `settled` are the cells that the band is worked out from. `group` is the row
    of the same agency and partner in the groups that were scored."""

    group: Ints
    corridor: tuple[tuple[str, str], ...]
    cells: Mapping[str, Cells]
    settled: Mapping[str, Cells]
    months: Bools
    more_than: Cells  # a column per amount


# Months of wage between which a median or percentile is told, half a month apart.
AMOUNTS: Floats = np.arange(0.25, 36, 0.5)


def fetch_stood(db: Cursor, values: Mapping[str, Any]) -> list[Stood]:
    """The blocks of a release, by agency and corridor."""
    return [
        Stood(row["agency_id"], (row["origin"], row["destination"]), row["workers"], row["quarter"])
        for row in fetch_rows(db, BLOCKS, values)
    ]


def fetch_paid(db: Cursor, done: Evaluated, values: Mapping[str, Any], k: int) -> Paid:
    """`values`: the blocks of the release and what is merged; see `MEMBERS`."""
    place = {pair: row for row, pair in enumerate(_pairs(done))}
    rows = [row for row in fetch_rows(db, PAID, values) if (row["agency_id"], row["partner"]) in place]
    n, told = _column(rows, "n"), _column(rows, "distinct_workers") >= k

    def on_lines(name: str) -> Cells:
        """A count among those who said whether they were charged, on their lines."""
        return cells(n, _column(rows, name), told)

    charged = on_lines("charged")
    everybody = charged._replace(k_low=charged.n_low, k_high=charged.n_high)
    found, settled = {"W01": charged}, {"W01": none_or_most(charged, _column(rows, "charged"))}
    half_known = {}
    for code in LINKED:
        known, adverse = on_lines(f"u_{code.lower()}"), on_lines(f"k_{code.lower()}")
        of, bore = (on_lines("ruled"), on_lines("charged_ruled")) if code == "W03" else (everybody, charged)
        low, high = of.k_low - bore.k_high + known.k_low, of.k_high - bore.k_low + known.k_high
        if code == "W06":  # the charged alone can say what they got back
            low, high = known.k_low, known.k_high
        half_known[code] = (2 * known.k_low >= bore.k_high) | (bore.k_low == 0)
        speaks = told & (low >= k) & (half_known[code] if code in HALF_KNOWN else True)
        both = Cells(low, high, adverse.k_low, np.minimum(adverse.k_high, high))
        found[code] = Cells(*(np.where(speaks, each, 0) for each in both))
        settled[code] = none_or_most(found[code], np.where(speaks, _column(rows, f"k_{code.lower()}"), 0))
    months = (found["W02"].n_low > 0) & half_known["W02"]
    more = np.array(
        [[sum(month > amount for month in row["months"] or ()) for amount in AMOUNTS] for row in rows], dtype=np.int64
    ).reshape(len(rows), len(AMOUNTS))
    return Paid(
        group=np.array([place[row["agency_id"], row["partner"]] for row in rows], dtype=np.int64),
        corridor=tuple((row["origin"], row["destination"]) for row in rows),
        cells=found,
        settled=settled,
        months=months,
        more_than=cells(np.repeat(n[:, None], len(AMOUNTS), axis=1), more, np.repeat(months[:, None], len(AMOUNTS), 1)),
    )


def answers(db: Cursor, done: Evaluated, paid: Paid, values: Mapping[str, Any], k: int) -> tuple[Tally, Cells, Cells]:
    """A tally with nothing exact in it but who is in the blocks, a row per agency and partner; the cells of what may be
    told; and those that the band is worked out from. Nothing opens a gate: what buyers learn of a gate is in no
    release."""
    distinct = {(row["agency_id"], row["partner"]): row for row in fetch_rows(db, ANSWERED, values)}
    answered = np.array(
        [[distinct.get(pair, {}).get(each.column, 0) for each in INDICATORS] for pair in _pairs(done)], dtype=np.int64
    ).reshape(len(done.groups.partner), len(INDICATORS))
    tally, told = done.groups.tally, answered >= k
    found = cells(tally.n, tally.k, told)
    counted = np.where(told, tally.k, 0)
    settled = Cells(
        *(
            np.where(NAMED, named, other)
            for named, other in zip(none_or_most(found, counted), as_counted(found, counted), strict=True)
        )
    )
    for code in ("W01", *LINKED):
        for whole, parts in ((found, paid.cells[code]), (settled, paid.settled[code])):
            for count, part in zip(whole, parts, strict=True):
                count[:, PLACE[code]] = _summed(part, paid.group, len(told))
    return _closed(tally), found, settled


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


def _summed(counts: Ints, owner: Ints, size: int) -> Ints:
    total = np.zeros(size, dtype=np.int64)
    np.add.at(total, owner, counts)
    return total
