"""The method and its second, plain writing give the same answer on random worlds, at any date and knowledge time."""

import random
from datetime import date, datetime, timedelta

import pytest

from schemas.score import Score
from tests.vetting.scoring import second_opinion
from tests.vetting.scoring.second_opinion_of_counting import World, root
from tests.vetting.scoring.settling import settle
from tests.vetting.scoring.worlds import AGENCY, AS_OF, ENTRIES, NOW, merging, world
from vetting.scoring.score import score
from vetting.store import Store

MOMENTS = [(AS_OF, NOW), (AS_OF, NOW - timedelta(days=75)), (date(2026, 2, 28), NOW), (date(2026, 11, 22), NOW)]


def close(mine, theirs):
    return pytest.approx(theirs, abs=1e-6) == mine if theirs is not None else mine is None


def three(points) -> tuple | None:
    if points is None or points["low"] is None:
        return None
    return points["low"], points["mid"], points["high"]


@pytest.mark.parametrize("seed", range(14))
def test_both_writings_of_the_method_agree(store: Store, seed: int):
    made = world(seed)
    settle(store, made)
    for as_of, known_at in MOMENTS:
        compare(store, made, as_of, known_at)


@pytest.mark.parametrize("seed", range(14))
def test_both_agree_when_entries_are_merged_and_split(store: Store, seed: int):
    made, rng = merging(seed), random.Random(seed)
    settle(store, made)
    moments = [NOW, *(NOW - timedelta(days=rng.randrange(250)) for _ in range(3))]
    for known_at in moments:
        as_of = rng.choice([day for day, _ in MOMENTS])
        standing = {root(made, entry, known_at) for entry in ENTRIES}
        everybody = {one.agency_id: one for one in score(store.cursor(), as_of=as_of, known_at=known_at)}
        assert everybody.keys() == standing
        for entry in ENTRIES:
            real = compare(store, made, as_of, known_at, entry)
            assert real == everybody[root(made, entry, known_at)]


def compare(store: Store, made: World, as_of: date, known_at: datetime, agency: str | None = None) -> Score:
    """The real answer, when it is the other one's too."""
    [real] = score(store.cursor(), as_of=as_of, known_at=known_at, agencies=[agency or AGENCY])
    other = second_opinion.score(made, as_of, known_at, agency=agency)
    mine = real.as_json()
    where = f"{agency} as of {as_of}, known at {known_at}"
    for code, expected in other["indicators"].items():
        assert mine["indicators"][code]["outcome"] == expected["outcome"], (
            where,
            code,
            mine["indicators"][code],
            expected,
        )
        for key in ("n", "k", "share", "low", "high"):
            assert close(mine["indicators"][code][key], expected[key]), (
                where,
                code,
                key,
                mine["indicators"][code],
                expected,
            )
    for code, expected in other["criteria"].items():
        assert close(three(mine["criteria"][code]), expected["value"]), (where, code)
        worker = mine["criteria"][code]["worker"]
        assert close(None if worker is None else tuple(worker), expected["worker"]), (where, code)
        assert close(mine["criteria"][code]["documents"], expected["documents"]), (where, code)
    for code, expected in other["principles"].items():
        assert close(three(mine["principles"][code]), expected), (where, code)
    assert close(three(mine["points"]), other["points"]), where
    for key in ("workers", "partners", "gates", "contradictions", "band", "band_reason"):
        assert mine[key] == other[key], (where, key, mine[key], other[key], other["points"])
    assert [(item.indicator, item.workers) for item in real.queue] == other["queue"], where
    assert close(mine["coverage"], other["coverage"]), where
    assert close(real.worker_coverage, other["worker_coverage"]), where
    for key in ("n", "median", "p80", "mean"):
        assert close(mine["months"][key], other["months"][key]), (where, key)
    ways = {(each.origin, each.destination): each for each in real.corridors}
    assert list(ways) == list(other["corridors"]), where
    for way, expected in other["corridors"].items():
        for key in ("workers", "charged_n", "charged"):
            assert getattr(ways[way], key) == expected[key], (where, way, key)
        for key in ("n", "median", "p80", "mean"):
            assert close(getattr(ways[way].months, key), expected["months"][key]), (where, way, key)
    assert set(real.rests_on) == second_opinion.rests_on(made, as_of, known_at, agency), where
    return real


def test_the_worlds_are_varied_enough_to_mean_something():
    scores = [second_opinion.score(world(seed), AS_OF, NOW) for seed in range(40)]
    bands = {each["band"] for each in scores}
    assert sum(bool(each["queue"]) for each in scores) > 10
    assert {"on_hold", "insufficient_evidence"} <= bands
    assert bands & {"strong", "fair", "weak"}
