"""How firm a score is, on the reviewers' page of an agency."""

from collections.abc import Callable
from datetime import date

from streamlit.testing.v1 import AppTest

from schemas.codes import Role
from tests.pages.conftest import words_of
from tests.vetting.certification.desks import AGENCY, Desk
from vetting.store import Store

SeenBy = Callable[..., AppTest]
HEARD = date(2026, 5, 20)


def test_a_band_that_rests_on_one_partner_says_on_whom(desk: Desk, seen_by: SeenBy):
    desk.report("sunrise", interviewed=HEARD)
    desk.report("dockers", interviewed=HEARD)
    app = seen_by(Role.REVIEWER, "agency", agency=AGENCY)
    assert not app.exception
    said = words_of(app)
    assert "How firm is this?" in said
    assert "Rests on one partner: without" in said.replace("**", "")
    assert "lower than it is now" in said
    assert "nothing here changes the score" in said


def test_a_hold_that_one_partner_brought_says_so(desk: Desk, seen_by: SeenBy):
    desk.report("sunrise", interviewed=HEARD)
    desk.report("dockers", reports=60, interviewed=HEARD, w07=50)
    said = words_of(seen_by(Role.REVIEWER, "agency", agency=AGENCY))
    assert "It is on hold by what one partner reports: without" in said


def test_where_nobody_was_heard_nobody_can_be_left_out(desk: Desk, seen_by: SeenBy):
    said = words_of(seen_by(Role.REVIEWER, "agency", agency=AGENCY))
    assert "there is nobody to leave out" in said


def test_in_the_past_only_who_had_been_heard_is_left_out(desk: Desk, seen_by: SeenBy):
    desk.report("sunrise", interviewed=date(2026, 2, 1))
    desk.report("dockers", interviewed=HEARD)
    said = words_of(seen_by(Role.REVIEWER, "agency", agency=AGENCY, as_of="2026-03-01"))
    assert "without sunrise" in said.lower() or "by 1 partner" in said
    assert "dockers" not in said.split("How firm is this?")[1].split("Corridors")[0].lower()


def test_a_buyer_is_told_nothing_of_it(desk: Desk, seen_by: SeenBy):
    assert "How firm" not in words_of(seen_by(Role.BUYER, "agency", agency=AGENCY))


def test_how_often_the_band_holds_under_other_weights_is_told(desk: Desk, seen_by: SeenBy):
    desk.report("sunrise", interviewed=HEARD)
    desk.report("dockers", interviewed=HEARD)
    said = words_of(seen_by(Role.REVIEWER, "agency", agency=AGENCY)).replace("**", "")
    assert "Under other weights of the principles the band is “Strong” in 500 of 500 draws." in said
    assert "In 95 of 100 draws the middle lies between 100.0 and 100.0 points." in said
    assert "mostly within half of each (assumed)" in said


def test_what_hangs_on_the_channel_is_named_and_few_are_told_as_few(desk: Desk, house: Store, seen_by: SeenBy):
    desk.report("sunrise", interviewed=HEARD)
    desk.report("dockers", reports=25, interviewed=HEARD, w01=25)
    db = house.cursor()
    db.execute("UPDATE evidence.report SET channel = 'phone'")
    before = words_of(seen_by(Role.REVIEWER, "agency", agency=AGENCY)).replace("**", "")
    assert "By interview channel: all were heard by phone." in before
    db.execute("UPDATE evidence.report SET channel = 'hotline' WHERE partner = 'dockers' AND line > 4")
    db.execute("UPDATE evidence.report SET channel = 'app' WHERE partner = 'dockers' AND line <= 4")
    said = words_of(seen_by(Role.REVIEWER, "agency", agency=AGENCY)).replace("**", "")
    assert "what workers report hangs on it, and their ranges do not meet: was charged" in said
    assert "heard on a hotline" in said
    assert "too few to say" in said
