"""From indicators to criteria, principles and the headline's range: weighted means whose uncertainty adds up.

Arrays have a row per agency; ranges hold low, mid, high in their last place and NaN where not assessed. Sums run in the
order of the standard, one criterion at a time, so that the same agency gives the same bytes in any company.
"""

from dataclasses import dataclass

import numpy as np

from schemas.standard import Standard
from vetting.scoring.documents import Documents
from vetting.scoring.indicators import INDICATORS
from vetting.scoring.judge import MET, PLACE, Judged
from vetting.scoring.tally import Bools, Floats


@dataclass(frozen=True)
class Combined:
    """`worker`, `criteria`: a column per criterion; `principles`: a column per principle; weights are out of 100."""

    worker: Floats
    criteria: Floats
    applicable: Bools
    weights: Floats
    assessed_weights: Floats  # the same, 0 where a criterion is not assessed: what principles and headline combine
    principles: Floats
    headline: Floats
    coverage: Floats
    worker_coverage: Floats


def combine_all(
    judged: Judged, documents: Documents, standard: Standard, principle_weights: Floats | None = None
) -> Combined:
    """`principle_weights`: others than the standard's, out of 100, a column per principle and a row per agency or
    one row for all."""
    rho = standard.measuring.correlation
    worker = worker_side(judged, standard)
    criteria = np.fmin(worker, documents.points[..., None])
    applicable = applicable_criteria(judged, documents, standard)
    criteria = np.where(applicable[..., None], criteria, np.nan)
    weights = criterion_weights(applicable, standard, principle_weights)
    assessed = ~np.isnan(criteria[..., 1])
    counted = np.where(assessed, weights, 0.0)
    by_workers = np.where(applicable & ~np.isnan(worker[..., 1]), weights, 0.0)
    principles = [
        combine(np.where(columns_of(principle.code, standard), counted, 0.0), criteria, rho)
        for principle in standard.principles
    ]
    return Combined(
        worker=worker,
        criteria=criteria,
        applicable=applicable,
        weights=weights,
        assessed_weights=counted,
        principles=np.stack(principles, axis=1),
        headline=combine(counted, criteria, rho),
        coverage=np.minimum(_sum(counted) / 100, 1.0),
        worker_coverage=np.minimum(_sum(by_workers) / 100, 1.0),
    )


@dataclass(frozen=True)
class Parts:
    """What each column adds to a combined range: its share `c` of the weight, `mid` = c·mid, and how far it reaches,
    `down` = c·(mid - low) and `up` = c·(high - mid). All 0 where a column has no weight."""

    share: Floats
    mid: Floats
    down: Floats
    up: Floats


def parts(weights: Floats, ranges: Floats) -> Parts:
    """The weights made to sum to 1, and what each range adds by them."""
    total = _sum(weights)
    share = np.divide(weights, total[:, None], out=np.zeros_like(weights), where=total[:, None] > 0)
    known = np.where((share > 0)[..., None], ranges, 0.0)
    return Parts(
        share=share,
        mid=share * known[..., 1],
        down=share * (known[..., 1] - known[..., 0]),
        up=share * (known[..., 2] - known[..., 1]),
    )


def combine(weights: Floats, ranges: Floats, rho: float) -> Floats:
    """mid = sum of c·mid; with d = c·(mid - low), low = mid - sqrt((1 - rho)·sum of d² + rho·(sum of d)²); high alike.

    c are the weights, made to sum to 1; NaN where they sum to 0. (MOVER, with one common correlation rho.)
    """
    each = parts(weights, ranges)
    mid = _sum(each.mid)
    # The formula never leaves 0 to 100; only the last digit of a sum does, and it is taken back.
    ends = np.stack([mid - _spread(each.down, rho), mid, mid + _spread(each.up, rho)], axis=-1)
    return np.where((_sum(weights) > 0)[:, None], np.clip(ends, 0.0, 100.0), np.nan)


def principle_sides(combined: Combined, documents: Documents, standard: Standard) -> tuple[Floats, Floats]:
    """Each side of the principles alone, by the same weights, for showing them apart: ranges of workers, and documents'
    points. Nothing is judged by them."""
    rho = standard.measuring.correlation
    on_paper = np.repeat(documents.points[..., None], 3, axis=-1)
    sides = []
    for ranges in (combined.worker, on_paper):
        known = np.where(combined.applicable & ~np.isnan(ranges[..., 1]), combined.weights, 0.0)
        own = [columns_of(principle.code, standard) for principle in standard.principles]
        sides.append(np.stack([combine(np.where(columns, known, 0.0), ranges, rho) for columns in own], axis=1))
    return sides[0], sides[1][..., 1]


def worker_side(judged: Judged, standard: Standard) -> Floats:
    """Workers' side of a criterion: its assessed indicators, equal weights, combined; in 1.1 the smaller of W01 and
    W02, place by place."""
    sides = []
    for criterion in standard.criteria:
        places = [PLACE[each.code] for each in INDICATORS if each.criterion == criterion.crit_code]
        points = judged.points[:, places, :]
        if criterion.crit_code == "1.1":
            sides.append(np.fmin(points[:, 0, :], points[:, 1, :]))
        else:
            weights = judged.assessed[:, places].astype(np.float64)
            sides.append(combine(weights, points, standard.measuring.correlation))
    return np.stack(sides, axis=1)


def applicable_criteria(judged: Judged, documents: Documents, standard: Standard) -> Bools:
    """1.4 is not applicable, and out of every weight, while W01 is met with k = 0 and no document speaks to it."""
    applicable = np.ones(documents.points.shape, dtype=np.bool_)
    repayment = [criterion.crit_code for criterion in standard.criteria].index("1.4")
    nobody_charged = (judged.of("W01") == MET) & (judged.k[:, PLACE["W01"]] == 0)
    applicable[:, repayment] = ~(nobody_charged & np.isnan(documents.points[:, repayment]))
    return applicable


def criterion_weights(applicable: Bools, standard: Standard, principle_weights: Floats | None = None) -> Floats:
    """A principle's weight is shared equally by its applicable criteria."""
    weights = np.zeros(applicable.shape)
    each = scheme_weights(standard)[None, :] if principle_weights is None else principle_weights
    for place, principle in enumerate(standard.principles):
        own = applicable & columns_of(principle.code, standard)
        weights += np.where(own, (each[:, place] / np.maximum(own.sum(axis=1), 1))[:, None], 0.0)
    return weights


def scheme_weights(standard: Standard) -> Floats:
    """The principles' weights out of 100, in the order of the standard."""
    return np.array([principle.weight for principle in standard.principles], dtype=np.float64)


def columns_of(principle: str, standard: Standard) -> Bools:
    """Which columns are the criteria of this principle."""
    return np.array([criterion.principle == principle for criterion in standard.criteria])


def reaches(parts: Floats) -> tuple[Floats, Floats]:
    """The sum of d² and the sum of d, of each row: what its spread is made from."""
    return _sum(parts * parts), _sum(parts)


def _sum(columns: Floats) -> Floats:
    """Column after column, in order."""
    total = np.zeros(columns.shape[0])
    for column in range(columns.shape[1]):
        total = total + columns[:, column]
    return total


def _spread(parts: Floats, rho: float) -> Floats:
    squares, total = reaches(parts)
    return np.asarray(np.sqrt((1 - rho) * squares + rho * total**2))
