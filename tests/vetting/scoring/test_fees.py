"""Fees in the manner of SDG 10.7.1, per agency and corridor: computed by hand, and by other people's functions."""

import statistics

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.score import CorridorFigure, Months
from tests.vetting.scoring.evidence import report, scored, send, settle
from tests.vetting.scoring.tallies import STANDARD
from vetting.scoring.beside import months_of
from vetting.store import Store

MONTHS = st.lists(st.floats(0, 60, allow_nan=False), min_size=1, max_size=120)


def told(prefix: str, destination: str, *groups: tuple[int, float | None]) -> list[dict]:
    """So many workers each with this cost in months of wage; 0 was charged nothing, None could not tell the cost."""
    rows = []
    for group, (count, months) in enumerate(groups):
        rows += [
            report(
                f"{prefix}{group}-{number}", destination_country=destination, w01=months != 0, months=months,
                w02=None if months is None else months > 1,
            )
            for number in range(count)
        ]  # fmt: skip
    return rows


@pytest.fixture
def figures(store: Store) -> tuple[Months, list[CorridorFigure]]:
    """60 workers to Qatar who can tell the cost, and 6 who cannot; 49 to Japan."""
    settle(store)
    send(store, "sunrise", told("q", "QAT", (30, 0.0), (15, 1.0), (5, 3.0), (6, None)))
    send(store, "dockers", told("r", "QAT", (5, 1.0), (5, 3.0)) + told("j", "JPN", (29, 0.0), (20, 2.5)))
    score = scored(store)
    return score.months, list(score.corridors)


def test_a_corridor_is_as_computed_by_hand(figures):
    """Qatar: 30 × 0, 20 × 1, 10 × 3. The median at place 29.5, between the last 0 and the first 1; the 80th percentile
    at place 47.2, among the ones; the mean (20 + 30) / 60. 36 of 66 were charged: the six who could not tell the cost
    know that they paid."""
    _, (_, qatar) = figures
    assert (qatar.workers, qatar.charged, qatar.charged_n) == (66, 36, 66)
    assert qatar.share_charged == pytest.approx(0.545454545)
    assert qatar.months.model_dump() == pytest.approx({"n": 60, "median": 0.5, "p80": 1.0, "mean": 0.833333333})


def test_the_80th_percentile_is_told_from_fifty_workers(figures):
    """Japan: 29 × 0 and 20 × 2.5 are 49 workers; half paid nothing, and 50 / 49 is the mean."""
    _, (japan, _) = figures
    assert (japan.charged, japan.charged_n) == (20, 49)
    assert japan.months.model_dump() == pytest.approx({"n": 49, "median": 0.0, "p80": None, "mean": 1.020408163})


def test_the_agency_is_all_its_corridors_together(figures):
    """109 workers: 59 × 0, 20 × 1, 20 × 2.5, 10 × 3. The median at place 54 is 0, the 80th percentile at place 86.4 is
    2.5, the mean (20 + 50 + 30) / 109."""
    agency, _ = figures
    assert agency.model_dump() == pytest.approx({"n": 109, "median": 0.0, "p80": 2.5, "mean": 0.917431193})


@given(MONTHS)
def test_the_figures_are_what_numpy_and_the_standard_library_say(values: list[float]):
    found = months_of(values, STANDARD)
    assert found.n == len(values)
    assert found.median == pytest.approx(statistics.median(values), abs=1e-9)
    assert found.mean == pytest.approx(statistics.fmean(values), abs=1e-9)
    assert (found.p80 is None) == (len(values) < 50)
    if found.p80 is not None:
        assert found.p80 == pytest.approx(float(np.quantile(values, 0.8, method="linear")), abs=1e-9)


@given(MONTHS, st.randoms())
def test_the_order_of_reports_changes_no_digit(values: list[float], order):
    before = months_of(values, STANDARD)
    order.shuffle(values)
    assert months_of(values, STANDARD) == before
