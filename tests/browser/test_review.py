"""A review is filled in on the page, cell by cell, with the keyboard."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Server
from tests.browser.steps import command, open_fold

REVIEWER, LICENCE = "ines.marlow@aldersund.example", "NEA/0911/2020"


@pytest.fixture(scope="module")
def server(serve) -> Server:
    return serve()


def test_a_cell_of_the_grid_is_answered_with_the_keyboard_and_the_rest_stays_not_assessed(server: Server, visit):
    cases = json.loads(command(server, "certification", "list", "--json").stdout)
    (case,) = [each["case_id"] for each in cases if each["licence"] == LICENCE]
    reviewer = visit(server, REVIEWER)
    page = reviewer.open(f"case?case={case}")
    fold = open_fold(page, "Record a review")
    fold.get_by_text("On-site review").click()
    for label in ("Assessor", "Chosen by", "Paid by"):
        fold.get_by_label(label).fill("The council")
    grid = fold.get_by_test_id("stDataFrame")
    grid.scroll_into_view_if_needed()
    at = grid.bounding_box()
    assert at is not None
    row_height, beyond_the_criterion = 35, 330  # as Streamlit draws rows, in pixels; the criterion's column is narrower
    x, y = at["x"] + beyond_the_criterion, at["y"] + 1.5 * row_height
    page.mouse.move(x, y, steps=5)
    page.mouse.click(x, y, delay=100)
    first = page.get_by_test_id("glide-cell-1-0").and_(page.locator('[aria-selected="true"]'))
    expect(first).to_have_text("Not assessed")
    page.keyboard.press("Enter")
    page.keyboard.type("Conforms", delay=50)
    page.keyboard.press("Enter")
    expect(fold.get_by_test_id("glide-cell-1-0")).to_have_text("Conforms")
    fold.get_by_role("button", name="Record the review").click()
    expect(page.get_by_text("1 of 120 elements answered", exact=True)).to_be_visible(timeout=60_000)
    reviewer.settle()
    said = page.locator("body").inner_text()
    assert "first time at this agency" in said
    assert "1 conform, 0 do not conform, 0 do not apply, 119 are not assessed" in said
