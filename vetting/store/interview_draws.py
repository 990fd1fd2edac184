"""Samples of workers to interview, as drawn and as far as they were heard."""

import json
from collections import defaultdict
from typing import Any

from schemas.case import Corridor
from schemas.interview_draw import Draw, DrawnStratum
from vetting.store.connect import Cursor
from vetting.store.rows import fetch_rows

INSERT_DRAW = """
INSERT INTO desk.interview_draw (draw_id, case_id, recorded_at, seed, rule, size, reason, actor)
VALUES ($draw_id, $case_id, $recorded_at, $seed, $rule, $size, $reason, $actor)
"""
INSERT_STRATUM = """
INSERT INTO desk.interview_stratum
    (draw_id, place, origin, destination, sex, client, placed, sample, positions, reserves)
VALUES
    ($draw_id, $place, $origin, $destination, $sex, $client, $placed, $sample, $positions, $reserves)
"""
DRAWS = """
SELECT draw_id, case_id, recorded_at, seed, rule, size, reason, actor
FROM desk.interview_draw
WHERE case_id = $case_id
ORDER BY recorded_at
"""
STRATA = """
WITH newest AS (
    SELECT
        draw_id, place,
        arg_max(interviewed, recorded_at) AS interviewed,
        arg_max(substituted, recorded_at) AS substituted,
        arg_max(reason, recorded_at) AS reason
    FROM desk.stratum_count
    GROUP BY draw_id, place
)
SELECT
    stratum.draw_id, stratum.place, stratum.origin, stratum.destination, stratum.sex, stratum.client, stratum.placed,
    stratum.sample, stratum.positions, stratum.reserves, coalesce(newest.interviewed, 0) AS interviewed,
    coalesce(newest.substituted, 0) AS substituted, coalesce(newest.reason, '') AS why_substituted
FROM desk.interview_stratum AS stratum
JOIN desk.interview_draw AS draw ON draw.draw_id = stratum.draw_id
LEFT JOIN newest ON newest.draw_id = stratum.draw_id AND newest.place = stratum.place
WHERE draw.case_id = $case_id
ORDER BY stratum.draw_id, stratum.place
"""
INSERT_COUNT = """
INSERT INTO desk.stratum_count (draw_id, place, recorded_at, interviewed, substituted, reason, actor)
VALUES ($draw_id, $place, $recorded_at, $interviewed, $substituted, $reason, $actor)
"""


def insert_draw(db: Cursor, draw: Draw) -> None:
    db.execute(INSERT_DRAW, draw.model_dump(exclude={"strata"}))
    for stratum in draw.strata:
        values = {
            "draw_id": draw.draw_id,
            "place": stratum.place,
            "origin": stratum.corridor.origin,
            "destination": stratum.corridor.destination,
            "sex": stratum.sex.value,
            "client": stratum.client,
            "placed": stratum.placed,
            "sample": stratum.sample,
            "positions": json.dumps(stratum.positions),
            "reserves": json.dumps(stratum.reserves),
        }
        db.execute(INSERT_STRATUM, values)


def insert_stratum_count(db: Cursor, draw_id: str, stratum: DrawnStratum, *, actor: str, recorded_at: object) -> None:
    """How many of the stratum were heard so far, in all."""
    values = {
        "draw_id": draw_id,
        "place": stratum.place,
        "recorded_at": recorded_at,
        "interviewed": stratum.interviewed,
        "substituted": stratum.substituted,
        "reason": stratum.why_substituted,
        "actor": actor,
    }
    db.execute(INSERT_COUNT, values)


def fetch_draws(db: Cursor, case_id: str) -> list[Draw]:
    """Every draw of a case, oldest first: the last one counts."""
    strata: dict[str, list[DrawnStratum]] = defaultdict(list)
    for row in fetch_rows(db, STRATA, {"case_id": case_id}):
        strata[row["draw_id"]].append(_stratum(row))
    rows = fetch_rows(db, DRAWS, {"case_id": case_id})
    return [Draw(**row, strata=tuple(strata[row["draw_id"]])) for row in rows]


def _stratum(row: dict[str, Any]) -> DrawnStratum:
    corridor = Corridor(origin=row["origin"], destination=row["destination"])
    lines = {name: tuple(json.loads(row[name])) for name in ("positions", "reserves")}
    return DrawnStratum.model_validate(
        {name: value for name, value in row.items() if name not in ("draw_id", "origin", "destination")}
        | {"corridor": corridor}
        | lines
    )
