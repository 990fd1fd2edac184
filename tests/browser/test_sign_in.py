"""Signing in with a real OpenID provider: a member is let in, a stranger stays a visitor, and one can leave again."""

import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ROOT, Serve, Server, Visitor, environment, free_port
from tests.browser.left_behind import desk_of, found, said_by

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # the provider's own use of old modules is not ours to mend
    from oidc_provider_mock import User, run_server_in_thread

STRANGER = "stranger@example.org"
UNVERIFIED = "not-verified"
Visit = Callable[..., Visitor]
SHORTEST = 12  # signs of a cookie's value that can be a secret
HOUSE_SECRETS = ("only for this test", "only for this test as well")

SECRETS = """
[auth]
redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
cookie_secret = "only for this test"
client_id = "fair-passage"
client_secret = "only for this test as well"
server_metadata_url = "http://127.0.0.1:{provider}/.well-known/openid-configuration"
"""


@pytest.fixture(scope="module")
def provider(sample_persons: dict[str, str]) -> Iterator[int]:
    """An OpenID provider that knows a reviewer, somebody unknown to us, and an address it has not verified."""
    reviewer = sample_persons["reviewer"]
    known = [
        User(sub="the-reviewer", claims={"email": reviewer.upper(), "email_verified": True}),
        User(sub="the-stranger", claims={"email": STRANGER, "email_verified": True}),
        User(sub=UNVERIFIED, claims={"email": reviewer, "email_verified": False}),
    ]
    with run_server_in_thread(user_claims=known) as running:
        yield running.server_port


@pytest.fixture(scope="module")
def server(serve: Serve, provider: int, tmp_path_factory: pytest.TempPathFactory) -> Server:
    port = free_port()
    secrets = tmp_path_factory.mktemp("secrets") / "secrets.toml"
    secrets.write_text(SECRETS.format(port=port, provider=provider), encoding="utf-8")
    return serve(port=port, options=("--secrets.files", str(secrets)))


def sign_in(shown: Page, subject: str) -> None:
    shown.get_by_role("button", name="Sign in").click()
    shown.get_by_role("button", name=subject).click()
    shown.locator("h1").first.wait_for()


def test_a_member_signs_in_stays_signed_in_and_signs_out(server: Server, visit: Visit, sample_persons: dict[str, str]):
    visitor = visit(server)
    shown = visitor.open("sign_in")
    assert shown.get_by_text("Sample data: sit down").count() == 0
    sign_in(shown, "the-reviewer")

    visitor.open("cases")
    expect(shown.locator("h1")).not_to_have_text("Please sign in")
    visitor.open("sign_in")
    expect(shown.get_by_text(f"Signed in as {sample_persons['reviewer']}")).to_be_visible()

    shown.get_by_role("button", name="Sign out").click()
    shown.wait_for_url(lambda url: not url.startswith(server.url))
    visitor.open("cases")
    expect(shown.locator("h1")).to_have_text("Please sign in")


def test_somebody_who_is_no_member_signs_in_and_remains_a_visitor_and_is_told_so(server: Server, visit: Visit):
    visitor = visit(server)
    shown = visitor.open("sign_in")
    sign_in(shown, "the-stranger")
    visitor.open("sign_in")
    expect(shown.locator("h1")).to_have_text("You are a visitor here")
    expect(shown.get_by_text(f"{STRANGER} is not a member here")).to_be_visible()
    visitor.open("upload")
    expect(shown.locator("h1")).to_have_text("This page is not open to you")
    expect(shown.get_by_text(f"{STRANGER} is not a member here")).to_be_visible()


def test_an_address_the_provider_has_not_verified_opens_nothing(server: Server, visit: Visit):
    visitor = visit(server)
    sign_in(visitor.open("sign_in"), UNVERIFIED)
    shown = visitor.open("cases")
    expect(shown.locator("h1")).to_have_text("This page is not open to you")
    expect(shown.get_by_text("Your provider has not verified")).to_be_visible()


def test_after_signing_in_no_secret_no_token_and_no_cookie_stands_in_the_log_or_the_store(
    server: Server, visit: Visit, tmp_path: Path
):
    """Of the house's secrets, of what the provider sent it through the browser, and of what the browser keeps."""
    visitor = visit(server)
    passed: list[str] = []
    visitor.page.on("request", lambda request: passed.append(request.url))
    sign_in(visitor.open("sign_in"), "the-reviewer")
    visitor.open("cases")
    asked = [parse_qs(urlsplit(url).query) for url in passed]
    tokens = {value for query in asked for name in ("code", "state", "nonce") for value in query.get(name, ())}
    cookies = {cookie["value"] for cookie in visitor.context.cookies() if len(cookie["value"]) >= SHORTEST}
    assert len(tokens) >= 2, "a code and a state went through the browser"
    assert cookies, "the browser keeps that somebody is signed in"
    copied = subprocess.run(
        [sys.executable, "-m", "vetting", "backup", str(tmp_path / "backup.duckdb")],
        cwd=ROOT, env=environment(server.database), capture_output=True, text=True,
    )  # fmt: skip
    assert copied.returncode == 0, copied.stderr
    left = desk_of(tmp_path / "backup.duckdb") | {"the server's log": server.log(), "backup": said_by(copied)}
    assert found({*HOUSE_SECRETS, *tokens, *cookies}, left) == set()
