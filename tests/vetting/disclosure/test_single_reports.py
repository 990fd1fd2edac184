"""Raw reports are for a named reviewer, one case and one report at a time, and each opening is on the trail."""

import json
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from schemas.answers import Answers
from schemas.codes import CaseState, Via
from schemas.viewer import Viewer
from tests.vetting.disclosure.reading import AGREED, BO, OTHERS, RITA, Reading
from tests.vetting.intake.conftest import ADMIN
from tests.vetting.intake.files import fee_csv
from vetting.disclosure.single_reports import open_report, readable_reports, report_views
from vetting.intake.withdraw import withdraw
from vetting.merging import merge
from vetting.refusals import NotFound, NotPermitted, Refusal
from vetting.store import Store
from vetting.store.members import suspend_member

MOVED = "INSERT INTO desk.case_move VALUES ($case_id, $at, 'document_review', $state, 'test', 'For the test.')"
READ_IN = {
    CaseState.DOCUMENT_REVIEW, CaseState.ON_SITE_REVIEW, CaseState.CORRECTIVE_ACTION, CaseState.RECOMMENDED,
    CaseState.CERTIFIED, CaseState.SUSPENDED,
}  # fmt: skip


@pytest.fixture
def reading(store: Store, now: datetime) -> Reading:
    return Reading(store, now)


def test_only_reports_whose_worker_agreed_can_be_opened(reading: Reading):
    reading.send(AGREED, {"consent_reviewer": "no"}, {})
    assert reading.numbers() == {"R1"}
    said = reading.readable()
    assert (said.counted, said.readable, said.why_not) == (3, 1, ())


def test_agreeing_to_contact_or_repayment_is_not_agreeing_to_be_read(reading: Reading):
    reading.send({"consent_contact": "yes", "consent_repayment": "yes"})
    assert reading.readable().readable == 0


def test_workers_under_18_are_never_shown_whoever_agreed(reading: Reading):
    nameless = {"worker_ref": "", "age_at_recruitment": "15"}
    reading.send(
        AGREED | {"age_at_recruitment": "17"}, AGREED | {"age_at_recruitment": "18"}, AGREED, AGREED | nameless
    )
    assert reading.numbers() == {"R2", "R3"}
    assert reading.readable().counted == 4


def test_a_report_without_an_age_that_answers_under_18_is_never_shown(reading: Reading):
    reading.send(AGREED, AGREED)
    reading.store.cursor().execute("UPDATE evidence.report SET w21 = TRUE WHERE report_id = 'R1'")
    assert reading.numbers() == {"R2"}


def test_another_report_of_a_worker_under_18_is_never_shown(reading: Reading):
    same = {"worker_ref": "W-0001"}
    reading.send(AGREED | {"age_at_recruitment": "17"}, AGREED | same | {"interview_date": "2026-06-01"}, AGREED)
    reading.send(AGREED | same | {"report_id": "U1"}, partner="union")  # another partner's reference, another worker
    assert reading.numbers() == {"R3", "U1"}


def test_rows_that_wait_are_withdrawn_or_corrected_are_not_shown(reading: Reading):
    gone = reading.send(AGREED | {"report_id": "G1"})
    reading.send(AGREED, AGREED | {"currency": "Rs"}, AGREED)
    reading.send({"report_id": "R3", "worker_ref": "W-0003", "consent_reviewer": "no", "total_paid": "1"})
    withdraw(reading.store, gone, viewer=ADMIN, reason="A mistake.", **reading.when())
    assert reading.numbers() == {"R1"}


def test_a_withdrawn_correction_gives_the_earlier_consent_back(reading: Reading):
    reading.send(AGREED)
    later = reading.send({"consent_reviewer": "no", "total_paid": "1"})
    assert reading.readable().readable == 0
    withdraw(reading.store, later, viewer=ADMIN, reason="A mistake.", **reading.when())
    assert reading.numbers() == {"R1"}


def test_what_agencies_and_employers_send_and_what_is_old_is_not_shown(reading: Reading):
    reading.send(AGREED | {"report_id": "O1"}, partner="owner")
    reading.send(AGREED | {"interview_date": "2023-05-14", "recruited_month": "2022-09", "departed_month": "2023-01"})
    assert (reading.readable().counted, reading.readable().readable) == (0, 0)


def test_the_reports_of_one_case_are_its_agencys_alone_merged_entries_included(reading: Reading):
    other = AGREED | {"agency_licence": "0099/080", "report_id": "L1"}
    reading.send(AGREED, other)
    assert reading.numbers() == {"R1"}
    merge(
        reading.store, ADMIN, reading.agency("Lumbini Sample Manpower"), reading.case.agency_id, "One firm",
        **reading.when(),
    )  # fmt: skip
    reading.declare(RITA)
    assert reading.numbers() == {"R1", "L1"}


def test_every_opening_is_one_trail_row_that_names_the_report_and_holds_nothing_of_it(reading: Reading):
    secret = {"worker_ref": "pseudonym-77", "notes": "The broker kept a paper.", "total_paid": "123457"}
    batch = reading.send(AGREED | secret)
    before = len(reading.trail())
    report = reading.open(reason="The finding on fees.")
    rows = reading.trail()
    assert len(rows) == before + 1
    row = rows[-1]
    assert (row.action, row.subject, row.actor) == ("report_view", reading.case.case_id, RITA.actor)
    assert (row.via, row.reason) == (Via.PAGE, "The finding on fees.")
    told = json.loads(row.after or "")
    assert (told["batch"], told["report"], told["shown"]) == (batch, "R1", 1)
    for value in secret.values():
        assert value not in row.model_dump_json()
    assert report.notes == "The broker kept a paper."


def test_the_trail_of_openings_can_be_read_by_reviewers(reading: Reading):
    batch = reading.send(AGREED, AGREED)
    reading.open(place=1, reason="First.")
    reading.open(place=2, reason="Second.")
    views = report_views(reading.store.cursor(), RITA, reading.case.case_id)
    assert [(view.actor, view.batch_id, view.reason) for view in views] == [
        (RITA.actor, batch, "Second."), (RITA.actor, batch, "First."),
    ]  # fmt: skip
    assert {view.report_id for view in views} == {"R1", "R2"}


def test_what_may_be_opened_is_told_in_counts_and_leaves_no_trace(reading: Reading):
    reading.send(AGREED, AGREED | {"total_paid": "0"}, {})
    before = len(reading.trail())
    assert reading.readable().adverse["W01"] == 1
    assert "R1" not in reading.readable().model_dump_json()
    assert len(reading.trail()) == before


@pytest.mark.parametrize("viewer", OTHERS, ids=lambda viewer: viewer.role.value)
def test_no_other_role_opens_counts_or_sees_who_opened(reading: Reading, viewer: Viewer):
    reading.send(AGREED)
    before = len(reading.trail())
    with pytest.raises(NotPermitted):
        reading.open(viewer)
    with pytest.raises(NotPermitted):
        reading.readable(viewer)
    with pytest.raises(NotPermitted):
        report_views(reading.store.cursor(), viewer, reading.case.case_id)
    with pytest.raises(NotPermitted):  # the role before the case: nobody learns which cases there are
        readable_reports(reading.store.cursor(), viewer, "no-case", reading.today)
    with pytest.raises(NotPermitted):
        open_report(reading.store, viewer, "no-case", reason="Because.", **reading.when())
    assert len(reading.trail()) == before


def test_without_a_reason_nothing_is_opened_and_nothing_is_written(reading: Reading):
    reading.send(AGREED)
    before = len(reading.trail())
    with pytest.raises(Refusal, match="reason"):
        reading.open(reason="  ")
    assert len(reading.trail()) == before


def test_a_reviewer_with_a_tie_or_no_word_about_one_opens_nothing(reading: Reading):
    reading.send(AGREED)
    before = len(reading.trail())
    with pytest.raises(Refusal, match="has not declared whether they have a tie"):
        reading.open(BO)
    reading.declare(BO)
    assert reading.open(BO).report_id == "R1"
    reading.declare(RITA, tied=True)
    with pytest.raises(Refusal, match="has declared a tie with this agency"):
        reading.open(RITA)
    assert [row.action for row in reading.trail()][before:] == ["report_view"]
    assert any("declared a tie" in why for why in reading.readable(RITA).why_not)


def test_somebody_who_is_no_active_reviewer_here_opens_nothing(reading: Reading):
    reading.send(AGREED)
    suspend_member(reading.store, ADMIN, email=RITA.actor, reason="She left.", **reading.at())
    with pytest.raises(Refusal, match="not an active reviewer"):
        reading.open()


@pytest.mark.parametrize("state", CaseState)
def test_reports_are_read_for_a_review_or_while_a_certificate_stands(reading: Reading, state: CaseState):
    reading.send(AGREED)
    moved = {"case_id": reading.case.case_id, "at": reading.now + timedelta(hours=1), "state": state.value}
    reading.store.cursor().execute(MOVED, moved)
    if state in READ_IN:
        assert reading.open().report_id == "R1"
    else:
        with pytest.raises(Refusal, match=r"The case is \w+: reports are read for a review"):
            reading.open()
        assert "reports are read for a review" in reading.readable().why_not[0]


def test_reports_come_one_at_a_time_the_newest_interview_first(reading: Reading):
    reading.send(
        AGREED | {"interview_date": "2026-05-01"},
        AGREED | {"interview_date": "2026-06-01"},
        AGREED | {"interview_date": "2026-04-01", "total_paid": "0"},
    )
    opened = [reading.open(place=place) for place in (1, 2, 3)]
    assert [(each.report_id, each.place, each.total) for each in opened] == [("R2", 1, 3), ("R1", 2, 3), ("R3", 3, 3)]
    charged = [reading.open(place=place, adverse="W01") for place in (1, 2)]
    assert [(each.report_id, each.total) for each in charged] == [("R2", 2), ("R1", 2)]
    for place in (0, 4, -1):
        with pytest.raises(NotFound, match="3 can be opened"):
            reading.open(place=place)


def test_what_was_written_stands_beside_what_was_understood(reading: Reading):
    reading.send(
        AGREED
        | {
            "total_paid": "1.5 lakh", "promised_wage": "1200", "wage_currency": "QAR", "wage_period": "month",
            "responsible": "sub_agent", "passport_holder": "employer", "notes": "Paid in two parts.",
        }
    )  # fmt: skip
    report = reading.open()
    beside = {side.column: (side.written, side.understood) for side in report.sides}
    assert beside["total_paid"] == ("1.5 lakh", "150000")
    assert beside["recruited_month"] == ("2025-09", "2025-09")
    assert beside["verification"] == (None, "self_report")
    assert report.responsible == "sub_agent"
    assert (report.partner, report.partner_kind, report.channel) == ("safe-steps", "ngo", "in_person")
    assert report.amount_paid == Decimal(150000)
    assert report.paid is not None
    assert (report.paid.currency, report.paid.kind, report.paid.source) == ("NPR", "peg", "ecb")
    assert report.paid.usd == (report.amount_paid / report.paid.per_usd).quantize(Decimal("0.0001"))
    assert report.wage is not None
    assert (report.wage.currency, report.wage.per_usd) == ("QAR", Decimal("3.64"))
    assert {"W01", "W07"} <= set(report.adverse)
    assert not set(report.adverse) & set(report.clean)


def test_the_partners_own_headers_are_known_again(reading: Reading):
    data = fee_csv(AGREED | {"total_paid": "1500", "notes": "Paid at once."})
    data = data.replace(b"total_paid", b"Sum of everything").replace(b"worker_ref", b"Our code")
    place = data.splitlines()[0].decode().split(",").index("Our code")
    paid = data.splitlines()[0].decode().split(",").index("Sum of everything")
    reading.send_file(data, answers=Answers(columns={place: "worker_ref", paid: "total_paid"}))
    report = reading.open()
    assert {side.column: side.written for side in report.sides}["total_paid"] == "1500"
    assert "W-0001" not in report.model_dump_json()


def test_neither_the_workers_reference_nor_other_consents_are_shown(reading: Reading):
    reading.send(AGREED | {"worker_ref": "pseudonym-77", "consent_contact": "yes", "consent_repayment": "yes"})
    report = reading.open()
    assert "pseudonym-77" not in report.model_dump_json()
    assert not [side.column for side in report.sides if side.column.startswith("consent_")]
