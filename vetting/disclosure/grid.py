"""How coarse must a number be before it may leave the house? The grid of releases, one pure function per step.

The steps are assumed (docs/privacy.md argues them); `k` and the sizes from which a median, a percentile or a
principle's range may be told are the standard's. Everything is rounded here and nowhere else. What rests on answers
comes in as two ends, the best and the worst that their cells allow (`ends`), and is told as far as it holds of both.
"""

import math
from collections.abc import Sequence
from datetime import date

from schemas.codes import Band, BandReason
from schemas.release import TOO_FEW, Steps, Word
from schemas.score import Range
from schemas.standard import Bands

COUNT_STEPS = (10, 20, 50, 100, 500)
# From this many workers on, shares are told in steps of so many points.
SHARE_STEPS = {10: 50, 20: 25, 50: 10, 100: 5}
LOWEST_SHARE, HIGHEST_SHARE = 10, 90  # per cent: the outermost steps, so that nobody learns "none" or "all"
HEADLINE_STEP, PRINCIPLE_STEP, COVERAGE_STEP = 10, 20, 10
HEARD_STEPS = (5, 20)  # per cent of the workers deployed
DEPLOYMENTS_UNKNOWN = "deployments unknown"
ANY_SHARE = "range too wide to tell"  # the cells of several partners together leave everything open
TOLERANCE = 1e-9
# A gate in doubt says that some workers reported something grave, a range too wide that they disagree: both are told
# as one, by telling neither.
TOLD_REASONS = frozenset({BandReason.TOO_FEW_WORKERS, BandReason.LOW_COVERAGE})


def count(n: int) -> str:
    """Counts are told as 10–19, 20–49, 50–99, 100–499 or 500+; fewer than ten, none included, are too few to show."""
    if n < COUNT_STEPS[0]:
        return TOO_FEW
    for low, following in zip(COUNT_STEPS, COUNT_STEPS[1:], strict=False):
        if n < following:
            return f"{low}–{following - 1}"
    return f"{COUNT_STEPS[-1]}+"


def counts(low: int, high: int) -> str:
    """A count that lies between two: the class of both, or where these differ, from the one to the other."""
    of_low, of_high = count(low), count(high)
    if of_low == of_high:
        return of_low
    begin = of_low.partition("–")[0]
    return f"{begin}+" if of_high.endswith("+") else f"{begin}–{of_high.partition('–')[2]}"


def share(best: tuple[int, int], worst: tuple[int, int]) -> str | None:
    """A share that lies between k of n at its best and at its worst is told between steps of 50 points for 10–19
    workers, 25 for 20–49, 10 for 50–99 and 5 from 100: "under 25 %", "10–20 %", "75 % or over". From 50 workers on
    nobody learns "under 5 %" or "95 % or over". Where its class says nothing, by the next smaller step that does; of
    fewer than ten workers it is not told.
    """
    (least, most_of), (most, least_of) = best, worst
    if least_of < COUNT_STEPS[0]:
        return None
    own = max((size, step) for size, step in SHARE_STEPS.items() if least_of >= size)[1]
    for step in [each for each in SHARE_STEPS.values() if each <= own]:
        edges = [0, *(e for e in range(step, 100, step) if LOWEST_SHARE <= e <= HIGHEST_SHARE), 100]
        low = max(edge for edge in edges[:-1] if edge * most_of <= 100 * least)
        high = min(edge for edge in edges if edge * least_of > 100 * most or edge == edges[-1])
        if (low, high) != (0, 100):
            return f"under {high} %" if low == 0 else f"{low} % or over" if high == edges[-1] else f"{low}–{high} %"
    return ANY_SHARE


def amount(more_than: Sequence[float], of: float, part: float) -> float:
    """Months of wage that at most this part of the workers exceed (0.5: the median), to half a month. `more_than`: how
    many paid more than a quarter, three quarters… of a month, the middles of their cells, as `of` is."""
    beyond = [count > part * of for count in more_than]
    return beyond.index(False) / 2 if False in beyond else len(beyond) / 2


def headline(best: Range | None, worst: Range | None) -> Steps | None:
    """The headline's range is told with both ends rounded outward to 10 points."""
    return None if best is None or worst is None else outward(_both(best, worst), HEADLINE_STEP)


def principle(best: Range | None, worst: Range | None, workers: int, least: int) -> Steps | None:
    """A principle's range is told from `least` workers on, with both ends rounded outward to 20 points."""
    if best is None or worst is None or workers < least:
        return None
    return outward(_both(best, worst), PRINCIPLE_STEP)


def outward(points: Range, step: int) -> Steps:
    """The smallest range on the steps that holds this one; never a single point."""
    low = math.floor((points.low + TOLERANCE) / step) * step
    high = math.ceil((points.high - TOLERANCE) / step) * step
    if low >= high:
        return Steps(low=low, high=low + step) if low + step <= 100 else Steps(low=100 - step, high=100)
    return Steps(low=low, high=high)


def agreed(best: Word, worst: Word) -> Word:
    """The word that both ends give; unclear where they differ."""
    if best is worst:
        return best
    silent = {Word.NOT_ASSESSED, Word.NOT_APPLICABLE}
    return Word.NOT_ASSESSED if {best, worst} & silent else Word.UNCLEAR


def word(points: Range | None, applicable: bool, bands: Bands) -> Word:
    """A criterion or principle is told as a word, by the same thresholds as the headline's band."""
    if not applicable:
        return Word.NOT_APPLICABLE
    if points is None:
        return Word.NOT_ASSESSED
    if points.mid < bands.weak_mid - bands.tolerance and points.high < bands.weak_high - bands.tolerance:
        return Word.WEAK
    if points.low >= bands.strong_low - bands.tolerance:
        return Word.STRONG
    if points.low >= bands.fair_low - bands.tolerance:
        return Word.FAIR
    return Word.WEAK if points.high - points.low <= bands.weak_width + bands.tolerance else Word.UNCLEAR


def reason(band: Band, why: BandReason | None) -> BandReason | None:
    """Too few workers and low coverage are told as reasons; what else unsettles a band is not."""
    return why if band is Band.INSUFFICIENT_EVIDENCE and why in TOLD_REASONS else None


def coverage(part: float) -> int:
    """Coverage is told in per cent to 10 points, downward, so that it never claims more than there is."""
    return math.floor((part * 100 + TOLERANCE) / COVERAGE_STEP) * COVERAGE_STEP


def partners(n: int) -> str:
    """Partners are told as 1 or "2 or more"."""
    return "1" if n == 1 else "2 or more"


def middle(blocks: Sequence[tuple[date, int]]) -> date:
    """The quarter in or after which half of the workers were heard, of blocks with their quarter and their workers."""
    heard, half = 0, sum(workers for _, workers in blocks) / 2
    for quarter, workers in sorted(blocks, reverse=True):
        heard += workers
        if heard >= half:
            return quarter
    raise ValueError("no block")


def half_year(day: date) -> str:
    """The age of evidence is told by half-year."""
    return f"{day.year} H{1 if day.month <= 6 else 2}"


def heard(lately: int, deployed: int | None) -> str:
    """Heard ÷ deployed is told as under 5 %, 5–20 % or over 20 %, of the workers in blocks of the last twelve months;
    where there is no such block, it is not."""
    if not deployed:
        return DEPLOYMENTS_UNKNOWN
    if not lately:
        return TOO_FEW
    low, high = HEARD_STEPS
    if 100 * lately < low * deployed:
        return f"under {low} %"
    return f"{low}–{high} %" if 100 * lately <= high * deployed else f"over {high} %"


def _both(best: Range, worst: Range) -> Range:
    """From the lowest end to the highest."""
    low, high = min(best.low, worst.low), max(best.high, worst.high)
    return Range(low=low, mid=(low + high) / 2, high=high)
