"""What has passed its time goes, once, with one row on the trail; nothing younger does."""

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from schemas.codes import Action, Role, Via
from schemas.problem_codes import PROBLEMS
from schemas.purge import PurgeCounts
from schemas.viewer import Viewer
from tests.vetting.intake.conftest import ADMIN, make_desk
from tests.vetting.intake.files import TODAY, fee_csv
from tests.vetting.intake.test_commit import rows, send
from vetting import trail
from vetting.daily import begin_day
from vetting.refusals import NotPermitted, Refusal
from vetting.retention import purge, would_purge
from vetting.scoring.score import newest_moment, own_workers
from vetting.store import Store
from vetting.store.settings import fetch_settings, set_setting

OLD = {"interview_date": "2023-11-22", "recruited_month": "2023-01", "departed_month": "2023-05"}
YOUNG = OLD | {"interview_date": "2023-11-23"}


@pytest.fixture
def desk(store: Store, now: datetime) -> Store:
    make_desk(store, now)
    return store


def purged(store: Store, at: datetime, **more: Any) -> PurgeCounts:
    return purge(store, ADMIN, via=Via.CLI, now=at, today=at.date(), **more)


def entries(store: Store) -> list[dict[str, Any]]:
    found = rows(store, "SELECT after FROM desk.trail WHERE action = 'purge' ORDER BY seq")
    return [json.loads(str(after)) for (after,) in found]


def test_texts_go_after_ninety_days_and_reports_stay(desk: Store, now: datetime):
    send(desk, fee_csv({"notes": "Paid in two parts."}, {"currency": "Rs"}, {"total_paid": "2-3 lakh"}), now)
    received = newest_moment(desk.cursor())
    early, due = received + timedelta(days=90, microseconds=-1), received + timedelta(days=90)
    assert purged(desk, early).nothing
    counts = purged(desk, due)
    assert counts == PurgeCounts(row_texts=1, waiting_rows=2, problem_texts=2)
    assert rows(desk, "SELECT report_id, raw, CAST(total_paid AS INTEGER) FROM evidence.report") == [
        ("R1", "{}", 150000)
    ]
    assert rows(desk, "SELECT count(*) FROM evidence.quarantine") == [(0,)]
    assert rows(desk, "SELECT DISTINCT value FROM desk.problem") == [(None,)]
    told = rows(desk, "SELECT code, message FROM desk.problem")
    assert {code for code, _ in told} >= {"ambiguous_currency", "vague_amount"}
    assert all(message == PROBLEMS[str(code)].title for code, message in told)


def test_reports_go_thirty_six_months_after_their_interview(desk: Store, now: datetime):
    send(desk, fee_csv(OLD, YOUNG, {}), now)
    counts = purged(desk, now)
    assert counts == PurgeCounts(reports=1)
    assert rows(desk, "SELECT report_id FROM evidence.report ORDER BY 1") == [("R2",), ("R3",)]


def test_a_report_goes_in_all_its_versions_by_the_one_that_stands(desk: Store, now: datetime):
    """The first said of the one an old interview, of the other a new one, and each was corrected to the contrary."""
    fresh = {"interview_date": "2026-05-14"}
    send(desk, fee_csv(OLD, fresh | {"recruited_month": "2023-01", "departed_month": "2023-05"}), now)
    send(desk, fee_csv(fresh, OLD), now)
    assert purged(desk, now + timedelta(hours=1)).reports == 2
    assert rows(desk, "SELECT report_id, count(*) FROM evidence.report GROUP BY 1") == [("R1", 2)]
    assert rows(desk, "SELECT DISTINCT key FROM desk.repeat WHERE kind = 'report'") == [("R1",)]
    (himal,) = rows(desk, "SELECT agency_id FROM desk.agency WHERE licence = '0012/077'")
    assert own_workers(desk.cursor(), partner="safe-steps", agencies=[str(himal[0])], as_of=TODAY)[str(himal[0])] == 1


def test_no_key_of_a_worker_stays_that_no_report_bears(desk: Store, now: datetime):
    twice = {"worker_ref": "W-7777"}
    send(desk, fee_csv(OLD | twice, OLD | twice, {"worker_ref": "W-8888"}, {"worker_ref": "W-8888"}), now)
    assert len(rows(desk, "SELECT key FROM desk.repeat WHERE kind = 'worker'")) == 2
    purged(desk, now)
    assert rows(desk, "SELECT key FROM desk.repeat WHERE kind = 'worker'") == [("W-8888",)]


def test_each_purge_is_one_row_on_the_trail_with_counts_and_no_worker(desk: Store, now: datetime):
    send(desk, fee_csv(OLD, {}), now)
    purged(desk, now + timedelta(days=1))
    (told,) = entries(desk)
    assert told == {
        "reports": 1, "row_texts": 0, "waiting_rows": 0, "problem_texts": 0, "work_notes": 0, "agencies": 1,
        "complaint_texts": 0, "complaints_until": "2023-11-23",
        "rows_until": "2023-11-23", "uploads_until": "2026-08-25T09:00:00",
    }  # fmt: skip
    assert trail.verify(desk.cursor())[1] is None


def test_a_second_purge_finds_nothing_and_is_no_act(desk: Store, now: datetime):
    send(desk, fee_csv(OLD, {}), now)
    later = now + timedelta(days=91)
    assert not purged(desk, later).nothing
    before = rows(desk, "SELECT count(*) FROM desk.trail")
    assert purged(desk, later + timedelta(hours=1)).nothing
    assert rows(desk, "SELECT count(*) FROM desk.trail") == before


def test_a_dry_run_counts_the_same_and_writes_nothing(desk: Store, now: datetime):
    send(desk, fee_csv(OLD, {}, {"currency": "Rs"}), now)
    later = now + timedelta(days=91)
    stored = rows(desk, "SELECT count(*), max(recorded_at) FROM desk.trail"), rows(desk, "FROM evidence.report")
    told = would_purge(desk.cursor(), ADMIN, now=later, today=later.date())
    assert (
        rows(desk, "SELECT count(*), max(recorded_at) FROM desk.trail"),
        rows(desk, "FROM evidence.report"),
    ) == stored
    assert told == purged(desk, later)


def test_notes_of_long_work_go_with_the_texts(desk: Store, now: datetime):
    for job, state in (("a", "done"), ("b", "running")):
        desk.cursor().execute(
            "INSERT INTO desk.job VALUES ($id, 'import', 'a', 'f.csv', $state, 1, 1, 'm', NULL, $at, $at)",
            {"id": job, "state": state, "at": now},
        )
    assert purged(desk, now + timedelta(days=91)).work_notes == 1
    assert rows(desk, "SELECT job_id FROM desk.job") == [("b",)]


def test_the_settings_say_how_long(desk: Store, now: datetime):
    assert fetch_settings(desk.cursor()).model_dump(include={"upload_days", "row_months", "backup_days"}) == {
        "upload_days": 90, "row_months": 36, "backup_days": 90,
    }  # fmt: skip
    send(desk, fee_csv(OLD, YOUNG), now)
    for name, value in (("upload_days", "5"), ("row_months", "60")):
        set_setting(desk, ADMIN, name, value, via=Via.CLI, now=now)
    counts = purged(desk, now + timedelta(days=5, hours=1))
    assert (counts.reports, counts.row_texts) == (0, 2)


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("upload_days", "0", "whole number above 0"),
        ("backup_days", "-1", "whole number above 0"),
        ("row_months", "2.5", "whole number above 0"),
        ("row_months", "30", "at least 31"),  # the window's 24 months, and a release comes up to seven later
        ("upload_days", "1201", "at most 1,200"),
    ],
)
def test_settings_that_would_break_a_promise_are_refused(desk: Store, now: datetime, name: str, value: str, why: str):
    with pytest.raises(Refusal, match=why):
        set_setting(desk, ADMIN, name, value, via=Via.CLI, now=now)


def test_administrators_purge_and_nobody_else(desk: Store, now: datetime):
    viewer = Viewer(role=Role.REVIEWER, actor="r")
    with pytest.raises(NotPermitted):
        purge(desk, viewer, via=Via.PAGE, now=now, today=date(2026, 11, 22))
    with pytest.raises(NotPermitted):
        would_purge(desk.cursor(), viewer, now=now, today=date(2026, 11, 22))


def test_what_a_batch_still_to_be_counted_holds_is_left_alone(desk: Store, now: datetime):
    """Rows stored under a batch that has not committed are the sweep's, however old the interview."""
    send(desk, fee_csv(OLD), now)
    desk.cursor().execute("DELETE FROM desk.batch")
    assert purged(desk, now).nothing
    assert rows(desk, "SELECT count(*) FROM evidence.report") == [(1,)]


def test_the_word_of_the_act(desk: Store, now: datetime):
    send(desk, fee_csv(OLD), now)
    purged(desk, now)
    assert trail.fetch_about(desk.cursor(), "age")[0].action is Action.PURGE


@pytest.mark.parametrize(("sample", "purges"), [("false", 1), ("true", 0)])
def test_the_clock_purges_each_day_but_not_the_sample_country(desk: Store, now: datetime, sample: str, purges: int):
    set_setting(desk, ADMIN, "sample", sample, via=Via.CLI, now=now)
    send(desk, fee_csv(OLD), now)
    for day in (now, now + timedelta(days=1)):
        begin_day(desk, day, day.date())
    told = rows(desk, "SELECT actor, via FROM desk.trail WHERE action = 'purge'")
    assert told == [("clock", "clock")] * purges
