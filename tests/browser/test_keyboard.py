"""The keyboard alone: a whole upload from sign-in to receipt, and a reviewer from the queue to a move of a case."""

import re
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Server, Visitor
from tests.browser.keyboard import CHOSEN, PATIENCE, Keyboard

PARTNER = "asmita.gharti@sathi-bato.example"
REVIEWER = "ines.marlow@aldersund.example"
HEADER = (
    "report_id,agency_licence,agency_name,origin_country,destination_country,interview_date,channel,consent_use,"
    "worker_ref,currency,total_paid"
)
MISSPELT = "Ramaroshan Employmant"
GOOD = "K-{n},9014/061/62,,NPL,QAT,2026-05-{n},in_person,yes,V-{n},NPR,150000"
ROWS = [
    *(GOOD.format(n=n) for n in range(10, 20)),
    *(GOOD.format(n=n).replace("NPR", "Rs") for n in range(20, 22)),
    GOOD.format(n=22).replace("150000", "2-3 lakh"),
    GOOD.format(n=23).replace("9014/061/62,", f",{MISSPELT}"),
]
# Where the amount in words stands in the table: the third row that waits, behind the columns that have a fault too.
ROW_TYPED, SHOWN_BEFORE = 2, ("Line", "What is wrong", "report_id", "agency_name", "currency")
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


def test_a_file_is_sent_and_mended_by_the_keyboard_alone(server: Server, visit, tmp_path: Path):
    file = tmp_path / "keys.csv"
    file.write_text("\n".join([HEADER, *ROWS]) + "\n")
    keyboard = at_the_keyboard(visit(server), "sign_in")
    page = keyboard.page
    # From the beginning: the choice of files is caught by another process than the one that hears the key, so catching
    # it only as the key is pressed comes too late on a busy machine.
    page.on("filechooser", lambda chooser: chooser.set_files(file))
    keyboard.press("Asmita Gharti")
    keyboard.press("Send fee reports", "a")
    expect(page).to_have_url(re.compile("upload"))

    page.get_by_test_id("stFileUploaderDropzone").wait_for()
    keyboard.go_to("Upload")
    with keyboard.answered():
        keyboard.key("Enter")
    expect(page.get_by_text("What your columns were taken for")).to_be_visible()
    keyboard.press("Check the file")
    expect(page.get_by_text("2 rows say Rs", exact=False)).to_be_visible()

    # The buttons of a question and the agencies to choose from: into the group with Tab, along it with the arrows.
    keyboard.go_to("INR Indian Rupee")
    keyboard.key("ArrowRight")
    assert keyboard.focused()[1] == "NPR Nepalese Rupee"
    with keyboard.answered():
        keyboard.key("Space")
    assert keyboard.focused()[1] == "NPR Nepalese Rupee", "an answer takes nobody's place away"
    keyboard.go_to(f"Which agency is {MISSPELT}?")
    with keyboard.answered():
        keyboard.key("Space")
    expect(page.get_by_text("Your answers so far (2)")).to_be_visible()

    # A cell of the table.
    page.get_by_test_id("stDataFrame").last.locator("canvas").first.wait_for()
    keyboard.go_to("the table")
    keyboard.key("Control+Home")
    page.wait_for_function(f"/-0$/.test({CHOSEN})")
    keyboard.step("ArrowDown", ROW_TYPED)
    keyboard.step("ArrowRight", len(SHOWN_BEFORE))
    keyboard.key("Enter")
    page.wait_for_function("document.activeElement.matches('.gdg-input')")
    keyboard.key("Control+A")
    page.keyboard.type("250000")
    expect(page.locator(".gdg-input")).to_have_value("250000")
    with keyboard.answered():
        keyboard.key("Enter")
    expect(page.get_by_text("Your answers so far (3)")).to_be_visible()
    keyboard.key("Tab")  # one cell on: out of the table it goes after the last
    keyboard.press("Check again")
    expect(page.get_by_text("Nothing is wrong with this file.")).to_be_visible()

    keyboard.press(f"Commit {len(ROWS)} ready rows")
    expect(page.get_by_text("Receipt for keys.csv")).to_be_visible(timeout=PATIENCE)
    keyboard.wait()
    keyboard.go_to("Send another file")
    server.stop()
    with duckdb.connect(str(server.database), read_only=True) as opened:
        stored = opened.execute("SELECT count(*) FROM evidence.report WHERE report_id LIKE 'K-%'").fetchone()
    assert stored == (len(ROWS),)
