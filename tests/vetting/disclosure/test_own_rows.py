"""A partner reads the rows it sent, as they were stored, and nobody else's; nobody else reads its."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from schemas.codes import Role
from schemas.viewer import PUBLIC, Viewer
from tests.vetting.disclosure.reading import AGREED, RITA, Reading
from tests.vetting.intake.conftest import ADMIN
from vetting.disclosure.own_rows import PAGE, own_row, own_rows
from vetting.intake.withdraw import withdraw
from vetting.refusals import NotFound, NotPermitted
from vetting.store import Store

ANA = Viewer(role=Role.PARTNER, organisation="safe-steps", actor="ana@safe-steps.example")
BUYER = Viewer(role=Role.BUYER, organisation="safe-steps", actor="bo@brand.example")
UMA = Viewer(role=Role.PARTNER, organisation="union", actor="uma@union.example")


@pytest.fixture
def reading(store: Store, now: datetime) -> Reading:
    return Reading(store, now)


def test_a_partner_reads_its_own_rows_and_each_from_start_to_end(reading: Reading):
    batch = reading.send({"total_paid": "1.5 lakh", "notes": "Paid at once."}, {"currency": "Rs"}, {"total_paid": "0"})
    shown = own_rows(reading.store.cursor(), ANA, batch)
    assert [(row.line, row.report_id, row.amount_paid) for row in shown.rows] == [
        (2, "R1", Decimal(150000)), (4, "R3", Decimal(0)),
    ]  # fmt: skip
    first = shown.rows[0]
    assert (first.agency, first.interview_date, first.currency) == ("Himal Example Overseas", date(2026, 5, 14), "NPR")
    beside = {side.column: (side.written, side.understood) for side in own_row(reading.store.cursor(), ANA, batch, 2)}
    assert beside["total_paid"] == ("1.5 lakh", "150000")
    assert beside["worker_ref"] == ("W-0001", "W-0001")
    assert beside["notes"] == ("Paid at once.", "Paid at once.")
    assert beside["consent_use"] == ("yes", "yes")


def test_anothers_batch_is_as_one_that_never_was(reading: Reading):
    batch = reading.send({})
    for asked in (batch, "no-batch"):
        with pytest.raises(NotFound, match="You have sent no such batch"):
            own_rows(reading.store.cursor(), UMA, asked)
        with pytest.raises(NotFound, match="You have sent no such batch"):
            own_row(reading.store.cursor(), UMA, asked, 2)


def test_a_row_of_anothers_stored_under_ones_own_batch_is_not_shown(reading: Reading):
    """A batch has one partner; should a row ever name another, it is that one's."""
    batch = reading.send({}, {})
    reading.store.cursor().execute("UPDATE evidence.report SET partner = 'union' WHERE report_id = 'R2'")
    shown = own_rows(reading.store.cursor(), ANA, batch)
    assert ([row.report_id for row in shown.rows], shown.total) == (["R1"], 1)
    with pytest.raises(NotFound):
        own_row(reading.store.cursor(), ANA, batch, 3)


@pytest.mark.parametrize("viewer", [RITA, ADMIN, BUYER, PUBLIC], ids=lambda viewer: viewer.role.value)
def test_no_other_role_reads_them(reading: Reading, viewer: Viewer):
    batch = reading.send({})
    with pytest.raises(NotPermitted):
        own_rows(reading.store.cursor(), viewer, batch)
    with pytest.raises(NotPermitted):
        own_row(reading.store.cursor(), viewer, batch, 2)


def test_rows_come_fifty_at_a_time(reading: Reading):
    batch = reading.send(*[{} for _ in range(PAGE + 3)])
    pages = [own_rows(reading.store.cursor(), ANA, batch, page=page) for page in (0, 1, 2, 3)]
    assert [(each.page, each.pages, len(each.rows)) for each in pages] == [
        (1, 2, PAGE), (1, 2, PAGE), (2, 2, 3), (2, 2, 3),
    ]  # fmt: skip
    assert [row.line for row in pages[2].rows] == [52, 53, 54]


def test_a_row_that_a_later_file_corrected_says_so_until_that_is_withdrawn(reading: Reading):
    batch = reading.send(AGREED, AGREED)
    later = reading.send({"total_paid": "1"})
    first, second = own_rows(reading.store.cursor(), ANA, batch).rows
    assert first.corrected_at is not None
    assert second.corrected_at is None
    (correction,) = own_rows(reading.store.cursor(), ANA, later).rows
    assert correction.corrected_at is None
    withdraw(reading.store, later, viewer=ANA, reason="A mistake.", **reading.when())
    assert own_rows(reading.store.cursor(), ANA, batch).rows[0].corrected_at is None


def test_a_line_that_was_not_stored_is_said_politely(reading: Reading):
    batch = reading.send({}, {"currency": "Rs"})
    for line in (1, 3, 99):
        with pytest.raises(NotFound, match="No report was stored from this line"):
            own_row(reading.store.cursor(), ANA, batch, line)
