"""Every page's address, opened first on a server that has only just started, by somebody who may not see it."""

import contextlib
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import expect

from schemas.codes import Role, Via
from schemas.viewer import Viewer
from tests.browser.conftest import ROOT, Serve, Server, Visitor
from vetting.store import open_store, settings
from vetting.store.agencies import import_register
from vetting.store.migrate import migrate

PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
PUBLIC = {"complain", "register", "method", "privacy", "legal_caps", "sign_in"}
LOCKED = [page for page in PAGES if page not in PUBLIC]
Visit = Callable[..., Visitor]
# What a refusal never has: a table, a figure, a field to fill in, a metric.
CONTENT = ", ".join(
    f'.stMain [data-testid="{kind}"]'
    for kind in ("stDataFrame", "stTable", "stPlotlyChart", "stMetric", "stForm", "stFileUploader", "stTextInput")
)


@pytest.fixture(scope="module")
def register_only(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small store, so that many servers can start from cold: there is something to be seen, and nobody may see it."""
    path = tmp_path_factory.mktemp("register") / "register.duckdb"
    now, operator = datetime(2026, 11, 22, 9, 0), Viewer(role=Role.ADMIN, actor="test")
    with contextlib.closing(open_store(path)) as store:
        migrate(store, now)
        register = (ROOT / "sample_data" / "agencies.csv").read_bytes()
        import_register(store, operator, register, "sample", via=Via.CLI, now=now)
        settings.set_setting(store, operator, "sample", "true", via=Via.CLI, now=now)
    return path


@pytest.fixture
def cold(serve: Serve, register_only: Path, tmp_path: Path) -> Iterator[Server]:
    """A server that nobody has visited yet."""
    database = shutil.copy(register_only, tmp_path / "cold.duckdb")
    server = serve(database)
    yield server
    server.stop()


@pytest.mark.parametrize("page", LOCKED)
def test_a_locked_page_opened_first_by_nobody_shows_only_a_polite_refusal(page: str, cold: Server, visit: Visit):
    shown = visit(cold).open(page)
    expect(shown.locator("h1")).to_have_text("Please sign in")
    expect(shown.get_by_text("It is for", exact=False)).to_be_visible()
    expect(shown.get_by_role("link", name="To the public register")).to_be_visible()
    assert shown.locator(CONTENT).count() == 0
    assert shown.locator(".stMain table").count() == 0
    assert shown.locator('[data-testid="stException"]').count() == 0
    assert "Traceback" not in cold.log()


@pytest.mark.parametrize("page", sorted(PUBLIC))
def test_a_public_page_opened_first_by_nobody_opens(page: str, cold: Server, visit: Visit):
    shown = visit(cold).open(page)
    expect(shown.locator("h1")).not_to_have_text("Please sign in")
    assert shown.locator('[data-testid="stException"]').count() == 0
    assert "Traceback" not in cold.log()


@pytest.fixture(scope="module")
def server(serve: Serve) -> Server:
    return serve()


# Each page, and a sample person's role that has no business there.
STRANGERS = {
    "score": "buyer",
    "sandbox": "partner",
    "upload": "buyer",
    "batches": "reviewer",
    "waiting": "reviewer",
    "members": "partner",
    "false_alarms": "reviewer",
    "merges": "reviewer",
    "terms": "reviewer",
    "rates": "reviewer",
    "cases": "buyer",
    "case": "partner",
    "actions": "buyer",
    "reports": "partner",
    "complaints": "buyer",
    "signals": "partner",
    "trail": "partner",
    "releases": "buyer",
    "agencies": "admin",
    "agency": "admin",
}


def test_every_locked_page_has_a_stranger_in_these_tests():
    assert set(STRANGERS) == set(LOCKED)


@pytest.mark.parametrize("page", LOCKED)
def test_a_member_with_another_role_is_turned_away_and_told_whom_to_ask(
    page: str, server: Server, visit: Visit, sample_persons: dict[str, str]
):
    shown = visit(server, sample_persons[STRANGERS[page]]).open(page)
    expect(shown.locator("h1")).to_have_text("This page is not open to you")
    expect(shown.get_by_text("An administrator decides")).to_be_visible()
    assert shown.locator(CONTENT).count() == 0


@pytest.mark.parametrize(
    "address",
    ["upload?batch=../../etc", "batches?batch=%3Cscript%3E", "register?certificate=%00", "agency?agency=nobody"],
)
def test_an_address_with_nonsense_in_it_does_no_harm(
    address: str, server: Server, visit: Visit, sample_persons: dict[str, str]
):
    shown = visit(server, sample_persons["partner"]).open(address)
    assert shown.locator('[data-testid="stException"]').count() == 0
    assert "Traceback" not in server.log()


def test_without_the_sample_and_without_openid_nothing_but_the_public_pages_opens(
    serve: Serve, visit: Visit, tmp_path: Path
):
    server = serve(tmp_path / "real.duckdb")
    shown = visit(server, "asha@example.org").open("sign_in")
    expect(shown.get_by_text("Nobody can sign in here yet")).to_be_visible()
    expect(visit(server).open("members").locator("h1")).to_have_text("Please sign in")


def test_sample_persons_are_offered_on_loopback_only(serve: Serve, visit: Visit, sample_persons: dict[str, str]):
    server = serve(options=("--server.address", "0.0.0.0"))
    shown = visit(server, sample_persons["admin"]).open("members")
    expect(shown.locator("h1")).to_have_text("Please sign in")
    expect(shown.get_by_text("Nobody can sign in here yet")).to_be_visible()
