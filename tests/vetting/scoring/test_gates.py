"""A gate opens by rule, and clearances answer reports without forgetting them."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import numpy as np
import pytest

from tests.vetting.scoring.evidence import EARLY, NOW, clean, report, scored, send, settle
from tests.vetting.scoring.tallies import GATE, answered, documents, gate, result, side
from vetting.store import Store

DAY = timedelta(days=1)


def opened(code: str, *given: object) -> bool:
    return bool(result(*given).gates[0, GATE[code]])


GATES = sorted(GATE)


@pytest.mark.parametrize("code", GATES)
def test_not_met_with_the_reports_of_two_partners_opens(code: str):
    adverse = answered(side(12, 2), code, 5)
    assert not opened(code, adverse)
    assert opened(code, gate(adverse, code, opening_partners=2))


@pytest.mark.parametrize("code", GATES)
def test_not_met_with_two_verified_reports_opens(code: str):
    adverse = answered(side(12, 2), code, 5)
    assert not opened(code, gate(adverse, code, verified=1))
    assert opened(code, gate(adverse, code, verified=2))


@pytest.mark.parametrize("code", GATES)
def test_not_met_with_ten_adverse_reports_opens_even_from_one_partner(code: str):
    assert not opened(code, answered(side(20, 1), code, 9))
    assert opened(code, answered(side(20, 1), code, 10))


@pytest.mark.parametrize("code", GATES)
def test_one_investigated_report_opens_whatever_n(code: str):
    assert opened(code, gate(answered(side(1, 1), code, 1), code, verified=1, investigated=1))


@pytest.mark.parametrize("code", GATES)
def test_what_is_not_surely_above_the_allowance_opens_nothing(code: str):
    """Two verified reports of two partners, but two of a thousand workers."""
    adverse = gate(answered(side(1000, 2), code, 2), code, opening_partners=2, verified=2)
    assert not opened(code, adverse)


def test_one_adverse_report_of_many_opens_nothing_even_where_the_indicator_is_not_met():
    assert not opened("W21", answered(side(17, 2), "W21", 1))


def test_too_few_workers_open_nothing_by_count():
    assert not opened("W07", gate(answered(side(9, 2), "W07", 9), "W07", opening_partners=2, verified=9))


def test_repaid_workers_are_taken_out_of_the_gate_of_fees_and_stay_in_the_share():
    charged = answered(side(40, 2), "W01", 20)
    repaid = gate(replace(charged, unrepaid=np.array([2])), "W01", opening=2, opening_partners=2, verified=2)
    assert opened("W01", gate(charged, "W01", opening_partners=2))
    assert not opened("W01", repaid)  # Wilson's lower end of 2/40 is 0.0138, under 0.10
    assert result(repaid).judged.k[0, 0] == 20


def test_auditors_reports_open_only_where_auditors_count():
    told = gate(answered(side(9, 1), "W07", 9), "W07", investigated=1)
    assert not opened("W07", side(30, 2), told)
    assert opened("W07", answered(side(30, 2), "W07", 0, 9), told)


@pytest.mark.parametrize("joined", [True, False])
@pytest.mark.parametrize(
    ("theirs", "auditors", "levels"),
    [
        (4, 6, {}),  # ten in all, of one auditor and nobody else
        (2, 3, {"opening_partners": 1}),  # the auditor is the second partner
        (2, 3, {"verified": 2}),
    ],
    ids=["ten", "two partners", "two verified"],
)
def test_adverse_reports_of_auditors_add_up_with_others_only_where_auditors_count(
    theirs: int, auditors: int, levels: dict[str, int], joined: bool
):
    own = gate(answered(side(30, 1), "W07", theirs, 9 if joined else 10), "W07", opening_partners=theirs == 2)
    told = gate(answered(side(auditors, 1), "W07", auditors), "W07", **({"opening_partners": 0} | levels))
    assert opened("W07", own, told) is joined


def test_an_open_critical_finding_opens_a_gate():
    found = result(side(100, 2), None, documents(critical=("2.2",)))
    assert not found.gates.any()
    assert found.band[0] == 4


def clear(store: Store, code: str, at: datetime) -> None:
    store.cursor().execute(
        "INSERT INTO desk.clearance VALUES ('river', $code, $at, 'ada', 'ben', 'answered')", {"code": code, "at": at}
    )


def adverse(prefix: str, count: int, **changes: object) -> list[dict]:
    return clean(count, prefix, w07=True, **changes)


def test_a_clearance_closes_the_gate_and_leaves_every_share_as_it_was(store: Store):
    settle(store)
    send(store, "sunrise", adverse("S", 4) + clean(6), EARLY)
    send(store, "dockers", adverse("D", 4), EARLY + DAY)
    assert scored(store).gates == ("W07",)
    clear(store, "W07", EARLY + 2 * DAY)
    found = scored(store)
    assert (found.gates, found.indicator("W07").k, found.indicator("W07").outcome) == ((), 8, "not_met")
    assert not [item for item in found.queue if item.indicator == "W07"], "what was answered is not asked again"
    assert scored(store, known_at=EARLY + DAY).gates == ("W07",), "it was open until then"


def test_reports_received_after_the_clearance_open_it_again(store: Store):
    settle(store)
    send(store, "sunrise", adverse("S", 4) + clean(6), EARLY)
    clear(store, "W07", EARLY + DAY)
    send(store, "dockers", adverse("D", 1), NOW - DAY)
    assert scored(store).gates == ()
    send(store, "harbour", adverse("H", 1), NOW)
    assert scored(store).gates == ("W07",)


def test_a_clearance_of_one_gate_says_nothing_of_another(store: Store):
    settle(store)
    send(store, "sunrise", clean(10, "S", w07=True, w19=True), EARLY)
    clear(store, "W07", NOW)
    assert scored(store).gates == ("W19",)


def test_a_cleared_report_that_does_not_answer_hides_no_answer_of_the_same_worker(store: Store):
    """The latest interview says nothing of the passport; the earlier one, received after the clearance, does."""
    settle(store)
    late = report("S2", worker_ref="w1", interview_date=date(2026, 8, 1), w08=False)
    send(store, "sunrise", [late], EARLY)
    clear(store, "W07", EARLY + DAY)
    told = report("S1", worker_ref="w1", interview_date=date(2026, 1, 1), w07=True, verification="investigated")
    send(store, "sunrise", [told], NOW)
    assert scored(store).gates == ("W07",)


def test_gates_are_named_in_the_order_of_the_catalogue_then_the_findings(store: Store):
    settle(store)
    send(store, "sunrise", clean(12, "S", w19=True, w07=True))
    store.cursor().execute(
        "INSERT INTO desk.finding VALUES ('f', $at, NULL, 'river', '2.2', 'critical', 's', 'a')", {"at": NOW}
    )
    assert scored(store).gates == ("W07", "W19", "finding:2.2")
    assert scored(store).band == "on_hold"


def test_what_a_worker_takes_back_later_still_waits_for_a_reviewer_and_opens_nothing(store: Store):
    settle(store)
    first = report(
        "S1", worker_ref="w1", interview_date=date(2026, 1, 1), w20=True, w21=True, verification="investigated"
    )
    after = report("S2", worker_ref="w1", interview_date=date(2026, 6, 1), w20=False, w21=False)
    send(store, "sunrise", [first, after])
    found = scored(store)
    assert (found.indicator("W20").k, found.gates) == (0, ())
    assert [(item.indicator, item.workers, item.referral) for item in found.queue] == [
        ("W20", 1, True), ("W21", 1, True),
    ]  # fmt: skip


@pytest.mark.parametrize(("repaid", "w01", "waits"), [(True, True, False), (False, True, True), (None, False, True)])
def test_a_charge_that_was_repaid_since_waits_for_nobody_and_one_denied_since_does(
    store: Store, repaid: bool | None, w01: bool, waits: bool
):
    settle(store)
    first = report("S1", worker_ref="w1", interview_date=date(2026, 1, 1), w01=True)
    after = report("S2", worker_ref="w1", interview_date=date(2026, 6, 1), w01=w01, repaid=repaid)
    send(store, "sunrise", [first, after])
    assert [item.indicator for item in scored(store).queue] == (["W01"] if waits else [])


def test_adverse_answers_that_open_nothing_wait_in_the_queue_whoever_gave_them(store: Store):
    settle(store)
    send(store, "sunrise", [report("S1", w21=True, w08=True), report("S2", w01=True, repaid=True)])
    send(store, "depot", [report("E1", w07=True)])
    found = {item.indicator: (item.workers, item.referral) for item in scored(store).queue}
    assert found == {"W07": (1, False), "W08": (1, True), "W21": (1, True)}
