"""What a partner answered, in words, and the receipt as a text: to the partner alone."""

from datetime import datetime

import pytest

from schemas.answers import Answers, Calendar, Reads
from schemas.codes import Role, Via
from schemas.viewer import Viewer
from tests.vetting.intake.conftest import make_desk
from tests.vetting.intake.files import TODAY, fee_csv
from vetting.disclosure.own_answers import own_answers
from vetting.disclosure.receipt_text import receipt_text
from vetting.intake.check import check
from vetting.intake.commit import commit
from vetting.intake.withdraw import withdraw
from vetting.refusals import NotFound, NotPermitted
from vetting.store import Store
from vetting.store.agencies import fetch_agencies

ANA = Viewer(role=Role.PARTNER, organisation="safe-steps", actor="ana@example.org")
UWE = Viewer(role=Role.PARTNER, organisation="union", actor="uwe@example.org")
ROWS = ({"wie": "phone", "currency": "Rs"}, {"total_paid": "2-3 lakh"}, {"consent_use": "no"}, {"channel": "??"})


@pytest.fixture
def desk(store: Store, now: datetime) -> Store:
    make_desk(store, now)
    return store


def sent(store: Store, answers: Answers, now: datetime) -> str:
    found = check(fee_csv(*ROWS), "reports.csv", agencies=fetch_agencies(store.cursor()), today=TODAY, answers=answers)
    return str(commit(store, found, partner="safe-steps", viewer=ANA, via=Via.PAGE, now=now).batch_id)


def test_every_kind_of_answer_is_said_in_a_sentence(desk: Store, now: datetime):
    himal = next(agency for agency in fetch_agencies(desk.cursor()) if agency.name.startswith("Himal"))
    answers = Answers(
        read=Reads(delimiter=",", header_line=1, footer_lines=0),
        columns={15: ""},
        marks={"total_paid": ","},
        orders={"interview_date": "day"},
        calendars={"departed_month": Calendar.GREGORIAN},
        words={"currency": {"Rs": "NPR"}, "notes": {"secret": ""}},
        agencies={"\x1f".join(("12", "Himal Exmple", "NPL", "QAT")): himal.agency_id},
        cells={5: {"channel": "phone"}},
    )
    assert own_answers(desk.cursor(), ANA, sent(desk, answers, now)) == (
        "Cells are separated by commas.",
        "The header stands on line 1.",
        "Below the table stand no lines.",
        "Your column “wie” was left out.",
        "In total_paid the comma is the decimal mark.",
        "In interview_date the day stands first.",
        "In departed_month dates are written by the Gregorian calendar.",
        "In currency, “Rs” is NPR in every row.",
        "“12, Himal Exmple, NPL, QAT” is Himal Example Overseas.",
        "On line 5 you mended channel.",
    )


def test_who_answered_nothing_is_told_nothing(desk: Store, now: datetime):
    assert own_answers(desk.cursor(), ANA, sent(desk, Answers(), now)) == ()


def test_the_receipt_says_which_file_which_batch_when_and_what_became_of_each_row(desk: Store, now: datetime):
    batch_id = sent(desk, Answers(words={"currency": {"Rs": "NPR"}}), now)
    text = receipt_text(desk.cursor(), ANA, batch_id, today=TODAY, now=now).decode("utf-8-sig")
    assert f"Batch         {batch_id}\r\n" in text
    assert "Saved         2026-11-22 09:00 UTC by ana@example.org\r\n" in text
    assert "File          reports.csv\r\n" in text
    digest = check(fee_csv(*ROWS), "x", agencies=(), today=TODAY).file_hash
    assert f"SHA-256       {digest}\r\n" in text
    counts = {line[:34].strip(): line[34:].strip() for line in text.splitlines() if line[34:].strip().isdigit()}
    assert counts == {
        "Rows": "4", "Accepted": "1", "corrections of earlier reports": "0", "stored already": "0",
        "Waiting for your answer": "1", "Refused": "2", "Warnings": "1",
    }  # fmt: skip
    assert "Himal Example Overseas (licence 0012/077): 1 reports; workers of yours who count on 2026-11-22: 1" in text
    assert "In currency, “Rs” is NPR in every row." in text
    assert "Refused: No consent to use in column J consent_use, lines 4. Without" in text
    assert "Waiting for your answer: An amount that is not one number in column O total_paid, lines 3." in text


def test_the_receipt_of_a_withdrawn_batch_says_so(desk: Store, now: datetime):
    batch_id = sent(desk, Answers(), now)
    withdraw(desk, batch_id, viewer=ANA, via=Via.PAGE, now=now, reason="The wrong file.", today=TODAY)
    text = receipt_text(desk.cursor(), ANA, batch_id, today=TODAY, now=now).decode("utf-8-sig")
    assert "Withdrawn     2026-11-22 09:00 UTC: The wrong file." in text


def test_nobody_else_reads_them(desk: Store, now: datetime):
    batch_id = sent(desk, Answers(words={"currency": {"Rs": "NPR"}}), now)
    for read in (own_answers, lambda db, viewer, batch: receipt_text(db, viewer, batch, today=TODAY, now=now)):
        with pytest.raises(NotFound):
            read(desk.cursor(), UWE, batch_id)
        with pytest.raises(NotPermitted):
            read(desk.cursor(), Viewer(role=Role.REVIEWER, actor="r"), batch_id)
