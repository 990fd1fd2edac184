"""A batch is stored whole or not at all, and the same file twice adds nothing."""

from datetime import datetime, timedelta

import polars as pl
import pytest

from schemas.answers import UNANSWERED, Answers
from schemas.batch import Receipt
from schemas.codes import Role, Via
from schemas.viewer import Viewer
from tests.vetting.intake.files import TODAY, fee_csv
from vetting import trail
from vetting.intake.check import check
from vetting.intake.commit import commit
from vetting.intake.lexicon import BETWEEN
from vetting.intake.sweep import sweep
from vetting.merging import merge, split
from vetting.refusals import NotFound, NotPermitted, Refusal
from vetting.store import Store
from vetting.store.agencies import fetch_agencies
from vetting.store.reports import store_quarantine

ANA = Viewer(role=Role.ADMIN, actor="ana@example.org")


def send(
    store: Store, data: bytes, now: datetime, partner: str = "safe-steps", answers: Answers = UNANSWERED
) -> Receipt:
    found = check(data, "reports.csv", agencies=fetch_agencies(store.cursor()), today=TODAY, answers=answers)
    return commit(store, found, partner=partner, viewer=ANA, via=Via.CLI, now=now)


def rows(store: Store, statement: str) -> list[tuple[object, ...]]:
    return store.cursor().execute(statement).fetchall()


def test_ready_rows_are_stored_with_what_the_partner_wrote_and_what_it_means(desk: Store, now: datetime):
    receipt = send(desk, fee_csv({"total_paid": "1.5 lakh"}, {"consent_use": "no"}, {"currency": "Rs"}), now)
    assert rows(
        desk, "SELECT batch_id, line, partner, report_id, CAST(total_paid AS VARCHAR), w01 FROM evidence.report"
    ) == [(receipt.batch_id, 2, "safe-steps", "R1", "150000.0000", True)]
    (raw,) = rows(desk, "SELECT raw ->> 'total_paid' FROM evidence.report")
    assert raw == ("1.5 lakh",)
    assert rows(desk, "SELECT line, report_id FROM evidence.quarantine") == [(4, "R3")]
    batch = "SELECT row_count, accepted, quarantined, refused, warnings, superseded, duplicates FROM desk.batch"
    assert rows(desk, batch) == [(3, 1, 1, 1, 0, 0, 0)]
    assert rows(desk, "SELECT line, column_name, code FROM desk.problem ORDER BY position") == [
        (3, "consent_use", "no_consent"), (4, "currency", "ambiguous_currency"),
    ]  # fmt: skip


def test_the_receipt_names_the_agencies_and_how_many_own_workers_count(desk: Store, now: datetime):
    receipt = send(
        desk,
        fee_csv({}, {}, {"agency_licence": "0099/080"}, {"worker_ref": "W-0001", "interview_date": "2026-06-01"}),
        now,
    )
    assert [(agency.name, agency.reports, agency.own_workers) for agency in receipt.agencies] == [
        ("Himal Example Overseas", 3, 2), ("Lumbini Sample Manpower", 1, 1),
    ]  # fmt: skip


def test_the_same_file_twice_adds_nothing_and_leaves_no_trace(desk: Store, now: datetime):
    data = fee_csv({}, {"currency": "Rs"}, {})
    send(desk, data, now)
    before = rows(desk, "SELECT count(*) FROM desk.trail")
    again = send(desk, data, now)
    assert (again.batch_id, again.superseded, again.duplicates) == (None, 0, 2)
    assert rows(desk, "SELECT count(*) FROM evidence.report") == [(2,)]
    assert rows(desk, "SELECT count(*) FROM evidence.quarantine") == [(1,)]
    assert rows(desk, "SELECT count(*) FROM desk.trail") == before


def test_a_corrected_report_supersedes_and_both_versions_are_kept(desk: Store, now: datetime):
    send(desk, fee_csv({}, {}), now)
    receipt = send(desk, fee_csv({"total_paid": "90000"}, {}), now)
    assert (receipt.superseded, receipt.duplicates) == (1, 1)
    assert rows(desk, "SELECT report_id FROM evidence.report ORDER BY 1") == [("R1",), ("R1",), ("R2",)]
    assert rows(desk, "SELECT kind, agency_id <> '', key FROM desk.repeat WHERE kind = 'report'") == [
        ("report", True, "R1")
    ]


def test_the_same_report_in_another_spelling_is_no_correction(desk: Store, now: datetime):
    send(desk, fee_csv({"total_paid": "150000"}), now)
    assert send(desk, fee_csv({"total_paid": "1.5 lakh", "channel": "In person"}), now).duplicates == 1


def test_the_same_file_adds_nothing_after_its_agency_was_merged_nor_after_it_was_split(desk: Store, now: datetime):
    data = fee_csv({}, {"agency_licence": "0099/080"})
    send(desk, data, now)
    agencies = {agency.licence: agency.agency_id for agency in fetch_agencies(desk.cursor())}
    gone, into, hour = agencies["0099/080"], agencies["0012/077"], timedelta(hours=1)
    merge(desk, ANA, gone, into, "One firm.", via=Via.CLI, now=now + hour, today=TODAY)
    again = send(desk, data, now + 2 * hour)
    assert (again.batch_id, again.duplicates) == (None, 2)
    split(desk, ANA, gone, "Two firms.", via=Via.CLI, now=now + 3 * hour, today=TODAY)
    again = send(desk, data, now + 4 * hour)
    assert (again.batch_id, again.duplicates) == (None, 2)


def test_a_report_that_turns_out_to_be_about_another_agency_is_a_correction(desk: Store, now: datetime):
    row = {"agency_licence": "", "agency_name": "Somebody Else"}
    key = BETWEEN.join(("", "Somebody Else", "NPL", "QAT"))
    for place, agency in enumerate(fetch_agencies(desk.cursor())):
        answers = Answers(agencies={key: agency.agency_id})
        found = check(fee_csv(row), "a.csv", agencies=fetch_agencies(desk.cursor()), today=TODAY, answers=answers)
        when = now + timedelta(hours=place)
        receipt = commit(desk, found, partner="safe-steps", viewer=ANA, via=Via.CLI, now=when)
        assert receipt.superseded == place


def test_report_ids_are_the_partners_own(desk: Store, now: datetime):
    send(desk, fee_csv({}), now)
    assert send(desk, fee_csv({}), now, partner="union").batch_id is not None
    assert rows(desk, "SELECT count(*) FROM desk.repeat") == [(0,)]


def test_keys_with_more_than_one_report_are_kept_once(desk: Store, now: datetime):
    again = {"worker_ref": "W-0001", "interview_date": "2026-06-01"}
    send(desk, fee_csv({}, again), now)
    send(desk, fee_csv({"total_paid": "1"}, again | {"report_id": "R7"}, {}), now)
    found = "SELECT kind, partner, key FROM desk.repeat ORDER BY kind, key"
    assert rows(desk, found) == [("report", "safe-steps", "R1"), ("worker", "safe-steps", "W-0001")]


def test_a_commit_is_one_act(desk: Store, now: datetime):
    receipt = send(desk, fee_csv({}), now)
    db = desk.cursor()
    (entry,) = trail.fetch_about(db, str(receipt.batch_id))
    assert (entry.action.value, entry.actor, entry.via) == ("batch_commit", "ana@example.org", Via.CLI)
    assert trail.verify(db)[1] is None
    assert rows(desk, "SELECT recorded_at FROM desk.batch") == [(entry.recorded_at,)]


def test_a_refused_file_and_an_unknown_partner_store_nothing(desk: Store, now: datetime):
    with pytest.raises(Refusal, match="refused as a whole"):
        send(desk, fee_csv({}, {"notes": "call 9841234567"}), now)
    with pytest.raises(NotFound, match="no partner 'nobody'"):
        send(desk, fee_csv({}), now, partner="nobody")
    assert rows(desk, "SELECT count(*) FROM evidence.report") == [(0,)]
    assert rows(desk, "SELECT count(*) FROM desk.batch") == [(0,)]


def test_a_file_of_refused_rows_only_makes_no_batch(desk: Store, now: datetime):
    assert send(desk, fee_csv({"consent_use": "no"}), now).batch_id is None


def test_a_batch_overtaken_between_its_two_steps_is_judged_again(
    desk: Store, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    """The other one stores the same report first; ours must then be a duplicate and not a second first version."""
    from vetting.intake import commit as room

    real, data = room._act, fee_csv({})

    def overtaken(*arguments: object) -> None:
        monkeypatch.setattr(room, "_act", real)
        assert send(desk, data, now).batch_id is not None
        real(*arguments)

    monkeypatch.setattr(room, "_act", overtaken)
    receipt = send(desk, data, now)
    assert (receipt.batch_id, receipt.duplicates) == (None, 1)
    assert rows(desk, "SELECT count(*) FROM evidence.report") == [(1,)]


def test_rows_swept_away_before_the_act_are_stored_again(desk: Store, now: datetime, monkeypatch: pytest.MonkeyPatch):
    from vetting.intake import commit as room

    real = room._act

    def swept(*arguments: object) -> None:
        monkeypatch.setattr(room, "_act", real)
        assert sweep(desk) == 1
        real(*arguments)

    monkeypatch.setattr(room, "_act", swept)
    assert send(desk, fee_csv({}), now).batch_id is not None
    assert rows(desk, "SELECT count(*) FROM evidence.report") == [(1,)]


def test_the_sweep_takes_orphans_only_and_with_a_clock_only_old_ones(desk: Store, now: datetime):
    send(desk, fee_csv({}, {"currency": "Rs"}), now)
    orphan = pl.DataFrame({"line": [2], "report_id": ["R9"], "raw": ["{}"]})
    store_quarantine(desk.cursor(), "01936c00-0000-7000-8000-000000000000", "safe-steps", orphan)  # of 2024-11-27
    assert sweep(desk, now=datetime(2024, 11, 27, 12)) == 0
    assert sweep(desk, now=datetime(2024, 11, 27) + timedelta(days=2)) == 1
    assert rows(desk, "SELECT report_id FROM evidence.quarantine") == [("R2",)]
    assert sweep(desk) == 0


def test_progress_is_told_in_sentences(desk: Store, now: datetime):
    told: list[tuple[int, int | None, str | None]] = []
    found = check(fee_csv({}, {}), "a.csv", agencies=fetch_agencies(desk.cursor()), today=TODAY)
    commit(desk, found, partner="union", viewer=ANA, via=Via.PAGE, now=now, progress=lambda *said: told.append(said))
    assert told[0] == (2, 2, "Storing the reports.")
    assert [message for _, _, message in told[1:]] == ["Writing the receipt.", "Scoring the agencies again."]


def test_a_partner_sends_for_itself_only_and_others_send_nothing(desk: Store, now: datetime):
    found = check(fee_csv({}), "reports.csv", agencies=fetch_agencies(desk.cursor()), today=TODAY)
    outsiders = (
        Viewer(role=Role.PARTNER, organisation="union", actor="u"),
        Viewer(role=Role.REVIEWER, actor="r"),
        Viewer(role=Role.BUYER, actor="b"),
        Viewer(role=Role.PUBLIC),
    )
    for outsider in outsiders:
        with pytest.raises(NotPermitted):
            commit(desk, found, partner="safe-steps", viewer=outsider, via=Via.PAGE, now=now)
    assert rows(desk, "SELECT count(*) FROM evidence.report") == [(0,)]
