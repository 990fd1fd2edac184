"""Every step of the grid, at its edges."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.codes import Band, BandReason
from schemas.release import TOO_FEW, Steps, Word
from schemas.score import Range
from schemas.standard import load_standard
from vetting.disclosure import grid

BANDS = load_standard().bands


def points(low: float, mid: float, high: float) -> Range:
    return Range(low=low, mid=mid, high=high)


def test_the_first_step_of_counts_is_the_k_of_the_standard():
    assert grid.COUNT_STEPS[0] == load_standard().disclosure.k == min(grid.SHARE_STEPS)


@pytest.mark.parametrize(
    ("n", "told"),
    [
        (0, TOO_FEW), (1, TOO_FEW), (9, TOO_FEW), (10, "10–19"), (19, "10–19"), (20, "20–49"), (49, "20–49"),
        (50, "50–99"), (99, "50–99"), (100, "100–499"), (499, "100–499"), (500, "500+"), (12_345, "500+"),
    ],
)  # fmt: skip
def test_counts_are_told_in_five_steps_and_none_to_nine_alike(n: int, told: str):
    assert grid.count(n) == told


@pytest.mark.parametrize(
    ("k", "n", "told"),
    [
        (0, 0, None), (3, 9, None),
        (0, 10, "under 10 %"), (1, 10, "10–50 %"), (1, 11, "under 10 %"), (4, 10, "10–50 %"), (5, 10, "50–90 %"),
        (9, 10, "50–90 %"), (10, 10, "over 90 %"), (19, 19, "over 90 %"), (18, 19, "over 90 %"),
        (2, 20, "10–25 %"), (5, 20, "25–50 %"), (10, 20, "50–75 %"), (15, 20, "75–90 %"), (18, 20, "75–90 %"),
        (19, 20, "over 90 %"), (1, 49, "under 10 %"),
        (5, 50, "10–20 %"), (10, 50, "20–30 %"), (44, 50, "80–90 %"), (45, 50, "80–90 %"), (46, 50, "over 90 %"),
        (9, 100, "under 10 %"), (10, 100, "10–15 %"), (14, 100, "10–15 %"), (15, 100, "15–20 %"), (89, 100, "85–90 %"),
        (90, 100, "85–90 %"), (91, 100, "over 90 %"), (1000, 1000, "over 90 %"),
    ],
)  # fmt: skip
def test_shares_are_told_between_steps_that_grow_finer_with_the_number_of_workers(k: int, n: int, told: str | None):
    assert grid.share(k, n) == told


@given(n=st.integers(10, 2000), data=st.data())
def test_what_is_told_of_a_share_is_true_and_never_none_nor_all(n: int, data: st.DataObject):
    k = data.draw(st.integers(0, n))
    told = grid.share(k, n)
    assert told is not None
    if told == "under 10 %":
        assert k / n < 0.10
    elif told == "over 90 %":
        assert k / n > 0.90
    else:
        low, high = (int(end) for end in told.removesuffix(" %").split("–"))
        assert low * n <= 100 * k <= high * n
        assert (low, high) != (0, 100)


@pytest.mark.parametrize(
    ("value", "n", "told"),
    [
        (None, 50, None),
        (1.3, 19, None),
        (0.0, 20, 0.0),
        (0.24, 20, 0.0),
        (0.25, 20, 0.5),
        (1.3, 20, 1.5),
        (7.74, 20, 7.5),
    ],
)
def test_medians_are_told_to_half_a_month_from_twenty_workers(value: float | None, n: int, told: float | None):
    assert grid.months(value, n, load_standard().disclosure.median_from) == told


def test_the_eightieth_percentile_is_told_from_fifty_workers():
    least = load_standard().disclosure.p80_from
    assert grid.months(3.1, 49, least) is None
    assert grid.months(3.1, 50, least) == 3.0


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        (0, 100, (0, 100)), (50, 80, (50, 80)), (50.1, 79.9, (50, 80)), (49.9, 80.1, (40, 90)),
        (49.9999999999, 80.0000000001, (50, 80)), (70, 70, (70, 80)), (100, 100, (90, 100)), (0, 0, (0, 10)),
        (63.2, 63.9, (60, 70)),
    ],
)  # fmt: skip
def test_the_headline_range_is_rounded_outward_to_ten_and_is_never_one_point(low: float, high: float, told: tuple):
    assert grid.headline(points(low, (low + high) / 2, high)) == Steps(low=told[0], high=told[1])


def test_a_range_that_was_not_assessed_stays_so():
    assert grid.headline(None) is None
    assert grid.principle(None, 500, 50) is None


def test_a_principles_range_is_told_from_fifty_workers_rounded_outward_to_twenty():
    least = load_standard().disclosure.principles_from
    assert grid.principle(points(41, 50, 59), 49, least) is None
    assert grid.principle(points(41, 50, 59), 50, least) == Steps(low=40, high=60)
    assert grid.principle(points(39, 50, 61), 50, least) == Steps(low=20, high=80)


@pytest.mark.parametrize(
    ("low", "mid", "high", "told"),
    [
        (80, 90, 95, Word.STRONG), (79.9, 90, 95, Word.FAIR), (60, 90, 95, Word.FAIR),
        (59.9, 61, 95, Word.UNCLEAR), (40, 59.9, 79.9, Word.WEAK), (40, 59.9, 80, Word.UNCLEAR),
        (58, 65, 73, Word.WEAK), (57.9, 65, 73, Word.UNCLEAR),
    ],
)  # fmt: skip
def test_a_criterion_is_told_by_the_words_of_the_band(low: float, mid: float, high: float, told: Word):
    assert grid.word(points(low, mid, high), True, BANDS) is told


def test_not_assessed_and_not_applicable_are_words_of_their_own():
    assert grid.word(None, True, BANDS) is Word.NOT_ASSESSED
    assert grid.word(None, False, BANDS) is Word.NOT_APPLICABLE


def test_of_the_reasons_only_too_few_and_low_coverage_are_told():
    unsettled = Band.INSUFFICIENT_EVIDENCE
    assert grid.reason(unsettled, BandReason.TOO_FEW_WORKERS) is BandReason.TOO_FEW_WORKERS
    assert grid.reason(unsettled, BandReason.LOW_COVERAGE) is BandReason.LOW_COVERAGE
    assert grid.reason(unsettled, BandReason.GATE_IN_DOUBT) is None
    assert grid.reason(unsettled, BandReason.RANGE_TOO_WIDE) is None
    assert grid.reason(Band.WEAK, None) is None


@pytest.mark.parametrize(("part", "told"), [(0.0, 0), (0.499, 40), (0.5, 50), (0.1 + 0.2, 30), (0.999, 90), (1.0, 100)])
def test_coverage_is_told_to_ten_points_and_never_claims_more_than_there_is(part: float, told: int):
    assert grid.coverage(part) == told


def test_partners_are_one_or_more():
    assert [grid.partners(n) for n in (1, 2, 7)] == ["1", "2 or more", "2 or more"]


def test_the_age_of_evidence_is_told_by_half_year():
    assert grid.half_year(date(2026, 6, 30)) == "2026 H1"
    assert grid.half_year(date(2026, 7, 1)) == "2026 H2"


@pytest.mark.parametrize(
    ("departed", "deployed", "told"),
    [
        (50, None, grid.DEPLOYMENTS_UNKNOWN), (50, 0, grid.DEPLOYMENTS_UNKNOWN),
        (0, 1000, grid.HEARD_TOO_FEW), (9, 10, grid.HEARD_TOO_FEW),
        (10, 201, "under 5 %"), (10, 200, "5–20 %"), (10, 50, "5–20 %"), (10, 49, "over 20 %"),
    ],
)  # fmt: skip
def test_heard_of_deployed_is_told_in_three_steps_once_enough_departed(departed: int, deployed: int | None, told: str):
    assert grid.heard(departed, deployed, 10) == told
