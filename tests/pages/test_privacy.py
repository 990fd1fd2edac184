"""The public page on the protection of workers: its numbers are the standard's and the settings'."""

from datetime import datetime

from schemas.codes import Via
from schemas.consent import EVERYBODY, TermsKind
from schemas.standard import load_standard
from tests.pages.conftest import ADMIN, words_of
from tests.pages.test_upload import SeenBy
from vetting.store import Store
from vetting.store.settings import set_setting
from vetting.store.terms import publish_terms


def test_anybody_reads_how_long_things_are_kept_and_what_happens_to_backups(house: Store, seen_by: SeenBy):
    app = seen_by(None, "privacy")
    assert not app.exception
    said = words_of(app)
    assert "Backups may hold rows for up to 90 days after they were deleted" in said
    assert "36 months" in said
    assert "The administrator deletes backups that are older than that" in said


def test_the_numbers_follow_the_settings_and_the_standard(house: Store, seen_by: SeenBy, now: datetime):
    for name, value in (("upload_days", "31"), ("row_months", "37"), ("complaint_months", "11"), ("backup_days", "17")):
        set_setting(house, ADMIN, name, value, via=Via.CLI, now=now)
    said = words_of(seen_by(None, "privacy"))
    assert "31 days" in said
    assert "37 months" in said
    assert "11 months" in said
    assert "for up to 17 days after they were deleted" in said
    shown = load_standard().disclosure
    assert f"{shown.k} workers or more" in said
    assert f"{shown.release_lag_days} days" in said


def test_it_shows_what_a_worker_is_told_in_the_version_in_force(house: Store, seen_by: SeenBy, now: datetime):
    assert "Four questions, each with a yes or a no" in words_of(seen_by(None, "privacy"))
    publish_terms(
        house, ADMIN, TermsKind.CONSENT, EVERYBODY, "We ask before we write.", reason="shorter", via=Via.PAGE, now=now
    )
    said = words_of(seen_by(None, "privacy"))
    assert "We ask before we write." in said
    assert "Consent wording, version 2" in said


def test_the_register_leads_to_it(house: Store, seen_by: SeenBy):
    links = {link.proto.label: link.proto.page for link in seen_by(None, "register").get("page_link")}
    assert links["How workers who report are protected"] == "privacy"
