"""Which blocks does a release stand on? Old ones of which every report still counts, those that come back, new ones.

A correction, a withdrawal, a deletion or age takes the whole block out. One release later it comes back if every report
it had counts again for the same worker, or else the rest of it, with at least k workers left behind
(`blocks.coming_back`). Who was in a block enters no other but by coming back, and neither does a report that was,
whoever it is said to be about now. Workers are remembered as keyed hashes, so this holds when their rows are deleted.
"""

import hmac
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple

from schemas.release import ReleaseSummary
from schemas.standard import load_standard
from vetting.disclosure.blocks import Waiting, Worker, coming_back, first_quarters, form_blocks
from vetting.disclosure.workers import ALIKE, WORKER
from vetting.ids import new_id
from vetting.scoring.counted import counted, of_merged, window
from vetting.store import Cursor
from vetting.store.merges import fetch_merged
from vetting.store.passes import KEY
from vetting.store.releases import insert_blocks
from vetting.store.rows import fetch_rows

# Scoring says which reports count, and that those of agencies and employers never do.
COUNTING = """, counting AS (
    SELECT counted.*
    FROM counted
    JOIN kinds ON kinds.partner = counted.partner
    WHERE kinds.kind NOT IN ('agency', 'employer')
)"""
# Of entries that were split again, a block may hold reports of both: such a block breaks.
BROKEN = counted(
    f"""{COUNTING}, members AS (
    SELECT
        standing.block_id, named.batch_id, named.report_id, coalesce(merged.into_id, blocks.agency_id) AS agency_id
    FROM desk.release_block AS standing
    JOIN desk.block AS blocks ON blocks.block_id = standing.block_id
    LEFT JOIN merged ON merged.agency_id = blocks.agency_id
    JOIN desk.block_report AS named ON named.block_id = standing.block_id
    WHERE standing.release_id = $release_id
)
SELECT members.block_id
FROM members
ANTI JOIN counting
    ON counting.batch_id = members.batch_id
    AND counting.report_id = members.report_id
    AND counting.agency_id = members.agency_id
GROUP BY members.block_id
ORDER BY members.block_id
""",
    merged=True,
)
STANDING = """
SELECT block_id
FROM desk.release_block
WHERE release_id = $release_id
ORDER BY block_id
"""
# What is in a block that stays needs no second look.
FREE = counted(
    f"""{COUNTING}, kept AS (
    SELECT named.batch_id, named.report_id
    FROM desk.block_report AS named
    WHERE named.block_id IN (SELECT unnest(CAST($kept AS VARCHAR[])))
)
SELECT
    reports.agency_id, reports.origin_country AS origin, reports.destination_country AS destination, reports.partner,
    {WORKER} AS worker, reports.batch_id, reports.report_id, reports.entry_id AS entry,
    CAST(date_trunc('quarter', reports.interview_date) AS DATE) AS quarter
FROM counting AS reports
ANTI JOIN kept ON kept.batch_id = reports.batch_id AND kept.report_id = reports.report_id
ORDER BY
    reports.agency_id, reports.origin_country, reports.destination_country, reports.interview_date, reports.partner,
    reports.report_id
""",
    merged=True,
)
# Every block there ever was. Those without workers are of before that rule: they stand for nothing any more.
EVER = """
SELECT
    blocks.block_id, blocks.agency_id, blocks.origin, blocks.destination, blocks.former, batches.partner,
    named.worker, named.entry, named.report_id
FROM desk.block AS blocks
JOIN desk.block_report AS named ON named.block_id = blocks.block_id
JOIN desk.batch AS batches ON batches.batch_id = named.batch_id
WHERE named.worker IS NOT NULL
ORDER BY blocks.block_id, batches.partner, named.worker, named.report_id
"""
Number = tuple[str, str]  # a report: partner and report_id


class Place(NamedTuple):
    """Where a block stands: the agency (the one that remains, of merged entries) and the corridor."""

    agency_id: str
    origin: str
    destination: str


class Block(NamedTuple):
    """A block as it entered, each worker with the numbers of the reports. `own`: formed for the agency that remains."""

    place: Place
    own: bool
    numbers: Mapping[Worker, frozenset[Number]]
    entries: frozenset[str]  # the agencies that its reports name, the one that remains among them
    former: str | None

    @property
    def workers(self) -> frozenset[Worker]:
        return frozenset(self.numbers)


def settle_blocks(
    db: Cursor,
    *,
    as_of: date,
    known_at: datetime,
    previous: ReleaseSummary | None,
    k: int,
    recorded_at: datetime,
) -> list[str]:
    """The blocks the release as of `as_of` stands on; new ones are written. Called inside the act that publishes."""
    merged = fetch_merged(db, known_at)
    values = window(load_standard(), as_of, known_at) | of_merged(merged)
    ever = _ever(db, merged)
    before = [] if previous is None else _standing(db, previous)
    kept = _kept(db, ever, before, values | {"release_id": None if previous is None else previous.release_id})
    free = _by_place(fetch_rows(db, FREE, values | {"kept": kept}), fetch_rows(db, KEY, {})[0]["key"])
    formed = list(_come_back(ever, before, kept, free, k))
    inside, numbers = _inside(ever), _numbers(ever)
    for place, reports in free.items():
        known = {report.worker for report in reports if _number(report) in numbers} | inside[place.agency_id]
        for block in form_blocks([report for report in reports if report.worker not in known], k):
            formed.append((None, place, block))
            inside[place.agency_id] |= {report.worker for report in block}
    return sorted([*kept, *_write(db, formed, recorded_at)])


def _ever(db: Cursor, merged: Mapping[str, str]) -> dict[str, Block]:
    found = {}
    for block_id, group in groupby(fetch_rows(db, EVER, {}), key=lambda row: row["block_id"]):
        rows = list(group)
        first = rows[0]
        agency_id = merged.get(first["agency_id"], first["agency_id"])
        numbers: dict[Worker, set[Number]] = defaultdict(set)
        for row in rows:
            numbers[Worker(row["partner"], row["worker"])].add((row["partner"], row["report_id"]))
        found[block_id] = Block(
            place=Place(agency_id, first["origin"], first["destination"]),
            own=agency_id == first["agency_id"],
            numbers={worker: frozenset(own) for worker, own in numbers.items()},
            entries=frozenset({agency_id} | {merged.get(row["entry"], row["entry"]) for row in rows}),
            former=first["former"],
        )
    return found


def _standing(db: Cursor, release: ReleaseSummary) -> list[str]:
    return [row["block_id"] for row in fetch_rows(db, STANDING, {"release_id": release.release_id})]


def _kept(db: Cursor, ever: Mapping[str, Block], before: Iterable[str], values: dict[str, Any]) -> list[str]:
    """Of the last release's blocks, those of which every report counts. Where two entries became one agency, a block
    that shares a worker with another leaves: the one that was formed for the agency that remains is asked first."""
    broken = {row["block_id"] for row in fetch_rows(db, BROKEN, values)}
    whole = [block_id for block_id in before if block_id in ever and block_id not in broken]
    seen: dict[str, set[Worker]] = defaultdict(set)
    kept = []
    for block_id in sorted(whole, key=lambda each: (not ever[each].own, each)):
        block = ever[block_id]
        if not seen[block.place.agency_id] & block.workers:
            seen[block.place.agency_id] |= block.workers
            kept.append(block_id)
    return kept


def _come_back(
    ever: Mapping[str, Block],
    before: Iterable[str],
    kept: Iterable[str],
    free: Mapping[Place, list[Waiting]],
    k: int,
) -> Iterable[tuple[str | None, Place, list[Waiting]]]:
    """Blocks that were not in the last release, and that no other block is the rest of."""
    spent = {block.former for block in ever.values()} | set(before)
    inside: dict[str, set[Worker]] = defaultdict(set)
    for block_id in kept:
        inside[ever[block_id].place.agency_id] |= ever[block_id].workers
    by_place = {place: {_number(report): report for report in reports} for place, reports in free.items()}
    for block_id, block in ever.items():
        here, taken = by_place.get(block.place, {}), inside[block.place.agency_id]
        present = {
            worker: [here[number] for number in sorted(numbers)]
            for worker, numbers in block.numbers.items()
            if worker not in taken and all(number in here and here[number].worker == worker for number in numbers)
        }
        if block_id in spent or not present:
            continue
        rest = coming_back(first_quarters(present), len(block.numbers), k)
        if rest:
            taken |= rest
            yield block_id, block.place, [report for worker in sorted(rest) for report in present[worker]]


def _inside(ever: Mapping[str, Block]) -> dict[str, set[Worker]]:
    """By agency, the workers who are or were in a block of it, or of an entry that was part of it."""
    found: dict[str, set[Worker]] = defaultdict(set)
    for block in ever.values():
        for entry in block.entries:
            found[entry] |= block.workers
    return found


def _numbers(ever: Mapping[str, Block]) -> set[Number]:
    return {number for block in ever.values() for numbers in block.numbers.values() for number in numbers}


def _number(report: Waiting) -> Number:
    return report.worker.partner, report.report_id


def _by_place(rows: Iterable[Mapping[str, Any]], key: str) -> dict[Place, list[Waiting]]:
    found: dict[Place, list[Waiting]] = defaultdict(list)
    for row in rows:
        worker = Worker(row["partner"], _mark(key, row["partner"], row["worker"]))
        alike = row["worker"].startswith(ALIKE)
        report = Waiting(row["batch_id"], row["report_id"], row["quarter"], worker, alike, row["entry"])
        found[Place(row["agency_id"], row["origin"], row["destination"])].append(report)
    return found


def _mark(key: str, partner: str, worker: str) -> str:
    """What is remembered of a worker: a hash that only the store, which has the key, can make."""
    return hmac.new(bytes.fromhex(key), f"{partner}\0{worker}".encode(), "sha256").hexdigest()


def _write(db: Cursor, formed: Iterable[tuple[str | None, Place, list[Waiting]]], recorded_at: datetime) -> list[str]:
    members, ids = list[dict[str, Any]](), list[str]()
    for former, place, block in formed:
        ids.append(new_id())
        about = place._asdict() | {"block_id": ids[-1], "former": former}
        members += [
            about
            | {"batch_id": each.batch_id, "report_id": each.report_id, "worker": each.worker.key, "entry": each.entry}
            | {"alike": str(each.alike)}
            for each in block
        ]
    insert_blocks(db, members, recorded_at)
    return ids
