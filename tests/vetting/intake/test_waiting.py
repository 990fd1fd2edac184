"""The rows of a partner that wait: which, why, and how each leaves the queue; what is mended counts from then on."""

from datetime import datetime

import pytest

from schemas.answers import Answers, Calendar
from schemas.codes import Role, Via
from schemas.viewer import Viewer
from tests.vetting.intake.files import AGENCIES, TODAY, fee_csv
from tests.vetting.intake.test_commit import rows, send
from vetting import trail
from vetting.disclosure.waiting import (
    own_waiting,
    own_waiting_files,
    own_waiting_lines,
    own_waiting_texts,
    waiting_counts,
)
from vetting.intake.check import check
from vetting.intake.leave_out import leave_out, take_up
from vetting.intake.lexicon import BETWEEN
from vetting.intake.read import read
from vetting.intake.waiting_file import AS_WRITTEN, mend_file, mend_name, told_before
from vetting.intake.withdraw import withdraw
from vetting.refusals import NotFound, NotPermitted, Refusal
from vetting.scoring.score import score
from vetting.store import Store
from vetting.store.agencies import fetch_agencies
from vetting.store.answers import fetch_answers

ANA = Viewer(role=Role.PARTNER, organisation="safe-steps", actor="ana@example.org")
UWE = Viewer(role=Role.PARTNER, organisation="union", actor="uwe@example.org")
RITA = Viewer(role=Role.REVIEWER, actor="rita@example.org")
ASKED = fee_csv({}, {"currency": "Rs"}, {"total_paid": "2-3 lakh"})


def waiting(store: Store, viewer: Viewer = ANA, **more: object) -> list[tuple[int, str | None]]:
    return [(row.line, row.report_id) for row in own_waiting(store.cursor(), viewer, **more).rows]  # type: ignore[arg-type]


def mended(store: Store, batch_id: str | None, *changes: tuple[str, str]) -> bytes:
    """What a partner sends who takes the rows that wait and puts one text in the place of another."""
    data = mend_file(own_waiting_texts(store.cursor(), ANA, str(batch_id)), {}).decode()
    for wrong, right in changes:
        assert wrong in data
        data = data.replace(wrong, right)
    return data.encode()


def test_each_row_that_waits_says_its_file_its_line_what_is_wrong_and_what_to_do(desk: Store, now: datetime):
    batch_id = send(desk, ASKED, now).batch_id
    shown = own_waiting(desk.cursor(), ANA)
    assert [(row.batch_id, row.file_name, row.line, row.report_id) for row in shown.rows] == [
        (batch_id, "reports.csv", 3, "R2"), (batch_id, "reports.csv", 4, "R3"),
    ]  # fmt: skip
    assert [(p.column, p.value, p.code) for row in shown.rows for p in row.problems] == [
        ("currency", "Rs", "ambiguous_currency"), ("total_paid", "2-3 lakh", "vague_amount"),
    ]  # fmt: skip
    assert "Write the ISO code" in shown.rows[0].problems[0].message
    assert (shown.total, shown.pages) == (2, 1)


def test_the_newest_batch_comes_first_and_a_warning_is_nothing_to_wait_for(desk: Store, now: datetime):
    send(desk, fee_csv({"report_id": "A", "currency": "Rs"}), now)
    send(desk, fee_csv({"report_id": "B", "currency": "Rs", "actual_wage": "5", "wage_currency": "QAR"}), now)
    shown = own_waiting(desk.cursor(), ANA)
    assert [row.report_id for row in shown.rows] == ["B", "A"]
    assert [problem.code for problem in shown.rows[0].problems] == ["ambiguous_currency"]


def test_a_partner_sees_its_own_rows_only_and_a_reviewer_counts(desk: Store, now: datetime):
    batch_id = str(send(desk, ASKED, now).batch_id)
    assert own_waiting_files(desk.cursor(), UWE) == []
    assert waiting(desk, UWE) == waiting(desk, UWE, batch_id=batch_id) == []
    assert own_waiting_texts(desk.cursor(), UWE, batch_id) == own_waiting_lines(desk.cursor(), UWE, batch_id) == []
    assert [(each.partner, each.waiting) for each in waiting_counts(desk.cursor(), RITA)] == [("safe-steps", 2)]
    with pytest.raises(NotPermitted):
        waiting_counts(desk.cursor(), ANA)
    with pytest.raises(NotPermitted):
        own_waiting(desk.cursor(), RITA)


def test_rows_mended_here_leave_the_queue_and_count_from_that_moment(desk: Store, now: datetime):
    receipt = send(desk, ASKED, now)
    (himal,) = receipt.agencies
    before = desk.cursor().execute("SELECT max(recorded_at) FROM desk.trail").fetchone()[0]
    again = send(desk, mended(desk, receipt.batch_id, ("Rs", "NPR"), ("2-3 lakh", "250000")), now)
    assert (again.result.accepted, again.superseded) == (2, 0)
    assert waiting(desk) == []

    def workers(known_at: datetime | None) -> int:
        (one,) = score(desk.cursor(), as_of=TODAY, known_at=known_at, agencies=[himal.agency_id])
        return one.indicator("W01").n

    assert (workers(before), workers(None)) == (1, 3)


def test_what_was_answered_about_a_file_is_not_asked_again_of_its_rows(desk: Store, now: datetime):
    """Marks, orders, calendars and agencies count for the rows as they did for the file."""
    asked = {"currency": "Rs", "total_paid": "1.500", "interview_date": "05/06/2026", "departed_month": "2082-09",
             "agency_licence": "", "agency_name": "Himaal"}  # fmt: skip
    register = fetch_agencies(desk.cursor())
    himal = next(agency.agency_id for agency in register if agency.licence == "0012/077")
    key = BETWEEN.join(["", "Himaal", "NPL", "QAT"])
    answers = Answers(marks={"total_paid": ","}, orders={"interview_date": "day"},
                      calendars={"departed_month": Calendar.BIKRAM_SAMBAT}, agencies={key: himal},
                      words={"channel": {"talk": "phone"}})  # fmt: skip
    batch_id = send(desk, fee_csv({}, asked | {"channel": "talk"}), now, answers=answers).batch_id
    assert [problem.code for row in own_waiting(desk.cursor(), ANA).rows for problem in row.problems] == [
        "ambiguous_currency"
    ]
    told = told_before(fetch_answers(desk.cursor(), str(batch_id)))
    assert told == answers.model_copy(update={"words": {}, "read": AS_WRITTEN})
    again = check(mended(desk, batch_id, ("Rs", "NPR")), "a.csv", agencies=register, today=TODAY, answers=told)
    assert (again.result.accepted, again.result.problems) == (1, ())
    unanswered = check(mended(desk, batch_id, ("Rs", "NPR")), "a.csv", agencies=register, today=TODAY)
    assert unanswered.result.accepted == 0


def test_a_row_that_looks_like_a_footer_stays_a_row_when_it_is_opened_again(desk: Store, now: datetime):
    batch_id = send(desk, fee_csv({}, {"report_id": "Total", "currency": "Rs"}), now).batch_id
    data = mended(desk, batch_id)
    assert len(list(read(data, "a.csv", reads=AS_WRITTEN).rows())) == 1
    assert told_before({}).read == AS_WRITTEN


def test_a_row_mended_in_part_waits_at_its_newest_place_only(desk: Store, now: datetime):
    first = send(desk, fee_csv({"currency": "Rs", "threats": "perhaps"}), now).batch_id
    second = send(desk, mended(desk, first, ("Rs", "NPR")), now).batch_id
    shown = own_waiting(desk.cursor(), ANA)
    assert [(row.batch_id, [p.code for p in row.problems]) for row in shown.rows] == [(second, ["unreadable_value"])]


def test_the_same_rows_sent_again_as_they_were_wait_once(desk: Store, now: datetime):
    first = send(desk, ASKED, now).batch_id
    assert send(desk, mended(desk, first), now).batch_id is None
    assert waiting(desk) == [(3, "R2"), (4, "R3")]


def test_two_rows_of_one_number_wait_both_and_a_report_of_that_number_answers_both(desk: Store, now: datetime):
    send(desk, fee_csv({}, {"report_id": "R1"}), now)
    assert waiting(desk) == [(2, "R1"), (3, "R1")]
    send(desk, fee_csv({}), now)
    assert waiting(desk) == []


def test_a_correction_that_waits_is_not_answered_by_what_it_corrects(desk: Store, now: datetime):
    send(desk, fee_csv({}), now)
    send(desk, fee_csv({"currency": "Rs"}), now)
    assert waiting(desk) == [(2, "R1")]
    send(desk, fee_csv({"total_paid": "1"}), now)
    assert waiting(desk) == []


def test_anothers_report_of_the_same_number_answers_nothing(desk: Store, now: datetime):
    send(desk, fee_csv({"currency": "Rs"}), now)
    send(desk, fee_csv({}), now, partner="union")
    assert waiting(desk) == [(2, "R1")]


def test_a_withdrawn_batch_waits_no_longer_and_a_withdrawn_answer_lets_the_row_wait_again(desk: Store, now: datetime):
    first = send(desk, fee_csv({"currency": "Rs"}), now).batch_id
    second = send(desk, fee_csv({}), now).batch_id
    assert waiting(desk) == []
    withdraw(desk, str(second), viewer=ANA, via=Via.PAGE, now=now, reason="Wrong.", today=TODAY)
    assert waiting(desk) == [(2, "R1")]
    withdraw(desk, str(first), viewer=ANA, via=Via.PAGE, now=now, reason="Wrong.", today=TODAY)
    assert waiting(desk) == []


def test_a_row_is_left_out_with_a_reason_and_can_be_taken_up_again(desk: Store, now: datetime):
    batch_id = str(send(desk, ASKED, now).batch_id)
    assert leave_out(desk, batch_id, [3], viewer=ANA, via=Via.PAGE, now=now, reason=" Nobody knows. ") == 1
    assert waiting(desk) == [(4, "R3")]
    (gone,) = own_waiting(desk.cursor(), ANA, left_out=True).rows
    assert (gone.line, gone.reason) == (3, "Nobody knows.")
    assert [(each.waiting, each.left_out) for each in own_waiting_files(desk.cursor(), ANA)] == [(1, 1)]
    assert take_up(desk, batch_id, [3], viewer=ANA, via=Via.PAGE, now=now, reason="Found out.") == 1
    assert waiting(desk) == [(3, "R2"), (4, "R3")]
    told = [(row.action.value, row.actor, row.reason) for row in trail.fetch_about(desk.cursor(), batch_id)][1:]
    assert told == [
        ("rows_leave_out", "ana@example.org", "Nobody knows."), ("rows_take_up", "ana@example.org", "Found out."),
    ]  # fmt: skip
    assert trail.verify(desk.cursor())[1] is None
    assert rows(desk, "SELECT count(*) FROM desk.quarantine_dismissal") == [(2,)]


def test_what_cannot_be_left_out_is_refused_and_leaves_no_trace(desk: Store, now: datetime):
    batch_id = str(send(desk, ASKED, now).batch_id)
    before = rows(desk, "SELECT count(*) FROM desk.trail")
    how = {"via": Via.PAGE, "now": now}
    with pytest.raises(Refusal, match="needs a reason"):
        leave_out(desk, batch_id, [3], viewer=ANA, reason="  ", **how)
    with pytest.raises(Refusal, match="No row is chosen"):
        leave_out(desk, batch_id, [], viewer=ANA, reason="Gone.", **how)
    with pytest.raises(Refusal, match="Line 2 of reports.csv is not among the rows that wait"):
        leave_out(desk, batch_id, [2, 3], viewer=ANA, reason="Gone.", **how)
    with pytest.raises(Refusal, match="not among the rows left out"):
        take_up(desk, batch_id, [3], viewer=ANA, reason="Back.", **how)
    with pytest.raises(NotFound, match="no such batch"):
        leave_out(desk, batch_id, [3], viewer=UWE, reason="Gone.", **how)
    with pytest.raises(NotPermitted):
        leave_out(desk, batch_id, [3], viewer=RITA, reason="Gone.", **how)
    assert rows(desk, "SELECT count(*) FROM desk.trail") == before
    assert waiting(desk) == [(3, "R2"), (4, "R3")]


def test_many_rows_are_turned_page_by_page(desk: Store, now: datetime):
    send(desk, fee_csv(*[{"currency": "Rs"} for _ in range(60)]), now)
    first, second = (own_waiting(desk.cursor(), ANA, page=page) for page in (1, 2))
    assert (len(first.rows), len(second.rows), first.total, first.pages) == (50, 10, 60, 2)
    assert own_waiting(desk.cursor(), ANA, page=99).page == 2


def test_the_file_to_mend_has_the_partners_own_headers_and_texts():
    texts = [{"Ref": "1", "Cur": "Rs"}, {"Ref": "2", "When": "May, 2026", "Cur": "=1+1"}, {"Note": "x", "Ref": "3"}]
    reading = read(mend_file(texts, {"Cur": "currency"}), "a.csv")
    assert reading.columns == ("Note", "Ref", "When", "currency")
    assert [cells for _, cells in reading.rows()] == [
        ["", "1", "", "Rs"], ["", "2", "May, 2026", "=1+1"], ["x", "3", "", ""],
    ]  # fmt: skip
    assert b"'=1+1" in mend_file(texts, {}, download=True)
    assert mend_name("returnees.v2.xlsx") == mend_name("returnees.v2-waiting.csv") == "returnees.v2-waiting.csv"


def test_two_columns_of_one_header_and_one_that_only_an_answer_fills_are_kept_apart():
    from schemas.answers import Answers

    data = fee_csv({"currency": "Rs"}).replace(b"recruited_month,departed_month", b"Month,Month")
    header = data.decode().splitlines()[0].split(",")
    first = header.index("Month")
    answers = Answers(
        columns={first: "recruited_month", first + 1: "departed_month"}, cells={2: {"threats": "perhaps"}}
    )
    found = check(data, "a.csv", agencies=AGENCIES, today=TODAY, answers=answers)
    (raw,) = found.quarantined["raw"]
    assert '"recruited_month": "2025-09", "departed_month": "2026-01"' in raw
    assert raw.endswith('"threats": "perhaps"}')
