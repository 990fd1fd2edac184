"""A partner sends a file: everything wrong at once, nothing saved before the commit, a receipt that can be reopened."""

import csv
import io
from collections.abc import Callable

import pytest
import xlsxwriter
from streamlit.testing.v1 import AppTest

from schemas.codes import PartnerKind, Role, Via
from tests.pages.conftest import ADMIN, PEOPLE, words_of
from vetting import jobs
from vetting.store import Store
from vetting.store.agencies import fetch_agencies
from vetting.store.members import add_member
from vetting.store.partners import add_partner

SeenBy = Callable[..., AppTest]
HEADER = (
    "report_id,agency_licence,origin_country,destination_country,interview_date,channel,consent_use,worker_ref,"
    "currency,total_paid,promised_wage,actual_wage,wage_currency,wage_period"
)
GOOD = 'SB-{n},0101/061/62,NPL,QAT,2026-05-{n:02d},in_person,yes,W-{n},NPR,"1,50,000",1200,1200,QAR,month'
NO_CONSENT = "SB-90,0101/061/62,NPL,QAT,2026-05-14,in_person,no,W-90,NPR,1000,,,,"
RANGE = "SB-91,0101/061/62,NPL,QAT,2026-05-14,in_person,yes,W-91,NPR,2-3 lakh,,,,"
UNKNOWN_AGENCY = "SB-92,9999/99,NPL,QAT,2026-05-14,in_person,yes,W-92,NPR,1000,,,,"


def csv_of(*rows: str) -> bytes:
    return "\n".join((HEADER, *rows, "")).encode()


MENDED = csv_of(*(GOOD.format(n=n) for n in range(10, 13)))
WRONG = csv_of(GOOD.format(n=10), NO_CONSENT, RANGE, UNKNOWN_AGENCY)


@pytest.fixture
def page(seen_by: SeenBy) -> AppTest:
    return seen_by(Role.PARTNER, "upload")


def press(app: AppTest, label: str) -> AppTest:
    button = next(button for button in app.button if button.label == label)
    return button.click().run()


def send(app: AppTest, data: bytes, name: str = "returnees.csv") -> AppTest:
    app.file_uploader(key="fee_reports").upload(name, data, "text/csv").run()
    assert not app.exception
    return app


def send_and_check(app: AppTest, data: bytes) -> AppTest:
    return press(send(app, data), "Check the file")


def send_and_commit(app: AppTest, data: bytes, label: str) -> AppTest:
    press(send_and_check(app, data), label)
    jobs.wait_until_idle()
    return app.run()


def count(store: Store, table: str) -> int:
    return store.cursor().execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def batch_of(app: AppTest) -> str:
    """The batch whose receipt the address names."""
    named = app.query_params["batch"]
    return named if isinstance(named, str) else named[0]


def counted(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def test_a_file_with_mistakes_shows_all_of_them_at_once_and_saves_nothing(page: AppTest, house: Store):
    send_and_check(page, WRONG)
    assert counted(page) == {"Ready": "1", "Need your answer": "2", "Refused": "1", "Warnings": "0"}
    said = words_of(page)
    assert "nothing has been saved yet" in said
    for told in ("G consent_use", "J total_paid", "2-3 lakh", "An amount that is not one number", "No consent to use"):
        assert told in said
    assert "9999/99" in said
    assert count(house, "desk.batch") == 0
    assert count(house, "evidence.report") == 0


def test_raw_values_stand_beside_what_was_made_of_them(page: AppTest):
    said = words_of(send_and_check(page, MENDED))
    assert "1,50,000" in said
    assert "150000" in said


def test_the_steps_can_be_walked_back_and_the_mended_file_put_in_place(page: AppTest, house: Store):
    send_and_check(page, WRONG)
    press(page, "2 Columns")
    assert "What your columns were taken for" in words_of(page)
    press(page, "1 File")
    assert "nothing has been saved yet" in words_of(page)
    send_and_check(page, MENDED)
    assert counted(page)["Ready"] == "3"


def test_a_commit_gives_a_receipt_that_names_the_agency_and_counts_ones_own_workers(
    page: AppTest, house: Store, seen_by: SeenBy
):
    send_and_commit(page, MENDED, "Commit 3 ready rows")
    assert not page.exception
    said = words_of(page)
    assert "Receipt for returnees" in said
    assert "Himchuli Setu Overseas" in said
    assert count(house, "desk.batch") == 1
    assert count(house, "evidence.report") == 3
    batch_id = batch_of(page)
    again = seen_by(Role.PARTNER, "upload", batch=batch_id)
    assert "Himchuli Setu Overseas" in words_of(again)
    assert "returnees.csv" in words_of(seen_by(Role.PARTNER, "batches"))


def test_the_same_file_again_saves_nothing_and_says_so(page: AppTest, house: Store):
    send_and_commit(page, MENDED, "Commit 3 ready rows")
    press(page, "Send another file")
    send_and_commit(page, MENDED, "Commit 3 ready rows")
    assert "stored already" in words_of(page)
    assert count(house, "desk.batch") == 1


def test_a_file_with_a_phone_number_is_refused_as_a_whole_and_cannot_be_committed(page: AppTest):
    send_and_check(page, csv_of(GOOD.format(n=10), GOOD.format(n=11).replace("W-11", "+9779812345678")))
    assert "refused as a whole" in words_of(page)
    assert next(button for button in page.button if button.label.startswith("Commit")).disabled


def test_what_is_no_table_is_refused_in_a_sentence(page: AppTest):
    send(page, b"%PDF-1.4 not a table", "book.csv")
    assert "PDF" in words_of(page)
    assert "is kept here" in words_of(page)


def test_a_missing_column_is_named_before_the_check(page: AppTest):
    send(page, b"report_id,agency_licence\n1,2\n")
    assert "The column consent_use is missing" in words_of(page)


RUPEES = csv_of(*(GOOD.format(n=n).replace("NPR", "Rs") for n in range(10, 14)))


def pills(app: AppTest, label: str):
    return next(group for group in app.get("button_group") if label in group.label)


def pick(app: AppTest, label: str, value: str) -> AppTest:
    """Answer a question by one of its buttons."""
    return pills(app, label).select(value).run()


def test_one_answer_mends_every_row_and_can_be_taken_back(page: AppTest, house: Store):
    send_and_check(page, RUPEES)
    said = words_of(page)
    assert "4 rows" in said
    assert "`Rs` in I currency; choose" in said
    assert pills(page, "currency: Rs").value is None, "nothing is chosen beforehand"
    pick(page, "currency: Rs", "NPR")
    assert counted(page)["Ready"] == "0", "an answer counts from the next check on"
    assert next(button for button in page.button if button.label.startswith("Commit")).disabled
    press(page, "Check again")
    assert counted(page)["Ready"] == "4"
    assert "currency: “Rs” is NPR" in words_of(page)
    press(page, "Take back")
    press(page, "Check again")
    assert counted(page) == {"Ready": "0", "Need your answer": "4", "Refused": "0", "Warnings": "0"}
    assert count(house, "desk.batch") == 0


def test_an_agency_is_found_in_the_register_or_left_waiting(page: AppTest, house: Store):
    send_and_check(page, WRONG)
    which = next(radio for radio in page.radio if radio.label == "Which agency is 9999/99?")
    assert which.value is None
    which.set_value("none").run()
    assert not page.exception
    which = next(radio for radio in page.radio if radio.label == "Which agency is 9999/99?")
    which.set_value("another").run()
    page.text_input[0].input("0102/061").run()
    found = next(radio for radio in page.radio if radio.label == "Agencies found")
    assert found.value is None
    found.set_value(_id_of(house, "Ramaroshan Employment")).run()
    press(page, "Check again")
    assert "is Ramaroshan Employment" in words_of(page)
    assert "9999/99" not in {group.label for group in page.radio}
    assert counted(page)["Need your answer"] == "1"


def _id_of(store: Store, name: str) -> str:
    return next(each.agency_id for each in fetch_agencies(store.cursor()) if each.name == name)


def test_a_column_is_taken_for_what_the_partner_says_and_remembered_with_its_day(page: AppTest, seen_by: SeenBy):
    data = MENDED.replace(b"channel", b"wie").replace(b"total_paid", b"totel_paid")
    send(page, data)
    assert "The column channel is missing" in words_of(page)
    press(page, "Did you mean total_paid?")
    column = next(box for box in page.selectbox if box.label.startswith("F\N{NO-BREAK SPACE}wie"))
    column.set_value("channel").run()
    assert "is missing" not in words_of(page)
    assert counted(press(page, "Check the file"))["Ready"] == "3"
    press(page, "Commit 3 ready rows")
    jobs.wait_until_idle()
    fresh = send(seen_by(Role.PARTNER, "upload"), data, "next.csv")
    assert "as you mapped these headers on" in words_of(fresh)
    assert "is missing" not in words_of(fresh)


def test_two_columns_taken_for_the_same_are_said_at_once(page: AppTest):
    send(page, MENDED.replace(b"wage_period", b"wie"))
    column = next(box for box in page.selectbox if "wie" in box.label)
    column.set_value("currency").run()
    other = next(box for box in page.selectbox if box.label.startswith("I\N{NO-BREAK SPACE}currency"))
    other.set_value("currency").run()
    assert "are both taken for currency" in words_of(page)


def test_a_large_file_is_checked_beside_the_pages(page: AppTest, monkeypatch: pytest.MonkeyPatch, house: Store):
    monkeypatch.setattr("pages.parts.upload_run.AT_ONCE_BYTES", 10)
    send(page, MENDED)
    press(page, "Check the file")
    jobs.wait_until_idle()
    page.run()
    assert not page.exception
    assert counted(page)["Ready"] == "3"
    assert count(house, "desk.batch") == 0


def test_a_workbook_is_read_and_its_sheet_can_be_chosen(page: AppTest):
    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as book:
        book.add_worksheet("Read me").write(0, 0, "nothing here")
        sheet = book.add_worksheet("Interviews")
        for place, row in enumerate(csv.reader(io.StringIO(MENDED.decode()))):
            sheet.write_row(place, 0, row)
    send(page, data.getvalue(), "returnees.xlsx")
    which = next(box for box in page.selectbox if box.label == "The reports are on sheet")
    which.set_value("Interviews").run()
    assert "sheet Interviews" in words_of(page)
    assert counted(press(page, "Check the file"))["Ready"] == "3"


def test_a_file_that_cannot_be_read_says_why_and_is_kept_to_be_read_otherwise(page: AppTest):
    send(page, b"\xff\xfe", "book.csv")
    said = words_of(page)
    assert "is kept here" in said
    assert [box.label for box in page.selectbox][:2] == ["Letters are written in", "Cells are separated by"]


def test_a_new_visit_knows_nothing_of_a_file_that_was_not_committed(page: AppTest, seen_by: SeenBy):
    send_and_check(page, MENDED)
    fresh = seen_by(Role.PARTNER, "upload")
    assert "returnees" not in words_of(fresh)
    assert "Reloading this page forgets a file" in words_of(fresh)


def test_anothers_batch_and_nonsense_in_the_address_are_refused_alike(
    page: AppTest, house: Store, seen_by: SeenBy, now
):
    send_and_commit(page, MENDED, "Commit 3 ready rows")
    batch_id = batch_of(page)
    add_partner(house, ADMIN, partner="other", kind=PartnerKind.UNION, name="Other Union", via=Via.CLI, now=now)
    email, name, _ = PEOPLE[Role.PARTNER]
    add_member(house, ADMIN, email=email, name=name, role=Role.PARTNER, organisation="other", via=Via.CLI, now=now)
    for asked in (batch_id, "no-such-batch"):
        for window in ("upload", "batches"):
            app = seen_by(Role.PARTNER, window, batch=asked)
            assert not app.exception
            assert "You have sent no such batch" in words_of(app)
            assert "Himchuli" not in words_of(app)


def test_a_batch_is_withdrawn_only_with_a_reason_and_a_confirmation(page: AppTest, house: Store, seen_by: SeenBy):
    send_and_commit(page, MENDED, "Commit 3 ready rows")
    app = seen_by(Role.PARTNER, "batches", batch=batch_of(page))
    press(app, "Withdraw the batch")
    assert "Write a reason" in words_of(app)
    app.text_area[0].input("Two workers took back their consent.")
    press(app, "Withdraw the batch")
    assert "Tick the box to confirm" in words_of(app)
    assert count(house, "desk.batch_withdrawal") == 0
    app.text_area[0].input("Two workers took back their consent.")
    app.checkbox[0].check()
    press(app, "Withdraw the batch")
    assert not app.exception
    assert "Two workers took back their consent." in words_of(app)
    assert count(house, "desk.batch_withdrawal") == 1
