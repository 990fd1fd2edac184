"""Releases as stored: frozen figures, and the blocks each release stands on. Nothing here is ever updated."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

import polars as pl

from schemas.release import ReleasedFigure, ReleaseSummary
from vetting.store.connect import Cursor
from vetting.store.merges import fetch_merged
from vetting.store.rows import fetch_records, fetch_rows

INSERT_RELEASE = """
INSERT INTO desk.release (release_id, recorded_at, as_of, known_at, actor, standard, standard_hash, method)
VALUES ($release_id, $recorded_at, $as_of, $known_at, $actor, $standard, $standard_hash, $method)
"""
INSERT_FIGURES = """
INSERT INTO desk.release_figure (release_id, agency_id, band, figure)
SELECT $release_id, agency_id, band, figure
FROM released_rows
ORDER BY agency_id
"""
INSERT_BLOCKS = """
INSERT INTO desk.block (block_id, recorded_at, agency_id, origin, destination, former)
SELECT DISTINCT block_id, $recorded_at, agency_id, origin, destination, former
FROM block_rows
ORDER BY block_id
"""
INSERT_MEMBERS = """
INSERT INTO desk.block_report (block_id, batch_id, report_id, worker, entry, alike)
SELECT block_id, batch_id, report_id, worker, entry, CAST(alike AS BOOLEAN)
FROM block_rows
ORDER BY block_id, batch_id, report_id
"""
INSERT_CELLS = """
INSERT INTO desk.release_cell (release_id, place, block_ids, cells)
SELECT $release_id, row_number() OVER (ORDER BY block_ids, cells), block_ids, cells
FROM cell_rows
"""
CELLS = """
SELECT cells.block_ids, cells.cells
FROM desk.release_cell AS cells
JOIN (SELECT release_id FROM desk.release ORDER BY as_of DESC LIMIT $releases) AS newest
    ON newest.release_id = cells.release_id
ORDER BY cells.release_id, cells.place
"""
# A block stays in at most eight releases, so older ones say of today's only what newer ones say too, or hardly more.
REMEMBERED = 12
INSERT_RELEASE_BLOCKS = """
INSERT INTO desk.release_block (release_id, block_id)
SELECT $release_id, unnest($block_ids)
"""
RELEASES = """
SELECT
    released.release_id, released.recorded_at, released.as_of, released.known_at, released.standard,
    released.standard_hash, released.method, count(figures.agency_id) AS agencies
FROM desk.release AS released
LEFT JOIN desk.release_figure AS figures ON figures.release_id = released.release_id
WHERE $not_after IS NULL OR released.as_of <= $not_after
GROUP BY ALL
ORDER BY released.as_of DESC
"""
FIGURES = """
SELECT figure
FROM desk.release_figure
WHERE release_id = $release_id AND ($among IS NULL OR list_contains($among, agency_id))
ORDER BY agency_id
"""
PAST_FIGURES = """
SELECT released.release_id, released.as_of, figures.figure
FROM desk.release AS released
LEFT JOIN desk.release_figure AS figures
    ON figures.release_id = released.release_id AND figures.agency_id = $agency_id
WHERE ($not_after IS NULL OR released.as_of <= $not_after)
    AND ($known_at IS NULL OR released.recorded_at <= $known_at)
ORDER BY released.as_of
"""
BANDS = "SELECT agency_id, band FROM desk.release_figure WHERE release_id = $release_id ORDER BY agency_id"
CORRIDORS = """
SELECT DISTINCT
    coalesce(merged.into_id, blocks.agency_id) AS agency_id, blocks.origin || '-' || blocks.destination AS corridor
FROM desk.release_block AS standing
JOIN desk.block AS blocks ON blocks.block_id = standing.block_id
LEFT JOIN (
    SELECT unnest(CAST($gone AS VARCHAR[])) AS agency_id, unnest(CAST($remains AS VARCHAR[])) AS into_id
) AS merged ON merged.agency_id = blocks.agency_id
WHERE standing.release_id = $release_id
ORDER BY agency_id, corridor
"""


def insert_release(db: Cursor, release: ReleaseSummary, actor: str, figures: Sequence[ReleasedFigure]) -> None:
    db.execute(INSERT_RELEASE, release.model_dump(exclude={"agencies"}) | {"actor": actor})
    rows = [
        {"agency_id": each.agency_id, "band": each.band.value, "figure": each.model_dump_json()} for each in figures
    ]
    names = ("agency_id", "band", "figure")
    _insert(db, INSERT_FIGURES, "released_rows", names, rows, {"release_id": release.release_id})


def insert_blocks(db: Cursor, rows: Iterable[dict[str, Any]], recorded_at: datetime) -> None:
    """Each row is one report: its block, where this stands and what it is the rest of; batch_id and report_id; the
    keyed hash of its worker, the entry of the register it names, and whether others could have the same hash."""
    names = (
        "block_id", "agency_id", "origin", "destination", "former", "batch_id", "report_id", "worker", "entry", "alike"
    )  # fmt: skip
    members = list(rows)
    _insert(db, INSERT_BLOCKS, "block_rows", names, members, {"recorded_at": recorded_at})
    _insert(db, INSERT_MEMBERS, "block_rows", names, members, {})


class Told(NamedTuple):
    """Between which numbers those who answered, and those whose answer is adverse, lie."""

    n_low: int
    n_high: int
    k_low: int
    k_high: int


def insert_told(db: Cursor, release_id: str, rows: Iterable[tuple[Sequence[str], Mapping[str, Told | None]]]) -> None:
    """What a release told of the people of some blocks, by question; None where too few answered it."""
    cells = [{"block_ids": json.dumps(block_ids), "cells": json.dumps(told)} for block_ids, told in rows]
    _insert(db, INSERT_CELLS, "cell_rows", ("block_ids", "cells"), cells, {"release_id": release_id})


def fetch_told(db: Cursor) -> list[tuple[list[str], dict[str, Told | None]]]:
    """What the newest releases told, as it was inserted."""
    return [
        (json.loads(row["block_ids"]), {question: told and Told(*told) for question, told in found.items()})
        for row in fetch_rows(db, CELLS, {"releases": REMEMBERED})
        for found in [json.loads(row["cells"])]
    ]


def insert_release_blocks(db: Cursor, release_id: str, block_ids: Sequence[str]) -> None:
    db.execute(INSERT_RELEASE_BLOCKS, {"release_id": release_id, "block_ids": sorted(block_ids)})


def fetch_releases(db: Cursor, not_after: date | None = None) -> list[ReleaseSummary]:
    """Every release as of no day after `not_after`, newest first."""
    return fetch_records(db, ReleaseSummary, RELEASES, {"not_after": not_after})


def fetch_figures(db: Cursor, release_id: str, agencies: Sequence[str] | None = None) -> dict[str, ReleasedFigure]:
    """The figures of a release by agency; an agency with too few workers has none."""
    values = {"release_id": release_id, "among": None if agencies is None else list(agencies)}
    found = [ReleasedFigure.model_validate_json(row["figure"]) for row in fetch_rows(db, FIGURES, values)]
    return {figure.agency_id: figure for figure in found}


def fetch_past_figures(
    db: Cursor, agency_id: str, not_after: date | None = None, known_at: datetime | None = None
) -> list[tuple[str, date, ReleasedFigure | None]]:
    """What every release (as of no day after `not_after`, published by `known_at`) says of one agency, oldest first;
    None where it had too few workers."""
    values = {"agency_id": agency_id, "not_after": not_after, "known_at": known_at}
    return [
        (row["release_id"], row["as_of"], row["figure"] and ReleasedFigure.model_validate_json(row["figure"]))
        for row in fetch_rows(db, PAST_FIGURES, values)
    ]


def fetch_bands(db: Cursor, release_id: str) -> dict[str, str]:
    """The band of every agency shown in a release."""
    return {row["agency_id"]: row["band"] for row in fetch_rows(db, BANDS, {"release_id": release_id})}


def fetch_corridors(db: Cursor, release: ReleaseSummary) -> dict[str, tuple[str, ...]]:
    """The corridors a release shows of each agency, merged entries as they were merged then: those with a block."""
    found: dict[str, tuple[str, ...]] = {}
    merged = fetch_merged(db, release.known_at)
    values = {"release_id": release.release_id, "gone": list(merged), "remains": list(merged.values())}
    for row in fetch_rows(db, CORRIDORS, values):
        found[row["agency_id"]] = (*found.get(row["agency_id"], ()), row["corridor"])
    return found


def _insert(
    db: Cursor, statement: str, table: str, names: Sequence[str], rows: list[dict[str, Any]], values: dict[str, Any]
) -> None:
    db.register(table, pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String)).to_arrow())
    try:
        db.execute(statement, values)
    finally:
        db.unregister(table)
