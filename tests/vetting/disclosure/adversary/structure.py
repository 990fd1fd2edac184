"""Who can be found by adding and subtracting figures, if these were exact?

Every figure of every release is a row of noughts and ones over workers: whom it is computed from. Workers with equal
columns cannot be told apart. A group is found if its row is a sum of multiples of these rows.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from schemas.release import ReleaseSummary
from vetting.disclosure.workers import WORKER
from vetting.scoring.indicators import COLUMNS
from vetting.store import Store
from vetting.store.rows import fetch_rows

K = 10
# Who somebody is, whatever a correction says: in random countries the number in the report's own (see `worlds`).
HUMAN = f"coalesce(nullif(regexp_extract(reports.report_id, '^r([0-9]+)(x.*)?$', 1), ''), {WORKER})"
# Purged workers were in the releases of before, so whoever is in a block is looked up in what was kept of it.
MEMBERS = f"""
SELECT
    standing.release_id, blocks.agency_id, blocks.origin || '-' || blocks.destination AS corridor, standing.block_id,
    reports.partner, {HUMAN} AS worker, {", ".join(f"bool_or({column} IS NOT NULL) AS {column}" for column in COLUMNS)}
FROM desk.release_block AS standing
JOIN desk.block AS blocks ON blocks.block_id = standing.block_id
JOIN desk.block_report AS named ON named.block_id = standing.block_id
JOIN kept_report AS reports ON reports.batch_id = named.batch_id AND reports.report_id = named.report_id
GROUP BY ALL
ORDER BY ALL
"""

Person = tuple[str, str, str]  # agency, partner, worker


class Figure(NamedTuple):
    name: str
    people: frozenset[Person]


def figures(store: Store, made: Iterable[ReleaseSummary]) -> list[Figure]:
    """Whom each released figure is computed from. A question is computed from all workers of the partners that speak
    in it: no answer is an answer of its own."""
    rows = fetch_rows(store.cursor(), MEMBERS, {})
    found = []
    for release in made:
        own = [row for row in rows if row["release_id"] == release.release_id]
        by_agency: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in own:
            by_agency[row["agency_id"]].append(row)
        for agency, here in by_agency.items():
            found.append(Figure(f"{release.as_of} {agency}", people(here)))
            for corridor in sorted({row["corridor"] for row in here}):
                there = [row for row in here if row["corridor"] == corridor]
                found.append(Figure(f"{release.as_of} {agency} {corridor}", people(there)))
                for column in ("w01", "w02"):
                    found.append(Figure(f"{release.as_of} {agency} {corridor} {column}", speaking(there, column)))
            for column in COLUMNS:
                found.append(Figure(f"{release.as_of} {agency} {column}", speaking(here, column)))
    return [figure for figure in found if figure.people]


def people(rows: Iterable[dict[str, Any]]) -> frozenset[Person]:
    return frozenset((row["agency_id"], row["partner"], row["worker"]) for row in rows)


def speaking(rows: Sequence[dict[str, Any]], column: str) -> frozenset[Person]:
    """The workers of partners of whom at least ten answered."""
    answered = people(row for row in rows if row[column])
    voices = {partner for partner in {row["partner"] for row in rows} if sum(p == partner for _, p, _ in answered) >= K}
    return people(row for row in rows if row["partner"] in voices)


def found_groups(made: Sequence[Figure]) -> list[str]:
    """Small groups that can be found, by anybody or by a partner who takes its own workers away."""
    partners = {partner for figure in made for _, partner, _ in figure.people}
    problems = []
    for known in (None, *sorted(partners)):
        rows = [frozenset(person for person in figure.people if person[1] != known) for figure in made]
        size = small_union(rows)
        if size:
            problems.append(f"{size} workers, by {known or 'anybody'}")
    return problems


def small_union(rows: Iterable[frozenset[Person]]) -> int:
    """The size of a group of 1 to 9 workers whose row is in the row space; 0 if there is none."""
    kept = sorted({row for row in rows if row}, key=sorted)
    columns: dict[tuple[bool, ...], int] = defaultdict(int)
    for person in set().union(*kept) if kept else ():
        columns[tuple(person in row for row in kept)] += 1
    atoms = list(columns)
    sizes = np.array([columns[atom] for atom in atoms], dtype=np.float64)
    if not atoms or sizes.min() >= K:
        return 0
    matrix = np.array(atoms, dtype=np.float64)  # a row per atom, a column per figure
    small = sizes < K
    # x = matrix · weights, x binary, 0 at large atoms, at least one and at most nine workers
    count, width = matrix.shape
    equal = LinearConstraint(np.hstack([np.eye(count), -matrix]), 0, 0)
    some = LinearConstraint(np.concatenate([sizes, np.zeros(width)])[None, :], 1, K - 1)
    bounds = Bounds(
        np.concatenate([np.zeros(count), np.full(width, -50.0)]), np.concatenate([small, np.full(width, 50.0)])
    )
    answer = milp(
        np.zeros(count + width),
        constraints=[equal, some],
        bounds=bounds,
        integrality=np.concatenate([np.ones(count), np.zeros(width)]),
    )
    return round(float(sizes @ np.round(answer.x[:count]))) if answer.success else 0
