"""Somebody holds a certificate and scans its code: the address opens the answer, on a phone, without signing in."""

import json
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Serve, Server, Visitor

VALID, WITHDRAWN = "FP-2026-0001", "FP-2024-0001"


@pytest.fixture(scope="module")
def server(serve: Serve) -> Server:
    return serve()


def asked(server: Server, path: str, sent: bytes | None = None) -> dict:
    with urllib.request.urlopen(urllib.request.Request(server.address(path), data=sent), timeout=30) as told:
        return json.load(told)


def test_the_address_in_the_code_opens_the_answer_first_on_a_phone(server: Server, visit):
    visitor: Visitor = visit(server, width=390)
    page = visitor.open(f"check/{VALID}")
    assert page.url.endswith(f"?certificate={VALID}")
    expect(page.get_by_role("heading", name=VALID)).to_contain_text("Valid")
    expect(page.locator("h3").first).to_contain_text("Is this certificate real?")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page = visitor.open(f"register?certificate={WITHDRAWN}")
    expect(page.get_by_role("heading", name=WITHDRAWN)).to_contain_text("Withdrawn")


def test_what_is_taken_away_comes_back_as_valid_and_one_letter_makes_it_altered(server: Server, visit, tmp_path: Path):
    visitor: Visitor = visit(server)
    page = visitor.open(f"register?certificate={VALID}")
    for name, begins in (("Certificate (PDF)", b"%PDF-"), ("Signed file (JSON)", b"{")):
        with page.expect_download() as taken:
            page.get_by_role("button", name=name).click()
        assert taken.value.suggested_filename.startswith(VALID)
        taken.value.save_as(tmp_path / name)
        assert (tmp_path / name).read_bytes().startswith(begins)
    data = (tmp_path / "Signed file (JSON)").read_bytes()
    altered = data.replace(b"Head office", b"Head offices")
    for sent, word in ((data, "Valid"), (altered, "Altered")):
        page = visitor.open("register")
        page.get_by_text("Or check the file of a certificate").click()
        page.locator('input[type="file"]').set_input_files(
            {"name": "certificate.json", "mimeType": "application/json", "buffer": sent}
        )
        expect(page.get_by_role("heading", name=VALID)).to_contain_text(word)
    expect(page.get_by_text("It differs from what was issued in the sites.")).to_be_visible()
    assert asked(server, "check", data)["answer"] == "valid"
    assert asked(server, "check", altered)["differs"] == ["the sites"]
    assert asked(server, f"check/{WITHDRAWN}.json")["answer"] == "withdrawn"
    assert len(asked(server, "keys.json")["keys"]) == 1
    assert "Traceback" not in server.log()
