"""After the upload, in a real browser: it may be closed at any moment, and what waits can be mended later."""

import re
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, Visit, Visitor

PARTNER, LICENCE = "asmita.gharti@sathi-bato.example", "9021/065/66"
HEADER = (
    "report_id,agency_licence,origin_country,destination_country,interview_date,channel,consent_use,worker_ref,"
    "currency,total_paid\n"
)
ROWS = 3000


@pytest.fixture(scope="module")
def server(serve) -> Server:
    return serve()


def written(folder: Path, name: str, rows: int, **changes: str) -> Path:
    """A file of that many reports, each of another worker; `changes` are of its last row."""
    heard = (datetime.now(UTC) - timedelta(days=20)).date().isoformat()
    row = {"licence": LICENCE, "currency": "NPR", "paid": "20000"}
    lines = []
    for number in range(1, rows + 1):
        said = row | (changes if number == rows else {})
        lines.append(
            f"{name}-{number},{said['licence']},NPL,QAT,{heard},phone,yes,{name}-w{number},{said['currency']},{said['paid']}"
        )
    path = folder / f"{name}.csv"
    path.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def check(visitor: Visitor, file: Path) -> Page:
    page = visitor.open("upload")
    page.locator('input[type="file"]').set_input_files(file)
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_role("button", name=re.compile("^Commit"))).to_be_visible(timeout=60_000)
    return visitor.settle()


def accepted(visitor: Visitor, name: str) -> str | None:
    """How many rows of a file the list of batches says were accepted; None when it has no such batch."""
    page = visitor.open("batches")
    line = page.locator("tr").filter(has=page.get_by_role("link", name=f"{name}.csv", exact=True))
    return line.locator('td[data-label="Accepted"]').first.inner_text() if line.count() else None


def awaited(visitor: Visitor, name: str, seconds: float) -> str | None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if (found := accepted(visitor, name)) is not None:
            return found
        time.sleep(1)
    return None


@pytest.mark.parametrize("waits_for_the_job", [True, False])
def test_a_browser_closed_while_the_file_is_saved_leaves_all_of_it_or_nothing(
    server: Server, visit: Visit, tmp_path: Path, waits_for_the_job: bool
) -> None:
    """Once the address names the job, it is done without anybody watching; before that, either is right."""
    name = "watched" if waits_for_the_job else "dropped"
    visitor = visit(server, PARTNER)
    page = check(visitor, written(tmp_path, name, ROWS))
    page.get_by_role("button", name=re.compile("^Commit")).click(no_wait_after=True)
    if waits_for_the_job:
        page.wait_for_url(re.compile("job="))
    page.close()  # and with it the websocket
    found = awaited(visit(server, PARTNER), name, 60 if waits_for_the_job else 15)
    assert re.sub(r"\D", "", found or "") == str(ROWS) or (found is None and not waits_for_the_job)


def test_a_row_that_waits_is_mended_later_and_leaves_the_queue(server: Server, visit: Visit, tmp_path: Path) -> None:
    visitor = visit(server, PARTNER)
    page = check(visitor, written(tmp_path, "later", 3, currency="Rs"))
    page.get_by_role("button", name=re.compile("^Commit 2")).click()
    page.get_by_role("link", name=re.compile("1 row still waits")).click()
    expect(page.get_by_role("heading", name="Rows that wait")).to_be_visible()
    expect(page.get_by_text("later-3").first).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download 1 row").click()
    given = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert "later-3" in given
    assert "later-1" not in given
    page.get_by_role("button", name="Mend 1 row here").click()
    expect(page.get_by_role("heading", name="Send fee reports")).to_be_visible()
    expect(page.get_by_text("later-waiting.csv").first).to_be_visible()

    mended = tmp_path / "later-waiting.csv"
    mended.write_text(given.replace(",Rs,", ",NPR,"), encoding="utf-8")
    page = check(visitor, mended)
    page.get_by_role("button", name=re.compile("^Commit 1")).click()
    expect(page.get_by_text("Receipt for later-waiting.csv")).to_be_visible(timeout=60_000)
    visitor.open("waiting")
    expect(page.get_by_text("later-3")).to_have_count(0)
