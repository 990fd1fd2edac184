"""The story the house is for, in a real browser, against a real server and a real database file.

A partner's spreadsheet becomes a score that reviewers can certify and a buyer can find.
"""

import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ROOT, Server, environment
from vetting.sample import sample_file

AGENCY, MISSPELT, LICENCE = "Himchuli Setu Overseas", "Himchulli Settu", "9021/065/66"
PARTNER = "asmita.gharti@sathi-bato.example"
FIRST, SECOND = "ines.marlow@aldersund.example", "tobias.okello@aldersund.example"
BUYER = "freja.lund@norrlind.example"


@pytest.fixture(scope="module")
def server(serve) -> Server:
    return serve()


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
    fold.get_by_role("textbox").fill(reason)
    fold.get_by_test_id("stCheckbox").locator("label").click()
    fold.get_by_role("button", name=title, exact=True).click()


def open_fold(page: Page, title: str):
    fold = page.get_by_test_id("stExpander").filter(has=page.locator("summary").filter(has_text=title)).first
    if fold.locator("details[open]").count() == 0:
        fold.locator("summary").click()
    return fold


def declare_no_tie(page: Page) -> None:
    tie = open_fold(page, "Declare yours")
    tie.get_by_text("I have no tie with this agency").click()
    tie.get_by_role("button", name="Declare", exact=True).click()
    expect(page.get_by_role("cell", name="no tie").first).to_be_visible()


def check_file(visitor) -> None:
    """Check the file just chosen; a button pressed while the page is still being drawn would be pressed for nothing."""
    visitor.page.get_by_role("button", name="Check the file").wait_for()
    visitor.settle().get_by_role("button", name="Check the file").click()
    visitor.page.get_by_role("button", name=re.compile(r"^Commit \d+ ready rows?$")).wait_for()
    visitor.settle()


def find_case(visitor) -> Page:
    """From the queue to the agency's case."""
    page = visitor.open("cases")
    page.get_by_role("link", name=re.compile(AGENCY)).first.click()
    expect(page.get_by_role("heading", name=re.compile(AGENCY))).to_be_visible()
    return visitor.settle()


def live_score(server: Server) -> dict:
    [score] = [
        each for each in json.loads(command(server, "score", "--json").stdout) if each["name"].startswith(AGENCY)
    ]
    return score


def spreadsheet(folder: Path, name: str) -> Path:
    """A file of the story, its dates moved to today's quarter as the sample country's are."""
    path = folder / name
    path.write_bytes(sample_file(f"story/{name}", datetime.now(UTC).date()))
    return path


def test_a_spreadsheet_becomes_a_certificate_a_buyer_can_find(server: Server, visit, tmp_path: Path) -> None:
    before = live_score(server)
    assert before["band"] == "insufficient_evidence"

    # The public register, without signing in.
    public = visit(server).open("")
    expect(public.get_by_role("heading", name="Register of recruitment agencies")).to_be_visible()
    public.get_by_label("Name, licence or alias").fill(LICENCE)
    public.get_by_label("Name, licence or alias").press("Enter")
    expect(public.get_by_text(re.compile(AGENCY)).first).to_be_visible()

    # A partner downloads the template, sends a file with mistakes, and sees all of them at once.
    partner = visit(server, PARTNER)
    page = partner.open("upload")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the template").click()
    template = tmp_path / "template.csv"
    download.value.save_as(template)
    assert template.read_text(encoding="utf-8-sig").startswith("report_id,agency_licence")
    mistaken = spreadsheet(tmp_path, "with_mistakes.csv")
    page.locator('input[type="file"]').set_input_files(mistaken)
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_text("nothing has been saved yet").first).to_be_visible()
    expected = json.loads(
        command(server, "reports", "check", str(mistaken), "--partner", "sathi-bato", "--json").stdout
    )
    assert expected["quarantined"] + expected["refused"] > 0
    expect(page.get_by_role("button", name=f"Commit {expected['accepted']} ready rows")).to_be_visible()
    partner.settle()
    told = page.locator("body").inner_text()
    for problem in expected["problems"]:
        if problem["line"] is not None and problem["severity"] != "warning":
            assert str(problem["line"]) in told
            assert problem["letter"] in told
    expect(page.get_by_text("What you wrote", exact=False).first).to_be_attached()
    assert live_score(server) == before, "checking saves nothing"

    # The mended file is committed, and the receipt names the agency and counts the partner's own workers.
    page = partner.open("upload")
    page.locator('input[type="file"]').set_input_files(spreadsheet(tmp_path, "mended.csv"))
    check_file(partner)
    page.get_by_role("button", name=re.compile(r"^Commit \d+ ready rows$")).click()
    expect(page.get_by_text("Receipt for mended.csv")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("Your workers who count now").first).to_be_visible()
    expect(page.get_by_text(re.compile(AGENCY)).first).to_be_visible()
    assert "batch=" in page.url

    # A reviewer sees the live score change at once.
    after = live_score(server)
    assert after["workers"] > before["workers"]
    assert after["band"] in {"strong", "fair"}
    first = visit(server, FIRST)
    page = first.open(f"agency?agency={after['agency_id']}")
    expect(page.get_by_role("heading", name=re.compile(AGENCY))).to_be_visible()
    expect(page.get_by_text(f"Conduct: {after['band']}").first).to_be_visible()
    expect(page.get_by_text(str(after["workers"])).first).to_be_visible()
    expect(page.get_by_text("The range covers chance only", exact=False).first).to_be_visible()
    drill = open_fold(page, "1 No fees or costs to workers")
    expect(drill.get_by_text("was charged anything").first).to_be_visible()

    # The first reviewer opens the case, declares no tie, records a finding and has it corrected.
    page = find_case(first)
    declare_no_tie(page)
    finding = open_fold(page, "Record a finding")
    finding.get_by_text("Major", exact=True).click()
    finding.get_by_role("textbox").fill("The complaint line is not named in the contract's translation.")
    finding.get_by_role("button", name="Record the finding").click()
    expect(page.get_by_text("Major finding on A.1 recorded")).to_be_visible()
    expect(page.get_by_text("A major finding on criterion A.1 is open", exact=False).first).to_be_visible()
    interviews = open_fold(page, "Record the count")
    first.settle()
    needed = re.search(r"of (\d+) the scheme asks for", page.locator("body").inner_text())
    if needed:
        interviews.get_by_role("spinbutton").fill(needed[1])
        interviews.get_by_role("button", name="Record the count").click()
        expect(page.get_by_text("The worker-interview sample is incomplete", exact=False)).to_have_count(0)
    for button, note in (
        ("Agree a corrective action", "Translate the line and send the new contract."),
        ("Record that the agency reports it done", "The agency sent the new contract."),
        ("Close the finding", "Seen: the new contract with the line in it."),
    ):
        page = find_case(first)
        step = open_fold(page, "What happened since")
        step.get_by_text(button, exact=True).first.click()
        step.get_by_role("textbox").first.fill(note)
        step.get_by_role("button", name=button, exact=True).last.click()
        expect(page.get_by_role("cell", name=note)).to_be_visible()

    # The first recommends; alone it goes no further.
    page = find_case(first)
    act_with_reason(page, "Recommend for certification", "Every criterion assessed; the finding is closed.")
    expect(page.get_by_text("Recommended: waits for a second reviewer").first).to_be_visible()
    refused = page.get_by_text(re.compile(r"Certify: not now"))
    expect(refused.first).to_be_visible()
    denied = command(
        server,
        "certification",
        "decide",
        page.url.split("case=")[1].split("&")[0],
        "--actor",
        FIRST,
        "--reason",
        "Alone.",
    )
    assert denied.returncode == 1, denied.stdout + denied.stderr

    # A second, different reviewer certifies.
    second = visit(server, SECOND)
    page = find_case(second)
    declare_no_tie(page)
    act_with_reason(page, "Certify", "I read the file and the evidence and agree.")
    expect(page.get_by_text(re.compile(r"Certified")).first).to_be_visible()

    # The register shows it at once, and the trail holds.
    page = visit(server).open("")
    page.get_by_label("Name, licence or alias").fill(LICENCE)
    page.get_by_label("Name, licence or alias").press("Enter")
    number = page.get_by_text(re.compile(r"FP-\d{4}-\d{4}")).first
    expect(number).to_be_visible()
    assert command(server, "trail", "verify").returncode == 0

    # The reviewer publishes a release, and a buyer finds the agency by corridor and by a misspelt name.
    page = first.open("releases")
    page.get_by_test_id("stCheckbox").locator("label").click()
    page.get_by_role("button", name=re.compile("^Publish the release as of")).click()
    expect(page.get_by_text(re.compile("has been released")).first).to_be_visible(timeout=60_000)
    buyer = visit(server, BUYER)
    page = buyer.open("agencies")
    page.get_by_label("Name, licence or alias").fill(MISSPELT)
    page.get_by_label("Name, licence or alias").press("Enter")
    expect(page.get_by_role("link", name=re.compile(AGENCY))).to_be_visible()
    page.get_by_label("Corridor").click()
    page.get_by_role("option", name=re.compile("Nepal to Malaysia")).click()
    expect(page).to_have_url(re.compile("corridor=NPL-MYS"))
    buyer.settle()  # a link clicked while the filter is still at work would be clicked in the list that is leaving
    page.get_by_role("link", name=re.compile(AGENCY)).click()
    expect(page.get_by_role("heading", name=re.compile(AGENCY))).to_be_visible()
    expect(page.get_by_text(re.compile(r"Range \d+ to \d+ points")).first).to_be_visible()
    expect(page.get_by_text("How much of reality is this?").first).to_be_visible()
    expect(page.get_by_text("Certified").first).to_be_visible()
    shown = page.locator("body").inner_text()
    assert not re.search(rf"\b{after['workers']} workers\b", shown), "a buyer never reads an exact count"
