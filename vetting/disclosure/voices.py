"""What do a release's workers say, partner by partner? Counts of answers, and which of them may be told at all.

A partner's workers speak in a question where at least k of them answered it. Fees are counted by corridor besides, so
that an agency's figure is the sum of its corridors' and nothing is found by subtraction.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import numpy as np

from vetting.disclosure.cells import Cells, cells
from vetting.disclosure.workers import WORKER
from vetting.scoring.evaluate import Evaluated
from vetting.scoring.indicators import COLUMNS, INDICATORS
from vetting.scoring.judge import PLACE
from vetting.scoring.tally import Floats, Ints, Tally
from vetting.store import Cursor
from vetting.store.rows import fetch_rows

FEES = ("W01", "W02")
MEMBERS = f"""
WITH merged AS (
    SELECT unnest(CAST($merged_ids AS VARCHAR[])) AS agency_id, unnest(CAST($merged_into AS VARCHAR[])) AS into_id
), members AS (
    SELECT
        coalesce(merged.into_id, blocks.agency_id) AS agency_id, blocks.origin, blocks.destination, blocks.block_id,
        reports.partner, {WORKER} AS worker, coalesce('w' || reports.worker_ref, 'r' || reports.report_id) AS person,
        reports.interview_date, reports.months, {", ".join(f"reports.{column}" for column in COLUMNS)},
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
# The latest report that tells a fee speaks, as in scoring.
PAID = f"""
{MEMBERS}, people AS (
    SELECT
        agency_id, partner, origin, destination, block_id, person, any_value(worker) AS worker,
        arg_max(w01, place) AS w01, arg_max(w02, place) AS w02, arg_max(months, place) AS months
    FROM members
    GROUP BY agency_id, partner, origin, destination, block_id, person
)
SELECT
    agency_id, partner, origin, destination,
    count(w01) AS n_w01, count(*) FILTER (w01) AS k_w01, count(DISTINCT worker) FILTER (w01 IS NOT NULL) AS w01,
    count(w02) AS n_w02, count(*) FILTER (w02) AS k_w02, count(DISTINCT worker) FILTER (w02 IS NOT NULL) AS w02,
    list(months ORDER BY months) FILTER (months IS NOT NULL) AS months
FROM people
GROUP BY agency_id, partner, origin, destination
ORDER BY agency_id, partner, origin, destination
"""
BLOCKS = f"""
{MEMBERS}
SELECT
    agency_id, origin, destination, block_id, count(DISTINCT worker) AS workers,
    CAST(date_trunc('quarter', min(interview_date)) AS DATE) AS quarter
FROM members
GROUP BY agency_id, origin, destination, block_id
ORDER BY agency_id, origin, destination, quarter, block_id
"""


class Stood(NamedTuple):
    """A block in a release: all of its workers were heard in this quarter or after it began."""

    agency_id: str
    corridor: tuple[str, str]
    workers: int
    quarter: date


@dataclass(frozen=True)
class Paid:
    """Fees, a row per agency, partner and corridor: cells of W01 and W02, and of how many paid more than each of
    `AMOUNTS`. `group` is the row of the same agency and partner in the groups that were scored."""

    group: Ints
    corridor: tuple[tuple[str, str], ...]
    charged: Cells
    beyond_a_month: Cells
    more_than: Cells  # a column per amount
    told: Mapping[str, tuple[Ints, Ints]]  # n and k themselves of W01 and W02, 0 where not told


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
    told = {code: _column(rows, code.lower()) >= k for code in FEES}
    counts = {code: (_column(rows, f"n_{code.lower()}"), _column(rows, f"k_{code.lower()}")) for code in FEES}
    more = np.array(
        [[sum(month > amount for month in row["months"] or ()) for amount in AMOUNTS] for row in rows], dtype=np.int64
    ).reshape(len(rows), len(AMOUNTS))
    known = np.repeat(counts["W02"][0][:, None], len(AMOUNTS), axis=1)
    heard = np.repeat(told["W02"][:, None], len(AMOUNTS), axis=1)
    return Paid(
        group=np.array([place[row["agency_id"], row["partner"]] for row in rows], dtype=np.int64),
        corridor=tuple((row["origin"], row["destination"]) for row in rows),
        charged=cells(*counts["W01"], told["W01"]),
        beyond_a_month=cells(*counts["W02"], told["W02"]),
        more_than=cells(known, more, heard),
        told={code: (np.where(told[code], n, 0), np.where(told[code], k_of, 0)) for code, (n, k_of) in counts.items()},
    )


def answers(db: Cursor, done: Evaluated, paid: Paid, values: Mapping[str, Any], k: int) -> tuple[Tally, Cells]:
    """The tally of what may be told, a row per agency and partner, and the cells its counts lie in. Nothing opens a
    gate here: what buyers learn of a gate is not in a release."""
    distinct = {(row["agency_id"], row["partner"]): row for row in fetch_rows(db, ANSWERED, values)}
    answered = np.array(
        [[distinct.get(pair, {}).get(each.column, 0) for each in INDICATORS] for pair in _pairs(done)], dtype=np.int64
    ).reshape(len(done.groups.partner), len(INDICATORS))
    tally, told = done.groups.tally, answered >= k
    found = cells(tally.n, tally.k, told)
    n, k_of = np.where(told, tally.n, 0), np.where(told, tally.k, 0)
    for code, own in zip(FEES, (paid.charged, paid.beyond_a_month), strict=True):
        for whole, part in zip((*found, n, k_of), (*own, *paid.told[code]), strict=True):
            whole[:, PLACE[code]] = _summed(part, paid.group, len(told))
    return _closed(tally, n, k_of), found


def with_counts(tally: Tally, n: Ints, k: Ints) -> Tally:
    """The same with other counts of answers."""
    return Tally(**(vars(tally) | {"n": n, "k": k}))


def _closed(tally: Tally, n: Ints, k: Ints) -> Tally:
    shut = {name: np.zeros_like(getattr(tally, name)) for name in ("unrepaid", "opening", "verified", "investigated")}
    return Tally(**(vars(with_counts(tally, n, k)) | shut))


def _pairs(done: Evaluated) -> list[tuple[str, str]]:
    return [(done.ids[int(row)], partner) for row, partner in zip(done.groups.agency, done.groups.partner, strict=True)]


def _column(rows: Sequence[Mapping[str, Any]], name: str) -> Ints:
    return np.array([row[name] for row in rows], dtype=np.int64)


def _summed(counts: Ints, owner: Ints, size: int) -> Ints:
    total = np.zeros(size, dtype=np.int64)
    np.add.at(total, owner, counts)
    return total
