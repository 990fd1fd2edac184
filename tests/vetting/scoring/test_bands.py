"""The headline: the first rule that holds, each band and each reason, and what rests on one partner."""

from dataclasses import replace

import numpy as np
import pytest

from tests.vetting.scoring.evidence import NOW, clean, scored, send, settle
from tests.vetting.scoring.tallies import STANDARD, answered, band, documents, gate, result, side
from vetting.scoring.headline import bands
from vetting.store import Store


def test_an_open_gate_comes_before_everything():
    few = gate(answered(side(1, 1), "W07", 1), "W07", investigated=1)
    assert band(few) == ("on_hold", None)
    assert band(side(500, 2), None, documents(critical=("B.1",))) == ("on_hold", None)


def test_under_ten_workers_are_too_few():
    assert band(side(9, 2)) == ("insufficient_evidence", "too_few_workers")
    assert band(side(0, 0)) == ("insufficient_evidence", "too_few_workers")


@pytest.mark.parametrize("code", ["W01", "W07", "W08", "W19", "W20"])
def test_silence_on_what_must_be_assessed_is_low_coverage(code: str):
    assert band(answered(side(500, 2), code, 0, 9)) == ("insufficient_evidence", "low_coverage")


@pytest.mark.parametrize("code", ["W02", "W09", "W18", "W21"])
def test_silence_on_another_indicator_is_not(code: str):
    assert band(answered(side(2000, 2), code, 0, 9))[0] == "strong"


def test_workers_must_cover_half_of_the_weight_and_paper_does_not_help():
    """1.1, 1.3, 2.1, 2.2, A.2 and A.3 alone: 10 + 10 + 5 + 5 + 4 + 4 = 38 of 100."""
    silent = side(2000, 2)
    for code in ("W03", "W04", "W09", "W10", "W11", "W12", "W13", "W14", "W15", "W16", "W17", "W18", "W22"):
        silent = answered(silent, code, 0, 0)
    papers = documents({each.crit_code: 100.0 for each in STANDARD.criteria if each.crit_code != "1.4"})
    assert result(silent, None, papers).combined.coverage[0] == pytest.approx(1)
    assert result(silent).combined.worker_coverage[0] == pytest.approx(0.38)
    assert band(silent, None, papers) == ("insufficient_evidence", "low_coverage")


def test_strong_needs_sure_evidence_of_nothing():
    assert band(side(2000, 2)) == ("strong", None)


@pytest.mark.parametrize(
    "given",
    [
        (side(2000, 1),),  # one partner
        (side(2000, 2), None, documents(major=True)),
        (answered(side(2000, 2), "W01", 190),),  # fees unclear: 9.5 %, upper end 10.9 %
        (answered(side(2000, 2), "W11", 0, 9), answered(side(9, 1), "W11", 0)),  # relies on auditors
    ],
    ids=["one partner", "major finding", "fees not met", "auditors"],
)
def test_what_keeps_a_sure_range_from_strong_leaves_it_fair(given: tuple):
    assert result(*given).combined.headline[0, 0] >= 80
    assert band(*given) == ("fair", None)


def test_auditors_among_too_few_to_assess_do_not_cost_strong():
    assert band(answered(side(2000, 2), "W22", 0, 3), answered(side(4, 1), "W22", 0)) == ("strong", None)


def test_weak_when_the_middle_is_under_60_and_the_best_under_80():
    weak = side(200, 1)
    for code in ("W02", "W05", "W09", "W10", "W11", "W12", "W13", "W14", "W15", "W16", "W17", "W22", "W04", "W03"):
        weak = answered(weak, code, 150)
    weak = answered(weak, "W01", 9)
    assert band(weak) == ("weak", None)


def test_a_gate_in_doubt_is_not_fair():
    doubtful = answered(side(2000, 2), "W07", 2, 12)  # 2 of 12: above 5 %, not surely
    assert result(doubtful).combined.headline[0, 0] >= 60
    assert band(doubtful) == ("insufficient_evidence", "gate_in_doubt")
    assert band(answered(side(2000, 2), "W07", 1, 12))[0] == "strong", "one report is not a doubt but a question"


def test_what_is_not_assessed_is_in_no_doubt():
    """Two of nine report retaliation: too few for an outcome, and retaliation need not be assessed for a band."""
    assert band(answered(side(2000, 2), "W18", 2, 9)) == ("strong", None)
    assert band(answered(side(2000, 2), "W18", 2, 10)) == ("insufficient_evidence", "gate_in_doubt")


def test_a_share_equal_to_its_allowance_is_no_doubt():
    assert band(answered(side(2000, 2), "W07", 2, 40))[0] != "insufficient_evidence"
    assert band(answered(side(2000, 2), "W07", 2, 39)) == ("insufficient_evidence", "gate_in_doubt")


def test_too_wide_a_range_is_insufficient():
    assert band(side(10, 2)) == ("insufficient_evidence", "range_too_wide")


def headline(low: float, mid: float, high: float) -> tuple[int, int]:
    """The band of a headline given directly, all else passing."""
    found = result(side(2000, 2))
    combined = replace(found.combined, headline=np.array([[low, mid, high]]))
    place, reason = bands(found.judged, found.gates, combined, documents(), STANDARD)
    return int(place[0]), int(reason[0])


STRONG, FAIR, WEAK, INSUFFICIENT = range(4)


@pytest.mark.parametrize(("covered", "enough"), [(0.5, True), (0.5 - 5e-10, True), (0.4999, False)])
def test_workers_who_speak_to_just_half_of_the_weight_are_enough(covered: float, enough: bool):
    found = result(side(2000, 2))
    combined = replace(found.combined, worker_coverage=np.array([covered]))
    place, reason = bands(found.judged, found.gates, combined, documents(), STANDARD)
    assert (place[0], reason[0]) == ((STRONG, 0) if enough else (INSUFFICIENT, 2))


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ((80, 90, 95), (STRONG, 0)),
        ((80 - 5e-10, 90, 95), (STRONG, 0)),
        ((79.999, 90, 95), (FAIR, 0)),
        ((60, 70, 95), (FAIR, 0)),
        ((60 - 5e-10, 70, 95), (FAIR, 0)),
        ((59.999, 70, 75.1), (INSUFFICIENT, 4)),
        ((59.999, 70, 74.999), (WEAK, 0)),
        ((55, 62, 70), (WEAK, 0)),
        ((30, 59.999, 79.999), (WEAK, 0)),
        ((30, 60, 79.999), (INSUFFICIENT, 4)),
        ((30, 60 - 5e-10, 79.999), (INSUFFICIENT, 4)),
        ((30, 59.999, 80), (INSUFFICIENT, 4)),
        ((30, 50, 80 - 5e-10), (INSUFFICIENT, 4)),
    ],
)
def test_the_thresholds_of_the_bands(points: tuple[float, float, float], expected: tuple[int, int]):
    assert headline(*points) == expected


def test_a_band_that_needs_each_of_two_partners_rests_on_both(store: Store):
    settle(store)
    send(store, "sunrise", clean(400, "S"), NOW)
    send(store, "dockers", clean(400, "D"), NOW)
    found = scored(store)
    assert (found.band, set(found.rests_on)) == ("strong", {"sunrise", "dockers"})


def test_a_band_that_holds_without_any_one_rests_on_none(store: Store):
    settle(store)
    for partner in ("sunrise", "dockers", "harbour"):
        send(store, partner, clean(400, partner), NOW)
    found = scored(store)
    assert (found.band, found.rests_on) == ("strong", ())


def test_a_fair_band_of_one_large_partner_rests_on_it_alone(store: Store):
    settle(store)
    send(store, "sunrise", clean(20, "S"), NOW)
    send(store, "dockers", clean(5, "D"), NOW)
    found = scored(store)
    assert found.band == "fair"
    assert found.rests_on == ("sunrise",)


def test_a_band_that_one_partner_holds_down_rests_on_nobody(store: Store):
    """Without the auditor, whose workers alone speak of 4.2, it would be strong and not lower."""
    settle(store)
    for partner in ("sunrise", "dockers"):
        send(store, partner, clean(400, partner, w22=None), NOW)
    send(store, "ledger", clean(60, "L"), NOW)
    found = scored(store)
    assert (found.band, found.rests_on, found.auditors_in) == ("fair", (), ("W22",))


def test_a_band_may_rest_on_an_auditor(store: Store):
    """Only the auditor's workers say that nobody was threatened: without them that is not assessed."""
    settle(store)
    for partner in ("sunrise", "dockers"):
        send(store, partner, clean(200, partner, w20=None), NOW)
    send(store, "ledger", clean(60, "L"), NOW)
    found = scored(store)
    assert (found.band, found.rests_on, found.auditors_in) == ("fair", ("ledger",), ("W20",))


def test_an_agency_nobody_reported_on_is_insufficient_and_rests_on_nobody(store: Store):
    settle(store)
    found = scored(store)
    json = found.as_json()
    assert (json["band"], json["band_reason"]) == ("insufficient_evidence", "too_few_workers")
    assert json["points"] == {"low": None, "mid": None, "high": None}
    assert json["months"] == {"n": 0, "median": None, "p80": None, "mean": None}
    assert (json["coverage"], json["workers"], json["partners"], json["gates"]) == (0, 0, 0, [])
    assert json["indicators"]["W01"] == {
        "n": 0, "k": 0, "share": None, "low": None, "high": None, "outcome": "not_assessed",
    }  # fmt: skip
    assert (len(json["indicators"]), len(json["criteria"]), len(json["principles"])) == (22, 24, 7)
    assert (found.rests_on, found.newest_interview) == ((), None)
