"""The sandbox for weights: a reviewer's page whose answers are watermarked and kept nowhere."""

from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from schemas.codes import Role
from schemas.sandbox import WATERMARK
from tests.pages.conftest import words_of
from tests.vetting.certification.desks import AGENCY, Desk
from vetting.store import Store

SeenBy = Callable[..., AppTest]
FEES_ALONE = "0-0-130-0-0-0-0"


@pytest.fixture
def heard(desk: Desk) -> Desk:
    """Of 400 workers 200 complain about everything but fees: the middle is far below 100."""
    desk.report("sunrise", interviewed=date(2026, 5, 20), w11=60, w13=60, w16=60)
    desk.report("dockers", interviewed=date(2026, 5, 20))
    return desk


def test_the_address_carries_the_weights_and_the_watermark_comes_with_it(heard: Desk, seen_by: SeenBy):
    app = seen_by(Role.REVIEWER, "sandbox", agency=AGENCY, weights=FEES_ALONE)
    assert not app.exception
    said = words_of(app)
    assert said.count(WATERMARK) >= 3
    assert "background-image" in said
    assert "sum to 130 and are counted out of 100" in said
    assert "to 100 points, middle 100" in said
    assert [field.value for field in app.number_input] == [0, 0, 130, 0, 0, 0, 0]


def test_the_schemes_own_weights_change_nothing_and_are_marked_all_the_same(heard: Desk, seen_by: SeenBy):
    app = seen_by(Role.REVIEWER, "sandbox", agency=AGENCY)
    said = words_of(app)
    assert "the scheme's own weights: nothing changes" in said
    assert said.count(WATERMARK) >= 3
    assert [field.value for field in app.number_input] == [20, 10, 30, 15, 15, 5, 5]


def test_weights_are_changed_in_fields_and_a_button_leads_back(heard: Desk, house: Store, seen_by: SeenBy):
    trail = house.cursor().execute("SELECT count(*) FROM desk.trail").fetchone()
    app = seen_by(Role.REVIEWER, "sandbox", agency=AGENCY)
    app.number_input[2].set_value(130.0)
    app.button[0].click().run()
    assert app.query_params["weights"] == "20-10-130-15-15-5-5"
    assert "sum to 200 and are counted out of 100" in words_of(app)
    next(each for each in app.button if each.label == "Back to the scheme's weights").click().run()
    assert "weights" not in app.query_params
    assert "nothing changes" in words_of(app)
    assert house.cursor().execute("SELECT count(*) FROM desk.trail").fetchone() == trail


@pytest.mark.parametrize("weights", ["20-10", "a-b-c-d-e-f-g", "nan-1-1-1-1-1-1", "0-0-0-0-0-0-0", "9999-1-1-1-1-1-1"])
def test_nonsense_in_the_address_is_refused_in_words_with_a_way_back(heard: Desk, seen_by: SeenBy, weights: str):
    app = seen_by(Role.REVIEWER, "sandbox", agency=AGENCY, weights=weights)
    assert not app.exception
    assert app.title[0].value == "These weights cannot be tried"
    app.button[0].click().run()
    assert "nothing changes" in words_of(app)


def test_without_an_agency_or_with_an_unknown_one_it_says_so(heard: Desk, seen_by: SeenBy):
    assert seen_by(Role.REVIEWER, "sandbox").title[0].value == "Which agency?"
    assert seen_by(Role.REVIEWER, "sandbox", agency="nobody").title[0].value == "No such agency"


def test_the_past_is_weighed_as_it_was(heard: Desk, seen_by: SeenBy):
    said = words_of(seen_by(Role.REVIEWER, "sandbox", agency=AGENCY, as_of="2026-01-01", weights=FEES_ALONE))
    assert "You look at 1 Jan 2026" in said
    assert "not assessed" in said


def test_others_are_turned_away(heard: Desk, seen_by: SeenBy):
    for role in (Role.BUYER, Role.PARTNER, Role.ADMIN, None):
        assert WATERMARK not in words_of(seen_by(role, "sandbox", agency=AGENCY))
