"""What stands below a partner's table is left out and said; a row with too few cells is put right on the page."""

import pytest
from streamlit.testing.v1 import AppTest

from schemas.codes import Role
from tests.pages.conftest import words_of
from tests.pages.test_upload import GOOD, SeenBy, counted, csv_of, pick, pills, press, send, send_and_check

SHORT = GOOD.format(n=11).replace(",in_person", "")
FOOTER = "Total,,,,,,,,,300000,,,,"


@pytest.fixture
def page(seen_by: SeenBy) -> AppTest:
    return seen_by(Role.PARTNER, "upload")


def test_lines_below_the_table_are_counted_shown_and_can_be_taken_for_rows(page: AppTest):
    send(page, csv_of(GOOD.format(n=10), GOOD.format(n=11), FOOTER, "", "Source: Sathi Bato"))
    said = words_of(page)
    assert "2 lines below the table left out" in said
    assert "Total · 300000" in said
    assert "Source: Sathi Bato" in said
    press(page, "Check the file")
    assert counted(page)["Ready"] == "2"
    assert "2 lines below the table were left out" in words_of(page)
    press(page, "2 Columns")
    lines = next(each for each in page.number_input if each.label == "Lines below the table")
    assert lines.placeholder == "as guessed: 2"
    lines.set_value(0).run()
    said = words_of(page)
    assert "left out" not in said.split("What your columns")[0]
    assert "down to the last" in said
    press(page, "Check the file")
    assert counted(page)["Refused"] == "2"


def test_a_row_with_too_few_cells_is_put_right_and_taken_back(page: AppTest):
    send_and_check(page, csv_of(GOOD.format(n=10), SHORT))
    assert not page.exception
    assert (counted(page)["Ready"], counted(page)["Refused"]) == ("1", "1")
    assert "line 3: 13 cells for 14 columns" in next(each for each in page.selectbox if each.label == "Row").options
    missing = next(each for each in page.selectbox if each.label == "Cells are missing before")
    missing.select(5).run()
    press(page, "Put line 3 right")
    assert not page.exception
    said = words_of(page)
    assert "All of them are put right" in said
    assert "Line 3: its cells put into their columns" in said
    press(page, "Check again")
    assert "Rows with too many or too few cells" not in words_of(page)
    assert "`channel` is empty" in words_of(page)
    press(page, "Take back")
    press(page, "Check again")
    assert "Rows with too many or too few cells" in words_of(page)


def test_a_currency_in_a_header_is_one_press_and_can_be_another(page: AppTest):
    data = csv_of(GOOD.format(n=10).replace(",NPR,", ",,"), GOOD.format(n=11).replace(",NPR,", ",,"))
    send_and_check(page, data.replace(b"total_paid", b"Total paid (NPR)"))
    assert "Column J says NPR: are all its amounts in NPR?" in words_of(page)
    assert pills(page, "currency").options == ["Yes, all in NPR", "Another currency"]
    pick(page, "currency", "another")
    other = next(each for each in page.selectbox if each.label.startswith("currency"))
    assert other.value is None
    other.select("INR").run()
    assert page.session_state["kept_draft"].answers.words == {"currency": {"": "INR"}}
    pick(page, "currency", "NPR")
    press(page, "Check again")
    assert counted(page)["Ready"] == "2"
