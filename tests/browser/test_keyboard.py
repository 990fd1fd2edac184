"""A whole upload by the keyboard alone: Tab, Enter, Space and the arrows, from the address to the receipt."""

import re
from pathlib import Path

import duckdb
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as NothingOpened

from tests.browser.test_mend import settled

PARTNER = "asmita.gharti@sathi-bato.example"
HEADER = (
    "report_id,agency_licence,agency_name,origin_country,destination_country,interview_date,channel,consent_use,"
    "worker_ref,currency,total_paid"
)
GOOD = "K-{n},9014/061/62,,NPL,QAT,2026-05-{n},in_person,yes,V-{n},NPR,150000"
ROWS = [
    *(GOOD.format(n=n) for n in range(10, 20)),
    *(GOOD.format(n=n).replace("NPR", "Rs") for n in range(20, 22)),
    GOOD.format(n=22).replace("150000", "2-3 lakh"),
    GOOD.format(n=23).replace("9014/061/62,", ",Ramaroshan Employmant"),
]
# Where the amount in words stands in the table: the third row that waits, behind the columns that have a fault too.
ROW_TYPED, SHOWN_BEFORE = 2, ("Line", "What is wrong", "report_id", "agency_name", "currency")
MOST_STOPS = 120  # more presses of Tab than these, and nobody would find it
# What has the focus, and what a screen reader calls it: of a single choice with the name of its group.
FOCUSED = """() => {
    const at = document.activeElement, group = at.type === 'radio' && at.closest('[role=radiogroup]');
    if (at.tagName === 'BODY' || at.tagName === 'MAIN') return ['page', ''];
    if (at.tagName === 'CANVAS') return ['table', 'the table'];
    const named = (group || at).getAttribute('aria-label') || at.innerText || '';
    return [at.getAttribute('role') || at.tagName.toLowerCase(), named.trim()];
}"""


def test_a_file_is_sent_and_mended_by_the_keyboard_alone(serve, visit, tmp_path: Path):
    file = tmp_path / "keys.csv"
    file.write_text("\n".join([HEADER, *ROWS]) + "\n")
    server = serve()
    page = visit(server, PARTNER).open("upload")
    settled(page)

    choose_file(page, file)
    expect(page.get_by_text("What your columns were taken for")).to_be_visible()
    settled(page)
    press(page, "Check the file")
    expect(page.get_by_text("2 rows say Rs", exact=False)).to_be_visible()
    settled(page)

    # The buttons of a question and the agencies to choose from: into the group with Tab, along it with the arrows.
    go_to(page, "INR Indian Rupee")
    page.keyboard.press("ArrowRight")
    assert page.evaluate(FOCUSED)[1] == "NPR Nepalese Rupee"
    page.keyboard.press("Space")
    settled(page)
    assert page.evaluate(FOCUSED)[1] == "NPR Nepalese Rupee", "an answer takes nobody's place away"
    go_to(page, "Which agency is Ramaroshan Employmant?")
    page.keyboard.press("Space")
    settled(page)
    expect(page.get_by_text("Your answers so far (2)")).to_be_visible()

    # A cell of the table.
    go_to(page, "the table")
    page.keyboard.press("Control+Home")
    for _ in range(ROW_TYPED):
        page.keyboard.press("ArrowDown")
    for _ in SHOWN_BEFORE:
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+A")
    page.keyboard.type("250000")
    page.keyboard.press("Enter")
    settled(page)
    expect(page.get_by_text("Your answers so far (3)")).to_be_visible()
    page.keyboard.press("Tab")  # one cell on: out of the table it goes after the last
    press(page, "Check again")
    expect(page.get_by_text("Nothing is wrong with this file.")).to_be_visible()
    settled(page)

    press(page, f"Commit {len(ROWS)} ready rows")
    expect(page.get_by_text("Receipt for keys.csv")).to_be_visible(timeout=60_000)
    settled(page)
    go_to(page, "Send another file")
    server.stop()
    with duckdb.connect(str(server.database), read_only=True) as opened:
        stored = opened.execute("SELECT count(*) FROM evidence.report WHERE report_id LIKE 'K-%'").fetchone()
    assert stored == (len(ROWS),)


def choose_file(page: Page, file: Path) -> None:
    """Enter on the button opens the choice of files; whoever pressed while the page was still being drawn presses
    again."""
    for _ in range(5):
        go_to(page, "Upload")
        try:
            with page.expect_file_chooser(timeout=6_000) as choosing:
                page.keyboard.press("Enter")
        except NothingOpened:
            continue
        choosing.value.set_files(file)
        return
    raise AssertionError("Enter on the button never opened the choice of files.")


def go_to(page: Page, name: str) -> None:
    """Press Tab until what bears this name has the focus."""
    stops = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(FOCUSED))
        if re.search(rf"(^|\W){re.escape(name)}", stops[-1][1]):
            return
    raise AssertionError(f"{name!r} is not reached by Tab, but only {stops}")


def press(page: Page, name: str) -> None:
    go_to(page, name)
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
