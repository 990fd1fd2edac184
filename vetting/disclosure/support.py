"""Which figures of an agency rest on enough workers to leave the house? The rule of blocks, asked of every figure.

A block holds enough workers, but an indicator counts only those who answered. Where these are too few, or one partner
could subtract its own and be left with too few, the indicator is treated as if nobody had answered: it is not told,
and neither criterion, headline, gate nor band may tell it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from schemas.codes import Outcome, PartnerKind
from schemas.score import Score
from vetting.disclosure.blocks import enough
from vetting.disclosure.figure import Told
from vetting.disclosure.workers import WORKER
from vetting.scoring.counted import of_merged
from vetting.scoring.indicators import BY_CODE, INDICATORS
from vetting.scoring.score import score_blocks
from vetting.store import Cursor
from vetting.store.merges import fetch_merged
from vetting.store.rows import fetch_rows

COLUMNS = ", ".join(f"reports.{each.column}" for each in INDICATORS)
MEMBERS = f"""
WITH merged AS (
    SELECT unnest(CAST($merged_ids AS VARCHAR[])) AS agency_id, unnest(CAST($merged_into AS VARCHAR[])) AS into_id
), members AS (
    SELECT
        coalesce(merged.into_id, blocks.agency_id) AS agency_id, blocks.origin, blocks.destination,
        reports.partner, {WORKER} AS worker,
        reports.interview_date, reports.months, {COLUMNS}
    FROM desk.block AS blocks
    LEFT JOIN merged ON merged.agency_id = blocks.agency_id
    JOIN desk.block_report AS named ON named.block_id = blocks.block_id
    JOIN evidence.report AS reports ON reports.batch_id = named.batch_id AND reports.report_id = named.report_id
    WHERE blocks.block_id IN (SELECT unnest(CAST($block_ids AS VARCHAR[])))
)
"""
ANSWERED = ", ".join(
    f"count(DISTINCT worker) FILTER (WHERE {each.column} IS NOT NULL) AS {each.column}" for each in INDICATORS
)
BY_PARTNER = f"""
{MEMBERS}
SELECT agency_id, partner, {ANSWERED}
FROM members
GROUP BY agency_id, partner
ORDER BY agency_id, partner
"""
BY_CORRIDOR = f"""
{MEMBERS}
SELECT
    agency_id, origin, destination, partner, count(DISTINCT worker) AS workers,
    count(DISTINCT worker) FILTER (WHERE w01 IS NOT NULL) AS w01,
    count(DISTINCT worker) FILTER (WHERE months IS NOT NULL) AS w02
FROM members
GROUP BY agency_id, origin, destination, partner
ORDER BY agency_id, origin, destination, partner
"""
NEWEST = f"""
{MEMBERS}, heard AS (
    SELECT agency_id, partner, worker, max(interview_date) AS day
    FROM members
    GROUP BY agency_id, partner, worker
)
SELECT agency_id, day
FROM heard
QUALIFY row_number() OVER (PARTITION BY agency_id ORDER BY day DESC) = $k
ORDER BY agency_id
"""
AUDITORS = """
SELECT partner
FROM desk.partner
WHERE recorded_at <= $known_at
QUALIFY row_number() OVER (PARTITION BY partner ORDER BY recorded_at DESC) = 1 AND kind = $auditor
ORDER BY partner
"""


class Supported(NamedTuple):
    """A score in which every assessed indicator rests on enough workers, and what else of it may be told."""

    score: Score
    told: Told


def released_scores(
    db: Cursor, *, as_of: date, known_at: datetime, block_ids: Sequence[str], k: int
) -> list[Supported]:
    """The scores of these blocks by agency, as they may be told."""
    blocks = {"block_ids": list(block_ids)} | of_merged(fetch_merged(db, known_at))
    by_agency = _by_agency(fetch_rows(db, BY_PARTNER, blocks))
    by_corridor = _by_agency(fetch_rows(db, BY_CORRIDOR, blocks))
    newest = {row["agency_id"]: row["day"] for row in fetch_rows(db, NEWEST, blocks | {"k": k})}
    kept_apart = {"known_at": known_at, "auditor": PartnerKind.AUDITOR.value}
    auditors = {row["partner"] for row in fetch_rows(db, AUDITORS, kept_apart)}
    scores = score_blocks(db, as_of=as_of, known_at=known_at, block_ids=block_ids)
    thin = {score.agency_id: _thin(score, by_agency[score.agency_id], auditors, k) for score in scores}
    told = {
        score.agency_id: Told(
            months="W02" not in thin[score.agency_id],
            charged_by_corridor=_in_every_corridor(score, "W01", by_corridor[score.agency_id], auditors, k),
            months_by_corridor=_in_every_corridor(score, "W02", by_corridor[score.agency_id], auditors, k),
            corridors=_workers_by_corridor(by_corridor[score.agency_id]),
            newest=newest[score.agency_id],
        )
        for score in scores
    }
    silenced = {agency_id: codes for agency_id, codes in thin.items() if codes}
    if silenced:
        again = score_blocks(
            db, as_of=as_of, known_at=known_at, block_ids=block_ids, agencies=sorted(silenced), unanswered=silenced
        )
        by_id = {score.agency_id: score for score in again}
        scores = [by_id.get(score.agency_id, score) for score in scores]
    return [Supported(score, told[score.agency_id]) for score in scores]


def _thin(score: Score, rows: Sequence[Mapping[str, Any]], auditors: set[str], k: int) -> frozenset[str]:
    """The indicators that too few answered, of those that say anything: assessed, or adverse for a gate."""
    return frozenset(
        each.code
        for each in score.indicators
        if (each.outcome is not Outcome.NOT_ASSESSED or (each.k and BY_CODE[each.code].gate))
        and not _enough(score, each.code, rows, auditors, k)
    )


def _enough(score: Score, code: str, rows: Sequence[Mapping[str, Any]], auditors: set[str], k: int) -> bool:
    """Whether enough answered an indicator, of the workers who count in it (auditors' not always do)."""
    joined = score.indicator(code).with_auditors
    return enough({row["partner"]: row[code.lower()] for row in rows if joined or row["partner"] not in auditors}, k)


def _in_every_corridor(score: Score, code: str, rows: Sequence[Mapping[str, Any]], auditors: set[str], k: int) -> bool:
    """A figure is broken down only where every shown corridor has enough for it: or the one left out could be found
    by subtracting the others from the whole."""
    corridors: dict[tuple[str, str], list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        corridors[row["origin"], row["destination"]].append(row)
    return all(_enough(score, code, each, auditors, k) for each in corridors.values())


def _workers_by_corridor(rows: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = defaultdict(int)
    for row in rows:
        found[row["origin"], row["destination"]] += row["workers"]
    return dict(found)


def _by_agency(rows: Sequence[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row["agency_id"]].append(row)
    return found
