"""Shares by channel: the same workers as in the indicators, each by the report that speaks for it."""

from datetime import date

import pytest

from schemas.codes import Channel
from schemas.robustness import ChannelShare
from tests.vetting.scoring.evidence import AS_OF, CLEAN, NOW, clean, report, scored, send, settle
from tests.vetting.scoring.settling import settle as settle_world
from tests.vetting.scoring.tallies import STANDARD
from tests.vetting.scoring.worlds import AGENCY, merging
from vetting.scoring.channels import apart, channels_by_agency
from vetting.scoring.evaluate import evaluate_agencies
from vetting.scoring.indicators import GATES
from vetting.scoring.judge import wilson
from vetting.store import Store


def channels(store: Store, code: str, agency: str = "river") -> dict[str, tuple[int, int]]:
    """(k, n) by channel."""
    return {each.channel.value: (each.k, each.n) for each in shares(store, agency) if each.indicator == code}


def shares(store: Store, agency: str = "river", as_of: date = AS_OF) -> tuple[ChannelShare, ...]:
    done = evaluate_agencies(store.cursor(), STANDARD, as_of=as_of, known_at=NOW, agencies=[agency])
    return channels_by_agency(store.cursor(), done).get(agency, ())


def test_a_share_by_channel_has_its_own_range(store: Store):
    settle(store)
    send(store, "sunrise", clean(30, "P") + clean(12, "H", channel="hotline", w01=True))
    send(store, "dockers", clean(8, "D", channel="hotline"))
    assert channels(store, "W01") == {"phone": (0, 30), "hotline": (12, 20)}
    [hotline] = [each for each in shares(store) if each.indicator == "W01" and each.channel is Channel.HOTLINE]
    assert hotline.share == 0.6
    assert (hotline.low, hotline.high) == pytest.approx((0.38658, 0.78119), abs=1e-5)  # Wilson, by hand
    assert channels(store, "W07") == {"phone": (0, 30), "hotline": (0, 20)}


def test_fewer_than_ten_are_told_as_counts_without_a_share(store: Store):
    settle(store)
    send(store, "sunrise", clean(9, "P", w01=True) + clean(10, "H", channel="hotline", w01=True))
    phone, hotline = (each for each in sorted(shares(store), key=lambda e: e.n) if each.indicator == "W01")
    assert (phone.k, phone.n, phone.share, phone.low, phone.high) == (9, 9, None, None, None)
    assert (hotline.share, hotline.high) == (1, 1)
    assert hotline.low == float(wilson(10, 10, STANDARD.measuring.z)[0])


def test_a_worker_heard_twice_stands_in_the_channel_of_the_report_that_speaks(store: Store):
    """By phone first and by the hotline later, which is silent on the passport."""
    settle(store)
    earlier = report("R1", worker_ref="w1", interview_date=date(2026, 2, 1), w01=True, w07=True)
    later = report("R2", worker_ref="w1", interview_date=date(2026, 5, 1), channel="hotline", w01=False)
    send(store, "sunrise", [later, earlier])
    assert channels(store, "W01") == {"hotline": (0, 1)}
    assert channels(store, "W07") == {"phone": (1, 1)}


def test_auditors_are_there_only_where_they_are_counted_and_agencies_never(store: Store):
    settle(store)
    send(store, "sunrise", [report(f"S{n}", **(CLEAN | {"w07": None if n > 3 else False})) for n in range(12)])
    send(store, "ledger", clean(5, "A", channel="audit_interview"))
    send(store, "depot", clean(5, "E", channel="app", w01=True))
    assert channels(store, "W01") == {"phone": (0, 12)}
    assert channels(store, "W07") == {"phone": (0, 4), "audit_interview": (0, 5)}


def test_an_agency_nobody_was_heard_about_has_none(store: Store):
    settle(store)
    assert shares(store) == ()


@pytest.mark.parametrize("seed", [2, 3, 5, 8, 13])
def test_channels_add_up_to_the_indicators_in_any_world(seed: int, store: Store):
    """Corrections, withdrawals and merges included."""
    settle_world(store, merging(seed))
    score = scored(store, AGENCY)
    found = shares(store, score.agency_id)
    for gate in GATES:
        own = [each for each in found if each.indicator == gate.code]
        indicator = score.indicator(gate.code)
        assert (sum(each.n for each in own), sum(each.k for each in own)) == (indicator.n, indicator.k), gate.code
    assert {each.indicator for each in found} <= {gate.code for gate in GATES}


def test_channels_are_apart_where_two_ranges_do_not_meet_and_only_where_enough_were_heard(store: Store):
    settle(store)
    told = (
        clean(60, "P", w07=False) + clean(30, "H", channel="hotline", w01=True) + clean(5, "F", channel="app", w07=True)
    )
    send(store, "sunrise", told)
    assert apart(shares(store)) == ["W01"]
    assert apart([]) == []
