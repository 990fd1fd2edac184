"""A partner's file with forty faults is mended in the browser, using only what the page says, and committed."""

import json
import re
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import forty_faults
from tests.browser.conftest import ROOT, Server, environment

PARTNER = "asmita.gharti@sathi-bato.example"
LICENCE, AGENCY = "9014/061/62", "Ramaroshan Employment Services"
ROWS = len(forty_faults.rows())
TYPED_FROM = 2 + sum(times for _, _, times, _ in forty_faults.ASKED)  # the line of the first fault that is typed


@pytest.fixture(scope="module")
def forty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("faults") / "forty.csv"
    path.write_bytes(forty_faults.written())
    return path


def rows_of(database: Path) -> dict[str, tuple[int, int]]:
    """Of every table its number of rows and a sum over their contents."""
    with duckdb.connect(str(database), read_only=True) as opened:
        tables = opened.execute("SELECT schema_name || '.' || table_name FROM duckdb_tables()").fetchall()
        return {
            name: opened.execute(f"SELECT count(*), coalesce(sum(hash(t)), 0) FROM {name} AS t").fetchone()
            for (name,) in tables
        }


def test_forty_seeded_faults_are_forty_addressed_problems_and_a_check_writes_nothing(
    forty: Path, sample_database: Path
):
    before = rows_of(sample_database)
    told = subprocess.run(
        [sys.executable, "-m", "vetting", "reports", "check", str(forty), "--partner", "sathi-bato", "--json"],
        cwd=ROOT, env=environment(sample_database), capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    problems = json.loads(told.stdout)["problems"]
    assert len(problems) == 40
    assert [(each["line"], each["column"], each["letter"], each["code"]) for each in problems] == (
        forty_faults.expected()
    )
    assert "Sunkumari" not in told.stdout
    assert "9841" not in told.stdout
    assert rows_of(sample_database) == before
    assert before["desk.batch"][0] > 0


def test_a_person_mends_them_all_by_what_the_page_says(serve, visit, forty: Path):
    server: Server = serve()
    partner = visit(server, PARTNER)
    page = partner.open("upload")
    page.locator('input[type="file"]').set_input_files(forty)
    expect(page.get_by_text("What your columns were taken for")).to_be_visible()
    expect(page.get_by_text("such as w-001")).to_be_visible()
    settled(page)
    names_nobody(page)
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_text("nothing has been saved yet").first).to_be_visible()
    expect(page.get_by_text("The file is refused as a whole", exact=False)).to_be_visible()
    expect(page.get_by_role("button", name="Commit 0 ready rows")).to_be_disabled()
    names_nobody(page)

    # One answer for all the rows that say the same.
    press(question(page, "6 rows say Rs"), "NPR Nepalese Rupee")
    press(question(page, "3 rows have an amount"), re.compile("^A point marks decimals"))
    press(question(page, "3 rows have a date"), re.compile("^The day comes first"))
    press(question(page, "3 rows say sometimes"), "Yes")
    press(question(page, "3 rows say -9"), "Leave blank: unknown")
    press(question(page, "1 row says pigeon"), "phone")
    press(question(page, "1 row says signed"), "It says that the worker agreed")
    press(question(page, "1 row says the boss"), "employer")
    press(question(page, "1 row leaves Q loan_rate_period"), "per month")
    choose(question(page, "2 rows say Nepaal"), "Nepal (NPL)")
    choose(question(page, "1 row leaves M currency"), "NPR Nepalese Rupee")
    name_the_agency(page)
    check_again(page)

    # What is left concerns one row each: typed into the table, cell by cell.
    expect(page.get_by_role("heading", name="Answer once, mend many")).to_have_count(0)
    grid = Grid(page)
    answered = 13  # one of the twelve questions was about two columns
    for place, (column, _, _, text) in enumerate(forty_faults.TYPED):
        if text is not None:
            grid.type(place, column, text)
            answered += 1
            expect(page.get_by_text(f"Your answers so far ({answered})")).to_be_visible()
            settled(page)
    check_again(page)

    # Nothing is left, and the receipt names the agency.
    expect(page.get_by_text("Nothing is wrong with this file.")).to_be_visible()
    page.get_by_role("button", name=f"Commit {ROWS} ready rows").click()
    expect(page.get_by_text("Receipt for forty.csv")).to_be_visible(timeout=60_000)
    expect(page.get_by_text(re.compile(AGENCY)).first).to_be_visible()
    server.stop()
    with duckdb.connect(str(server.database), read_only=True) as opened:
        stored = opened.execute("SELECT raw FROM evidence.report WHERE report_id LIKE 'P-%'").fetchall()
        kept = opened.execute("SELECT answers FROM desk.batch_answers").fetchall()
    assert len(stored) == ROWS
    assert "Sunkumari" not in f"{stored}{kept}{server.log()}"
    assert "9841" not in f"{stored}{kept}{server.log()}"


def names_nobody(page: Page) -> None:
    """What may name a worker is masked."""
    expect(page.locator("body")).not_to_contain_text("Sunkumari")
    expect(page.locator("body")).not_to_contain_text("9841")


def question(page: Page, words: str) -> Locator:
    """The card of a question, by the words it begins with."""
    begins = re.compile("^" + r"\s".join(map(re.escape, words.split())) + r"\b")
    said = page.get_by_test_id("stMarkdown").filter(has_text=begins)
    return page.get_by_test_id("stLayoutWrapper").filter(has=said).last


def press(card: Locator, label: str | re.Pattern[str]) -> None:
    button = card.get_by_test_id("stButtonGroup").get_by_text(label, exact=True)
    button.click()
    settled(card.page)


def choose(card: Locator, label: str) -> None:
    card.get_by_role("combobox").click()
    card.page.keyboard.type(label)
    expect(card.page.get_by_role("option", name=label, exact=True)).to_be_visible()
    card.page.keyboard.press("Enter")
    settled(card.page)


def name_the_agency(page: Page) -> None:
    card = question(page, "2 rows name an agency we are not sure about")
    card.get_by_text("Another agency of the register").click()
    settled(page)
    box = page.get_by_role("textbox", name="Find it by name or licence number")
    box.fill(LICENCE)
    box.press("Enter")
    page.get_by_text(re.compile(rf"^{AGENCY}.*{LICENCE}")).click()
    settled(page)


def check_again(page: Page) -> None:
    page.get_by_role("button", name="Check again").first.click()
    expect(page.get_by_text(re.compile("^Checked again:"))).to_be_visible()
    settled(page)


def settled(page: Page) -> None:
    page.wait_for_timeout(300)  # until the page has noticed what was pressed
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()


class Grid:
    """The table of "Mend here", driven by the keyboard from its first cell on."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._frame = page.get_by_test_id("stDataFrame").last
        self._frame.scroll_into_view_if_needed()
        mended = {column for column, _, _, _ in forty_faults.TYPED}
        self._columns = ["Line", "What is wrong", *(name for name in forty_faults.COLUMNS if name in mended)]
        seen = self._frame.get_by_role("columnheader").all_text_contents()  # a letter stands before the name
        assert [name in told for name, told in zip(self._columns, seen, strict=False)] == [True] * len(seen)

    def type(self, row: int, column: str, text: str) -> None:
        """Go to the cell with the arrows, write over it (or empty it), and leave it with Enter."""
        keys, box = self._page.keyboard, self._frame.bounding_box()
        self._page.mouse.click(box["x"] + 20, box["y"] + 50)
        keys.press("Control+Home")
        for _ in range(row):
            keys.press("ArrowDown")
        for _ in range(self._columns.index(column)):
            keys.press("ArrowRight")
        if text:
            keys.press("Enter")
            writing = self._page.locator("textarea.gdg-input")
            writing.fill(text)
            writing.press("Enter")
        else:
            keys.press("Delete")
        settled(self._page)
