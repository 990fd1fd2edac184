"""Every step of the grid, at its edges."""

import re
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.codes import Band, BandReason
from schemas.release import TOO_FEW, Steps, Word
from schemas.score import Range
from schemas.standard import load_standard
from vetting.disclosure import grid
from vetting.disclosure.cells import answered, cells
from vetting.disclosure.voices import AMOUNTS

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
    ("low", "high", "told"),
    [(10, 14, "10–19"), (15, 23, "10–49"), (45, 53, "20–99"), (95, 501, "50+"), (0, 0, TOO_FEW)],
)
def test_a_count_between_two_is_told_from_class_to_class(low: int, high: int, told: str):
    assert grid.counts(low, high) == told


@pytest.mark.parametrize(
    ("k", "n", "told"),
    [
        (0, 0, None), (3, 9, None),
        (0, 10, "under 50 %"), (4, 10, "under 50 %"), (5, 10, "50 % or over"), (10, 10, "50 % or over"),
        (4, 20, "under 25 %"), (5, 20, "25–50 %"), (14, 20, "50–75 %"), (15, 20, "75 % or over"),
        (4, 50, "under 10 %"), (5, 50, "10–20 %"), (44, 50, "80–90 %"), (45, 50, "90 % or over"),
        (9, 100, "under 10 %"), (10, 100, "10–15 %"), (89, 100, "85–90 %"), (90, 100, "90 % or over"),
        (1000, 1000, "90 % or over"),
    ],
)  # fmt: skip
def test_shares_are_told_between_steps_that_grow_finer_with_the_number_of_workers(k: int, n: int, told: str | None):
    assert grid.share((k, n), (k, n)) == told


@pytest.mark.parametrize(
    ("best", "worst", "told"),
    [
        ((0, 14), (4, 10), "under 50 %"), ((5, 14), (10, 10), "25 % or over"), ((5, 19), (9, 15), "25–75 %"),
        ((0, 24), (4, 20), "under 25 %"), ((5, 24), (9, 20), "under 50 %"), ((0, 104), (4, 100), "under 10 %"),
        ((10, 104), (14, 100), "under 15 %"), ((15, 149), (24, 140), "10–20 %"), ((0, 28), (20, 20), grid.ANY_SHARE),
    ],
)  # fmt: skip
def test_a_share_between_two_ends_is_told_so_that_it_holds_of_both(best: tuple, worst: tuple, told: str):
    assert grid.share(best, worst) == told


@given(n=st.integers(10, 2000), data=st.data())
def test_what_is_told_of_a_share_is_true_of_everything_in_its_cell(n: int, data: st.DataObject):
    k = data.draw(st.integers(0, n))
    n_low, n_high = answered(np.array([n]), np.array([True]))
    cell = [int(each[0]) for each in cells(np.array([k]), n_low, n_high, np.array([0]), n_high)]
    told = grid.share((cell[2], cell[1]), (min(cell[3], cell[0]), cell[0]))
    low, high = bounds(told)
    assert low * n <= 100 * k <= high * n
    assert (low, high) != (0, 100)


def bounds(told: str | None) -> tuple[int, int]:
    """The per cent a share may lie between, as it was told."""
    match = re.fullmatch(r"under (\d+) %|(\d+) % or over|(\d+)–(\d+) %", told or "")
    assert match, told
    under, over, low, high = (None if each is None else int(each) for each in match.groups())
    return (0, under) if under is not None else (over, 100) if over is not None else (low or 0, high or 100)


@pytest.mark.parametrize(
    ("paid", "part", "told"),
    [
        ([0.0] * 20, 0.5, 0.0), ([1.3] * 20, 0.5, 1.5), ([0.0] * 10 + [7.7] * 10, 0.5, 0.0),
        ([0.0] * 9 + [7.7] * 11, 0.5, 7.5), ([0.4] * 41 + [3.1] * 9, 0.2, 0.5), ([0.4] * 39 + [3.1] * 11, 0.2, 3.0),
        ([90.0] * 20, 0.5, 36.0),
    ],
)  # fmt: skip
def test_a_median_or_percentile_is_told_to_half_a_month(paid: list[float], part: float, told: float):
    more = [sum(months > amount for months in paid) for amount in AMOUNTS]
    assert grid.amount(more, len(paid), part) == told


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        (0, 100, (0, 100)), (50, 80, (50, 80)), (50.1, 79.9, (50, 80)), (49.9, 80.1, (40, 90)),
        (49.9999999999, 80.0000000001, (50, 80)), (70, 70, (70, 80)), (100, 100, (90, 100)), (0, 0, (0, 10)),
        (63.2, 63.9, (60, 70)),
    ],
)  # fmt: skip
def test_the_headline_range_is_rounded_outward_to_ten_and_is_never_one_point(low: float, high: float, told: tuple):
    whole = points(low, (low + high) / 2, high)
    assert grid.headline(whole, whole) == Steps(low=told[0], high=told[1])


def test_of_two_ends_the_wider_range_is_told():
    assert grid.headline(points(71, 90, 100), points(52, 70, 88)) == Steps(low=50, high=100)
    assert grid.headline(points(52, 70, 88), points(71, 90, 100)) == Steps(low=50, high=100)


def test_a_range_that_was_not_assessed_stays_so():
    assert grid.headline(None, None) is None
    assert grid.principle(None, None, 500, 50) is None


def test_a_principles_range_is_told_from_fifty_workers_rounded_outward_to_twenty():
    least = load_standard().disclosure.principles_from
    assert grid.principle(points(41, 50, 59), points(41, 50, 59), 49, least) is None
    assert grid.principle(points(41, 50, 59), points(41, 50, 59), 50, least) == Steps(low=40, high=60)
    assert grid.principle(points(39, 50, 61), points(39, 50, 61), 50, least) == Steps(low=20, high=80)


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


def test_a_word_is_told_where_both_ends_give_it():
    assert grid.agreed(Word.STRONG, Word.STRONG) is Word.STRONG
    assert grid.agreed(Word.STRONG, Word.FAIR) is Word.UNCLEAR
    assert grid.agreed(Word.NOT_APPLICABLE, Word.NOT_ASSESSED) is Word.NOT_ASSESSED
    assert grid.agreed(Word.NOT_APPLICABLE, Word.WEAK) is Word.NOT_ASSESSED


@pytest.mark.parametrize(("part", "told"), [(0.0, 0), (0.499, 40), (0.5, 50), (0.1 + 0.2, 30), (0.999, 90), (1.0, 100)])
def test_coverage_is_told_to_ten_points_and_never_claims_more_than_there_is(part: float, told: int):
    assert grid.coverage(part) == told


def test_partners_are_one_or_more():
    assert [grid.partners(n) for n in (1, 2, 7)] == ["1", "2 or more", "2 or more"]


def test_the_age_of_evidence_is_told_by_half_year():
    assert grid.half_year(date(2026, 6, 30)) == "2026 H1"
    assert grid.half_year(date(2026, 7, 1)) == "2026 H2"


@pytest.mark.parametrize(
    ("lately", "deployed", "told"),
    [
        (50, None, grid.DEPLOYMENTS_UNKNOWN), (50, 0, grid.DEPLOYMENTS_UNKNOWN), (0, 1000, TOO_FEW),
        (10, 201, "under 5 %"), (10, 200, "5–20 %"), (10, 50, "5–20 %"), (10, 49, "over 20 %"),
    ],
)  # fmt: skip
def test_heard_of_deployed_is_told_in_three_steps_once_a_block_was_heard_lately(lately: int, deployed: int, told: str):
    assert grid.heard(lately, deployed) == told


def test_the_age_of_the_evidence_is_that_of_whole_blocks():
    old, young = date(2025, 1, 1), date(2026, 4, 1)
    assert grid.middle([(old, 10), (young, 12)]) == young
    assert grid.middle([(young, 10), (old, 12)]) == old
    assert grid.middle([(young, 10), (old, 10)]) == young
