"""Each page is its own lock."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import links
from schemas.codes import Role, Via
from tests.pages.conftest import ADMIN, PEOPLE, words_of
from vetting.store import Store
from vetting.store.members import suspend_member

PAGES = Path(__file__).resolve().parents[2] / "pages"
SeenBy = Callable[..., AppTest]
LOCKED = {name: set(window.roles) for name, window in links.WINDOWS.items() if Role.PUBLIC not in window.roles}
PUBLIC = [name for name in links.WINDOWS if name not in LOCKED]


def test_every_page_is_in_the_navigation_and_every_window_has_its_page():
    assert {path.stem for path in PAGES.glob("*.py")} == set(links.WINDOWS)


@pytest.mark.parametrize("page", sorted(LOCKED))
def test_nobody_is_asked_to_sign_in_and_shown_nothing(page: str, seen_by: SeenBy):
    app = seen_by(None, page)
    assert not app.exception
    assert [title.value for title in app.title] == ["Please sign in"]
    assert not app.metric
    assert "Himchuli" not in words_of(app)


@pytest.mark.parametrize("page", sorted(links.WINDOWS))
def test_a_page_run_alone_without_the_signpost_is_as_safe(page: str, house: Store):
    app = AppTest.from_file(str(PAGES / f"{page}.py"), default_timeout=30).run()
    assert not app.exception
    assert (app.title[0].value == "Please sign in") is (page in LOCKED)


@pytest.mark.parametrize(
    ("page", "role"), [(page, role) for page, roles in sorted(LOCKED.items()) for role in PEOPLE if role not in roles]
)
def test_another_role_is_refused_politely(page: str, role: Role, seen_by: SeenBy):
    app = seen_by(role, page)
    assert not app.exception
    assert [title.value for title in app.title] == ["This page is not open to you"]
    assert "An administrator decides who may do what" in words_of(app)


@pytest.mark.parametrize(
    ("page", "role"), [(page, role) for page, roles in sorted(LOCKED.items()) for role in PEOPLE if role in roles]
)
def test_the_role_it_is_for_is_let_in_also_where_there_is_nothing_yet(page: str, role: Role, seen_by: SeenBy):
    app = seen_by(role, page)
    assert not app.exception
    assert app.title[0].value not in ("Please sign in", "This page is not open to you")


@pytest.mark.parametrize("page", PUBLIC)
def test_public_pages_open_to_nobody_in_particular(page: str, seen_by: SeenBy):
    app = seen_by(None, page)
    assert not app.exception
    assert app.title


def test_a_suspended_member_is_a_visitor_from_the_next_run_on(house: Store, seen_by: SeenBy, now):
    app = seen_by(Role.REVIEWER, "cases")
    assert app.title[0].value != "Please sign in"
    email = PEOPLE[Role.REVIEWER][0]
    suspend_member(house, ADMIN, email, reason="left the body", via=Via.CLI, now=now)
    app.run()
    assert app.title[0].value == "This page is not open to you"
    assert f"The membership of {email} is suspended" in words_of(app)


def test_sample_persons_are_offered_on_the_sample_only(house: Store, seen_by: SeenBy, now):
    from vetting.store.settings import set_setting

    assert [button.label for button in seen_by(None, "sign_in").button] == ["Asmita", "Freja", "Ines", "Noor"]
    set_setting(house, ADMIN, "sample", "false", via=Via.CLI, now=now)
    assert not seen_by(None, "sign_in").button
    assert seen_by(Role.ADMIN, "members").title[0].value == "Please sign in"


@pytest.mark.parametrize("address", ["0.0.0.0", "192.0.2.7", "", "dashboard.example"])
def test_sample_persons_are_offered_on_a_loopback_address_only(address: str, seen_by: SeenBy, monkeypatch):
    from streamlit import config

    told = config.get_option
    monkeypatch.setattr(config, "get_option", lambda name: address if name == "server.address" else told(name))
    monkeypatch.setattr("streamlit.get_option", config.get_option)
    assert "Nobody can sign in here yet" in words_of(seen_by(None, "sign_in"))


def test_a_signed_in_stranger_stays_a_visitor_and_is_told_so(seen_by: SeenBy, house: Store):
    app = AppTest.from_file(str(PAGES / "parts" / "signpost.py"), default_timeout=30)
    app.secrets["auth"] = {"client_id": "x"}
    app.user = {"is_logged_in": True, "email": "Stranger@Example.org", "email_verified": True}
    app.run()
    app.switch_page("../upload.py").run()
    assert app.title[0].value == "This page is not open to you"
    assert "stranger@example.org is not a member here" in words_of(app)
