"""A worker takes the consent back: the report is gone from then on, and does not come back by itself."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from schemas.batch import Receipt
from schemas.codes import Role, Via
from schemas.purge import PurgeCounts
from schemas.viewer import Viewer
from tests.vetting.intake.conftest import ADMIN, make_desk
from tests.vetting.intake.files import TODAY, addresses, fee_csv
from tests.vetting.intake.test_commit import ANA, rows
from vetting.disclosure.live import kept_note, live_score
from vetting.intake.check import Checked, check
from vetting.intake.commit import commit
from vetting.intake.forget import forget
from vetting.intake.known import known_to
from vetting.refusals import NotFound, NotPermitted, Purged, Refusal
from vetting.scoring.live import fetch_headlines
from vetting.scoring.score import newest_moment
from vetting.store import Store

OWN = Viewer(role=Role.PARTNER, organisation="safe-steps", actor="ana@example.org")
REVIEWER = Viewer(role=Role.REVIEWER, actor="r@example.org")


@pytest.fixture
def desk(store: Store, now: datetime) -> Store:
    make_desk(store, now)
    return store


def checked(store: Store, data: bytes) -> Checked:
    return check(data, "reports.csv", today=TODAY, **known_to(store.cursor(), "safe-steps"))


def send(store: Store, data: bytes, now: datetime) -> Receipt:
    return commit(store, checked(store, data), partner="safe-steps", viewer=ANA, via=Via.CLI, now=now)


def gone(
    store: Store, now: datetime, report_id: str = "R1", viewer: Viewer = OWN, reason: str = "Asked for it."
) -> PurgeCounts:
    return forget(store, "safe-steps", report_id, viewer=viewer, via=Via.PAGE, now=now, today=TODAY, reason=reason)


def workers(store: Store) -> int:
    return sum(headline.workers for headline in fetch_headlines(store.cursor()))


def everything(store: Store) -> str:
    """All rows of all tables, as one text."""
    db = store.cursor()
    names = db.execute(
        "SELECT DISTINCT CASE WHEN schema_name = 'main' THEN database_name ELSE schema_name END || '.' || table_name "
        "FROM duckdb_tables() WHERE table_name <> 'personal_key'"
    ).fetchall()
    return "\n".join(str(db.execute(f"FROM {name}").fetchall()) for (name,) in sorted(names))


def test_the_report_goes_in_all_versions_and_counts_no_more(desk: Store, now: datetime):
    send(desk, fee_csv({}, {}, {}), now)
    send(desk, fee_csv({"total_paid": "9"}, {"agency_licence": "0099/080"}), now)
    assert workers(desk) == 3
    assert gone(desk, now) == PurgeCounts(reports=2)
    assert gone(desk, now, "R2") == PurgeCounts(reports=2)
    assert rows(desk, "SELECT report_id FROM evidence.report") == [("R3",)]
    assert workers(desk) == 1


def test_the_trail_has_one_row_with_the_reason_and_nothing_of_the_worker(desk: Store, now: datetime):
    told = {"report_id": "ZQ-11", "worker_ref": "W-5151", "total_paid": "77123"}
    send(desk, fee_csv(told, {}), now)
    send(desk, fee_csv(told | {"total_paid": "77124"}), now)
    before = rows(desk, "SELECT count(*) FROM desk.trail")[0][0]
    gone(desk, now, "ZQ-11")
    assert rows(desk, "SELECT count(*) FROM desk.trail")[0][0] == int(str(before)) + 1
    newest = "SELECT action, subject, before, after, reason, actor FROM desk.trail ORDER BY seq DESC LIMIT 1"
    [(action, subject, earlier, after, reason, actor)] = rows(desk, newest)
    assert (action, subject, earlier, reason, actor) == (
        "report_forget", "safe-steps", None, "Asked for it.", "ana@example.org",
    )  # fmt: skip
    assert json.loads(str(after)) == {"reports": 2, "waiting_rows": 0, "agencies": 1}
    for trace in ("ZQ-11", "W-5151", "77123", "77124"):
        assert trace not in everything(desk)


def test_a_row_that_waits_goes_with_what_is_wrong_with_it(desk: Store, now: datetime):
    send(desk, fee_csv({"report_id": "ZQ-12", "currency": "Rs"}, {"currency": "Rs"}), now)
    assert gone(desk, now, "ZQ-12") == PurgeCounts(waiting_rows=1, problem_texts=1)
    assert rows(desk, "SELECT report_id FROM evidence.quarantine") == [("R2",)]
    assert rows(desk, "SELECT line FROM desk.problem") == [(3,)]
    assert "ZQ-12" not in everything(desk)


def test_sent_again_the_row_is_refused_with_its_address_and_a_remedy(desk: Store, now: datetime):
    send(desk, fee_csv({"report_id": "ZQ-13"}, {}), now)
    gone(desk, now, "ZQ-13")
    again = checked(desk, fee_csv({}, {"report_id": "ZQ-13"}, {"report_id": "ZQ-13", "currency": "Rs"}))
    found = [problem for problem in again.result.problems if problem.code == "consent_withdrawn"]
    assert [(p.line, p.column, p.letter, p.value) for p in found] == [
        (3, "report_id", "A", None),
        (4, "report_id", "A", None),
    ]
    assert "send the report under another report_id" in found[0].message
    receipt = commit(desk, again, partner="safe-steps", viewer=ANA, via=Via.CLI, now=now)
    assert (receipt.result.accepted, receipt.result.refused, receipt.result.quarantined) == (1, 2, 0)
    assert "ZQ-13" not in everything(desk)


def test_another_partners_report_of_the_same_number_is_another_report(desk: Store, now: datetime):
    send(desk, fee_csv({}), now)
    gone(desk, now)
    others = check(fee_csv({}), "reports.csv", today=TODAY, **known_to(desk.cursor(), "union"))
    assert addresses(others.result) == []


def test_a_file_checked_before_cannot_bring_it_back(desk: Store, now: datetime):
    send(desk, fee_csv({}, {}), now)
    early = checked(desk, fee_csv({"total_paid": "9"}, {"total_paid": "9"}))
    gone(desk, now)
    with pytest.raises(Refusal, match="withdrawn after the file was checked"):
        commit(desk, early, partner="safe-steps", viewer=ANA, via=Via.CLI, now=now)
    assert rows(desk, "SELECT report_id FROM evidence.report") == [("R2",)]


def test_what_is_not_there_or_gone_already_is_said_and_leaves_no_trace(desk: Store, now: datetime):
    send(desk, fee_csv({}), now)
    before = everything(desk)
    for report_id, why in (("R9", "no report with this report_id"), ("", "Give the report_id")):
        with pytest.raises(Refusal, match=why):
            gone(desk, now, report_id)
    for reason, why in ((" ", "needs a reason"), ("R1 asked", "names the report")):
        with pytest.raises(Refusal, match=why):
            gone(desk, now, reason=reason)
    assert everything(desk) == before
    gone(desk, now)
    with pytest.raises(Refusal, match="withdrawn already"):
        gone(desk, now)


def test_partners_forget_their_own_and_administrators_any(desk: Store, now: datetime):
    send(desk, fee_csv({}), now)
    for viewer in (Viewer(role=Role.PARTNER, organisation="union", actor="u"), REVIEWER):
        with pytest.raises(NotPermitted):
            gone(desk, now, viewer=viewer)
    with pytest.raises(NotFound, match="no partner|There is no"):
        forget(desk, "nobody", "R1", viewer=ADMIN, via=Via.CLI, now=now, today=TODAY, reason="x y")
    assert gone(desk, now, viewer=ADMIN).reports == 1


def test_before_it_the_kept_answer_is_told_and_after_it_the_count_without_the_report(desk: Store, now: datetime):
    send(desk, fee_csv({}, {}), now)
    day, other = datetime(2026, 9, 30).date(), datetime(2026, 9, 29).date()  # noqa: DTZ001
    (agency,) = [str(one) for (one,) in rows(desk, "SELECT agency_id FROM desk.agency WHERE licence = '0012/077'")]
    knew = newest_moment(desk.cursor())

    def told(**when: Any) -> Any:
        return live_score(desk.cursor(), REVIEWER, agency, **when)

    before = told(as_of=day, known_at=knew)
    gone(desk, now + timedelta(days=1))
    kept = told(as_of=day, known_at=knew)
    assert kept.model_copy(update={"kept_on": None}) == before
    assert kept.kept_on == (now + timedelta(days=1)).date()
    assert "purged; this is the answer kept on 2026-11-23" in kept_note(kept)
    assert told(as_of=day, known_at=knew + timedelta(hours=5)).workers == 2  # nothing was learned between
    assert (told(as_of=day).workers, told(as_of=day).kept_on) == (1, None)
    with pytest.raises(Purged, match="Kept are answers as of 2026-06-30, 2026-09-30"):
        told(as_of=other, known_at=knew)
    assert told(as_of=other).workers == 1
