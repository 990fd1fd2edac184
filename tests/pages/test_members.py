"""Administrators add members and partners, and suspend; each act with its words."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from schemas.codes import Role
from tests.pages.conftest import PEOPLE, words_of
from vetting.store import Store
from vetting.store.members import fetch_member
from vetting.store.partners import fetch_partner

SeenBy = Callable[..., AppTest]


@pytest.fixture
def page(seen_by: SeenBy) -> AppTest:
    return seen_by(Role.ADMIN, "members")


def field(app: AppTest, label: str):
    return next(each for kind in (app.text_input, app.text_area, app.selectbox) for each in kind if each.label == label)


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def test_a_member_is_added_and_may_sign_in(page: AppTest, house: Store, seen_by: SeenBy):
    field(page, "E-mail address").input("Tobias@Body.example")
    field(page, "Name").input("Tobias")
    field(page, "Role").select(Role.REVIEWER).run()
    field(page, "Organisation").input("Body")
    press(page, "Add member")
    assert not page.exception
    assert fetch_member(house.cursor(), "tobias@body.example").role is Role.REVIEWER
    assert "tobias@body.example" in words_of(page)
    assert field(page, "E-mail address").value == "", "what was typed for one member is gone for the next"


def test_what_is_no_address_is_refused_in_a_sentence(page: AppTest):
    field(page, "E-mail address").input("nobody")
    press(page, "Add member")
    assert "is no e-mail address" in words_of(page)


def test_a_partners_member_belongs_to_a_registered_partner(page: AppTest):
    field(page, "Role").select(Role.PARTNER).run()
    assert [each.label for each in page.selectbox if each.label == "Partner"] == ["Partner"]


def test_a_partner_is_registered_with_its_kind(page: AppTest, house: Store):
    field(page, "Code").input("dhansiri")
    field(page, "Name of the organisation").input("Dhansiri Union")
    press(page, "Register partner")
    assert fetch_partner(house.cursor(), "dhansiri").name == "Dhansiri Union"


def test_a_member_is_suspended_only_with_a_reason_and_a_confirmation(page: AppTest, house: Store):
    email = PEOPLE[Role.BUYER][0]
    whom = field(page, "Member")
    whom.select(next(option for option in whom.options if email in option)).run()
    press(page, "Suspend")
    assert "Write a reason" in words_of(page)
    assert fetch_member(house.cursor(), email).state == "active"
    field(page, "Reason").input("left the brand")
    page.checkbox[0].check()
    press(page, "Suspend")
    assert fetch_member(house.cursor(), email).state == "suspended"
    assert field(page, "Reason").value == ""


def test_administrators_are_not_offered_to_suspend_themselves(page: AppTest):
    assert not [option for option in field(page, "Member").options if PEOPLE[Role.ADMIN][0] in option]
