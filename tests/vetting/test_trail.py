"""Tampering with the file shows: whatever is done to the chain, `verify` names the first entry that is wrong."""

import pytest

from schemas.codes import Action, Via
from schemas.trail import Entry
from vetting import trail
from vetting.store import Moment, Store, act


@pytest.fixture
def chain(store: Store, now) -> Store:
    """Six entries."""

    def deed(moment: Moment) -> tuple[Entry, None]:
        return Entry(action=Action.SETTING_SET, subject="a", after={"value": str(moment.recorded_at)}, reason="ü"), None

    for _ in range(6):
        act(store, deed, actor="ada", via=Via.PAGE, now=now)
    return store


def test_a_chain_left_alone_holds_and_says_its_head(chain: Store):
    db = chain.cursor()
    newest = trail.head(db)
    assert newest is not None
    assert trail.verify(db) == (newest.hash, None)
    assert trail.verify(db, expected_head=newest.hash) == (newest.hash, None)


@pytest.mark.parametrize(
    ("tampering", "said"),
    [
        ("UPDATE desk.trail SET reason = 'another' WHERE seq = 3", "Entry 3 was altered"),
        ("UPDATE desk.trail SET actor = 'eve' WHERE seq = 1", "Entry 1 was altered"),
        ("UPDATE desk.trail SET recorded_at = recorded_at + INTERVAL 1 SECOND WHERE seq = 6", "Entry 6 was altered"),
        ("DELETE FROM desk.trail WHERE seq = 4", "Entry 4 is missing"),
        ("DELETE FROM desk.trail WHERE seq = 1", "Entry 1 is missing"),
        (
            "UPDATE desk.trail SET hash = 'x', previous_hash = 'y' WHERE seq = 5",
            "Entry 5 does not follow the entry before it",
        ),
    ],
)
def test_tampering_is_named_at_its_first_entry(chain: Store, tampering: str, said: str):
    db = chain.cursor()
    db.execute(tampering)
    wrong = trail.verify(db)[1]
    assert wrong is not None
    assert said in wrong


def test_an_entry_moved_to_another_place_shows(chain: Store):
    db = chain.cursor()
    for old, new in ((2, 100), (3, 2), (100, 3)):
        db.execute("UPDATE desk.trail SET seq = $new WHERE seq = $old", {"old": old, "new": new})
    wrong = trail.verify(db)[1]
    assert wrong is not None
    assert wrong.startswith("Entry 2 does not follow")


def test_a_cut_end_shows_only_against_a_head_known_from_elsewhere(chain: Store):
    db = chain.cursor()
    published, _ = trail.verify(db)
    db.execute("DELETE FROM desk.trail WHERE seq >= 5")
    assert trail.verify(db)[1] is None
    wrong = trail.verify(db, expected_head=published)[1]
    assert wrong is not None
    assert "its end was cut off" in wrong
