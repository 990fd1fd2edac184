"""The keyboard alone: a reviewer from signing in and the queue to a declared tie and a move of a case."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Server, Visitor
from tests.browser.keyboard import Keyboard

REVIEWER = "ines.marlow@aldersund.example"
WAITS = "Nelumvila Agencies (Pvt) Ltd."  # a case of the sample that was accepted, and goes to the document review


@pytest.fixture(scope="module")
def server(serve) -> Server:
    return serve()


def at_the_keyboard(visitor: Visitor, address: str) -> Keyboard:
    keyboard = Keyboard(visitor.page)
    visitor.page.goto(visitor.server.address(address))
    keyboard.wait()
    return keyboard


def test_a_reviewer_goes_from_the_queue_to_a_case_and_moves_it_by_the_keyboard_alone(server: Server, visit):
    keyboard = at_the_keyboard(visit(server), "sign_in")
    page = keyboard.page
    keyboard.press("Ines Marlow")
    keyboard.press("Cases", "a")
    expect(page.get_by_role("heading", name="Cases", exact=True)).to_be_visible()

    keyboard.go_to(WAITS)
    assert keyboard.focus_is_seen()
    keyboard.key("Enter")
    page.wait_for_url(re.compile("case=.*#decide$"))
    expect(page.get_by_role("heading", name=WAITS)).to_be_visible()
    keyboard.wait()
    expect(page.get_by_role("heading", name="What you can do now")).to_be_in_viewport()

    keyboard.go_to("Your tie with this agency", "radio")
    keyboard.key("Space")
    assert page.get_by_role("radio", name="I have no tie with this agency").is_checked()
    keyboard.press("Declare", "submit")
    expect(page.get_by_role("cell", name="no tie").first).to_be_visible()

    keyboard.go_to("Begin the document review")
    assert keyboard.focus_is_seen()
    keyboard.key("Enter")
    keyboard.go_to("Reason", "textarea")
    page.keyboard.type("Everything that was asked for is here.")
    keyboard.go_to("The case moves on", "checkbox")
    assert keyboard.focus_is_seen()
    keyboard.key("Space")
    keyboard.press("Begin the document review", "submit")
    expect(page.get_by_text("Review the documents, then go on site.")).to_be_visible()
    expect(page.get_by_role("cell", name="Everything that was asked for is here.")).to_be_visible()
