"""Which workers to interview? How many in each stratum, and which lines of its list: pure rules, no chance of its own.

Anybody who has the seed and the strata can draw the same sample again, without this program (docs/interview-sample.md).
"""

import hashlib
from collections.abc import Sequence
from fractions import Fraction

from schemas.interview_draw import DrawnStratum, Stratum

RULE = "sha256-1"  # a change to anything below is a new name


def draw(strata: Sequence[Stratum], size: int, seed: str) -> tuple[DrawnStratum, ...]:
    """The strata in the order of their keys, each with its share of `size` and the lines drawn. `size` is at most the
    workers there are."""
    ordered = sorted(strata, key=lambda stratum: stratum.key)
    samples = apportion([stratum.placed for stratum in ordered], size)
    drawn = []
    for place, (stratum, sample) in enumerate(zip(ordered, samples, strict=True), 1):
        lines = tickets_in_order(stratum, seed)
        drawn.append(
            DrawnStratum(
                **stratum.model_dump(),
                place=place,
                sample=sample,
                positions=tuple(lines[:sample]),
                reserves=tuple(lines[sample : 2 * sample]),
            )
        )
    return tuple(drawn)


def apportion(placed: Sequence[int], size: int) -> list[int]:
    """`size` interviews over strata of so many workers: by largest remainder, and at least one for each that has a
    worker, where `size` allows. Raises ValueError for a size above the workers there are.

    A stratum whose share is below one gets one and is set aside; the rest is shared anew among the others, until
    nobody's share is below one. With more strata than interviews, the largest get one each. Ties go to the first.
    """
    if size > sum(placed):
        raise ValueError("more interviews than workers")
    shares = [0] * len(placed)
    left = [index for index, workers in enumerate(placed) if workers]
    if size < len(left):
        for index in sorted(left, key=lambda index: -placed[index])[:size]:
            shares[index] = 1
        return shares
    while small := [index for index in left if size * placed[index] < sum(placed[each] for each in left)]:
        for index in small:
            shares[index] = 1
        size -= len(small)
        left = [index for index in left if index not in small]
    total = sum(placed[index] for index in left)
    exact = {index: Fraction(size * placed[index], total) for index in left}
    for index in left:
        shares[index] = int(exact[index])
    over = size - sum(shares[index] for index in left)
    for index in sorted(left, key=lambda index: shares[index] - exact[index])[:over]:
        shares[index] += 1
    return shares


def tickets_in_order(stratum: Stratum, seed: str) -> list[int]:
    """The lines 1 to `placed` in the order they are drawn: by their tickets, the lowest first."""
    return sorted(range(1, stratum.placed + 1), key=lambda line: ticket(stratum, seed, line))


def ticket(stratum: Stratum, seed: str, line: int) -> str:
    """SHA-256, in hexadecimal, of seed, origin, destination, sex, client and line, joined by "|", in UTF-8."""
    return hashlib.sha256("|".join((seed, *stratum.key, str(line))).encode()).hexdigest()
