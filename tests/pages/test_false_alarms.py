"""An administrator lets a false alarm through by its reference, and takes it back; the partner's next check knows."""

from collections.abc import Callable
from datetime import datetime

import pytest
from streamlit.testing.v1 import AppTest

from schemas.codes import Role
from tests.pages.conftest import words_of
from tests.pages.test_members import field, press
from vetting.store import Store
from vetting.store.passes import fetch_passes

SeenBy = Callable[..., AppTest]
NOTE = "The ferry is called Sunita"


@pytest.fixture
def reference(house: Store, now: datetime) -> str:
    return fetch_passes(house.cursor(), "sathi").reference("personal_name", NOTE)


def test_a_false_alarm_is_let_through_and_taken_back(seen_by: SeenBy, house: Store, reference: str):
    page = seen_by(Role.ADMIN, "false_alarms")
    assert "No false alarm has been let through." in words_of(page)
    field(page, "Reference").input(f" {reference.upper()} ")
    field(page, "Why it is no personal data").input("A ferry on the river")
    press(page, "Let it through")
    assert "Tick the box" in words_of(page)
    page.checkbox[0].check()
    press(page, "Let it through")
    assert "Choose the partner whose file it is" in words_of(page)
    assert fetch_passes(house.cursor(), "sathi").references == set()
    field(page, "Partner").select_index(0)
    press(page, "Let it through")
    assert not page.exception
    assert fetch_passes(house.cursor(), "sathi").references == {reference}
    field(page, "Reason").input("It is a person after all")
    page.checkbox[1].check()
    press(page, "Take back")
    assert not page.exception
    assert fetch_passes(house.cursor(), "sathi").references == set()


def test_what_is_no_reference_is_refused_in_a_sentence(seen_by: SeenBy, house: Store):
    page = seen_by(Role.ADMIN, "false_alarms")
    field(page, "Partner").select_index(0)
    field(page, "Reference").input(NOTE)
    field(page, "Why it is no personal data").input("A ferry")
    page.checkbox[0].check()
    press(page, "Let it through")
    assert "This is no reference" in words_of(page)
    assert NOTE not in str(house.cursor().execute("SELECT * FROM desk.trail").fetchall())
