"""Headlines under other weights of the principles: judged by the very functions of the score, and always alike."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from schemas.codes import Band
from tests.vetting.scoring.evidence import AS_OF, CLEAN, NOW, clean, report, scored, send, settle
from tests.vetting.scoring.tallies import STANDARD, documents, result, side
from tests.vetting.scoring.test_robustness import evaluated
from vetting.scoring.combine import scheme_weights
from vetting.scoring.headline import evaluate
from vetting.scoring.reweighing import DRAWS, draw_weights, other_weights, reweighed, seed_of
from vetting.store import Store

SCHEME = scheme_weights(STANDARD)
TORN = {"w11": True, "w13": True, "w16": True, "w17": True}  # of 60 workers 20 say so: the low end is 80.3


def torn(store: Store) -> None:
    send(store, "sunrise", clean(30, "S"))
    send(store, "dockers", clean(10, "D") + clean(20, "T", **TORN))


def test_the_schemes_own_weights_give_the_official_result_to_the_byte(store: Store):
    settle(store, "river", "hill", "lake")
    send(store, "sunrise", clean(33, "S") + [report(f"A{n}", w01=True, w11=True, w13=n > 2) for n in range(7)])
    send(store, "dockers", [report(f"L{n}", "lake", **(CLEAN | {"w16": n % 3 == 0})) for n in range(17)])
    done = evaluated(store, "river", "hill", "lake")
    for row in range(3):
        again = reweighed(done, row, SCHEME[None, :])
        for name in ("headline", "principles", "weights", "criteria", "coverage", "worker_coverage"):
            official = getattr(done.result.combined, name)[row : row + 1]
            assert getattr(again.combined, name).tobytes() == official.tobytes(), name
        assert (again.band[0], again.reason[0]) == (done.result.band[row], done.result.reason[row])


def test_a_headline_under_other_weights_is_the_weighted_mean_by_hand():
    """Documents alone, two criteria: 2.1 has 100 and counts a third of principle 2, 4.1 has 30 and half of 4."""
    papers = documents({"2.1": 100.0, "4.1": 30.0})
    weights = np.array([[0.0, 0, 0, 30, 0, 10, 60]])  # A, B, 1 to 5
    found = evaluate(side(), side(), papers, STANDARD, weights)
    assert found.combined.headline[0, 1] == pytest.approx((10 * 100 + 5 * 30) / 15)
    assert result(side(), None, papers).combined.headline[0, 1] == pytest.approx((5 * 100 + 2.5 * 30) / 7.5)
    assert found.combined.coverage[0] == pytest.approx(0.15)


def test_drawn_weights_sum_to_100_and_stay_within_reason():
    drawn = draw_weights(1, STANDARD)
    assert drawn.shape == (DRAWS, len(SCHEME)) == (500, 7)
    assert drawn.sum(axis=1) == pytest.approx(np.full(500, 100.0))
    ratio = drawn / SCHEME
    assert ((ratio >= 0.5) & (ratio <= 1.5)).mean(axis=0).min() >= 0.85, "each mostly stays within half of itself"
    assert ratio.mean(axis=0) == pytest.approx(np.ones(7), abs=0.05), "none is favoured"
    spread = np.sqrt((100 - SCHEME) / SCHEME / 201)  # a Dirichlet's own: sqrt((1 - p) / p / (concentration + 1))
    assert ratio.std(axis=0) == pytest.approx(spread, rel=0.1)


def test_the_draws_of_a_seed_are_kept():
    """Another version of the generator would draw others, and say so here."""
    kept = [21.911471, 10.361215, 27.631896, 17.140662, 12.757118, 4.80818, 5.389458]
    assert draw_weights(20260930, STANDARD, 1)[0] == pytest.approx(kept, abs=1e-6)


def test_the_same_question_is_answered_alike_to_the_byte_and_another_draws_anew(store: Store):
    settle(store, "river", "hill")
    torn(store)
    done = evaluated(store)
    assert other_weights(done, 0).model_dump_json() == other_weights(evaluated(store), 0).model_dump_json()
    both = evaluated(store, "river", "hill")
    assert seed_of(both, both.ids.index("river")) == seed_of(done, 0), "in any company"
    others = [
        seed_of(both, both.ids.index("hill")),
        seed_of(replace(done, as_of=AS_OF - timedelta(days=1)), 0),
        seed_of(replace(done, known_at=NOW + timedelta(microseconds=1)), 0),
        seed_of(replace(done, standard=STANDARD.model_copy(update={"content_hash": "another"})), 0),
    ]
    assert len({seed_of(done, 0), *others}) == 5


def test_every_draw_is_the_score_of_a_standard_with_those_weights(store: Store):
    """One draw at a time, through a standard that has these weights, gives what all draws at once give."""
    settle(store)
    torn(store)
    done = evaluated(store)
    drawn = draw_weights(seed_of(done, 0), STANDARD)
    together = reweighed(done, 0, drawn)
    for place in (0, 17, 499):
        principles = tuple(
            each.model_copy(update={"weight": weight})
            for each, weight in zip(STANDARD.principles, drawn[place].tolist(), strict=True)
        )
        standard = STANDARD.model_copy(update={"principles": principles})
        alone = evaluate(done.independent, done.auditors, done.documents, standard)
        assert alone.combined.headline[0].tolist() == together.combined.headline[place].tolist()
        assert alone.band[0] == together.band[place]


def test_what_is_told_is_counted_from_the_draws(store: Store):
    settle(store)
    torn(store)
    done = evaluated(store)
    together = reweighed(done, 0, draw_weights(seed_of(done, 0), STANDARD))
    found = other_weights(done, 0)
    strong = int((together.band == 0).sum())
    assert scored(store).band is Band.STRONG
    assert 250 < strong < 500
    assert found.held == strong
    assert [(each.band, each.draws) for each in found.bands] == [(Band.STRONG, strong), (Band.FAIR, 500 - strong)]
    middles = np.sort(together.combined.headline[:, 1])
    assert found.middle is not None
    assert middles[12] <= found.middle.low <= middles[13]
    assert middles[486] <= found.middle.high <= middles[487]
    assert found.middle.mid == pytest.approx((middles[249] + middles[250]) / 2)


def test_a_gate_and_too_few_workers_hold_under_any_weights(store: Store):
    settle(store, "river", "hill")
    send(store, "sunrise", clean(60, "S", w07=True) + [report("H1", "hill", **CLEAN)])
    done = evaluated(store, "river", "hill")
    river, hill = (other_weights(done, done.ids.index(name)) for name in ("river", "hill"))
    assert (river.held, river.bands[0].band) == (500, Band.ON_HOLD)
    assert (hill.held, hill.bands[0].band, hill.middle) == (500, Band.INSUFFICIENT_EVIDENCE, None)
