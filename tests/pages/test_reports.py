"""Single reports of a case on screen: counts first, then one report at a time, with a reason and never by address."""

from collections.abc import Callable
from datetime import datetime

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import session
from schemas.codes import CaseState, Role
from schemas.viewer import Viewer
from tests.pages.conftest import ROOT, words_of
from tests.pages.test_case import field
from tests.vetting.disclosure.reading import AGREED, BO, RITA, Reading
from vetting.store import Store

NOTE = "The broker kept a paper."
Opened = Callable[..., AppTest]


@pytest.fixture
def reading(house: Store, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Reading:
    """A case under review in the house the pages open; they live on its day."""
    made = Reading(house, now)
    monkeypatch.setattr(session, "now", lambda: made.at()["now"])
    monkeypatch.setattr(session, "today", lambda: made.today)
    return made


@pytest.fixture
def opened(reading: Reading) -> Opened:
    """The page as a reviewer sees it; words after that are what the address asks for."""

    def run(viewer: Viewer = RITA, page: str = "reports", **asked: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "pages" / "parts" / "signpost.py"), default_timeout=30)
        app.session_state["kept_sample_person"] = viewer.actor
        app.run()
        app.switch_page(f"../{page}.py")
        for name, value in ({"case": reading.case.case_id} | asked).items():
            app.query_params[name] = value
        return app.run()

    return run


def read_first(app: AppTest, reason: str = "The finding on fees.") -> AppTest:
    field(app.text_area, "open_report_reason").input(reason)
    field(app.checkbox, "open_report_confirmed").check()
    app = field(app.button, "open_report_submit").click().run()
    assert not app.exception
    return app


def views(reading: Reading) -> list[str]:
    return [row.reason for row in reading.trail() if row.action == "report_view"]


def test_the_page_says_how_many_may_be_opened_and_shows_none(reading: Reading, opened: Opened):
    reading.send(AGREED | {"notes": NOTE}, AGREED, {})
    app = opened()
    assert not app.exception
    said = words_of(app)
    assert "Of 3 reports that count for this agency today, **2** may be opened" in said
    assert "under 18 are never shown" in said
    assert "Himal Example Overseas" in said
    assert NOTE not in said
    assert "R1" not in said
    assert views(reading) == []


def test_a_report_is_opened_with_a_reason_and_the_next_is_another_act(reading: Reading, opened: Opened):
    reading.send(AGREED | {"notes": NOTE, "total_paid": "1.5 lakh"}, AGREED)
    app = read_first(opened())
    said = words_of(app)
    assert "Report 1 of 2" in said
    assert "1.5 lakh" in said
    assert "NPR 150\u2009000, that is **USD" in said
    assert "was charged anything" in said
    assert "Safe-Steps, non-governmental organisation" in said
    assert "Medical" not in said, "what was left blank is not listed"
    assert app.button(key="report_previous").disabled
    app.button(key="report_next").click().run()
    assert "Report 2 of 2" in words_of(app)
    assert app.button(key="report_next").disabled
    assert NOTE in said + words_of(app)
    assert views(reading) == ["The finding on fees.", "The finding on fees."]
    app.run()
    assert len(views(reading)) == 2, "drawing the page again opens nothing"


def test_one_can_ask_for_those_who_report_something(reading: Reading, opened: Opened):
    reading.send(AGREED | {"total_paid": "0"}, AGREED, AGREED | {"total_paid": "0"})
    app = opened()
    app.selectbox(key="report_adverse").select("W01").run()
    app = read_first(app)
    assert "Report 1 of 1" in words_of(app)
    assert "Those that report that they were charged fees or costs" in words_of(app)


def test_without_a_reason_nothing_opens(reading: Reading, opened: Opened):
    reading.send(AGREED | {"notes": NOTE})
    app = opened()
    field(app.checkbox, "open_report_confirmed").check()
    field(app.button, "open_report_submit").click().run()
    assert "Write a reason" in app.error[0].value
    assert NOTE not in words_of(app)
    assert views(reading) == []


def test_closing_leaving_and_another_reviewer_show_the_report_no_more(reading: Reading, opened: Opened):
    reading.send(AGREED | {"notes": NOTE})
    app = read_first(opened())
    assert NOTE in words_of(app)
    app.button(key="report_close").click().run()
    assert NOTE not in words_of(app)
    app = read_first(app)
    app.switch_page("../cases.py").run()
    app.switch_page("../reports.py")
    app.query_params["case"] = reading.case.case_id
    app.run()
    assert "may be opened" in words_of(app)
    assert NOTE not in words_of(app), "coming back to the page opens nothing"
    app = read_first(app)
    app.session_state["kept_sample_person"] = BO.actor
    reading.declare(BO)
    app.run()
    assert NOTE not in words_of(app)


def test_the_report_of_one_case_is_not_shown_at_the_address_of_another(reading: Reading, opened: Opened):
    reading.send(AGREED | {"notes": NOTE})
    other = reading.opened("Lumbini Sample Manpower")
    app = read_first(opened())
    app.query_params["case"] = other.case_id
    app.run()
    assert "No report counts for this agency today." in words_of(app)
    assert NOTE not in words_of(app)


def test_a_tie_declared_meanwhile_closes_the_report(reading: Reading, opened: Opened):
    reading.send(AGREED | {"notes": NOTE})
    app = read_first(opened())
    reading.declare(RITA, tied=True)
    app.run()
    said = words_of(app)
    assert "You cannot open a report of this case now." in said
    assert "has declared a tie with this agency" in said
    assert NOTE not in said


def test_nothing_in_an_address_opens_a_report(reading: Reading, opened: Opened):
    batch = reading.send(AGREED | {"notes": NOTE})
    app = opened(batch=batch, report="R1", line="2", place="1", open_report="1", reason="Please")
    assert NOTE not in words_of(app)
    assert views(reading) == []


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ((), "No report counts for this agency today."),
        (({}, {}), "No worker of this agency has consented to a reviewer reading the report."),
        ((AGREED | {"age_at_recruitment": "16"},), "No worker of this agency has consented"),
    ],
)
def test_with_nothing_to_open_a_sentence_says_so(reading: Reading, opened: Opened, sent, said):
    if sent:
        reading.send(*sent)
    app = opened()
    assert said in words_of(app)
    assert not app.text_area


def test_a_case_that_is_not_under_review_says_why_nothing_opens(reading: Reading, opened: Opened):
    reading.send(AGREED)
    reading.move(CaseState.DECLINED)
    app = opened()
    assert "The case is declined: reports are read for a review" in words_of(app)
    assert not app.text_area


def test_who_opened_what_stands_below(reading: Reading, opened: Opened):
    reading.send(AGREED)
    reading.open(reason="Reading before the visit.")
    app = opened()
    assert "Opened so far: 1 report" in [fold.label for fold in app.expander]
    assert "Reading before the visit." in words_of(app)
    assert RITA.actor in words_of(app)


def test_the_page_offers_no_file_and_the_case_leads_to_it(reading: Reading, opened: Opened):
    reading.send(AGREED | {"notes": NOTE})
    app = read_first(opened())
    assert not app.get("download_button")
    assert not app.get("arrow_data_frame"), "a data frame brings a download of its own"
    links = [link.proto.label for link in opened(page="case").get("page_link")]
    assert "Single reports of its workers" in links


@pytest.mark.parametrize("role", [None, Role.BUYER, Role.PARTNER, Role.ADMIN])
def test_no_other_role_is_let_in(reading: Reading, seen_by, role):
    app = seen_by(role, "reports", case=reading.case.case_id)
    assert not app.exception
    assert app.title[0].value in ("Please sign in", "This page is not open to you")
    assert "may be opened" not in words_of(app)


def test_an_unknown_case_and_none_at_all_are_told_politely(reading: Reading, seen_by):
    assert seen_by(Role.REVIEWER, "reports").title[0].value == "Which case?"
    assert seen_by(Role.REVIEWER, "reports", case="nothing").title[0].value == "No such case"
