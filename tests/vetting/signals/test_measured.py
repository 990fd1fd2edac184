"""What was planted among honest reports is found, and honest reports raise few alarms: measured on worlds with a known
truth (docs/signals.md tells the figures of more of them)."""

import pytest

from bench.measure_signals import FIRST, Tally, measure
from schemas.signal import SignalKind

# What docs/signals.md measured, less what two worlds may differ by.
PRECISION = dict.fromkeys(SignalKind, 0.85)
RECALL = dict.fromkeys(SignalKind, 0.85) | {SignalKind.NEAR_COPIES: 0.65}
FALSE_ALARMS = 0.005  # of the places looked at, on data in which nothing was planted


@pytest.fixture(scope="module")
def measured() -> dict[SignalKind, Tally]:
    return measure(range(FIRST, FIRST + 2))


@pytest.mark.parametrize("kind", SignalKind)
def test_what_was_planted_is_found_and_little_else(kind: SignalKind, measured: dict[SignalKind, Tally]):
    tally = measured[kind]
    assert tally.planted > 0
    assert tally.precision >= PRECISION[kind]
    assert tally.recall >= RECALL[kind]


@pytest.mark.parametrize("kind", SignalKind)
def test_honest_reports_raise_few_alarms(kind: SignalKind, measured: dict[SignalKind, Tally]):
    assert measured[kind].false_clean <= FALSE_ALARMS * measured[kind].looked_at
