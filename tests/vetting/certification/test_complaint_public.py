"""What everybody reads of a complaint: never the text or a day that leads to whoever complained, and always an answer
or a running clock."""

from datetime import date, datetime, timedelta

import pytest

from schemas.codes import Action
from schemas.complaint import ComplaintState, PublicComplaint, Reporter, Subject
from schemas.trail import Entry
from schemas.viewer import PUBLIC
from tests.vetting.certification.complaining import (
    ANSWER,
    TEXT,
    at,
    complain,
    decided,
    declare_both,
    dismissed,
    file_of,
    proposed,
    reply,
    taken_up,
)
from tests.vetting.certification.desks import AGENCY, ASHA, BO, Desk
from vetting.certification import complaint_publishing as publishing
from vetting.certification import complaint_review as review
from vetting.certification.complaint_clock import end_of_month
from vetting.disclosure.complaints import published_complaints
from vetting.store import Moment, act
from vetting.store.merges import insert_merge

S = ComplaintState
DETAILS = {
    "happened_in": date(2026, 9, 1),
    "origin": "NPL",
    "destination": "QAT",
    "reporter": Reporter.FAMILY,
}


def seen(desk: Desk, agency_id: str | None = AGENCY, known_at: datetime | None = None) -> list[PublicComplaint]:
    return published_complaints(desk.store.cursor(), PUBLIC, agency_id, today=desk.today, known_at=known_at)


def test_nothing_is_public_before_a_reviewer_says_so_and_the_month_is_over(desk: Desk):
    declare_both(desk)
    complain(desk)
    taken_up(desk, shown=False)
    decided(desk, shown=False)
    dismissed(desk)
    taken_up(desk, shown=True)
    assert seen(desk) == [], "22 November: whoever watches would know the day to within a few"
    desk.wait(8)
    assert seen(desk) == []
    desk.wait(1)
    (only,) = seen(desk)
    assert (only.state, only.received_in, only.due_on) == (S.UNDER_REVIEW, date(2026, 11, 1), date(2027, 1, 29))


def test_of_what_was_written_nothing_is_public(desk: Desk):
    declare_both(desk)
    receipt = complain(desk, **DETAILS)
    review.take_up(desk.store, ASHA, receipt.complaint_id, "About fees.", shown=True, **at(desk))
    desk.wait(9)
    (only,) = seen(desk)
    said = only.model_dump_json()
    for word in (TEXT, "NPL", "QAT", "family", "2026-09", receipt.reference, receipt.complaint_id, "2026-11-2", "asha"):
        assert word not in said


@pytest.mark.parametrize("filed", [date(2026, 11, 2), date(2026, 11, 16), date(2026, 11, 30)])
def test_the_day_of_a_complaint_changes_nothing_in_public(desk: Desk, filed: date):
    """Two people who complain on different days of a month are told apart by nothing, whatever the reviewers did."""
    declare_both(desk)
    desk.now, desk.today = datetime.combine(filed, desk.now.time()), filed
    complaint_id = complain(desk).complaint_id
    desk.wait(3)
    review.take_up(desk.store, ASHA, complaint_id, "About fees.", shown=True, **at(desk))
    desk.now, desk.today = datetime(2026, 12, 20, 9, 0), date(2026, 12, 20)
    reply(desk, complaint_id)
    (only,) = seen(desk)
    assert only.model_dump() == {
        "agency_id": AGENCY,
        "subject": "Workers had to pay for the job",
        "crit_code": "1.1",
        "principle": "No fees or costs to workers",
        "received_in": date(2026, 11, 1),
        "state": S.UNDER_REVIEW,
        "summary": None,
        "due_on": date(2027, 1, 29),
        "late": False,
        "answered_in": None,
        "answer": None,
        "replies": ({"replied_in": date(2026, 12, 1), "reply": "We have paid it back."},),
    }


def test_what_everybody_reads_has_an_answer_or_a_running_clock(desk: Desk):
    declare_both(desk)
    for make in (taken_up, proposed, decided):
        make(desk)
    decided(desk, S.NOT_SUBSTANTIATED, subject=Subject.DEBT)
    again = decided(desk, subject=Subject.WAGES)
    review.take_up(desk.store, BO, again, "New receipts.", shown=True, **at(desk))
    for days in (9, 60, 400):
        desk.wait(days)
        shown = seen(desk)
        assert len(shown) == 5
        for each in shown:
            assert (each.answer is None) != (each.due_on is None)
            assert each.late == (each.due_on is not None and each.due_on < desk.today)
    assert sorted(each.state for each in shown) == [
        "not_substantiated", "substantiated", "under_review", "under_review", "under_review",
    ]  # fmt: skip


def test_the_answer_and_the_reply_stand_beside_it(desk: Desk):
    declare_both(desk)
    complaint_id = decided(desk)
    reply(desk, complaint_id, "We paid it back in October.")
    reply(desk, complaint_id, "All of it.")
    publishing.show(
        desk.store, ASHA, complaint_id, "Safe to say.", shown=True, summary="Fees, with no receipt.", **at(desk)
    )
    desk.wait(9)
    (only,) = seen(desk)
    assert (only.answer, only.answered_in, only.due_on) == (ANSWER, date(2026, 11, 1), None)
    assert [each.reply for each in only.replies] == ["All of it.", "We paid it back in October."]
    assert only.summary == "Fees, with no receipt."


@pytest.mark.parametrize("subject", [Subject.CHILD, Subject.VIOLENCE, Subject.CONFINED])
def test_what_points_to_one_person_bears_the_title_of_its_principle_alone(desk: Desk, subject: Subject):
    declare_both(desk)
    taken_up(desk, subject=subject)
    desk.wait(9)
    (only,) = seen(desk)
    assert only.crit_code is None
    assert only.subject == only.principle
    assert only.subject in ("Laws and rights at work", "Freedom of movement")


def test_what_turns_out_to_point_to_somebody_is_taken_back(desk: Desk):
    declare_both(desk)
    complaint_id = decided(desk)
    desk.wait(9)
    assert len(seen(desk)) == 1
    publishing.show(desk.store, BO, complaint_id, "It points to one worker.", shown=False, **at(desk))
    assert seen(desk) == []
    assert file_of(desk, complaint_id).state is S.SUBSTANTIATED


def test_the_past_is_read_as_it_was_known(desk: Desk):
    declare_both(desk)
    complaint_id = taken_up(desk)
    desk.wait(9)
    before = desk.now
    review.propose_outcome(desk.store, ASHA, complaint_id, S.SUBSTANTIATED, "Seen.", ANSWER, **at(desk))
    review.confirm_outcome(desk.store, BO, complaint_id, "Seen too.", **at(desk))
    (then,), (now,) = seen(desk, known_at=before), seen(desk)
    assert (then.state, then.answer, now.state, now.answer) == (S.UNDER_REVIEW, None, S.SUBSTANTIATED, ANSWER)
    assert seen(desk, known_at=before - timedelta(days=30)) == []


def test_of_merged_agencies_the_one_that_remains_answers_for_all(desk: Desk):
    declare_both(desk)
    taken_up(desk)
    desk.wait(9)
    before = desk.now
    copied = (
        "INSERT INTO desk.agency (agency_id, recorded_at, register, licence, name, country, status) "
        "VALUES ('agency-two', $at, 'register', '0043', 'Two Agency', 'NPL', 'valid')"
    )

    def deed(moment: Moment) -> tuple[Entry, None]:
        moment.db.execute(copied, {"at": moment.recorded_at})
        insert_merge(moment, AGENCY, "agency-two", actor="test", reason="One firm.")
        return Entry(action=Action.AGENCY_MERGE, subject=AGENCY), None

    act(desk.store, deed, actor="test", **at(desk))
    for asked in (AGENCY, "agency-two", None):
        (only,) = seen(desk, asked)
        assert only.agency_id == "agency-two"
    (then,) = seen(desk, known_at=before)
    assert then.agency_id == AGENCY
    assert seen(desk, "agency-two", known_at=before) == []


def test_a_months_end_is_its_last_day():
    assert end_of_month(date(2028, 2, 1)) == date(2028, 2, 29)
    assert end_of_month(date(2026, 12, 31)) == date(2026, 12, 31)
