"""A partner's rows that wait: shown with what to do, mended in the upload, left out and taken up again."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import upload_draft
from schemas.codes import Role
from tests.pages.conftest import words_of
from tests.pages.test_upload import GOOD, SeenBy, count, csv_of, press, send_and_commit
from vetting.store import Store

RANGE = "SB-91,0101/061/62,NPL,QAT,2026-05-14,in_person,yes,W-91,NPR,2-3 lakh,,,,"
RUPEES = "SB-92,0101/061/62,NPL,QAT,2026-05-14,in_person,yes,W-92,Rs,1000,,,,"


@pytest.fixture
def asked(seen_by: SeenBy) -> None:
    send_and_commit(seen_by(Role.PARTNER, "upload"), csv_of(GOOD.format(n=10), RANGE, RUPEES), "Commit 1 ready row")


@pytest.fixture
def page(asked: None, seen_by: SeenBy) -> AppTest:
    app = seen_by(Role.PARTNER, "waiting")
    assert not app.exception
    return app


def test_each_row_stands_there_with_its_file_its_line_and_what_to_do(page: AppTest):
    said = words_of(page)
    for told in ("returnees.csv", "line 3", "SB-91", "2-3 lakh", "An amount that is not one number", "line 4", "SB-92"):
        assert told in said
    assert "Write the ISO code of three letters" in said


def test_nothing_waits_for_a_partner_who_has_sent_nothing(seen_by: SeenBy):
    assert "No row of yours waits" in words_of(seen_by(Role.PARTNER, "waiting"))


def test_the_rows_open_in_the_upload_as_a_file_of_their_own(page: AppTest):
    press(page, "Mend 2 rows here")
    assert not page.exception
    draft = page.session_state["kept_draft"]
    assert isinstance(draft, upload_draft.Draft)
    assert draft.reading.file_name == "returnees-waiting.csv"
    assert [cells[0] for _, cells in draft.reading.rows()] == ["SB-91", "SB-92"]
    assert "returnees-waiting.csv" in words_of(page)
    assert "Send fee reports" in [title.value for title in page.title]


def test_reviewers_see_how_many_rows_wait_and_not_which(asked: None, seen_by: SeenBy):
    said = words_of(seen_by(Role.REVIEWER, "cases"))
    assert "Sathi Resource Centre" in said
    assert re.search('data-label="Wait on the partner"><span>2<', said)
    assert "SB-91" not in said
    assert "returnees.csv" not in said


def test_reviewers_are_told_when_no_partner_has_sent_anything(seen_by: SeenBy):
    assert "No partner has sent reports yet" in words_of(seen_by(Role.REVIEWER, "cases"))


def test_only_the_chosen_lines_are_mended(page: AppTest):
    page.multiselect[0].select(4).run()
    press(page, "Mend 1 row here")
    draft = page.session_state["kept_draft"]
    assert [cells[0] for _, cells in draft.reading.rows()] == ["SB-92"]


def test_rows_are_left_out_with_a_reason_and_taken_up_again(page: AppTest, house: Store):
    press(page, "Leave out")
    assert "Write a reason" in words_of(page)
    page.text_area[0].input("The worker cannot be reached.")
    page.checkbox[0].check()
    press(page, "Leave out")
    assert not page.exception
    assert count(house, "desk.quarantine_dismissal") == 2
    said = words_of(page)
    assert "No row of yours waits" in said
    assert "The worker cannot be reached." in said
    page.text_area[0].input("She called back.")
    page.checkbox[0].check()
    press(page, "Let them wait again")
    assert "line 3" in words_of(page)
    assert "No row of yours waits" not in words_of(page)


def test_of_several_files_one_is_chosen_before_its_rows_are_mended(asked: None, house: Store, seen_by: SeenBy):
    other = csv_of(RANGE.replace("SB-91", "SB-71"), GOOD.format(n=12))
    send_and_commit(seen_by(Role.PARTNER, "upload"), other, "Commit 1 ready row")
    app = seen_by(Role.PARTNER, "waiting")
    said = words_of(app)
    assert said.index("SB-71") < said.index("SB-91")
    assert not [button for button in app.button if button.label.startswith("Mend")]
    assert [option.rsplit(" ", 1)[1] for option in app.selectbox[0].options] == ["(3)", "(1)", "(2)"]
    (first,) = house.cursor().execute("SELECT arg_min(batch_id, recorded_at) FROM desk.batch").fetchone()
    app = seen_by(Role.PARTNER, "waiting", batch=first)
    assert "SB-71" not in words_of(app)
    assert [button.label for button in app.button if button.label.startswith("Mend")] == ["Mend 2 rows here"]
