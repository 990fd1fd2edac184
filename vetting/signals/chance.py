"""How likely is it that chance alone brings so many? Exact tails, summed term by term."""

from collections.abc import Callable
from math import exp, lgamma, log, log1p

# Below it something is shown to reviewers (assumed: of a thousand clean batches or agencies about one is shown).
RARE = 0.001
SMALLEST = 1e-300


def poisson_tail(count: int, expected: float) -> float:
    """The probability of `count` or more where `expected` come on average."""
    if count <= 0:
        return 1.0
    if expected <= 0:
        return SMALLEST
    if count <= expected:
        below = sum(exp(i * log(expected) - expected - lgamma(i + 1)) for i in range(count))
        return max(0.0, 1.0 - below)
    return _summed(lambda i: i * log(expected) - expected - lgamma(i + 1), count, None)


def binomial_tail(count: int, among: int, share: float) -> float:
    """The probability of `count` or more of `among`, each with the probability `share`."""
    if count <= 0 or share >= 1:
        return 1.0
    if share <= 0:
        return SMALLEST
    whole = lgamma(among + 1)

    def term(i: int) -> float:
        return whole - lgamma(i + 1) - lgamma(among - i + 1) + i * log(share) + (among - i) * log1p(-share)

    if count <= among * share:
        return max(0.0, 1.0 - sum(exp(term(i)) for i in range(count)))
    return _summed(term, count, among)


def _summed(term: Callable[[int], float], first: int, last: int | None) -> float:
    """From the first term on; beyond the mean each is smaller than the one before."""
    total, i = 0.0, first
    while last is None or i <= last:
        part = exp(term(i))
        total += part
        if part < total * 1e-12:
            break
        i += 1
    return min(1.0, max(total, SMALLEST))
