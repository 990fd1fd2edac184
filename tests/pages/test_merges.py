"""Administrators merge two entries after a preview, with a reason and a confirmation, and split them again."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from schemas.codes import Role
from tests.pages.conftest import words_of
from tests.pages.test_members import field, press
from vetting.store import Store
from vetting.store.agencies import fetch_agencies

SeenBy = Callable[..., AppTest]


def ids(house: Store) -> dict[str, str]:
    return {agency.name: agency.agency_id for agency in fetch_agencies(house.cursor())}


def test_two_entries_are_merged_found_under_the_old_id_and_split_again(seen_by: SeenBy, house: Store):
    before = ids(house)
    page = seen_by(Role.ADMIN, "merges")
    field(page, "The entry that goes").input("Ramaroshan").run()
    field(page, "The agency that remains").input("0101/061/62").run()
    press(page, "Merge")
    assert "Write a reason" in words_of(page)
    field(page, "How is it known that both are one agency?").input("One owner, one office")
    page.checkbox[0].check()
    press(page, "Merge")
    assert not page.exception
    assert list(ids(house)) == ["Himchuli Setu Overseas"]
    old = seen_by(Role.REVIEWER, "agency", agency=before["Ramaroshan Employment"])
    assert not old.exception
    assert "Recorded as Ramaroshan Employment (0102/061/62) until" in words_of(old)
    page = seen_by(Role.ADMIN, "merges")
    field(page, "How is it known that they are two?").input("Two offices")
    page.checkbox[0].check()
    press(page, "Split")
    assert ids(house) == before


def test_what_is_refused_says_why_before_anything_is_confirmed(seen_by: SeenBy):
    page = seen_by(Role.ADMIN, "merges")
    field(page, "The entry that goes").input("Himchuli").run()
    field(page, "The agency that remains").input("Himchuli").run()
    assert "cannot go into itself" in words_of(page)
    assert not [button for button in page.button if button.label == "Merge"]
