"""Signals are for reviewers, about agencies, partners and batches: no worker is named, no report is shown, nothing is
changed by looking."""

import pytest

from bench.measure_signals import FIRST
from bench.signal_world import AS_OF, settle, world
from schemas.codes import Role
from schemas.signal import SignalKind
from schemas.viewer import Viewer
from vetting.disclosure.signals import signals
from vetting.refusals import NotPermitted
from vetting.scoring.score import score
from vetting.store import Store

REVIEWER = Viewer(role=Role.REVIEWER, actor="asha@body.example")


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.REVIEWER])
def test_they_are_for_reviewers_alone(store: Store, role: Role):
    with pytest.raises(NotPermitted):
        signals(store.cursor(), Viewer(role=role, organisation="partner-0", actor="x"), as_of=AS_OF)


def test_an_empty_store_has_none(store: Store):
    assert signals(store.cursor(), REVIEWER, as_of=AS_OF) == []


def test_they_name_no_worker_change_no_score_and_come_the_most_surprising_first(store: Store):
    made = world(FIRST)
    settle(store, made)
    db = store.cursor()
    before = score(db, as_of=AS_OF)
    shown = signals(db, REVIEWER, as_of=AS_OF)
    assert {each.signal.kind for each in shown} == set(SignalKind)
    chances = [each.signal.chance for each in shown]
    assert chances == sorted(chances)
    told = "\n".join(each.model_dump_json() for each in shown)
    assert not [row for row in made.rows if f'"{row["worker_ref"]}"' in told or f'"{row["report_id"]}"' in told]
    assert score(db, as_of=AS_OF) == before


def test_an_agencys_own_are_those_of_the_whole_list(store: Store):
    settle(store, world(FIRST))
    db = store.cursor()
    everything = signals(db, REVIEWER, as_of=AS_OF)
    for agency in {each.signal.agencies[-1] for each in everything[:6]}:
        own = [each for each in everything if agency in each.signal.agencies]
        assert signals(db, REVIEWER, as_of=AS_OF, agency_id=agency) == own
