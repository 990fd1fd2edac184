"""What does everybody know of a count before a release tells it? All that follows from the releases of before.

People who were in the same blocks, with the same reports, cannot be told apart: of each such group it is unknown how
many answered, and how many of these adversely. What earlier releases told are bounds on sums of these numbers, so the
least and the greatest that a sum can be are the ends of a linear program. It is worked out from what was released and
from who stood in it, never from an answer: what is decided by it (`cells`) tells nobody more.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, eye_array, hstack, vstack
from scipy.sparse.csgraph import connected_components

from vetting.scoring.tally import Floats, Ints
from vetting.store import Cursor
from vetting.store.releases import Told, fetch_told
from vetting.store.rows import fetch_rows

# By all the blocks somebody ever was in, and the version of the reports in each. A worker told apart only by what
# little is known may be several people: each report is one.
GROUPS = """
WITH merged AS (
    SELECT unnest(CAST($merged_ids AS VARCHAR[])) AS agency_id, unnest(CAST($merged_into AS VARCHAR[])) AS into_id
), people AS (
    SELECT
        coalesce(merged.into_id, blocks.agency_id) AS agency_id, batches.partner, named.block_id,
        coalesce(named.alike, true) AS alike,
        CASE WHEN named.alike THEN named.worker || '|' || named.report_id ELSE named.worker END AS person,
        string_agg(named.batch_id || '|' || named.report_id, ',' ORDER BY named.report_id) AS reports
    FROM desk.block_report AS named
    JOIN desk.block AS blocks ON blocks.block_id = named.block_id
    LEFT JOIN merged ON merged.agency_id = blocks.agency_id
    JOIN desk.batch AS batches ON batches.batch_id = named.batch_id
    WHERE named.worker IS NOT NULL
    GROUP BY ALL
), versions AS (
    SELECT
        agency_id, partner, person, alike, block_id,
        dense_rank() OVER (PARTITION BY agency_id, partner, person ORDER BY reports) AS version
    FROM people
), pasts AS (
    SELECT
        agency_id, partner, person, alike, list(block_id ORDER BY block_id) AS block_ids,
        list(version ORDER BY block_id) AS versions
    FROM versions
    GROUP BY agency_id, partner, person, alike
)
SELECT block_ids, versions, alike, count(*) AS people
FROM pasts
GROUP BY block_ids, versions, alike
ORDER BY block_ids, versions, alike
"""
# A question that is not told: fewer than ten workers answered it.
SILENT = Told(0, 9, 0, 9)
TOGETHER = 20_000  # numbers in one program; larger ones take longer than their parts
NEAR = 1e-6


class Sum(NamedTuple):
    """Some of the unknown numbers, and between what their sums lie."""

    numbers: Sequence[int]
    told: Told


class Known:
    """What releases told so far, and of whom."""

    def __init__(self, db: Cursor, merged: Mapping[str, Any]):
        self._of_block: dict[str, list[int]] = defaultdict(list)
        people, alike = list[int](), list[bool]()
        for row in fetch_rows(db, GROUPS, merged):
            numbers = dict[int, int]()  # of each version
            for block_id, version in zip(row["block_ids"], row["versions"], strict=True):
                if version not in numbers:
                    numbers[version] = len(people)
                    people.append(row["people"])
                    alike.append(row["alike"])
                self._of_block[block_id].append(numbers[version])
        self._people, self._alike = np.array(people, dtype=np.int64), np.array(alike, dtype=np.bool_)
        self._told = fetch_told(db)

    def bounds(self, question: str, of: Sequence[Sequence[str]], n_low: Ints, n_high: Ints) -> tuple[Ints, Ints]:
        """The least and the greatest number of adverse answers of each of some sets of blocks that have none in common;
        of their people between `n_low` and `n_high` answered. Where what was told contradicts itself, which should not
        happen, the least is more than the greatest."""
        wanted = [self._numbers(block_ids) for block_ids in of]
        sums = [
            Sum(numbers, Told(int(low), int(high), 0, int(high)))
            for numbers, low, high in zip(wanted, n_low, n_high, strict=True)
        ]
        for block_ids, told in self._told:
            numbers = self._numbers(block_ids)
            if question not in told or not numbers:
                continue
            cell = told[question]
            if cell is not None:
                sums.append(Sum(numbers, cell))
            elif not self._alike[numbers].any():
                sums.append(Sum(numbers, SILENT))
        if len(sums) == len(wanted):  # of this question nothing was ever told
            people = np.array([self._people[numbers].sum() for numbers in wanted], dtype=np.int64)
            return np.zeros_like(n_high), np.minimum(n_high, people)
        least, most = _solved(self._people, sums, wanted)
        return (
            np.array([np.ceil(least[numbers].sum() - NEAR) for numbers in wanted], dtype=np.int64),
            np.array([np.floor(most[numbers].sum() + NEAR) for numbers in wanted], dtype=np.int64),
        )

    def _numbers(self, block_ids: Iterable[str]) -> list[int]:
        return [number for block_id in block_ids for number in self._of_block.get(block_id, ())]


def _solved(people: Ints, sums: Sequence[Sum], wanted: Sequence[Sequence[int]]) -> tuple[Floats, Floats]:
    """Each number where the wanted sums are least, and where they are greatest; 1 and 0 in a contradiction."""
    least, most, asked = np.ones(len(people)), np.zeros(len(people)), np.zeros(len(people))
    asked[[number for numbers in wanted for number in numbers]] = 1
    places = np.array([number for each in sums for number in each.numbers], dtype=np.int64)
    rows = np.repeat(np.arange(len(sums)), [len(each.numbers) for each in sums])
    matrix = csr_array((np.ones(len(places)), (rows, places)), shape=(len(sums), len(people)))
    ends = np.array([each.told for each in sums], dtype=np.float64).reshape(len(sums), len(Told._fields))
    part = connected_components(matrix.T @ matrix, directed=False)[1]
    # Parts have nothing to do with each other; as many at once as are solved fast.
    waiting = [np.unique(part[asked > 0])] if asked.any() else []
    while waiting:
        together = waiting.pop()
        numbers = np.flatnonzero(np.isin(part, together))
        inside = matrix[:, numbers]
        here = np.flatnonzero(np.diff(inside.indptr))
        small = len(numbers) <= TOGETHER or len(together) == 1
        found = _both_ends(inside[here], ends[here], people[numbers], asked[numbers]) if small else None
        if found is not None:
            least[numbers], most[numbers] = found
        elif len(together) > 1:
            waiting += np.array_split(together, 2)
    return least, most


def _both_ends(sums: csr_array, told: Floats, people: Ints, asked: Floats) -> tuple[Floats, Floats] | None:
    """Adverse answers where the asked ones are fewest, and where they are most. None where no numbers are possible."""
    size = len(people)
    nothing, one = csr_array(sums.shape), eye_array(size, format="csr")
    of_answers, of_adverse = hstack([sums, nothing]), hstack([nothing, sums])
    matrix = vstack([of_answers, of_adverse, hstack([-one, one])])  # no more adverse than answers
    low = np.concatenate([told[:, 0], told[:, 2], np.full(size, -np.inf)])
    high = np.concatenate([told[:, 1], told[:, 3], np.zeros(size)])
    limits = LinearConstraint(matrix, low, high)
    bounds = Bounds(np.zeros(2 * size), np.concatenate([people, people]))
    aim = np.concatenate([np.zeros(size), asked])
    found = [milp(sign * aim, constraints=limits, bounds=bounds) for sign in (1, -1)]
    return (found[0].x[size:], found[1].x[size:]) if all(each.success for each in found) else None
