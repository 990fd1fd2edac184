"""An indicator's interval, outcome and points; and how ranges are combined."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from schemas.codes import Outcome
from tests.vetting.scoring.tallies import STANDARD, answered, documents, result, side
from vetting.scoring.combine import combine
from vetting.scoring.indicators import CODES, INDICATORS
from vetting.scoring.judge import OUTCOMES, PLACE, outcomes, points_of, wilson
from vetting.scoring.tally import Tally

Z = STANDARD.measuring.z


def interval(k: int, n: int) -> tuple[float, float]:
    low, high = wilson(np.array([[k]]), np.array([[n]]), Z)
    return float(low[0, 0]), float(high[0, 0])


def outcome(code: str, *given: object) -> Outcome:
    return OUTCOMES[result(*given).judged.of(code)[0]]


@given(st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_is_what_scipy_says(counts: tuple[int, int]):
    theirs = binomtest(*counts).proportion_ci(0.95, method="wilson")
    assert interval(*counts) == pytest.approx((theirs.low, theirs.high), abs=1e-12)


@given(st.integers(1, 5000))
def test_the_ends_are_exact_when_nobody_and_when_everybody_is_adverse(n: int):
    assert interval(0, n)[0] == 0.0
    assert interval(n, n)[1] == 1.0
    assert interval(0, n)[1] < 1
    assert interval(n, n)[0] > 0


@given(st.integers(2, 100_000))
def test_one_adverse_or_one_clean_answer_leaves_no_end_at_its_limit(n: int):
    assert 0 < interval(1, n)[0] < interval(1, n)[1]
    assert interval(n - 1, n)[0] < interval(n - 1, n)[1] < 1


def test_nobody_answered_is_no_interval():
    assert np.isnan(interval(0, 0)).all()


@pytest.mark.parametrize(
    ("code", "k", "n", "expected"),
    [
        ("W01", 0, 35, Outcome.MET),  # z²/(35 + z²) = 0.0989
        ("W01", 0, 34, Outcome.UNCLEAR),  # 0.1015
        ("W01", 6, 20, Outcome.NOT_MET),
        ("W01", 3, 10, Outcome.NOT_MET),  # lo = 0.1078
        ("W01", 9, 9, Outcome.NOT_ASSESSED),
        ("W01", 0, 9, Outcome.NOT_ASSESSED),
        ("W01", 0, 0, Outcome.NOT_ASSESSED),
        ("W16", 0, 10, Outcome.MET),  # z²/(10 + z²) = 0.2775
        ("W21", 1, 17, Outcome.NOT_MET),
    ],
)
def test_outcomes_follow_the_interval_and_ten_workers(code: str, k: int, n: int, expected: Outcome):
    assert outcome(code, answered(side(30, 2), code, k, n)) is expected


def test_an_end_that_equals_the_allowance_within_the_tolerance_is_met():
    allowances = np.array([[indicator.t for indicator in INDICATORS]])
    everyone = np.ones(allowances.shape, dtype=bool)
    met = outcomes(allowances * 0, allowances + 5e-10, everyone, 1e-9)
    assert {OUTCOMES[value] for value in met[0]} == {Outcome.MET}
    unclear = outcomes(allowances + 5e-10, allowances + 0.2, everyone, 1e-9)
    assert {OUTCOMES[value] for value in unclear[0]} == {Outcome.UNCLEAR}


def test_points_fall_to_nothing_at_the_worst_share():
    shares = np.array([[indicator.w for indicator in INDICATORS]])
    assert points_of(shares * 0).tolist() == [[100.0] * 22]
    assert points_of(shares).tolist() == [[0.0] * 22]
    assert points_of(shares * 2).tolist() == [[0.0] * 22]
    assert points_of(shares / 4) == pytest.approx(np.full((1, 22), 75.0))


@pytest.mark.parametrize(("elsewhere", "n", "joined"), [(9, 18, True), (10, 10, False), (0, 9, True)])
def test_auditors_count_only_where_fewer_than_ten_workers_come_from_elsewhere(elsewhere: int, n: int, joined: bool):
    independent, auditors = answered(side(30, 2), "W11", 1, elsewhere), answered(side(9, 1), "W11", 2)
    judged = result(independent, auditors).judged
    place = PLACE["W11"]
    assert (judged.n[0, place], judged.k[0, place]) == (n, 3 if joined else 1)
    assert bool(judged.with_auditors[0, place]) is joined
    assert not result(independent).judged.with_auditors.any(), "where no auditor reports, nothing relies on one"


@pytest.mark.parametrize(("known", "expected"), [(9, Outcome.NOT_ASSESSED), (10, Outcome.MET), (20, Outcome.MET)])
@pytest.mark.parametrize(
    ("code", "charged", "told"),
    [("W03", "charged_ruled", "known_w03"), ("W04", "charged", "known_w04"), ("W05", "charged", "known_w05")],
)
def test_the_uncharged_alone_cannot_speak_for_all(code: str, charged: str, told: str, known: int, expected: Outcome):
    tally = replace(side(100, 2), **{charged: np.array([20]), told: np.array([known])})
    assert outcome(code, tally) is expected


@pytest.mark.parametrize(
    ("theirs", "auditors", "expected"),
    [((4, 4), (20, 0), Outcome.NOT_ASSESSED), ((20, 8), (10, 10), Outcome.MET), ((20, 20), (0, 0), Outcome.MET)],
)
def test_where_auditors_count_so_do_those_of_theirs_who_were_charged(
    theirs: tuple[int, int], auditors: tuple[int, int], expected: Outcome
):
    """(charged, of whom the condition is known) of five eligible workers from elsewhere and of an auditor's 95."""

    def told(tally: Tally, charged: int, known: int) -> Tally:
        return replace(tally, charged=np.array([charged]), known_w04=np.array([known]))

    independent = told(answered(side(100, 2), "W04", 0, 5), *theirs)
    assert outcome("W04", independent, told(side(95, 1), *auditors)) is expected


def test_w03_is_held_only_to_the_charged_with_a_rule_in_force():
    tally = replace(side(100, 2), charged=np.array([50]), known_w04=np.array([50]), known_w05=np.array([50]))
    assert outcome("W03", tally) is Outcome.MET


def test_a_single_range_combined_is_itself():
    assert combine(np.array([[7.0]]), np.array([[[20.0, 50.0, 60.0]]]), 0.3)[0].tolist() == [20.0, 50.0, 60.0]


def test_two_ranges_combine_between_independence_and_full_correlation():
    ranges = np.array([[[60.0, 80.0, 90.0], [70.0, 100.0, 100.0], [np.nan] * 3]])
    weights = np.array([[1.0, 3.0, 0.0]])
    # shares 0.25 and 0.75: mid 95, d = 5 and 22.5, u = 2.5 and 0
    low = 95 - (0.7 * (25 + 506.25) + 0.3 * 27.5**2) ** 0.5
    assert combine(weights, ranges, 0.3)[0] == pytest.approx([low, 95.0, 97.5])
    assert combine(weights, ranges, 1.0)[0] == pytest.approx([67.5, 95.0, 97.5])
    assert combine(weights, ranges, 0.0)[0] == pytest.approx([95 - 531.25**0.5, 95.0, 97.5])


def test_nothing_assessed_combines_to_nothing():
    assert np.isnan(combine(np.zeros((1, 2)), np.full((1, 2, 3), np.nan), 0.3)).all()


def criterion(code: str, *given: object) -> list[float]:
    codes = [each.crit_code for each in STANDARD.criteria]
    return result(*given).combined.criteria[0, codes.index(code)].tolist()


def test_criterion_1_1_is_the_smaller_of_charged_and_months_place_by_place():
    tally = answered(answered(side(200, 2), "W01", 40), "W02", 4)
    low, mid, high = criterion("1.1", tally)
    charged, wage = result(tally).judged.points[0, :2]
    assert [low, mid, high] == [min(a, b) for a, b in zip(charged, wage, strict=True)]
    assert mid == pytest.approx(60)  # 100·(1 - 0.2/0.5), under 100·(1 - 0.02/0.3)


def test_documents_and_workers_both_speak_and_the_worse_one_counts():
    tally = side(400, 2)
    alone = criterion("2.1", tally)
    assert criterion("2.1", tally, None, documents({"2.1": 70.0})) == [70.0, 70.0, 70.0]
    assert criterion("2.1", tally, None, documents({"2.1": 100.0})) == alone
    assert criterion("B.1", tally, None, documents({"B.1": 90.0})) == [90.0, 90.0, 90.0]
    assert np.isnan(criterion("B.1", tally)).all()


def test_repayment_is_not_applicable_while_nobody_pays_and_no_paper_speaks_of_it():
    codes = [each.crit_code for each in STANDARD.criteria]
    place, fees = codes.index("1.4"), codes.index("1.1")
    nobody = result(side(50, 2)).combined
    assert not nobody.applicable[0, place]
    assert (nobody.weights[0, place], nobody.weights[0, fees]) == (0, 10)
    for tally, papers in (
        (answered(side(500, 2), "W01", 1), documents()),  # met, but somebody was charged
        (side(20, 2), documents()),  # nobody charged, and too few to be sure
        (side(50, 2), documents({"1.4": 100.0})),
    ):
        found = result(tally, None, papers).combined
        assert found.applicable[0, place]
        assert found.weights[0, fees] == 7.5


def test_repayment_stays_out_while_nobody_pays_although_some_said_earlier_that_they_got_too_little_back():
    """W06 is heard of ten workers whose latest word on W01 is that they were charged nothing."""
    codes = [each.crit_code for each in STANDARD.criteria]
    tally = answered(side(50, 2), "W06", 10, 10)
    found = result(tally).combined
    assert not np.isnan(found.worker[0, codes.index("1.4"), 1])
    assert np.isnan(found.criteria[0, codes.index("1.4")]).all()
    silent = result(answered(side(50, 2), "W06", 0, 0)).combined
    assert found.headline[0].tolist() == silent.headline[0].tolist()
    assert found.worker_coverage[0] == silent.worker_coverage[0]


def test_the_weights_of_all_criteria_sum_to_a_hundred():
    for tally in (side(50, 2), side(5, 1)):
        assert result(tally).combined.weights.sum() == pytest.approx(100)


def test_coverage_is_the_assessed_weight_and_worker_coverage_what_workers_assessed():
    found = result(side(50, 2), None, documents({"B.1": 100.0, "2.1": 100.0})).combined
    # A.1-A.3 12, B.2 3.3333, 1.1 and 1.3 20, 2.x 15, 3.2-3.4 11.25, 4.2 2.5, 5.x 5; B.1 adds 3.3333
    assert found.worker_coverage[0] == pytest.approx(0.690833333)
    assert found.coverage[0] == pytest.approx(0.724166667)


def test_the_catalogue_has_22_indicators_each_on_a_criterion_of_the_standard():
    assert tuple(f"W{number:02}" for number in range(1, 23)) == CODES
    assert {each.criterion for each in INDICATORS} <= {each.crit_code for each in STANDARD.criteria}
    assert [each.code for each in INDICATORS if each.gate] == ["W01", "W07", "W08", "W18", "W19", "W20", "W21"]
    assert all(0 < each.t < each.w <= 1 for each in INDICATORS)
