"""The trail as a reviewer takes it home from the page."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import Serve
from tests.browser.steps import command
from vetting.trail.lines import verify_file

REVIEWER = "ines.marlow@aldersund.example"


def test_a_reviewer_takes_the_trail_as_a_file_that_proves_itself(serve: Serve, visit, tmp_path: Path):
    server = serve()
    visitor = visit(server, REVIEWER)
    page = visitor.open("trail")
    button = page.get_by_role("button", name=re.compile(r"Take entries 1 to"))
    last = int(re.sub(r"\D", "", button.inner_text().rpartition(" to ")[2]))
    with page.expect_download() as taking:
        button.click()
    taking.value.save_as(tmp_path / "trail.jsonl")
    with (tmp_path / "trail.jsonl").open("rb") as lines:
        proof = verify_file(lines)
    assert (proof.flaw, proof.first, proof.entries) == (None, 1, last)
    beside = command(server, "trail", "verify", "--head", proof.head)
    assert "all chained" in beside.stdout, beside.stderr
    page = visitor.open("trail?action=trail_export")
    expect(page.get_by_text("The trail was exported").first).to_be_visible()
    page.locator("summary").first.click()
    expect(page.get_by_text(proof.head)).to_be_visible()
