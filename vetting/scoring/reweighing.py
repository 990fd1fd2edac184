"""What would a headline be under other weights of the principles? Judged by `headline.evaluate`, as the score itself
is. Nothing here is kept, and nothing here changes a score."""

import hashlib
from collections import Counter
from collections.abc import Mapping

import numpy as np

from schemas.robustness import DrawnBand, OtherWeights
from schemas.score import Range
from schemas.standard import Standard
from vetting.refusals import Refusal
from vetting.scoring.combine import scheme_weights
from vetting.scoring.evaluate import Evaluated
from vetting.scoring.headline import BANDS, Result, evaluate
from vetting.scoring.indicators import METHOD_VERSION
from vetting.scoring.tally import Floats

DRAWS = 500
# Assumed: reasonable people's weights differ from the scheme's by less than half, nine times in ten for the lightest
# principle (5 of 100) and nearly always for the others. The larger, the closer to the scheme's.
CONCENTRATION = 200
MOST_GIVEN = 1000  # assumed: no field needs more room than that to say a proportion
MOST = 0.95  # assumed: the middle is told as where it lies in so many of the draws


def other_weights(done: Evaluated, row: int) -> OtherWeights:
    """What becomes of the headline of one agency (a row of `done`) when the principles are weighed otherwise."""
    drawn = draw_weights(seed_of(done, row), done.standard)
    result = reweighed(done, row, drawn)
    bands = Counter(result.band.tolist())
    ends = (1 - MOST) / 2, 0.5, (1 + MOST) / 2
    low, mid, high = np.quantile(result.combined.headline[:, 1], ends).tolist()
    return OtherWeights(
        draws=len(drawn),
        held=bands[int(done.result.band[row])],
        bands=tuple(
            DrawnBand(band=BANDS[band], draws=draws)
            for band, draws in sorted(bands.items(), key=lambda each: (-each[1], each[0]))
        ),
        middle=None if np.isnan(mid) else Range(low=low, mid=mid, high=high),
    )


def draw_weights(seed: int, standard: Standard, draws: int = DRAWS) -> Floats:
    """So many rows of principles' weights that sum to 100: a Dirichlet draw whose mean is the scheme's."""
    alpha = CONCENTRATION * scheme_weights(standard) / 100
    return np.asarray(100 * np.random.Generator(np.random.PCG64(seed)).dirichlet(alpha, draws))


def seed_of(done: Evaluated, row: int) -> int:
    """The same question draws the same weights: an agency, D, K, the standard and the method."""
    asked = (
        done.ids[row],
        done.as_of.isoformat(),
        done.known_at.isoformat(timespec="microseconds"),
        done.standard.id,
        done.standard.content_hash,
        str(METHOD_VERSION),
    )
    return int.from_bytes(hashlib.sha256("|".join(asked).encode()).digest()[:8])


def reweighed(done: Evaluated, row: int, weights: Floats) -> Result:
    """Everything judged of one agency (a row of `done`), once for each row of principles' weights out of 100."""
    copies = np.full(len(weights), row)
    return evaluate(
        done.independent.take(copies), done.auditors.take(copies), done.documents.take(copies), done.standard, weights
    )


def chosen_weights(weights: Mapping[str, float], standard: Standard) -> Floats:
    """Weights by principle as one row out of 100; in proportion to the scheme's they are the scheme's. Refused unless
    every principle has one, finite and not negative, and one of them is above 0."""
    codes = [principle.code for principle in standard.principles]
    if set(weights) != set(codes):
        raise Refusal(f"Give a weight to each of the principles {', '.join(codes)}, and to nothing else.")
    given = np.array([weights[code] for code in codes], dtype=np.float64)
    if not np.isfinite(given).all() or (given < 0).any() or (given > MOST_GIVEN).any():
        raise Refusal(f"A weight is a number from 0 to {MOST_GIVEN}.")
    if not given.any():
        raise Refusal("Give at least one principle a weight above 0: else nothing is weighed.")
    scheme, row = scheme_weights(standard), given * 100 / given.sum()
    return (scheme if np.allclose(row, scheme, rtol=0, atol=1e-9) else row)[None, :]
