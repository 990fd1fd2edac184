"""A reviewer looks back: the page follows both clocks, says so, and refuses what has not come or was never recorded."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import words
from schemas.codes import Grade, ProposalKind, Role
from tests.pages.conftest import words_of
from tests.vetting.certification.desks import AGENCY, ASHA, BO, Desk
from vetting.certification.findings import record_finding
from vetting.certification.proposals import confirm, propose_move

SeenBy = Callable[..., AppTest]


@pytest.fixture
def history(desk: Desk) -> tuple[Desk, datetime]:
    """A certified agency; and, three days after the moment that comes back, a finding, adverse reports and a
    withdrawal; a day later it is today."""
    case, _ = desk.certified()
    before = desk.now
    desk.wait(3)
    record_finding(
        desk.store, ASHA, case.case_id, crit_code="1.1", grade=Grade.MAJOR, statement="Receipts for fees.", **desk.when
    )
    desk.report("dockers", reports=20, w01=12)
    proposal = propose_move(desk.store, ASHA, case.case_id, ProposalKind.WITHDRAW, "Fees.", **desk.when)
    confirm(desk.store, BO, proposal.proposal_id, "Fees, as seen.", **desk.when)
    desk.wait(1)
    return desk, before


def test_the_whole_page_follows_what_was_known(history: tuple[Desk, datetime], seen_by: SeenBy):
    desk, before = history
    now = words_of(seen_by(Role.REVIEWER, "agency", agency=AGENCY))
    then = words_of(
        seen_by(Role.REVIEWER, "agency", agency=AGENCY, as_of=f"{before:%Y-%m-%d}", known_at=before.isoformat())
    )
    assert "12 of 320 workers" in now
    assert "0 of 300 workers" in then
    assert "Receipts for fees." in now
    assert "Receipts for fees." not in then
    assert "No finding against this agency had been recorded." in then
    assert "Certificate withdrawn" in now
    assert "Certified to" in then
    day = words.day(before.date())
    assert f"You look at {day} as known on {day} at {before:%H:%M}" in then
    assert "You look at" not in now
    assert "Open a case" not in then


def test_a_decision_of_a_later_day_does_not_stand_on_an_earlier_one(history: tuple[Desk, datetime], seen_by: SeenBy):
    """As of a day before the withdrawal, by all that is known now: it was certified, and the finding is known."""
    day = history[1].date() + timedelta(days=1)
    said = words_of(seen_by(Role.REVIEWER, "agency", agency=AGENCY, as_of=day.isoformat()))
    assert f"You look at {words.day(day)} as known now" in said
    assert "Certified to" in said
    assert "Receipts for fees." in said


def test_what_was_chosen_stands_in_the_address(history: tuple[Desk, datetime], seen_by: SeenBy):
    app = seen_by(Role.REVIEWER, "agency", agency=AGENCY)
    day, known = app.date_input
    one, other = (history[1].date() + timedelta(days=days) for days in (1, 2))
    day.set_value(one)
    known.set_value(other)
    next(button for button in app.button if button.label == "Look").click().run()
    assert not app.exception
    assert app.query_params["as_of"] == one.isoformat()
    assert app.query_params["known_at"] == other.isoformat()
    assert f"You look at {words.day(one)} as known on {words.day(other)}" in words_of(app)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"as_of": "2999-01-01"}, "has not come yet"),
        ({"as_of": "2009-12-31"}, "No fee report is older"),
        ({"known_at": "2999-01-01"}, "Nobody knows yet"),
        ({"known_at": "2020-01-01"}, "Nothing had been recorded"),
        ({"as_of": "yesterday"}, "“yesterday” is no day"),
        ({"known_at": "noon"}, "“noon” is no moment"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_words(asked: dict[str, str], told: str, desk: Desk, seen_by: SeenBy):
    app = seen_by(Role.REVIEWER, "agency", agency=AGENCY, **asked)
    assert not app.exception
    assert app.title[0].value == "This cannot be looked back at"
    assert told in words_of(app)
    assert not app.metric


def test_today_said_in_full_is_today(desk: Desk, seen_by: SeenBy):
    """A date means its end, and this one's has not come: all that is known now."""
    app = seen_by(
        Role.REVIEWER, "agency", agency=AGENCY, **dict.fromkeys(("as_of", "known_at"), desk.today.isoformat())
    )
    assert "You look at" not in words_of(app)


@pytest.mark.parametrize("role", [Role.BUYER, Role.PARTNER])
def test_buyers_and_partners_are_refused_the_past_and_read_the_release(
    role: Role, history: tuple[Desk, datetime], seen_by: SeenBy
):
    app = seen_by(role, "agency", agency=AGENCY, known_at=(history[0].now - timedelta(days=1)).isoformat())
    said = words_of(app)
    assert "Past days are for reviewers" in said
    assert "You look at" not in said
    assert not app.date_input
