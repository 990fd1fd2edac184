"""A page as one person sees it: the signpost and the page run for real, on a small store of their own."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import session
from schemas.codes import PartnerKind, Role, Via
from schemas.viewer import Viewer
from tests.vetting.accepting import accept_for
from tests.vetting.certification.desks import Desk
from vetting import jobs, server
from vetting.store import Store, members, partners, settings
from vetting.store.agencies import import_register

ROOT = Path(__file__).resolve().parents[2]
ADMIN = Viewer(role=Role.ADMIN, actor="noor@body.example")
PEOPLE = {
    Role.ADMIN: ("noor@body.example", "Noor", "Body"),
    Role.REVIEWER: ("ines@body.example", "Ines", "Body"),
    Role.BUYER: ("freja@brand.example", "Freja", "Brand"),
    Role.PARTNER: ("asmita@mrc.example", "Asmita", "sathi"),
}
REGISTER = """licence,name,country,status,valid_from,valid_until,aliases
0101/061/62,Himchuli Setu Overseas,NPL,valid,2017-05-17,2027-06-30,Himchuli Manpower
0102/061/62,Ramaroshan Employment,NPL,suspended,2018-09-20,2029-06-30,
"""


class PageDesk(Desk):
    """A desk whose register and reports are known at once: pages read by the newest act on the trail."""

    def register(self, *said: Any, **known: Any) -> None:
        super().register(*said, **known)
        self._act()

    def report(self, *said: Any, **adverse: Any) -> None:
        super().report(*said, **adverse)
        self.store.cursor().execute("UPDATE evidence.report SET worker_ref = report_id")  # each another worker
        self._act()

    def _act(self) -> None:
        at = {key: value for key, value in self.when.items() if key != "today"}
        settings.set_setting(self.store, ADMIN, "operating_body", "Fair Passage Council", **at)


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, now: datetime) -> Iterator[Store]:
    """The store the pages open by themselves: a member of each role, a partner, two agencies, marked as a sample."""
    server.close()
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("VETTING_DATABASE", str(tmp_path / "house.duckdb"))
    monkeypatch.setattr(server, "now", lambda: now)  # nothing is dated by the clock on the wall
    store = server.store()
    settings.set_setting(store, ADMIN, "sample", "true", via=Via.CLI, now=now)
    partners.add_partner(
        store, ADMIN, partner="sathi", kind=PartnerKind.MRC, name="Sathi Resource Centre", via=Via.CLI, now=now
    )
    accept_for(store, "sathi", now)
    for role, (email, name, organisation) in PEOPLE.items():
        members.add_member(
            store, ADMIN, email=email, name=name, role=role, organisation=organisation, via=Via.CLI, now=now
        )
    import_register(store, ADMIN, REGISTER.encode(), "test", via=Via.CLI, now=now)
    yield store
    jobs.wait_until_idle()
    server.close()


@pytest.fixture
def seen_by(house: Store) -> Callable[..., AppTest]:
    """seen_by(role, "upload") is that page as run for the member of that role; None is nobody. Words after that are
    what the address asks for."""

    def run(role: Role | None, page: str, **asked: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "pages" / "parts" / "signpost.py"), default_timeout=30)
        if role is not None:
            app.session_state["kept_sample_person"] = PEOPLE[role][0]
        app.run()
        app.switch_page(f"../{page}.py")
        for name, value in asked.items():
            app.query_params[name] = value
        return app.run()

    return run


@pytest.fixture
def desk(house: Store, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The house with a second agency, of which a test lets workers report; the pages live on the desk's day."""
    made = PageDesk(house, now)
    made.found_the_house()
    monkeypatch.setattr(session, "now", lambda: made.when["now"])
    monkeypatch.setattr(session, "today", lambda: made.today)
    return made


def words_of(app: AppTest) -> str:
    """Everything the page says, in one text, without the signs that keep Markdown from reading it."""
    kinds = (app.title, app.header, app.subheader, app.markdown, app.caption, app.info, app.warning, app.error)
    plain = [element.value for kind in kinds for element in kind]
    said = "\n".join(plain + [html.proto.body for html in app.get("html")])
    return said.replace("\\", "").replace("\N{NO-BREAK SPACE}", " ")
