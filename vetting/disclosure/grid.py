"""How coarse must a number be before it may leave the house? The grid of releases, one pure function per step.

The steps are the design's own and assumed (docs/privacy.md argues them); `k` and the sizes from which a median, a
percentile or a principle's range may be told are the standard's. Everything is rounded here and nowhere else.
"""

import math
from datetime import date

from schemas.codes import Band, BandReason
from schemas.release import TOO_FEW, Steps, Word
from schemas.score import Range
from schemas.standard import Bands

COUNT_STEPS = (10, 20, 50, 100, 500)
# From this many workers on, shares are told in steps of so many points.
SHARE_STEPS = {10: 50, 20: 25, 50: 10, 100: 5}
LOWEST_SHARE, HIGHEST_SHARE = 10, 90  # per cent: nobody learns "none of them" or "all of them"
HEADLINE_STEP, PRINCIPLE_STEP, COVERAGE_STEP = 10, 20, 10
HEARD_STEPS = (5, 20)  # per cent of the workers deployed
DEPLOYMENTS_UNKNOWN = "deployments unknown"
HEARD_TOO_FEW = "too few departed lately to say"
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


def share(k: int, n: int) -> str | None:
    """A share is told between steps of 50 points for 10–19 workers, 25 for 20–49, 10 for 50–99 and 5 from 100, below
    and above the ends as "under 10 %" and "over 90 %"; of fewer than ten workers it is not told.

    A share on a step belongs to the interval above it, except that 90 % itself is not yet over 90 %.
    """
    if n < COUNT_STEPS[0]:
        return None
    if 100 * k < LOWEST_SHARE * n:
        return f"under {LOWEST_SHARE} %"
    if 100 * k > HIGHEST_SHARE * n:
        return f"over {HIGHEST_SHARE} %"
    step = max((least, points) for least, points in SHARE_STEPS.items() if n >= least)[1]
    inner = [edge for edge in range(0, 101, step) if LOWEST_SHARE < edge < HIGHEST_SHARE]
    edges = [LOWEST_SHARE, *inner, HIGHEST_SHARE]
    below = [edge for edge in edges[:-1] if edge * n <= 100 * k]
    low = below[-1]
    return f"{low}–{edges[edges.index(low) + 1]} %"


def months(value: float | None, n: int, least: int) -> float | None:
    """A median or percentile of months is told to half a month, and only from `least` workers on."""
    return None if value is None or n < least else math.floor(value * 2 + 0.5 + TOLERANCE) / 2


def headline(points: Range | None) -> Steps | None:
    """The headline's range is told with both ends rounded outward to 10 points."""
    return None if points is None else outward(points, HEADLINE_STEP)


def principle(points: Range | None, workers: int, least: int) -> Steps | None:
    """A principle's range is told from `least` workers on, with both ends rounded outward to 20 points."""
    return None if points is None or workers < least else outward(points, PRINCIPLE_STEP)


def outward(points: Range, step: int) -> Steps:
    """The smallest range on the steps that holds this one; never a single point."""
    low = math.floor((points.low + TOLERANCE) / step) * step
    high = math.ceil((points.high - TOLERANCE) / step) * step
    if low >= high:
        return Steps(low=low, high=low + step) if low + step <= 100 else Steps(low=100 - step, high=100)
    return Steps(low=low, high=high)


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


def half_year(day: date) -> str:
    """The age of evidence is told by half-year."""
    return f"{day.year} H{1 if day.month <= 6 else 2}"


def heard(departed: int, deployed: int | None, k: int) -> str:
    """Heard ÷ deployed is told as under 5 %, 5–20 % or over 20 %; with fewer than `k` departed lately, none included,
    it is not."""
    if not deployed:
        return DEPLOYMENTS_UNKNOWN
    if departed < k:
        return HEARD_TOO_FEW
    low, high = HEARD_STEPS
    if 100 * departed < low * deployed:
        return f"under {low} %"
    return f"{low}–{high} %" if 100 * departed <= high * deployed else f"over {high} %"
