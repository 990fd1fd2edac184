"""What pages say of deleted rows: the partner's form, the kept answer, and the answer that was not kept."""

from datetime import datetime, timedelta

import pytest

from pages.parts import session
from schemas.codes import Role, Via
from tests.pages.conftest import ADMIN, words_of
from tests.pages.test_upload import GOOD, SeenBy, count, csv_of, press, send_and_commit
from tests.pages.test_waiting import RANGE
from vetting.intake.forget import forget
from vetting.scoring.score import newest_moment
from vetting.store import Store


@pytest.fixture
def sent(seen_by: SeenBy) -> None:
    send_and_commit(
        seen_by(Role.PARTNER, "upload"), csv_of(GOOD.format(n=10), GOOD.format(n=11), RANGE), "Commit 2 ready rows"
    )


def test_a_partner_deletes_one_report_after_saying_why_and_confirming(sent: None, house: Store, seen_by: SeenBy):
    app = seen_by(Role.PARTNER, "batches")
    assert "Backups may hold it for 90 days" in words_of(app)
    press(app, "Delete the report")
    assert "Write a reason" in words_of(app)
    app.text_area(key="forget_reason_0").input("The worker asked for it.")
    press(app, "Delete the report")
    assert "Tick the box to confirm" in words_of(app)
    app.checkbox(key="forget_confirmed_0").check()
    press(app, "Delete the report")
    assert "Give the report_id" in words_of(app)
    app.text_input(key="forget_id_0").input("SB-99")
    press(app, "Delete the report")
    assert not app.exception
    assert "no report with this report_id" in words_of(app)
    app.text_input(key="forget_id_0").input("SB-10")
    press(app, "Delete the report")
    assert not app.exception
    assert count(house, "evidence.report") == 1
    assert count(house, "desk.purge_end") == 1


def test_the_waiting_page_says_how_long_a_row_waits(sent: None, seen_by: SeenBy):
    assert "After 90 days it is deleted" in words_of(seen_by(Role.PARTNER, "waiting"))


@pytest.mark.parametrize("page", ["agency", "score"])
def test_a_kept_answer_says_so_and_one_not_kept_is_refused(
    sent: None, house: Store, seen_by: SeenBy, monkeypatch: pytest.MonkeyPatch, page: str
):
    db = house.cursor()
    knew = newest_moment(db).isoformat(timespec="microseconds")
    [(report_id, agency)] = db.execute("SELECT report_id, agency_id FROM evidence.report ORDER BY 1 LIMIT 1").fetchall()
    later = newest_moment(db) + timedelta(days=1)
    monkeypatch.setattr(session, "now", lambda: later)
    monkeypatch.setattr(session, "today", lambda: later.date())
    forget(house, "sathi", report_id, viewer=ADMIN, via=Via.CLI, now=later, today=later.date(), reason="Asked for it.")
    asked = {"agency": agency, "known_at": knew}
    kept = seen_by(Role.REVIEWER, page, as_of="2026-09-30", **asked)
    assert not kept.exception
    assert f"Rows behind this have been purged; this is the answer kept on {later.date()}" in words_of(kept)
    refused = seen_by(Role.REVIEWER, page, as_of="2026-09-29", **asked)
    assert not refused.exception
    assert [title.value for title in refused.title] == ["This answer was not kept"]
    assert "2026-09-30" in words_of(refused)
    counted = seen_by(Role.REVIEWER, page, as_of="2026-09-30", agency=agency)
    assert not counted.exception
    assert "purged" not in words_of(counted)


def test_the_sandbox_refuses_what_was_purged(sent: None, house: Store, seen_by: SeenBy, now: datetime):
    db = house.cursor()
    knew = newest_moment(db).isoformat(timespec="microseconds")
    [(report_id, agency)] = db.execute("SELECT report_id, agency_id FROM evidence.report ORDER BY 1 LIMIT 1").fetchall()
    forget(house, "sathi", report_id, viewer=ADMIN, via=Via.CLI, now=now, today=now.date(), reason="Asked for it.")
    app = seen_by(Role.REVIEWER, "sandbox", agency=agency, as_of="2026-09-30", known_at=knew)
    assert not app.exception
    assert [title.value for title in app.title] == ["This answer was not kept"]
