"""A partner's batches: the receipt can be opened again and kept, and says what changed with a release, never live."""

from datetime import date
from typing import Any

from schemas.codes import Role
from tests.pages.conftest import words_of
from tests.pages.test_upload import GOOD, SeenBy, batch_of, csv_of, send_and_commit
from tests.pages.test_waiting import RANGE
from tests.vetting.certification.desks import ASHA, Desk
from vetting.disclosure.release import publish
from vetting.store import Store


def receipt(seen_by: SeenBy) -> tuple[Any, str]:
    """A partner's page after sending one good row and one that waits; and the batch."""
    app = send_and_commit(seen_by(Role.PARTNER, "upload"), csv_of(GOOD.format(n=10), RANGE), "Commit 1 ready row")
    batch_id = batch_of(app)
    return seen_by(Role.PARTNER, "batches", batch=batch_id), batch_id


def test_the_receipt_says_what_waits_and_when_figures_will_change(house: Store, seen_by: SeenBy):
    app, batch_id = receipt(seen_by)
    assert not app.exception
    said = words_of(app)
    assert {metric.label: metric.value for metric in app.metric} == {
        "Accepted": "1", "Set aside": "1", "Refused": "0", "Warnings": "0",
    }  # fmt: skip
    assert batch_id in said
    assert "SHA-256" in said
    assert "Nothing yet: figures change only with a release. The next release is as of" in said
    assert [button.label for button in app.get("download_button")] == ["Receipt as a text"]


def test_the_list_says_how_many_rows_wait_and_leads_to_them(house: Store, seen_by: SeenBy):
    _, batch_id = receipt(seen_by)
    said = words_of(seen_by(Role.PARTNER, "batches"))
    assert "1 waiting" in said
    assert f"waiting?batch={batch_id}" in said


def test_after_a_release_the_agency_stands_beside_the_release_before(desk: Desk, seen_by: SeenBy):
    publish(desk.store, ASHA, as_of=date(2026, 3, 31), **desk.when)
    desk.report("sathi", reports=30, interviewed=date(2026, 5, 20))
    publish(desk.store, ASHA, as_of=date(2026, 6, 30), **desk.when)
    app = seen_by(Role.PARTNER, "batches")
    assert not app.exception
    said = words_of(app)
    assert "The release as of **30 Jun 2026**, beside the release as of 31 Mar 2026. 1 of 1 agency changed." in said
    assert "Too few workers to show" in said
    assert "20–49 workers" in said
    assert "30 reports in time" in said
    assert "their corridor is shown" in said
    desk.report("dockers", reports=40, interviewed=date(2026, 5, 20), w01=40)
    assert words_of(seen_by(Role.PARTNER, "batches")) == said, "what others send after it is not live here"


def test_ones_own_rows_are_listed_and_each_opens_from_start_to_end(house: Store, seen_by: SeenBy):
    app, batch_id = receipt(seen_by)
    said = words_of(app)
    assert "Your rows" in said
    assert f"batches?batch={batch_id}&amp;line=2" in said
    app = seen_by(Role.PARTNER, "batches", batch=batch_id, line="2")
    assert not app.exception
    said = words_of(app)
    assert "You wrote" in said
    assert "Understood as" in said
    assert "Only you see this row" in said


def test_a_line_that_was_not_stored_and_anothers_batch_are_refused_alike(house: Store, seen_by: SeenBy):
    _, batch_id = receipt(seen_by)
    app = seen_by(Role.PARTNER, "batches", batch=batch_id, line="999")
    assert "No report was stored from this line of your file." in app.error[0].value
    app = seen_by(Role.PARTNER, "batches", batch="no-batch", line="2")
    assert "You have sent no such batch." in app.error[0].value
