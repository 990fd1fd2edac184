"""How exactly may a count of answers be known? To within a cell of at least five counts, per partner.

Whatever a release tells of answers is worked out from the two ends of these cells (`ends`), so it holds of every count
in them, and nobody learns more. The cells lie on fixed multiples of five: as a partner's workers become more, a cell is
only ever split along lines that were there, so comparing releases narrows it no further. Counts are put into cells
partner by partner and added afterwards: who knows its own answers and takes them away is left with cells of others.
"""

from typing import NamedTuple

import numpy as np

from vetting.scoring.tally import Bools, Ints

# Four would keep every count from being known to within fewer than three. Five is what the grid of shares comes to at
# its own sizes (50 points of 10 workers, 25 of 20, 10 of 50, 5 of 100), and leaves one to spare where blocks leave.
WIDTH = 5


class Cells(NamedTuple):
    """Of each count: between which numbers n, those who answered, and k, those whose answer is adverse, lie."""

    n_low: Ints
    n_high: Ints
    k_low: Ints
    k_high: Ints


def answered(n: Ints, told: Bools) -> tuple[Ints, Ints]:
    """The ends of the cell of n; nought where not told."""
    n_low = n // WIDTH * WIDTH
    return np.where(told, n_low, 0), np.where(told, n_low + WIDTH - 1, 0)


def cells(k: Ints, n_low: Ints, n_high: Ints, least: Ints, most: Ints) -> Cells:
    """Cells of k among n, which lies between two numbers that are told, nought where nothing is. `least` and `most` are
    what is known of k before (`known`): the lowest and the highest cell hold at least five counts that are possible
    then. The highest reaches up to n."""
    first = -(-(least + WIDTH) // WIDTH) * WIDTH
    last = np.minimum((most + 1 - WIDTH) // WIDTH * WIDTH, n_low - WIDTH)
    possible, split = least <= most, (first <= last) & (least <= most)
    bottom, top = np.where(possible, least, 0), np.where(possible, np.minimum(most, n_high), n_high)
    line = np.clip(k // WIDTH * WIDTH, first, np.maximum(first, last))
    k_low = np.where(split & (k >= first), line, bottom)
    k_high = np.where(split & (k < last), np.where(k < first, first, line + WIDTH) - 1, top)
    return Cells(*(np.where(n_low > 0, each, 0) for each in (n_low, n_high, k_low, k_high)))


def as_counted(found: Cells, k: Ints) -> Cells:
    """What the band is worked out from: in a cell that begins at none, the count itself."""
    from_none = found.k_low == 0
    return found._replace(k_low=np.where(from_none, k, found.k_low), k_high=np.where(from_none, k, found.k_high))


def none_or_most(found: Cells, k: Ints) -> Cells:
    """The same of a question that no other could be mistaken for: either none at all, or as many as the cell holds."""
    from_none = found.k_low == 0
    k_low = np.where(from_none & (k > 0), found.k_high, found.k_low)
    return found._replace(k_low=k_low, k_high=np.where(from_none & (k == 0), 0, found.k_high))
