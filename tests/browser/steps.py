"""What people of the house do in a browser, and on a command line beside it: one step each."""

import re
import subprocess
import sys

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import ROOT, Server, Visitor, environment


def command(server: Server, *words: str) -> subprocess.CompletedProcess[str]:
    """A command beside the running dashboard, in another process."""
    return subprocess.run(
        [sys.executable, "-m", "vetting", *words],
        cwd=ROOT,
        env=environment(server.database),
        capture_output=True,
        text=True,
        timeout=120,
    )


def act_with_reason(page: Page, title: str, reason: str) -> None:
    """Unfold an act, give its reason, confirm what it does, and do it."""
    fold = page.get_by_test_id("stExpander").filter(has=page.locator("summary").filter(has_text=title))
    if fold.locator("details[open]").count() == 0:
        fold.locator("summary").click()
    fold.get_by_role("textbox").last.fill(reason)  # a move asks before it what it rests on
    fold.get_by_test_id("stCheckbox").locator("label").click()
    fold.get_by_role("button", name=title, exact=True).click()


def open_fold(page: Page, title: str) -> Locator:
    fold = page.get_by_test_id("stExpander").filter(has=page.locator("summary").filter(has_text=title)).first
    if fold.locator("details[open]").count() == 0:
        fold.locator("summary").click()
    return fold


def declare_no_tie(page: Page) -> None:
    tie = open_fold(page, "Declare yours")
    tie.get_by_text("I have no tie with this agency").click()
    tie.get_by_role("button", name="Declare", exact=True).click()
    expect(page.get_by_role("cell", name="no tie").first).to_be_visible()


def check_file(visitor: Visitor) -> None:
    """Check the file just chosen; a button pressed while the page is still being drawn would be pressed for nothing."""
    visitor.page.get_by_role("button", name="Check the file").wait_for()
    visitor.settle().get_by_role("button", name="Check the file").click()
    visitor.page.get_by_role("button", name=re.compile(r"^Commit \d+ ready rows?$")).wait_for()
    visitor.settle()


def find_case(visitor: Visitor, agency: str) -> Page:
    """From the queue to the agency's case; a line of an agency without one leads to the agency's page instead."""
    page = visitor.open("cases")
    page.locator('a[href*="case?case="]').filter(has_text=agency).first.click()
    page.wait_for_url(re.compile("case="))
    expect(page.get_by_role("heading", name=re.compile(agency))).to_be_visible()
    return visitor.settle()
