"""Which reports count, and for whom: withdrawals, corrections, windows, repeated workers, kinds of partners."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.clocks import months_before
from schemas.standard import load_standard
from tests.vetting.scoring.evidence import (
    AS_OF,
    CLEAN,
    EARLY,
    NOW,
    clean,
    counts,
    report,
    scored,
    send,
    set_kind,
    settle,
    withdraw,
)
from tests.vetting.scoring.settling import settle as settle_world
from tests.vetting.scoring.worlds import AGENCY, world
from vetting.scoring.counted import window
from vetting.scoring.measure import measure
from vetting.scoring.score import newest_moment, own_workers, score
from vetting.store import Store

BEFORE = NOW - timedelta(days=10)


def test_a_corrected_report_counts_once_with_its_newest_version_known_then(store: Store):
    settle(store)
    send(store, "sunrise", [report("R1", w07=True)], BEFORE)
    send(store, "sunrise", [report("R1", w07=False)], NOW)
    assert counts(store, "W07") == (0, 1)
    assert counts(store, "W07", known_at=BEFORE) == (1, 1)


def test_the_earlier_version_comes_back_when_the_later_one_is_withdrawn(store: Store):
    settle(store)
    send(store, "sunrise", [report("R1", w07=True)], EARLY)
    batch = send(store, "sunrise", [report("R1", w07=False)], BEFORE)
    withdraw(store, batch, NOW)
    assert counts(store, "W07", known_at=BEFORE) == (0, 1)
    assert counts(store, "W07") == (1, 1)


def test_reports_whose_batch_never_committed_count_for_nothing(store: Store):
    settle(store)
    batch = send(store, "sunrise", [report("R1", w07=True)])
    store.cursor().execute("DELETE FROM desk.batch WHERE batch_id = $batch", {"batch": batch})
    assert counts(store, "W07") == (0, 0)


def test_the_same_report_id_of_another_partner_is_another_report(store: Store):
    settle(store)
    send(store, "sunrise", [report("R1", w07=True)], BEFORE)
    send(store, "dockers", [report("R1", w07=False)])
    assert counts(store, "W07") == (1, 2)


def test_supersession_comes_before_the_window(store: Store):
    """A correction that moves the interview out of the window takes the report with it; the old version stays gone."""
    settle(store)
    send(store, "sunrise", [report("R1", w07=True)], BEFORE)
    send(store, "sunrise", [report("R1", w07=True, interview_date=date(2020, 1, 1))])
    assert counts(store, "W07") == (0, 0)


def test_a_report_corrected_to_another_agency_leaves_the_first(store: Store):
    settle(store, "river", "hill")
    send(store, "sunrise", [report("R1", "river", w07=True)], BEFORE)
    send(store, "sunrise", [report("R1", "hill", w07=True)])
    for agencies in (None, ["hill", "river"]):
        found = score(store.cursor(), as_of=AS_OF, known_at=NOW, agencies=agencies)
        assert [(each.agency_id, each.indicator("W07").n) for each in found] == [("hill", 1), ("river", 0)]
    assert counts(store, "W07", "river") == (0, 0)
    assert counts(store, "W07", "hill") == (1, 1)
    assert counts(store, "W07", "river", known_at=BEFORE) == (1, 1)
    of_river = measure(store.cursor(), window(load_standard(), AS_OF, NOW, ["river"]))
    assert of_river.is_empty(), "the other agency's versions are read, and left out"


@pytest.mark.parametrize(
    ("interview", "counted"),
    [(date(2024, 9, 30), 0), (date(2024, 10, 1), 1), (date(2026, 9, 30), 1), (date(2026, 10, 1), 0)],
)
def test_the_window_of_interviews_is_24_months_without_its_first_day(store: Store, interview: date, counted: int):
    settle(store)
    send(store, "sunrise", [report("R1", w07=True, interview_date=interview)])
    assert counts(store, "W07") == (counted, counted)


@pytest.mark.parametrize(
    ("month", "counted"),
    [(date(2021, 9, 1), 0), (date(2021, 10, 1), 1), (None, 1), (date(2026, 9, 1), 1), (date(2026, 10, 1), 0)],
)
def test_a_known_recruitment_lies_within_60_months_and_an_unknown_one_is_no_obstacle(
    store: Store, month: date | None, counted: int
):
    settle(store)
    send(store, "sunrise", [report("R1", w07=True, window_month=month)])
    assert counts(store, "W07") == (counted, counted)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 9, 30), 24, date(2024, 9, 30)),
        (date(2026, 2, 28), 24, date(2024, 2, 28)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 12, 31), 60, date(2021, 12, 31)),
    ],
)
def test_months_before_is_the_same_day_or_the_months_last(day: date, months: int, expected: date):
    assert months_before(day, months) == expected


def test_a_worker_counts_once_with_the_latest_interview_in_which_the_indicator_is_eligible(store: Store):
    settle(store)
    first = report("R1", worker_ref="w1", interview_date=date(2025, 1, 1), w07=True, w08=True, months=3.0, w02=True)
    second = report("R2", worker_ref="w1", interview_date=date(2025, 6, 1), w07=False)
    send(store, "sunrise", [second, first])
    assert counts(store, "W07") == (0, 1)
    assert counts(store, "W08") == (1, 1)
    found = scored(store)
    assert (found.workers, found.months.n, found.months.median) == (1, 1, 3.0)


def test_of_interviews_on_one_day_the_latest_received_speaks_then_the_greatest_report_id(store: Store):
    settle(store)
    same = {"worker_ref": "w1", "interview_date": date(2026, 1, 1)}
    send(store, "sunrise", [report("Z", w07=True, w08=True, **same)], BEFORE)
    send(store, "sunrise", [report("a", w07=False, w08=False, **same), report("B", w07=False, w08=True, **same)])
    assert counts(store, "W07") == (0, 1)
    assert counts(store, "W08") == (0, 1), "by bytes, a comes after B"


def test_the_same_worker_at_another_partner_or_agency_is_counted_there_too(store: Store):
    settle(store, "river", "hill")
    send(store, "sunrise", [report("R1", worker_ref="w1", w07=True), report("R2", "hill", worker_ref="w1", w07=False)])
    send(store, "dockers", [report("R1", worker_ref="w1", w07=True)])
    assert counts(store, "W07") == (2, 2)
    assert counts(store, "W07", "hill") == (0, 1)


def test_a_blank_worker_ref_is_a_worker_of_its_own(store: Store):
    settle(store)
    send(store, "sunrise", [report("R1", w07=True), report("R2", w07=True)])
    assert counts(store, "W07") == (2, 2)
    assert scored(store).workers == 2


def test_agencies_and_employers_are_shown_apart_and_never_counted(store: Store):
    settle(store)
    send(store, "depot", clean(12, w07=True))
    found = scored(store)
    assert (found.workers, found.partners, found.self_declared_workers) == (0, 0, 12)
    assert (found.indicator("W07").n, found.indicator("W07").self_declared) == (0, 12)
    assert (found.newest_interview, found.median_age_days, found.corridors) == (None, None, ())


def test_a_partners_kind_is_the_one_known_then(store: Store):
    settle(store)
    send(store, "depot", [report("R1", w07=True)], BEFORE)
    set_kind(store, "depot", "ngo", NOW)
    assert counts(store, "W07", known_at=BEFORE) == (0, 0)
    assert counts(store, "W07") == (1, 1)


def test_own_workers_are_those_of_the_partner_that_count(store: Store):
    settle(store, "river", "hill")
    send(store, "sunrise", [report("R1", worker_ref="w1"), report("R2", worker_ref="w1"), report("R3", "hill")])
    send(store, "depot", [report("E1")], BEFORE)
    db, when = store.cursor(), {"as_of": AS_OF, "known_at": NOW}
    assert own_workers(db, partner="sunrise", agencies=["river", "hill"], **when) == {"river": 1, "hill": 1}
    assert own_workers(db, partner="depot", agencies=["river"], **when) == {"river": 0}


def test_the_default_knowledge_time_is_the_newest_act(store: Store):
    db = store.cursor()
    assert newest_moment(db).year == 1970
    db.execute(
        "INSERT INTO desk.trail VALUES (1, $now, 'a', 'cli', 'store_init', 'x', NULL, NULL, NULL, '0', '1')",
        {"now": NOW},
    )
    assert newest_moment(db) == NOW


def test_corridors_put_each_worker_in_one_of_them(store: Store):
    settle(store)
    first = report("R1", worker_ref="w1", interview_date=date(2025, 1, 1), w01=True, months=2.0)
    second = report("R2", worker_ref="w1", interview_date=date(2025, 6, 1), destination_country="JPN")
    send(store, "sunrise", [first, second, *clean(3, destination_country="JPN")])
    japan, qatar = scored(store).corridors
    assert (japan.destination, japan.workers, japan.charged, japan.charged_n, japan.months.n) == ("JPN", 4, 0, 3, 3)
    assert (qatar.destination, qatar.workers, qatar.charged, qatar.charged_n, qatar.months.n) == ("QAT", 0, 1, 1, 1)
    assert (japan.share_charged, qatar.share_charged) == (0, 1)


@pytest.mark.parametrize("seed", range(8))
def test_ranking_only_repeated_keys_is_ranking_every_key(store: Store, seed: int):
    made = world(seed + 100)
    settle_world(store, made)
    db, standard = store.cursor(), load_standard()
    everywhere = window(standard, AS_OF, NOW)
    columns = [name for name in measure(db, everywhere).columns if name != "months"]
    few = measure(db, everywhere).select(columns)
    assert few.equals(measure(db, everywhere, rank_all=True).select(columns))
    assert few.equals(measure(db, window(standard, AS_OF, NOW, [AGENCY])).select(columns))


ROW = st.fixed_dictionaries(
    {
        "worker_ref": st.sampled_from([None, "w1", "w2"]),
        "interview_date": st.sampled_from([date(2025, 5, 1), date(2026, 1, 1), date(2026, 2, 1)]),
        **{code: st.sampled_from([None, False, True]) for code in ("w01", "w07", "w08")},
    }
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(ROW, max_size=14), others=st.lists(ROW, min_size=1, max_size=6))
def test_reports_of_one_agency_never_move_another(store: Store, rows: list[dict], others: list[dict]):
    db = store.cursor()
    for table in ("desk.agency", "desk.partner", "desk.batch", "desk.repeat", "evidence.report"):
        db.execute(f"DELETE FROM {table}")
    settle(store, "river", "hill")
    send(store, "sunrise", [report(f"R{n}", **row) for n, row in enumerate(rows)] + clean(12), BEFORE)
    alone = scored(store)
    send(store, "dockers", [report(f"H{n}", "hill", **(CLEAN | row)) for n, row in enumerate(others * 2)])
    assert scored(store) == alone
