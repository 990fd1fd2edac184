"""The kept headlines say what the score says; and what a release stands on is nothing but its blocks."""

from datetime import date, timedelta

from tests.vetting.scoring.evidence import AS_OF, NOW, clean, report, scored, send, settle
from vetting.scoring.live import fetch_headlines, rescore
from vetting.scoring.score import score
from vetting.store import Store

BEFORE = NOW - timedelta(days=1)


def know(store: Store, seq: int, at: object) -> None:
    """An act at that moment: the newest thing known."""
    store.cursor().execute(
        "INSERT INTO desk.trail VALUES ($seq, $at, 'a', 'cli', 'batch_commit', 'x', NULL, NULL, NULL, $before, $hash)",
        {"seq": seq, "at": at, "before": str(seq - 1), "hash": str(seq)},
    )


def test_a_kept_headline_is_the_score_in_short(store: Store):
    settle(store, "river", "hill")
    send(store, "sunrise", clean(60, "S", months=0.5) + [report("X", w07=True, verification="investigated")])
    send(store, "dockers", clean(3, "D"))
    know(store, 1, NOW)
    assert rescore(store, None, AS_OF) == 2
    hill, river = fetch_headlines(store.cursor())
    found = scored(store)
    assert (river.agency_id, river.band, river.band_reason, river.points) == (
        "river", found.band, found.band_reason, found.points,
    )  # fmt: skip
    assert (river.as_of, river.known_at, river.gates, river.rests_on) == (AS_OF, NOW, ("W07",), found.rests_on)
    assert (river.coverage, river.worker_coverage) == (found.coverage, found.worker_coverage)
    assert (river.workers, river.partners, river.months) == (64, 2, found.months)
    assert river.newest_interview == date(2026, 3, 1)
    assert (hill.band_reason, hill.points, hill.newest_interview) == ("too_few_workers", None, None)


def test_only_the_agencies_named_are_scored_anew(store: Store):
    settle(store, "river", "hill")
    send(store, "sunrise", clean(12), BEFORE)
    know(store, 1, BEFORE)
    rescore(store, None, AS_OF)
    send(store, "dockers", [report("H", "hill"), report("R")])
    know(store, 2, NOW)
    assert rescore(store, ["hill"], AS_OF) == 1
    assert [each.workers for each in fetch_headlines(store.cursor())] == [1, 12]
    assert [each.workers for each in fetch_headlines(store.cursor(), ["river"])] == [12]
    assert rescore(store, ["nobody"], AS_OF) == 0


def test_scoring_leaves_no_trail(store: Store):
    settle(store)
    know(store, 1, NOW)
    rescore(store, None, AS_OF)
    assert store.cursor().execute("SELECT count(*) FROM desk.trail").fetchall() == [(1,)]


def test_what_was_scored_knowing_more_stays(store: Store):
    settle(store)
    know(store, 1, NOW)
    rescore(store, None, AS_OF)
    store.cursor().execute("UPDATE desk.score SET known_at = $later, workers = 99", {"later": NOW + timedelta(days=1)})
    rescore(store, None, AS_OF)
    assert [each.workers for each in fetch_headlines(store.cursor())] == [99]


def test_every_agency_on_the_register_is_scored_in_order_and_unknown_ones_left_out(store: Store):
    settle(store, "river", "hill", "coast")
    db = store.cursor()
    assert [each.agency_id for each in score(db, as_of=AS_OF, known_at=NOW)] == ["coast", "hill", "river"]
    assert [each.agency_id for each in score(db, as_of=AS_OF, known_at=NOW, agencies=["river", "x"])] == ["river"]
    assert score(db, as_of=AS_OF, known_at=NOW - timedelta(days=1000)) == []


def test_an_agency_scored_alone_gives_the_same_bytes_as_in_company(store: Store):
    settle(store, "river", "hill")
    rows = clean(13, "S", months=1 / 3) + clean(7, "T", w07=True, w11=True, months=0.1)
    send(store, "sunrise", rows + clean(20, "H", agency_id="hill"))
    send(store, "dockers", clean(11, "D", w16=True))
    [_, together] = score(store.cursor(), as_of=AS_OF, known_at=NOW)
    assert together.model_dump_json() == scored(store).model_dump_json()


def test_the_json_has_exactly_the_promised_shape(store: Store):
    settle(store)
    send(store, "sunrise", clean(60))
    json = scored(store).as_json()
    assert list(json) == [
        "agency_id", "licence", "name", "band", "band_reason", "points", "coverage", "workers", "partners", "gates",
        "contradictions", "indicators", "criteria", "principles", "months", "standard", "method", "as_of", "known_at",
    ]  # fmt: skip
    assert list(json["points"]) == ["low", "mid", "high"]
    assert list(json["indicators"]["W01"]) == ["n", "k", "share", "low", "high", "outcome"]
    assert list(json["criteria"]["1.1"]) == ["low", "mid", "high", "worker", "documents"]
    assert isinstance(json["criteria"]["1.1"]["worker"], list)
    assert list(json["principles"]["1"]) == ["low", "mid", "high"]
    assert list(json["months"]) == ["n", "median", "p80", "mean"]
    assert (json["standard"], json["method"]) == ("iris-style-1", 1)
    assert (json["as_of"], json["known_at"]) == ("2026-09-30", "2026-11-22T09:00:00.000000")
