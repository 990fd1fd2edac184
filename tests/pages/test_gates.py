"""Knock-out criteria on an agency's own page: cleared by two, with or without a case, and shown as cleared."""

import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import words
from schemas.codes import Role
from schemas.viewer import Viewer
from tests.pages.conftest import ROOT, words_of
from tests.pages.test_case import field
from tests.vetting.certification.desks import AGENCY, ASHA, BO, Desk
from tests.vetting.certification.holding import at_the_line, confirmed, shown
from tests.vetting.certification.holding import gated as gate
from vetting.certification.notices import record_reply
from vetting.store import Store

Opened = Callable[[Viewer], AppTest]


@pytest.fixture
def opened(house: Store) -> Opened:
    """The agency's page as one of several reviewers sees it."""

    def run(viewer: Viewer) -> AppTest:
        app = AppTest.from_file(str(ROOT / "pages" / "parts" / "signpost.py"), default_timeout=30)
        app.session_state["kept_sample_person"] = viewer.actor
        app.run()
        app.switch_page("../agency.py")
        app.query_params["agency"] = AGENCY
        return app.run()

    return run


@pytest.fixture
def gated(desk: Desk) -> Desk:
    desk.report("sunrise", reports=30)
    desk.report("dockers", reports=20, verification="investigated", w07=1)
    return desk


def moment_of(desk: Desk, table: str) -> str:
    """When the one row of this table of the desk was recorded, as pages write it."""
    [(moment,)] = desk.store.cursor().execute(f"SELECT recorded_at FROM desk.{table}").fetchall()
    return words.moment(moment)


def no_tie(app: AppTest) -> AppTest:
    field(app.radio, "tie_chosen").set_value("I have no tie with this agency")
    return field(app.button, "tie_submit").click().run()


def fill(app: AppTest, stem: str, reason: str) -> AppTest:
    field(app.text_area, f"{stem}_reason").input(reason)
    field(app.checkbox, f"{stem}_confirmed").check()
    return field(app.button, f"{stem}_submit").click().run()


def confirming(app: AppTest) -> str:
    (submit,) = [b.key for b in app.button if re.fullmatch(r"confirm_(?!gate)\S+_submit_\d+", b.key)]
    return submit.rpartition("_submit")[0]


def test_two_reviewers_clear_a_gate_without_a_case_and_it_is_shown_as_cleared_by_whom_and_why(
    gated: Desk, opened: Opened
):
    app = opened(ASHA)
    assert "Confirm or clear a knock-out criterion" in words_of(app)
    assert "has not declared whether they have a tie" in words_of(app)
    app = fill(no_tie(app), "propose_clearance_W07", "They were handed back.")
    assert not app.exception
    assert "a second, different reviewer must do the other" in words_of(app)
    app = no_tie(opened(BO))
    stem = confirming(app)
    covered = field(app.checkbox, f"{stem}_confirmed").label
    assert "They were handed back." in covered
    assert f"reports received up to {moment_of(gated, 'proposal')}" in covered
    app = fill(app, stem, "I saw the receipts.")
    assert not app.exception
    said = words_of(app)
    assert "Cleared by two reviewers" in said
    assert "reports that their passport is held by employer or agency" in said
    day = moment_of(gated, "proposal").partition(",")[0]
    assert f"Proposed by asha@example.org on {day} (“They were handed back.”)" in said
    moment = moment_of(gated, "clearance")
    assert f"confirmed by bo@example.org on {moment} (“I saw the receipts.”)" in said
    assert "Open again" not in said
    assert "Confirm or clear a knock-out criterion" not in said
    assert gated.count("clearance") == 1
    gated.report("sunrise", reports=1, verification="investigated", w07=1)
    assert "Open again" in words_of(opened(BO))


def test_what_came_since_the_proposal_is_told_to_the_second_reviewer(gated: Desk, opened: Opened):
    fill(no_tie(opened(ASHA)), "propose_clearance_W07", "They were handed back.")
    gated.report("sunrise", reports=1, w07=1)
    app = no_tie(opened(BO))
    app = fill(app, confirming(app), "Fine.")
    assert "1 more report of this came to count after the proposal" in app.error[0].value
    assert gated.count("clearance") == 0


def test_where_no_gate_is_open_nothing_is_offered(desk: Desk, opened: Opened):
    desk.report("sunrise", reports=30)
    assert "Confirm or clear a knock-out criterion" not in words_of(opened(ASHA))


def test_a_reviewer_confirms_a_gate_sends_the_notice_and_records_the_reply(gated: Desk, opened: Opened):
    app = opened(ASHA)
    assert "**Confirm: “has the passport held by employer or agency”**: not now." in words_of(app)
    app = no_tie(app)
    app = fill(app, "confirm_gate_W07", "Two showed me.")
    assert not app.exception
    said = words_of(app)
    assert "not on hold because of reports; from 23 Nov 2026, 09:00 UTC on hold" in said
    assert "Confirmed by asha@example.org" in said
    assert "Workers placed by you report that their passport is held by employer or agency" in app.code[0].value
    assert "Confirm: " not in said
    field(app.text_area, "reply_text").input("We asked Ram Bahadur Thapa.")
    app = field(app.button, "reply_submit").click().run()
    assert "a worker's name" in app.error[0].value
    field(app.text_area, "reply_text").input("We gave back\nwhat we held.")
    app = field(app.button, "reply_submit").click().run()
    assert not app.exception
    assert "**The agency replies**, recorded by asha@example.org" in words_of(app)
    assert "“We gave back  \nwhat we held.”" in words_of(app)
    assert gated.count("agency_reply") == 1


def test_a_buyer_reads_the_hold_what_to_do_and_the_reply(desk: Desk, seen_by: Callable[..., AppTest]):
    shown(desk)
    gate(desk)
    confirmed(desk)
    record_reply(desk.store, BO, AGENCY, "W07", "All were given back.", **at_the_line(desk))
    assert "On hold" not in words_of(seen_by(Role.BUYER, "agency", agency=AGENCY))
    desk.wait(2)
    said = words_of(seen_by(Role.BUYER, "agency", agency=AGENCY))
    assert "On hold: reports under review" in said
    assert "Ask for repayment and remedy before ending business." in said
    assert "“All were given back.”" in said
    assert "asha@example.org" not in said
    listed = words_of(seen_by(Role.BUYER, "agencies"))
    assert "Ask for repayment and remedy before ending business. The agency has replied." in listed
