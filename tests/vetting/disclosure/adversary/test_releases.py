"""From all releases of random countries nobody is found and nothing is counted; each rule switched off, somebody is."""

import random
from collections import defaultdict

import numpy as np
import pytest

from tests.vetting.disclosure.adversary.structure import figures, found_groups, small_union
from tests.vetting.disclosure.adversary.values import ALONE, LINKED, narrow_counts
from tests.vetting.disclosure.adversary.worlds import empty_country, play
from vetting.disclosure import cells, standing
from vetting.disclosure.blocks import Waiting, by_worker
from vetting.disclosure.known import Known

WORLDS = 200
SOME = 12  # with a rule switched off, the search need not go through all of them


def search(seed: int, *, people: bool = True, answers: bool = True) -> list[str]:
    """Groups of fewer than ten workers that can be found, and adverse counts known to within fewer than three."""
    rng = random.Random(seed)
    with empty_country() as store:
        made = play(store, rng)
        found = found_groups(figures(store, made)) if people else []
        return found + (
            narrow_counts(store, made, ["w01", *rng.sample(LINKED, 2), *rng.sample(ALONE, 2)]) if answers else []
        )


@pytest.mark.parametrize("tenth", range(10))
def test_nobody_is_found_and_no_adverse_count_is_known(tenth: int):
    for seed in range(tenth * WORLDS // 10, (tenth + 1) * WORLDS // 10):
        assert search(seed) == [], seed


def without_cover(present, size, k):
    """Whoever is left comes back."""
    return set(present) if len(present) >= k else set()


blocks_of = standing.form_blocks


def of_five(waiting, k):
    return blocks_of(waiting, 5)


def of_several_partners(waiting: list[Waiting], k: int):
    reports = list(waiting)
    return [reports] if len(by_worker(reports)) >= k else []


@pytest.mark.parametrize(
    ("name", "off"),
    [
        ("coming_back", without_cover),
        ("form_blocks", of_five),
        ("form_blocks", of_several_partners),
    ],
)
def test_somebody_is_found_as_soon_as_a_rule_is_switched_off(name: str, off, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(standing, name, off)
    assert any(search(seed, answers=False) for seed in range(SOME))


def test_somebody_is_found_when_those_who_were_in_a_block_are_taken_for_new(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(standing, "_inside", lambda ever: defaultdict(set))
    monkeypatch.setattr(standing, "_numbers", lambda ever: set())
    assert any(search(seed, answers=False) for seed in range(SOME))


@pytest.mark.parametrize("width", [1, 2, 3])
def test_adverse_answers_are_counted_as_soon_as_cells_are_narrower(width: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(cells, "WIDTH", width)
    assert any(search(seed, people=False) for seed in range(SOME))


def test_adverse_answers_are_counted_when_what_was_told_before_is_forgotten(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Known, "bounds", lambda self, question, of, low, high: (np.zeros_like(low), high))
    assert any(search(seed, people=False) for seed in range(WORLDS))


def crowd(*numbers: range) -> frozenset:
    return frozenset(("a", "p", str(number)) for each in numbers for number in each)


def test_the_search_finds_what_can_be_found():
    assert small_union([crowd(range(12)), crowd(range(11))]) == 1
    assert small_union([crowd(range(20)), crowd(range(10, 33)), crowd(range(10), range(20, 30))]) == 0
    assert small_union([crowd(range(20)), crowd(range(12)), crowd(range(12, 18))]) == 2
    assert small_union([crowd(range(12)), crowd(range(8, 20))]) == 0
    assert small_union([crowd(range(9))]) == 9
