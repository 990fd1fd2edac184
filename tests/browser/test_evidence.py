"""Files of evidence in a real browser: what is refused, what comes back, and that no browser is asked to show it."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Response, expect

from tests.browser.conftest import Server, Visit, Visitor
from tests.vetting.certification.evidence_files import PAGE, pdf

REVIEWER = "ines.marlow@aldersund.example"
WAITING = "The cost sheet is not given to keep."


@pytest.fixture(scope="module")
def server(serve) -> Server:
    return serve()


def card(visitor: Visitor) -> tuple[Page, Locator]:
    """The case of the finding that waits to be verified, come to by the board, and its card on it."""
    page = visitor.open("actions?stage=to_verify")
    page.locator("tr").filter(has_text=WAITING).get_by_role("link").click()
    visitor.settle()
    expect(page.get_by_role("heading", name="How it came here")).to_be_visible(timeout=60_000)  # its last section
    inside = page.get_by_text(WAITING, exact=True)
    return page, page.get_by_test_id("stVerticalBlock").filter(has=inside).filter(has_text="Add evidence").last


def give(visitor: Visitor, place: Locator, file: Path) -> None:
    fold = place.get_by_test_id("stExpander").filter(has_text="Add evidence")
    if fold.locator("details[open]").count() == 0:
        fold.locator("summary").click()
    fold.locator('input[type="file"]').set_input_files(file)
    expect(fold.get_by_text(file.name)).to_be_visible()
    fold.get_by_test_id("stCheckbox").locator("label").click()
    fold.get_by_role("button", name="Keep as evidence").click()
    visitor.settle()


def test_a_web_page_called_pdf_is_refused_and_a_pdf_that_is_also_a_page_only_comes_back_as_a_download(
    server: Server, visit: Visit, tmp_path: Path
):
    (tmp_path / "receipts.pdf").write_bytes(PAGE)
    both = pdf(inside=b"%" + PAGE)
    (tmp_path / "ledger.pdf").write_bytes(both)
    visitor = visit(server, REVIEWER)
    _, place = card(visitor)
    give(visitor, place, tmp_path / "receipts.pdf")
    expect(place.get_by_text("is a web page, a drawing (SVG) or XML")).to_be_visible()
    page, place = card(visitor)
    give(visitor, place, tmp_path / "ledger.pdf")
    kept = place.get_by_role("button", name="ledger.pdf", exact=False).first
    expect(kept).to_be_visible()
    visitor.settle()  # a click while the page is drawn anew is lost
    kept.click()
    expect(place.get_by_text("its bytes match its SHA-256")).to_be_visible()
    served: list[Response] = []
    visitor.context.on("response", lambda answer: served.append(answer) if "/media/" in answer.url else None)
    with page.expect_download() as saved:
        place.get_by_role("button", name="Save ledger.pdf").click()
    assert saved.value.suggested_filename == "ledger.pdf"
    assert Path(saved.value.path()).read_bytes() == both
    answer = page.request.get(saved.value.url)
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "Traceback" not in server.log()


def test_the_board_turns_to_a_case_and_back_by_its_address(server: Server, visit: Visit):
    visitor = visit(server, REVIEWER)
    page = visitor.open("actions")
    page.get_by_text("Late", exact=False).first.click()
    visitor.settle()
    page = visitor.open("actions?stage=late&grade=critical")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody tr").first).to_contain_text("days late")
    with page.expect_download() as saved:
        page.get_by_role("button", name="These rows as CSV").click()
    told = Path(saved.value.path()).read_text(encoding="utf-8-sig")
    assert len(told.splitlines()) == 2
    assert "stage=late; grades=critical" in told


def test_another_schemes_finding_is_marked_where_it_stands(server: Server, visit: Visit):
    page = visit(server, REVIEWER).open("actions?grade=minor")
    row = page.locator("tr").filter(has_text="Four of eleven sub-agents")
    expect(row).to_contain_text("from Open Ledger Social Audit, audit OLS-2026-0417")
