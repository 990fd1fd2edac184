"""How firm a score is without one partner: judged by the very functions of the score."""

from datetime import date, timedelta

import pytest

from schemas.codes import Band, Role
from schemas.viewer import Viewer
from tests.vetting.scoring.evidence import AS_OF, CLEAN, NOW, clean, report, scored, send, set_kind, settle
from tests.vetting.scoring.settling import settle as settle_world
from tests.vetting.scoring.tallies import STANDARD
from tests.vetting.scoring.worlds import AGENCY, merging
from vetting.disclosure.robustness import firmness
from vetting.refusals import NotFound, NotPermitted
from vetting.scoring.evaluate import Evaluated, evaluate_agencies
from vetting.scoring.robustness import left_out
from vetting.store import Store

REVIEWER = Viewer(role=Role.REVIEWER, actor="ada")


def evaluated(store: Store, *agencies: str, as_of: date = AS_OF, known_at=NOW) -> Evaluated:
    return evaluate_agencies(
        store.cursor(), STANDARD, as_of=as_of, known_at=known_at, agencies=list(agencies or ("river",))
    )


def test_without_a_partner_is_what_the_others_alone_would_have_scored(store: Store):
    settle(store, "river", "hill")
    same = [report(f"S{agency}{n}", agency, **CLEAN) for agency in ("river", "hill") for n in range(30)]
    send(store, "sunrise", same, NOW - timedelta(days=2))
    send(store, "dockers", clean(25, "D") + [report("X", w07=True)], NOW - timedelta(days=1))
    found = {each.partner: each for each in left_out(evaluated(store), 0, {"dockers": "Dock Workers"})}
    alone, of_them = scored(store, "hill"), found["dockers"]
    without = of_them.without
    assert (without.band, without.band_reason, without.points) == (alone.band, alone.band_reason, alone.points)
    assert (of_them.name, of_them.heard, of_them.workers) == ("Dock Workers", 26, 30)
    assert found["sunrise"].name == "sunrise", "a partner without a name is called by its code"


def test_the_partners_a_band_rests_on_are_those_of_the_score_and_come_first(store: Store):
    settle(store)
    send(store, "dockers", clean(5, "D"))
    send(store, "harbour", clean(6, "H"))
    send(store, "sunrise", clean(20, "S"))
    firm = firmness(store.cursor(), REVIEWER, "river", as_of=AS_OF, known_at=NOW)
    assert [each.partner for each in firm.rests_on] == list(scored(store).rests_on) == ["sunrise"]
    assert firm.left_out[0].partner == "sunrise"
    assert (firm.left_out[0].without.band, firm.left_out[0].workers) == (Band.INSUFFICIENT_EVIDENCE, 11)


def test_the_only_partner_left_out_leaves_nobody(store: Store):
    settle(store)
    send(store, "sunrise", clean(40))
    [found] = left_out(evaluated(store), 0, {})
    assert (found.workers, found.without.points, found.without.band_reason) == (0, None, "too_few_workers")


def test_agencies_and_employers_are_not_left_out_because_they_never_count(store: Store):
    settle(store)
    send(store, "sunrise", clean(40))
    send(store, "depot", clean(40, "E"))
    assert [each.partner for each in left_out(evaluated(store), 0, {})] == ["sunrise"]


def test_a_band_on_hold_is_told_without_each_partner_and_rests_on_none(store: Store):
    settle(store)
    send(store, "sunrise", clean(60, "S", w07=True))
    send(store, "dockers", clean(60, "D"))
    found = {each.partner: each for each in left_out(evaluated(store), 0, {})}
    assert (found["sunrise"].without.band, found["dockers"].without.band) == (Band.FAIR, Band.ON_HOLD)
    assert not any(each.lowers for each in found.values())


@pytest.mark.parametrize("seed", [2, 3, 5])
def test_the_score_rests_on_whom_it_says_in_any_world(seed: int, store: Store):
    """Corrections, withdrawals and merges included."""
    settle_world(store, merging(seed))
    score = scored(store, AGENCY)
    firm = firmness(store.cursor(), REVIEWER, AGENCY, as_of=AS_OF, known_at=NOW)
    assert firm.agency_id == score.agency_id
    assert {each.partner for each in firm.rests_on} == set(score.rests_on)
    assert (firm.official.band, firm.official.points) == (score.band, score.points)


def test_it_follows_both_clocks(store: Store):
    settle(store)
    send(store, "sunrise", clean(40), NOW - timedelta(days=9))
    send(store, "dockers", [report(f"D{n}", **CLEAN | {"interview_date": AS_OF}) for n in range(40)])
    db = store.cursor()

    def partners(as_of: date, known_at) -> set[str]:
        return {each.partner for each in firmness(db, REVIEWER, "river", as_of=as_of, known_at=known_at).left_out}

    assert partners(AS_OF, NOW) == {"sunrise", "dockers"}
    assert partners(AS_OF, NOW - timedelta(days=1)) == {"sunrise"}
    assert partners(AS_OF - timedelta(days=1), NOW) == {"sunrise"}
    set_kind(store, "dockers", "employer", NOW + timedelta(days=1))
    assert partners(AS_OF, NOW + timedelta(days=2)) == {"sunrise"}
    assert partners(AS_OF, NOW) == {"sunrise", "dockers"}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.REVIEWER])
def test_it_is_for_reviewers_alone(store: Store, role: Role):
    with pytest.raises(NotPermitted):
        firmness(store.cursor(), Viewer(role=role, organisation="sunrise", actor="x"), "river", as_of=AS_OF)


def test_an_agency_that_is_not_there_is_not_found(store: Store):
    settle(store)
    with pytest.raises(NotFound):
        firmness(store.cursor(), REVIEWER, "nobody", as_of=AS_OF, known_at=NOW)
