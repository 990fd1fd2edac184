"""The directory: found by a misspelt name, filtered from the address, by role."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from schemas.codes import Role
from tests.pages.conftest import words_of

SeenBy = Callable[..., AppTest]


def test_a_misspelt_name_is_found_and_others_are_not(seen_by: SeenBy):
    app = seen_by(Role.BUYER, "agencies")
    app.text_input(key="text").input("Himchuly Setu").run()
    assert not app.exception
    assert "Himchuli Setu Overseas" in words_of(app)
    assert "Ramaroshan" not in words_of(app)


def test_filters_and_search_are_read_from_the_address(seen_by: SeenBy):
    app = seen_by(Role.BUYER, "agencies", licence="suspended")
    assert "Ramaroshan Employment" in words_of(app)
    assert "Himchuli" not in words_of(app)
    app = seen_by(Role.REVIEWER, "agencies", text="Ramaroshan")
    assert "Ramaroshan Employment" in words_of(app)
    assert "Himchuli" not in words_of(app)


def test_a_chosen_filter_is_kept_in_the_address_and_can_be_taken_away(seen_by: SeenBy):
    app = seen_by(Role.BUYER, "agencies")
    app.selectbox(key="licence_None").select("suspended").run()
    assert app.query_params["licence"] == "suspended"
    assert "Himchuli" not in words_of(app)
    app.selectbox(key="licence_suspended").select_index(0).run()
    assert "licence" not in app.query_params
    assert "Himchuli" in words_of(app)


def test_options_bear_the_number_of_agencies_they_would_leave(seen_by: SeenBy):
    options = seen_by(Role.BUYER, "agencies").selectbox(key="licence_None").options
    assert "Licence suspended (1)" in options
    assert "Licence expired (0)" in options


def test_nonsense_in_the_address_is_as_good_as_nothing(seen_by: SeenBy):
    app = seen_by(Role.BUYER, "agencies", band="<script>", licence="suspended;drop")
    assert not app.exception
    assert "Himchuli" in words_of(app)


def test_where_nothing_fits_a_sentence_says_what_to_do(seen_by: SeenBy):
    app = seen_by(Role.BUYER, "agencies", licence="cancelled")
    assert "No agency fits these filters" in words_of(app)


def test_before_the_first_release_a_buyer_is_told_so(seen_by: SeenBy):
    assert "Nothing has been released yet" in words_of(seen_by(Role.BUYER, "agencies"))


def test_reviewers_see_live_bands_and_are_told_that_they_do(seen_by: SeenBy):
    said = words_of(seen_by(Role.REVIEWER, "agencies"))
    assert "Live: what reviewers see" in said
    assert "Not enough evidence" in said
