"""How releases are made and what is in them, in a real store."""

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from schemas.codes import Band, BandReason, Outcome, Via
from schemas.release import TOO_FEW, ReleasedFigure, ReleaseSummary
from tests.vetting.disclosure.country import BUYER, NOW, REVIEWER, TODAY, D, send, withdraw, worker, workers
from vetting import trail
from vetting.disclosure.release import list_releases, newest_due, next_release, publish
from vetting.disclosure.released import released_figures, released_json
from vetting.refusals import Refusal
from vetting.scoring.score import score
from vetting.store import Store


def make(store: Store, as_of: date | None = None, *, now: datetime = NOW, **more: Any) -> ReleaseSummary:
    return publish(store, REVIEWER, as_of=as_of, via=Via.PAGE, now=now, today=now.date(), **more)


def figure(store: Store, agency_id: str = "a1", as_of: date = TODAY) -> ReleasedFigure:
    (found,) = released_figures(store.cursor(), BUYER, as_of=as_of, agency_id=agency_id)
    return found


def test_the_default_is_the_newest_quarters_end_at_least_ninety_days_back(country: Store):
    assert newest_due(date(2026, 9, 27), 90) == date(2026, 3, 31)
    assert newest_due(date(2026, 9, 28), 90) == date(2026, 6, 30)
    assert newest_due(TODAY, 90) == D
    assert next_release(country.cursor(), REVIEWER, today=TODAY) == D
    assert make(country).as_of == D
    assert next_release(country.cursor(), REVIEWER, today=TODAY) is None


@pytest.mark.parametrize(
    ("as_of", "why"),
    [
        (date(2026, 6, 29), "no quarter's end"),
        (date(2026, 5, 31), "no quarter's end"),
        (date(2026, 9, 30), "less than 90 days back"),
    ],
)
def test_a_day_that_is_not_due_is_refused_and_leaves_no_trace(country: Store, as_of: date, why: str):
    with pytest.raises(Refusal, match=why):
        make(country, as_of)
    assert trail.head(country.cursor()) is None
    assert list_releases(country.cursor(), BUYER) == []


def test_a_quarter_is_released_once_and_releases_go_forward(country: Store):
    make(country)
    with pytest.raises(Refusal, match="published already"):
        make(country)
    with pytest.raises(Refusal, match="go forward only"):
        make(country, date(2026, 3, 31))
    assert len(list_releases(country.cursor(), BUYER)) == 1


def test_publishing_is_one_act_with_one_trail_row(country: Store):
    send(country, "sunrise", workers(range(12)))
    release = make(country)
    (row,) = trail.fetch_about(country.cursor(), release.release_id)
    assert (row.actor, row.action, row.seq) == (REVIEWER.actor, "release_publish", 1)
    assert trail.verify(country.cursor())[1] is None


def test_a_release_knows_what_was_known_at_its_moment(country: Store):
    send(country, "sunrise", workers(range(9)), datetime(2026, 7, 1))
    send(country, "sunrise", [worker(9)], datetime(2026, 9, 1))
    release = make(country, known_at=datetime(2026, 8, 1))
    assert release.known_at == datetime(2026, 8, 1)
    assert figure(country).workers == TOO_FEW


def test_nothing_that_comes_later_is_known_to_a_release(country: Store):
    send(country, "sunrise", workers(range(12)), datetime(2026, 7, 1))
    assert make(country, known_at=datetime(2030, 1, 1)).known_at == NOW


def test_ten_workers_are_shown_on_the_grid(country: Store):
    send(country, "sunrise", workers(range(7)) + workers(range(7, 12), w07=True, months=1.3))
    make(country)
    told = figure(country)
    assert (told.workers, told.partners, told.newest, told.heard) == ("10–19", "1", "2026 H1", "5–20 %")
    by_code = {each.code: each for each in told.indicators}
    assert (by_code["W07"].n, by_code["W07"].share, by_code["W07"].outcome) == (
        "10–19",
        "25 % or over",
        Outcome.NOT_MET,
    )
    assert (by_code["W01"].share, by_code["W06"].n, by_code["W06"].outcome) == ("under 50 %", None, "not_assessed")
    assert (told.months.n, told.months.median, told.months.p80) == (None, None, None)
    assert told.points is not None
    assert told.points.low % 10 == told.points.high % 10 == 0
    assert {principle.steps for principle in told.principles} == {None}


def test_of_ten_to_fourteen_workers_no_question_that_hangs_on_charges_is_told(country: Store):
    """Whether it is answered follows from who was charged: one of ten who was would silence it. From fifteen it holds
    whatever the cell of the charged."""
    silent = {"w02": None, "w03": None, "w04": None, "w05": None, "months": None}
    send(country, "sunrise", workers(range(14)))
    send(country, "dockers", workers(range(20, 31), agency_id="a2") + [worker(31, agency_id="a2", w01=True, **silent)])
    send(country, "harbour", workers(range(40, 55), agency_id="a3"))
    make(country)
    told = {agency: {each.code: each.n for each in figure(country, agency).indicators} for agency in ("a1", "a2", "a3")}
    assert {told["a1"][code] for code in ("W02", "W04", "W05")} == {None}
    assert told["a1"] == told["a2"]
    assert {told["a3"][code] for code in ("W02", "W04", "W05")} == {"10–49"}


def test_medians_come_from_twenty_workers_and_principles_ranges_from_fifty(country: Store):
    send(country, "sunrise", workers(range(30), months=1.3))
    send(country, "dockers", workers(range(30, 60), months=1.3), datetime(2026, 7, 2))
    make(country)
    told = figure(country)
    assert (told.workers, told.partners, told.months.median, told.months.p80) == ("50–99", "2 or more", 1.5, 1.5)
    assert all(p.steps is None or p.steps.low % 20 == p.steps.high % 20 == 0 for p in told.principles)
    assert any(p.steps for p in told.principles)


def test_no_worker_and_nine_workers_look_the_same_everywhere(country: Store):
    send(country, "sunrise", workers(range(9), w07=True, verification="investigated"))
    send(country, "dockers", workers(range(20, 40), agency_id="a3"))
    release = make(country)
    assert release.agencies == 1
    nine, none = figure(country, "a1"), figure(country, "a2")
    assert nine.model_copy(update={"agency_id": "", "licence": "", "name": ""}) == none.model_copy(
        update={"agency_id": "", "licence": "", "name": ""}
    )
    assert (nine.band, nine.band_reason) == (Band.INSUFFICIENT_EVIDENCE, BandReason.TOO_FEW_WORKERS)
    texts = [json.dumps(each.as_json()) for each in (nine, none)]
    assert texts[0].replace(nine.name, none.name).replace('"a1"', '"a2"').replace('"001"', '"002"') == texts[1]


def test_the_same_question_gives_the_same_answer_whatever_comes_later(country: Store):
    batch = send(country, "sunrise", workers(range(15)))
    make(country)
    ask = lambda: json.dumps(released_json(country.cursor(), BUYER, as_of=TODAY))  # noqa: E731
    before = ask()
    send(country, "sunrise", workers(range(15, 60), w07=True), NOW + timedelta(hours=1))
    withdraw(country, batch, NOW + timedelta(hours=2))
    assert ask() == before


def test_the_json_has_the_shape_of_the_live_score(country: Store):
    send(country, "sunrise", workers(range(15)))
    make(country)
    (live,) = score(country.cursor(), as_of=D, agencies=["a1"])
    for agency_id in ("a1", "a2"):
        told = figure(country, agency_id).as_json()
        assert list(told) == list(live.as_json())
        for part in ("indicators", "criteria", "principles"):
            assert list(told[part]) == list(live.as_json()[part])
            for code, values in live.as_json()[part].items():
                assert list(told[part][code]) == list(values)
        assert list(told["points"]) == list(live.as_json()["points"])
        assert list(told["months"]) == list(live.as_json()["months"])
        assert told["gates"] is None
        assert told["contradictions"] is None


def test_an_indicator_few_answered_is_not_told_and_moves_nothing(country: Store):
    """Twelve workers, of whom nine say that wages were withheld, and one is investigated."""
    send(country, "sunrise", workers(range(3), w19=None) + workers(range(3, 12), w19=True, verification="investigated"))
    make(country)
    told = figure(country)
    (withheld,) = [each for each in told.indicators if each.code == "W19"]
    assert (withheld.n, withheld.share, withheld.outcome) == (None, None, Outcome.NOT_ASSESSED)
    assert (told.band, told.band_reason) == (Band.INSUFFICIENT_EVIDENCE, BandReason.LOW_COVERAGE)


def test_a_partner_whose_workers_hardly_answered_is_silent_in_that_question(country: Store):
    """Of the dockers' twelve workers three answered; whoever knows sunrise's twelve could find the three. Auditors'
    twelve do not count in these indicators, so they hide nobody."""
    few = workers(range(15, 24), w01=None, w02=None, w09=None, months=None)
    send(country, "sunrise", workers(range(12)))
    send(country, "dockers", workers(range(12, 15)) + few, datetime(2026, 7, 2))
    send(country, "ledger", workers(range(24, 36)), datetime(2026, 7, 3))
    make(country)
    told = figure(country)
    by_code = {each.code: each for each in told.indicators}
    assert by_code["W08"].n == "20–49"
    assert by_code["W09"].n == "10–19"
    assert (by_code["W01"].n, by_code["W02"].n) == ("10–19", None)


def test_fees_of_an_agency_are_the_sum_of_its_corridors(country: Store):
    few = [worker(n, destination_country="SAU", w01=None, w02=None, months=None) for n in range(20, 30)]
    paid = workers(range(30, 50), destination_country="OMN", charged=True, w01=True, w02=True, months=2.0)
    send(country, "sunrise", workers(range(50, 66)) + workers(range(15, 20), destination_country="SAU") + few + paid)
    make(country)
    told = figure(country)
    assert [(c.destination, c.workers, c.charged_n, c.charged, c.months.n) for c in told.corridors] == [
        ("OMN", "20–49", "20–49", "50 % or over", "10–49"),
        ("QAT", "10–19", "10–19", "under 50 %", "10–49"),
        ("SAU", "10–19", None, None, None),
    ]
    assert {each.code: each.n for each in told.indicators}["W01"] == "20–49"
    assert told.months.n == "20–99"


def test_a_worker_of_two_corridors_stands_in_one(country: Store):
    """Five of the twenty from Nepal to Qatar went on to Saudi Arabia with fifteen others."""
    onward = {"destination_country": "SAU", "interview_date": date(2026, 6, 1)}
    send(country, "sunrise", workers(range(20)) + [worker(n, report_id=f"on{n}", **onward) for n in range(15, 35)])
    make(country)
    told = figure(country)
    assert told.workers == "20–49"
    assert [(c.destination, c.workers, c.charged_n, c.months.n) for c in told.corridors] == [
        ("QAT", "20–49", "20–49", "10–49"),
        ("SAU", "10–19", "10–19", "10–49"),
    ]


def test_auditors_workers_are_in_the_fees_only_where_they_count(country: Store):
    send(country, "sunrise", workers(range(25)))
    send(country, "ledger", workers(range(50, 62), destination_country="SAU"), datetime(2026, 7, 2))
    make(country)
    told = figure(country)
    assert {each.code: each.n for each in told.indicators}["W01"] == told.months.n == "20–49"
    assert [(c.destination, c.workers, c.charged_n) for c in told.corridors] == [
        ("QAT", "20–49", "20–49"),
        ("SAU", "10–19", None),
    ]


def test_the_middle_fee_is_told_from_cells_and_lies_near_the_truth(country: Store):
    send(country, "sunrise", workers(range(30), months=0.0) + workers(range(30, 60), w02=True, w01=True, months=4.0))
    make(country)
    told = figure(country).months
    assert (told.n, told.p80) == ("50–99", 4.0)
    assert told.median in {0.0, 4.0}


def test_ages_are_those_of_whole_blocks(country: Store):
    """A block of two quarters is as old as the first: of the second's few nobody learns."""
    send(country, "sunrise", workers(range(9), interview_date=date(2025, 11, 3)) + [worker(9)])
    make(country)
    assert (figure(country).newest, figure(country).median_age) == ("2025 H2", "2025 H2")


def test_heard_of_deployed_counts_blocks_of_the_last_twelve_months(country: Store):
    send(country, "sunrise", workers(range(12), interview_date=date(2025, 8, 4)))
    send(country, "sunrise", workers(range(20, 32), agency_id="a2", interview_date=date(2025, 5, 4)))
    make(country)
    assert figure(country).heard == "5–20 %"
    assert figure(country, "a2").heard == TOO_FEW


def test_the_band_is_told_when_it_holds_of_all_that_looks_the_same(country: Store):
    """A cell that begins at none: the counts themselves decide. One that begins higher: both of its ends."""
    send(country, "sunrise", workers(range(40)))
    send(country, "dockers", workers(range(60), agency_id="a2"), datetime(2026, 7, 2))
    send(country, "harbour", workers(range(60, 120), agency_id="a2"), datetime(2026, 7, 3))
    send(country, "harbour", workers(range(200, 240), agency_id="a3", w01=True, w02=True, months=3.0))
    make(country)
    bands = {agency_id: figure(country, agency_id).band for agency_id in ("a1", "a2", "a3")}
    assert bands == {"a1": Band.FAIR, "a2": Band.STRONG, "a3": Band.INSUFFICIENT_EVIDENCE}


def test_an_open_gate_is_in_no_frozen_figure(country: Store):
    """What reports hold open is told between releases, and not which."""
    send(country, "sunrise", workers(range(60), w07=True, verification="investigated"))
    make(country)
    assert figure(country).band is not Band.ON_HOLD


def test_reports_after_the_day_and_batches_after_the_moment_are_not_in(country: Store):
    send(country, "sunrise", workers(range(12)), datetime(2026, 7, 1))
    late = workers(range(20, 40), interview_date=date(2026, 7, 1))
    send(country, "sunrise", late, datetime(2026, 7, 2))
    send(country, "sunrise", workers(range(40, 60)), NOW - timedelta(days=1))
    make(country, known_at=datetime(2026, 8, 1))
    assert figure(country).workers == "10–19"
