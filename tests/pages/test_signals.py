"""The reviewers' page of signals: empty, filled and filtered."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from schemas.codes import Role
from tests.pages.conftest import REGISTER, words_of
from vetting.store import Store

ADDRESS = "UPDATE desk.agency SET address = '12 Kamal Marg Chhahari', valid_from = $since WHERE name = $name"


def test_without_a_signal_it_says_what_would_bring_some(seen_by: Callable[..., AppTest]):
    said = words_of(seen_by(Role.REVIEWER, "signals"))
    assert "Nothing in the evidence is more than chance would bring." in said
    assert "once batches or registers bring some" in said


def test_a_signal_is_told_with_its_count_what_chance_brings_and_that_it_judges_nobody(
    house: Store, seen_by: Callable[..., AppTest]
):
    assert "Ramaroshan Employment,NPL,suspended" in REGISTER
    db = house.cursor()
    db.execute(ADDRESS, {"since": "2010-01-01", "name": "Ramaroshan Employment"})
    db.execute(ADDRESS, {"since": "2024-01-01", "name": "Himchuli Setu Overseas"})
    said = words_of(seen_by(Role.REVIEWER, "signals"))
    assert "Himchuli Setu Overseas has the address of Ramaroshan Employment, whose licence is suspended." in said
    assert "Registered again?" in said
    assert "They change no score, no band and no gate" in said
    filtered = words_of(seen_by(Role.REVIEWER, "signals", kind="near_copies"))
    assert "has the address of" not in filtered
    assert "No signal of this kind." in filtered


def test_others_are_turned_away(seen_by: Callable[..., AppTest]):
    for role in (Role.BUYER, Role.PARTNER, Role.ADMIN, None):
        assert "chance" not in words_of(seen_by(role, "signals"))
