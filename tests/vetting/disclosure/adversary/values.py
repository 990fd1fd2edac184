"""How closely can adverse answers be counted from all releases, if their cells were told outright?

What is released is worked out from the cells of each partner's workers (test_ends.py), so whoever knows the cells
knows more. Granted besides: who is in which block and how many, and every other partner's rows, which have cells of
their own. Unknown stay, of each group of workers who were in the same blocks with the same reports, how many answered,
n, and how many of these adversely, k.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import linprog

from schemas.release import ReleaseSummary
from tests.vetting.disclosure.adversary.structure import HUMAN
from vetting.scoring.indicators import COLUMNS
from vetting.store import Store
from vetting.store.releases import Told
from vetting.store.rows import fetch_rows

K, LEAST = 10, 3
BY_CORRIDOR = ("w01", "w02")  # these have cells in each corridor
# Who answers these depends on who was charged; their adverse answers lie among those who said whether they were. Of W03
# to W06 in all corridors together in which that is told.
LINKED = ("w02", "w03", "w04", "w05", "w06")
NAMES = {"w01": "charged"} | {question: f"adverse_{question.upper()}" for question in LINKED}
ALONE = tuple(column for column in COLUMNS if column not in LINKED)
MEMBERS = f"""
SELECT
    standing.release_id, blocks.agency_id, blocks.origin || '-' || blocks.destination AS corridor, standing.block_id,
    reports.partner, {HUMAN} AS worker, reports.batch_id, reports.report_id, {", ".join(COLUMNS)}
FROM desk.release_block AS standing
JOIN desk.block AS blocks ON blocks.block_id = standing.block_id
JOIN desk.block_report AS named ON named.block_id = blocks.block_id
JOIN kept_report AS reports ON reports.batch_id = named.batch_id AND reports.report_id = named.report_id
JOIN desk.batch AS batches ON batches.batch_id = named.batch_id
ORDER BY standing.release_id, reports.partner, worker, reports.interview_date, batches.recorded_at, reports.report_id
"""


TOLD = "SELECT release_id, block_ids, cells FROM desk.release_cell"
SILENT = Told(0, K - 1, 0, K - 1)  # too few answered
Cell = Callable[[str, int, Iterable[str]], tuple[Told, frozenset[str]]]


class Present(NamedTuple):
    """A worker in a release: in which block, with which reports, and the latest answers."""

    voice: tuple[str, str]  # agency and partner
    corridor: str
    block: str
    reports: tuple[tuple[str, str], ...]
    answers: dict[str, bool]


def presences(store: Store) -> dict[str, dict[str, Present]]:
    """By release, by worker (agency, partner and key in one)."""
    found: dict[str, dict[str, Present]] = defaultdict(dict)
    for row in fetch_rows(store.cursor(), MEMBERS, {}):
        key = "|".join((row["agency_id"], row["partner"], row["worker"]))
        before = found[row["release_id"]].get(key)
        answers = {} if before is None else before.answers
        found[row["release_id"]][key] = Present(
            voice=(row["agency_id"], row["partner"]),
            corridor=row["corridor"],
            block=row["block_id"],
            reports=(*(() if before is None else before.reports), (row["batch_id"], row["report_id"])),
            answers=answers | {column: row[column] for column in COLUMNS if row[column] is not None},
        )
    return found


def narrow_counts(store: Store, made: Sequence[ReleaseSummary], questions: Iterable[str] = ALONE) -> list[str]:
    """Adverse counts of a release or of a block that are known to within fewer than three."""
    by_release = presences(store)
    history: dict[str, list[Present | None]] = {
        worker: [by_release[release.release_id].get(worker) for release in made]
        for worker in sorted({worker for present in by_release.values() for worker in present})
    }
    problems, cell = [], cells_of(store, made)
    for question in questions:
        voices: dict[tuple[str, ...], list[list[Present | None]]] = defaultdict(list)
        for past in history.values():
            somewhere = next(present for present in past if present is not None)
            corridor = (somewhere.corridor,) if question in BY_CORRIDOR else ()
            voices[(*somewhere.voice, *corridor)].append(past)
        for voice, pasts in voices.items():
            problems += [f"{question} of {voice}: {what}" for what in Known(pasts, question, cell).narrow()]
    return problems


def cells_of(store: Store, made: Sequence[ReleaseSummary]) -> Cell:
    """The cell of a question, in a release, of the workers of some blocks or of a part of these; and of which."""
    told: dict[str, dict[frozenset[str], dict[str, list[int] | None]]] = defaultdict(lambda: defaultdict(dict))
    for row in fetch_rows(store.cursor(), TOLD, {}):
        told[row["release_id"]][frozenset(json.loads(row["block_ids"]))] |= json.loads(row["cells"])

    def cell(question: str, release: int, blocks: Iterable[str]) -> tuple[Told, frozenset[str]]:
        name, asked = NAMES.get(question, question.upper()), frozenset(blocks)
        here = told[made[release].release_id]
        of = max((each for each, cells in here.items() if name in cells and each <= asked), key=len)
        ends = here[of][name]
        return Told(*ends) if ends else SILENT, of

    return cell


class Known:
    """What is known of one question of one partner's workers at one agency, over all releases."""

    def __init__(self, pasts: list[list[Present | None]], question: str, cell: Cell):
        groups: dict[Any, list[list[Present | None]]] = defaultdict(list)
        for past in pasts:
            groups[tuple(None if each is None else (each.block, version(past, each)) for each in past)].append(past)
        self.question, self.cell = question, cell
        # A variable for each group of workers with the same past, and each version of their reports.
        self.place: dict[tuple[int, int], int] = {}
        self.sizes: list[int] = []
        self.groups = list(groups.values())
        for number, group in enumerate(self.groups):
            for each in group[0]:
                key = (number, version(group[0], each)) if each is not None else None
                if key is not None and key not in self.place:
                    self.place[key] = len(self.sizes)
                    self.sizes.append(len(group))
        self.releases = len(pasts[0])

    def members(self, release: int, blocks: Collection[str]) -> list[int]:
        """The variables of those who are in a release in these blocks."""
        found = []
        for number, group in enumerate(self.groups):
            each = group[0][release]
            if each is not None and each.block in blocks:
                found.append(self.place[number, version(group[0], each)])
        return found

    def blocks(self, release: int) -> set[str]:
        return {each.block for group in self.groups if (each := group[0][release]) is not None}

    def narrow(self) -> list[str]:
        size, lower, upper = len(self.sizes), list[Any](), list[Any]()
        rows: list[np.ndarray] = []
        for release in range(self.releases):
            if not self.blocks(release):
                continue
            told, of = self.cell(self.question, release, self.blocks(release))
            here = self.members(release, of)
            rows += [pick(here, 2 * size), pick([size + place for place in here], 2 * size)]
            lower += [told.n_low, told.k_low]
            upper += [told.n_high, told.k_high]
        for place in range(size):  # k of n
            row = np.zeros(2 * size)
            row[place], row[size + place] = 1, -1
            rows.append(row)
            lower.append(0)
            upper.append(np.inf)
        matrix = np.array(rows)
        both = np.vstack([matrix, -matrix])
        limits = np.concatenate([upper, -np.array(lower, dtype=np.float64)])
        both, limits = both[np.isfinite(limits)], limits[np.isfinite(limits)]
        bounds = [(0, most) for most in (*self.sizes, *self.sizes)]
        problems = []
        for name, target in self.targets():
            row = pick([size + place for place in target], 2 * size)
            ends = [linprog(sign * row, A_ub=both, b_ub=limits, bounds=bounds) for sign in (1, -1)]
            assert all(end.success for end in ends), "the truth is consistent with what is told"
            least, most = np.ceil(ends[0].fun - 1e-6), np.floor(-ends[1].fun + 1e-6)
            if most - least < LEAST:
                problems.append(f"{name} between {least:.0f} and {most:.0f}")
        return problems

    def targets(self) -> Iterable[tuple[str, list[int]]]:
        """Whose adverse answers must not be known: all of a release, and each block."""
        seen = set()
        for release in range(self.releases):
            blocks = self.blocks(release)
            together = [self.cell(self.question, release, blocks)[1]] if blocks else []
            for of in (*together, blocks, *({block} for block in sorted(blocks))):
                target = self.members(release, of)
                if target and tuple(target) not in seen:
                    seen.add(tuple(target))
                    yield f"release {release} {' '.join(sorted(of))}", target


def version(past: Sequence[Present | None], each: Present) -> int:
    """The number of the version of a worker's reports, in the order of releases."""
    seen = list(dict.fromkeys(present.reports for present in past if present is not None))
    return seen.index(each.reports)


def pick(places: Iterable[int], size: int) -> np.ndarray:
    row = np.zeros(size)
    row[list(places)] = 1
    return row
