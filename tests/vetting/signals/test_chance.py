"""The tails agree with an independent computation (scipy)."""

import pytest
from scipy.stats import binom, poisson

from vetting.signals.chance import SMALLEST, binomial_tail, poisson_tail


@pytest.mark.parametrize("expected", [0.001, 0.4, 3.0, 27.5])
@pytest.mark.parametrize("count", [0, 1, 2, 3, 9, 40])
def test_the_poisson_tail(count: int, expected: float):
    assert poisson_tail(count, expected) == pytest.approx(max(poisson.sf(count - 1, expected), SMALLEST), rel=1e-6)


@pytest.mark.parametrize("share", [0.01, 0.5, 0.93])
@pytest.mark.parametrize(("count", "among"), [(0, 5), (1, 5), (5, 5), (12, 40), (300, 900)])
def test_the_binomial_tail(count: int, among: int, share: float):
    assert binomial_tail(count, among, share) == pytest.approx(
        max(binom.sf(count - 1, among, share), SMALLEST), rel=1e-6
    )


def test_what_cannot_happen_by_chance_is_not_called_impossible():
    assert poisson_tail(1, 0.0) == SMALLEST
    assert poisson_tail(0, 0.0) == 1.0
