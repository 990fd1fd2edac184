"""A real server on a free port with a copy of the sample database, and a Chromium that may talk to nothing else."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Request, expect, sync_playwright

from vetting.store import open_store
from vetting.store.members import fetch_sample_persons

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
STARTS_WITHIN = 120.0
SAMPLE_PERSON = "fair_passage_sample_person"  # the cookie of pages/parts/session.py
expect.set_options(timeout=20_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, Any]:
    """What every visitor was looking at when a test failed, and what the servers had to say of it."""
    report = yield
    if report.failed and (seen := getattr(item, "funcargs", {}).get("visit")):
        report.sections += [("What the visitors saw", text) for text in map(_seen, seen.visitors)]
    return report


@dataclass
class Server:
    """A running dashboard: where it answers, which database it owns, what it wrote to its log."""

    url: str
    database: Path
    log_file: Path
    process: subprocess.Popen[bytes] = field(repr=False)

    def address(self, page: str = "") -> str:
        return f"{self.url}/{page}"

    def log(self) -> str:
        return self.log_file.read_text(encoding="utf-8", errors="replace")

    def stop(self, by: signal.Signals = signal.SIGTERM) -> None:
        """End it; SIGKILL is the end of a machine that loses its power."""
        if self.process.poll() is None:
            self.process.send_signal(by)
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


Serve = Callable[..., Server]


def environment(database: Path, extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """This process's environment, with one store named in it and no other."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("VETTING_", "STREAMLIT_"))}
    return kept | {"VETTING_DATABASE": str(database), "PYTHONPATH": str(ROOT)} | dict(extra or {})


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture(scope="session")
def sample_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample country, made once by the command a newcomer would use. Tests work on copies."""
    path = tmp_path_factory.mktemp("sample") / "sample.duckdb"
    made = subprocess.run(
        [sys.executable, "-m", "vetting", "--database", str(path), "init", "--sample"],
        cwd=ROOT,
        env=environment(path),
        capture_output=True,
        text=True,
    )
    assert made.returncode == 0, made.stdout + made.stderr
    return path


@pytest.fixture(scope="session")
def sample_persons(sample_database: Path) -> dict[str, str]:
    """One sample person's address for each role (the first by address)."""
    store = open_store(sample_database)
    try:
        return {member.role.value: member.email for member in reversed(fetch_sample_persons(store.cursor()))}
    finally:
        store.close()


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory, sample_database: Path) -> Iterator[Serve]:
    """serve() starts a server on its own copy of the sample and its keys; database= names another file, extra= adds
    environment, options= command line options of Streamlit."""
    running: list[Server] = []

    def start(
        database: Path | None = None,
        *,
        port: int | None = None,
        extra: Mapping[str, str] | None = None,
        options: tuple[str, ...] = (),
    ) -> Server:
        folder = tmp_path_factory.mktemp("server")
        if database is None:
            database = folder / "fair-passage.duckdb"
            shutil.copy(sample_database, database)
            shutil.copytree(f"{sample_database}.keys", f"{database}.keys")
        server = _start(folder, database, port or free_port(), extra, options)
        running.append(server)
        return server

    yield start
    for server in running:
        server.stop()


def _start(
    folder: Path, database: Path, port: int, extra: Mapping[str, str] | None, options: tuple[str, ...]
) -> Server:
    log_file = folder / "server.log"
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port), *options]
    with log_file.open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment(database, extra), stdout=log, stderr=log)
    server = Server(f"http://127.0.0.1:{port}", database, log_file, process)
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        if process.poll() is not None:
            pytest.fail(f"The server ended at once:\n{server.log()}")
        try:
            with urllib.request.urlopen(f"{server.url}/_stcore/health", timeout=2):
                return server
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    server.stop()
    pytest.fail(f"The server did not answer within {STARTS_WITHIN:g} s:\n{server.log()}")


@pytest.fixture(scope="module")
def playing() -> Iterator[Playwright]:
    """For one file only: while it is open, no other test of this process can run an event loop of its own."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="module")
def browser(playing: Playwright) -> Iterator[Browser]:
    """One Chromium for all tests of a file: the system's, else Playwright's own."""
    found = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    opened = playing.chromium.launch(executable_path=found, args=ARGUMENTS)
    yield opened
    opened.close()


@dataclass
class Visitor:
    """Somebody's browser: nothing of it is shared with another visitor's."""

    context: BrowserContext
    server: Server
    page: Page
    said: list[str] = field(default_factory=list)  # on the browser's console

    def open(self, path: str = "") -> Page:
        """Open an address of the house and wait until the page has said everything."""
        self.page.goto(self.server.address(path))
        return self.settle()

    def settle(self) -> Page:
        """Wait until the page has a title and Streamlit is no longer running it."""
        self.page.locator("h1").first.wait_for()
        self.page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
        return self.page

    def sit_down_as(self, email: str) -> None:
        """Be this sample person from the next address opened on."""
        self.context.add_cookies([{"name": SAMPLE_PERSON, "value": email, "url": self.server.url}])


class Visit:
    """visit(server, person=None, width=1440, dark=False): a new visitor, in a browser of one's own."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self.visitors: list[Visitor] = []
        self.outside: list[str] = []

    def __call__(self, server: Server, person: str | None = None, *, width: int = 1440, dark: bool = False) -> Visitor:
        context = self._browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light", accept_downloads=True
        )
        context.on("request", lambda request: _note_if_outside(request, server, self.outside))
        visitor = Visitor(context, server, context.new_page())
        visitor.page.on("console", lambda message: visitor.said.append(message.text))
        visitor.page.on("pageerror", lambda error: visitor.said.append(str(error)))
        self.visitors.append(visitor)
        if person:
            visitor.sit_down_as(person)
        return visitor


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Ends in failure when a page asked for anything outside the machine."""
    visits = Visit(browser)
    yield visits
    for visitor in visits.visitors:
        visitor.context.close()
    assert not visits.outside, f"pages asked for something outside: {sorted(set(visits.outside))}"


def _seen(visitor: Visitor) -> str:
    shown = visitor.page.locator("body").inner_text(timeout=2000) if not visitor.page.is_closed() else "(closed)"
    return "\n".join((visitor.page.url, shown[:1500], *visitor.said[-10:], "server:", visitor.server.log()[-3000:]))


def _note_if_outside(request: Request, server: Server, outside: list[str]) -> None:
    """What a page of the house asks for beyond this machine (a sign-in provider's own page is not ours)."""
    local = ("http://127.0.0.1:", "http://localhost:", "data:", "blob:", "about:")
    if request.frame.url.startswith(server.url) and not request.url.startswith(local):
        outside.append(request.url)
