"""A partner sends a file: everything wrong at once, nothing saved before the commit, a receipt that can be reopened."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from schemas.codes import PartnerKind, Role, Via
from tests.pages.conftest import ADMIN, PEOPLE, words_of
from vetting import jobs
from vetting.store import Store
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
    send(page, b"PK\x03\x04 not a csv", "book.csv")
    assert "is not a CSV file" in words_of(page)


def test_a_missing_column_is_named_before_the_check(page: AppTest):
    send(page, b"report_id,agency_licence\n1,2\n")
    assert "The column consent_use is missing" in words_of(page)


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
