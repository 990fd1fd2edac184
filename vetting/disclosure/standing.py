"""Which blocks does a release stand on? Old blocks that still hold, and new ones from whoever waits.

A block is kept while each of its reports is still counted, and leaves whole otherwise. Whoever is left of a block that
a correction, a withdrawal or a purge broke waits for the release after; of one that only age broke, may join at once.
"""

from datetime import date, datetime
from itertools import groupby
from typing import Any

from schemas.release import ReleaseSummary
from schemas.standard import load_standard
from vetting.disclosure.blocks import Waiting, Worker, form_blocks
from vetting.disclosure.joined import leaving
from vetting.disclosure.workers import WORKER
from vetting.ids import new_id
from vetting.scoring.counted import counted, of_merged, window
from vetting.store import Cursor
from vetting.store.merges import fetch_merged
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
SELECT standing.block_id, blocks.agency_id
FROM desk.release_block AS standing
JOIN desk.block AS blocks ON blocks.block_id = standing.block_id
WHERE standing.release_id = $release_id
ORDER BY standing.block_id
"""
# A correction keeps its partner and report_id, so both versions of a report wait when the older one's block breaks.
WAITING = counted(
    f"""{COUNTING}, kept AS (
    SELECT named.batch_id, named.report_id
    FROM desk.block_report AS named
    WHERE named.block_id IN (SELECT unnest(CAST($kept AS VARCHAR[])))
), held_back AS (
    SELECT DISTINCT batches.partner, named.report_id
    FROM desk.block_report AS named
    JOIN desk.batch AS batches ON batches.batch_id = named.batch_id
    WHERE named.block_id IN (SELECT unnest(CAST($mended AS VARCHAR[])))
)
SELECT
    reports.agency_id, reports.origin_country, reports.destination_country, reports.partner, {WORKER} AS worker,
    reports.batch_id, reports.report_id, CAST(date_trunc('quarter', reports.interview_date) AS DATE) AS quarter
FROM counting AS reports
ANTI JOIN kept ON kept.batch_id = reports.batch_id AND kept.report_id = reports.report_id
ANTI JOIN held_back ON held_back.partner = reports.partner AND held_back.report_id = reports.report_id
ORDER BY
    reports.agency_id, reports.origin_country, reports.destination_country, reports.interview_date, reports.partner,
    reports.report_id
""",
    merged=True,
)
KNOWN = f"""
SELECT DISTINCT blocks.agency_id, reports.partner, {WORKER} AS worker
FROM desk.block AS blocks
JOIN desk.block_report AS named ON named.block_id = blocks.block_id
JOIN evidence.report AS reports ON reports.batch_id = named.batch_id AND reports.report_id = named.report_id
WHERE blocks.block_id IN (SELECT unnest(CAST($kept AS VARCHAR[])))
ORDER BY blocks.agency_id, reports.partner, worker
"""


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
    kept, mended = _kept_and_mended(db, as_of, known_at, previous, k)
    merged, known = fetch_merged(db, known_at), dict[str, set[Worker]]()
    for entry, workers in _workers_of(db, kept).items():
        known.setdefault(merged.get(entry, entry), set()).update(workers)
    waiting = fetch_rows(db, WAITING, _window(db, as_of, known_at) | {"kept": kept, "mended": mended})
    members, fresh = list[dict[str, str]](), list[str]()
    places = ("agency_id", "origin_country", "destination_country")
    for (agency_id, origin, destination), rows in groupby(waiting, key=lambda row: tuple(row[at] for at in places)):
        reports = [
            Waiting(row["batch_id"], row["report_id"], row["quarter"], Worker(row["partner"], row["worker"]))
            for row in rows
        ]
        workers = known.setdefault(agency_id, set())
        for block in form_blocks(reports, workers, k):
            fresh.append(new_id())
            workers |= {report.worker for report in block}
            place = {"agency_id": agency_id, "origin": origin, "destination": destination}
            members += [
                place | {"block_id": fresh[-1], "batch_id": report.batch_id, "report_id": report.report_id}
                for report in block
            ]
    insert_blocks(db, members, recorded_at)
    return sorted([*kept, *fresh])


def _kept_and_mended(
    db: Cursor, as_of: date, known_at: datetime, previous: ReleaseSummary | None, k: int
) -> tuple[list[str], list[str]]:
    """The last release's blocks that still hold, and those that broke by more than age: a report of theirs would not
    count even as of the last release, or their agency was merged or split since and the whole does not allow them."""
    if previous is None:
        return [], []
    last = {"release_id": previous.release_id}
    standing = {row["block_id"]: row["agency_id"] for row in fetch_rows(db, STANDING, last)}
    broken = set(_broken(db, previous, as_of, known_at))
    mended = _broken(db, previous, previous.as_of, known_at)
    kept = [block_id for block_id in standing if block_id not in broken | set(mended)]
    before, now = fetch_merged(db, previous.known_at), fetch_merged(db, known_at)
    if before != now:
        gone = leaving(_workers_of(db, kept), before, now, k)
        mended += [block_id for block_id in kept if standing[block_id] in gone]
        kept = [block_id for block_id in kept if standing[block_id] not in gone]
    return kept, mended


def _workers_of(db: Cursor, kept: list[str]) -> dict[str, set[Worker]]:
    """The workers in these blocks, by the entry the blocks were formed for."""
    found: dict[str, set[Worker]] = {}
    for row in fetch_rows(db, KNOWN, {"kept": kept}):
        found.setdefault(row["agency_id"], set()).add(Worker(row["partner"], row["worker"]))
    return found


def _broken(db: Cursor, previous: ReleaseSummary, as_of: date, known_at: datetime) -> list[str]:
    values = _window(db, as_of, known_at) | {"release_id": previous.release_id}
    return [row["block_id"] for row in fetch_rows(db, BROKEN, values)]


def _window(db: Cursor, as_of: date, known_at: datetime) -> dict[str, Any]:
    return window(load_standard(), as_of, known_at) | of_merged(fetch_merged(db, known_at))
