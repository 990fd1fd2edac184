"""A stranger complains in a real browser, a reviewer takes it up, two of them answer, and the stranger reads it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Serve, Server, Visit, Visitor
from tests.browser.steps import command, open_fold

ASHA, BO = "ines.marlow@aldersund.example", "tobias.okello@aldersund.example"
LICENCE, AGENCY = "9014/061/62", "Ramaroshan Employment Services"
TEXT = "They asked all nine of us for money in the office before the flight, and wrote no receipt."
NAMED = "They asked Sita Gurung for money in the office before the flight. Ring 9841234567."
ANSWER = "We asked for the books and found no such payment. Whoever has a receipt may complain again."


@pytest.fixture(scope="module")
def server(serve: Serve) -> Server:
    return serve()


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_test_id("stSelectbox").filter(has_text=label).locator("input").click()
    page.get_by_role("option", name=option).click()


def find(visitor: Visitor) -> Page:
    page = visitor.open("complain")
    field = page.get_by_label("Name, licence or alias")
    field.fill("Ramaroshan Employmnt")
    field.press("Enter")
    page.get_by_role("link", name=re.compile(AGENCY)).click()
    expect(page.get_by_role("heading", name="Complain about this agency")).to_be_visible()
    return visitor.settle()


def act(visitor: Visitor, title: str, reason: str, *, choice: str = "", answer: str = "", field: str = "") -> None:
    page = visitor.settle()
    fold = open_fold(page, title)
    if choice:
        fold.get_by_text(choice, exact=False).first.click()
    if answer:
        fold.get_by_role("textbox", name=field).fill(answer)
    fold.get_by_label("Reason", exact=True).fill(reason)
    fold.get_by_role("button", name=title).click()


def declare(visitor: Visitor) -> None:
    fold = open_fold(visitor.settle(), "Declare whether you have a tie")
    fold.get_by_text("I have no tie with this agency").click()
    fold.get_by_role("button", name="Declare", exact=True).click()
    expect(visitor.page.get_by_text("You cannot read this complaint")).to_have_count(0)
    visitor.settle()


def test_from_a_strangers_complaint_to_an_answer_the_stranger_reads(server: Server, visit: Visit):
    stranger = visit(server)
    page = find(stranger)
    choose(page, "What is it about?", "Workers had to pay for the job")
    stranger.settle()
    page.locator("textarea").first.fill(NAMED)
    page.get_by_role("button", name="Send the complaint").click()
    expect(page.get_by_text("Take out what is marked")).to_be_visible()
    expect(page.get_by_text("Sita Gurung (a person's name)")).to_be_visible()
    assert page.locator("textarea").first.input_value() == NAMED, "nothing typed is lost"
    stranger.settle()
    page.locator("textarea").first.fill(TEXT)
    page.get_by_role("button", name="Send the complaint").click()
    expect(page.get_by_text("they are shown once")).to_be_visible()
    expect(stranger.settle().get_by_test_id("stCode")).to_have_count(2)
    codes = [code.strip() for code in page.get_by_test_id("stCode").locator("code").all_inner_texts()]
    assert [len(code) for code in codes] == [9, 19]
    assert codes[1] not in page.url
    page.reload()
    stranger.settle()
    assert codes[1] not in page.content(), "shown once"

    first = visit(server, ASHA)
    page = first.open("complaints")
    page.get_by_role("link", name=re.compile(AGENCY)).last.click()
    expect(page.get_by_role("heading", name="Workers had to pay for the job")).to_be_visible()
    first.settle()
    if page.get_by_text("You cannot read this complaint").count():
        declare(first)
    expect(page.get_by_text(TEXT)).to_have_count(0)
    page.get_by_role("button", name="Read what was written").click()
    expect(page.get_by_text(TEXT)).to_be_visible()
    act(first, "Take it under review", "About fees, and it can be looked into.", choice="Everybody may read of it")
    expect(page.get_by_text("so that nobody can tell on which day")).to_be_visible()
    act(
        first, "Propose an outcome", "The books were seen.",
        choice="Not substantiated", answer=ANSWER, field="Answer, which everybody reads",
    )  # fmt: skip
    expect(page.get_by_text("Answer waits for a second reviewer").first).to_be_visible()
    address = page.url

    second = visit(server, BO)
    page = second.open(address.removeprefix(server.address()))
    if page.get_by_text("You cannot read this complaint").count():
        declare(second)
    form = page.get_by_test_id("stForm").filter(has_text="Confirm the outcome")
    form.get_by_label("Reason").fill("I have seen the books too.")
    form.get_by_test_id("stCheckbox").locator("label").click()
    form.get_by_role("button", name="Confirm the outcome").click()
    expect(page.get_by_text("The outcome stands")).to_be_visible()

    page = stranger.open("complain")
    page.get_by_label("Reference").fill(codes[0].lower())
    page.get_by_label("Follow-up code").fill(codes[1].lower())
    page.get_by_role("button", name="Look it up").click()
    expect(page.get_by_text(ANSWER)).to_be_visible()
    expect(page.get_by_text("Not substantiated")).to_be_visible()
    assert TEXT not in page.content()

    trail = command(server, "trail", "verify")
    assert trail.returncode == 0, trail.stdout + trail.stderr
    assert "nine of us" not in server.log()


def test_the_register_leads_to_what_is_published_and_to_what_is_not(server: Server, visit: Visit):
    visitor = visit(server, width=390)
    page = visitor.open("register?search=Dhorpatan")
    page.get_by_role("link", name="2 complaints").click()
    expect(page.get_by_text("The operating body answers")).to_be_visible()
    expect(page.get_by_text("The agency replies").first).to_be_visible()
    expect(page.get_by_text("an answer is due by")).to_be_visible()
    visitor.settle()
    wide = page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert wide, "no sideways scrolling"
    page = visitor.open("register?search=Sundarijal")
    page.get_by_role("link", name="none published").click()
    expect(page.get_by_text("That is no good sign")).to_be_visible()
