"""How firm is a score? What its headline would be without one partner.

Every answer is judged by `headline.evaluate`, as the score itself is, from an agency's own counts. Nothing here is
kept, and nothing here changes a score.
"""

import math
from collections.abc import Mapping

import numpy as np

from schemas.robustness import LeftOut, Standing
from vetting.scoring.evaluate import Evaluated
from vetting.scoring.headline import BANDS, REASONS, Result, without_partner
from vetting.scoring.records import range_of


def standing(result: Result, row: int) -> Standing:
    """The headline of one row of what was judged."""
    return Standing(
        band=BANDS[result.band[row]],
        band_reason=REASONS[result.reason[row]],
        points=range_of(result.combined.headline[row]),
    )


def left_out(done: Evaluated, row: int, names: Mapping[str, str]) -> tuple[LeftOut, ...]:
    """The headline of one agency (a row of `done`) without each partner with a counted worker there: those that lower
    the band first, then by how far the middle moves. `names` by partner's code; without one, it is called by that."""
    groups = done.groups
    rows = np.flatnonzero((groups.agency == row) & groups.counting)
    without = without_partner(groups, rows, done.independent, done.auditors, done.documents, done.standard)
    found = [
        LeftOut(
            partner=groups.partner[group],
            name=names.get(groups.partner[group], groups.partner[group]),
            heard=int(groups.tally.workers[group]),
            workers=int(without.judged.all_counted.workers[place]),
            without=standing(without, place),
            lowers=bool(done.rests[group]),
        )
        for place, group in enumerate(rows.tolist())
    ]
    middle = float(done.result.combined.headline[row, 1])
    return tuple(sorted(found, key=lambda each: (not each.lowers, -_moved(each.without, middle), each.partner)))


def _moved(without: Standing, middle: float) -> float:
    """Points between two middles; a headline that is gone has moved farthest."""
    return math.inf if without.points is None else abs(without.points.mid - middle)
