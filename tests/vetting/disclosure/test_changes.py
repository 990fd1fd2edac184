"""What a partner's reports changed: two releases side by side, and nothing that is not in one of them."""

from datetime import date, datetime, timedelta

import pytest

from schemas.codes import Band, Role, Via
from schemas.own_change import AgencyChange, OwnChanges
from schemas.release import TOO_FEW
from schemas.viewer import Viewer
from tests.vetting.disclosure.country import BUYER, DOCKERS, NOW, REVIEWER, SUNRISE, TODAY, send, withdraw, workers
from tests.vetting.disclosure.test_release import make
from vetting.disclosure.changes import next_release_due, own_changes
from vetting.disclosure.release import newest_due
from vetting.disclosure.released import released_agency
from vetting.merging import merge
from vetting.refusals import NotFound, NotPermitted, Refusal
from vetting.store import Store

MARCH, JUNE = date(2026, 3, 31), date(2026, 6, 30)
EARLY = {"interview_date": date(2026, 2, 4)}


def told(store: Store, viewer=SUNRISE, **more) -> OwnChanges:
    return own_changes(store.cursor(), viewer, today=TODAY, **more)


def one(store: Store, viewer=SUNRISE, **more) -> AgencyChange:
    (found,) = told(store, viewer, **more).agencies
    return found


def test_before_any_release_it_says_when_the_first_is_due(country: Store):
    batch = send(country, "sunrise", workers(range(12)))
    found = told(country, batch_id=batch)
    assert (found.release, found.agencies) == (None, ())
    assert found.coming.as_of == JUNE
    assert found.coming.due <= TODAY


def test_a_batch_sent_after_the_release_waits_for_the_next_and_shows_nothing(country: Store):
    make(country)
    batch = send(country, "sunrise", workers(range(12)), NOW + timedelta(days=1))
    found = told(country, batch_id=batch)
    assert (found.release, found.agencies) == (None, ())
    assert (found.coming.as_of, found.coming.due) == (date(2026, 9, 30), date(2026, 12, 29))


@pytest.mark.parametrize("days", range(0, 800, 7))
def test_the_day_a_release_is_due_is_the_first_on_which_it_may_be_published(country: Store, days: int):
    coming = next_release_due(None, TODAY + timedelta(days=days), 90)
    assert newest_due(coming.due, 90) == coming.as_of
    assert newest_due(coming.due - timedelta(days=1), 90) < coming.as_of


def test_each_agency_stands_as_the_release_shows_it_beside_the_release_before(country: Store):
    make(country, MARCH, now=NOW - timedelta(days=30))
    batch = send(country, "sunrise", workers(range(12)), NOW - timedelta(days=1))
    make(country)
    for found in (told(country, batch_id=batch), told(country)):
        assert found.release is not None
        assert found.before is not None
        assert (found.release.as_of, found.before.as_of) == (JUNE, MARCH)
        (change,) = found.agencies
        assert change.changed
        assert change.before is not None
        assert (change.before.workers, change.now.workers) == (TOO_FEW, "10–19")
        assert (change.before.band, change.reports, change.in_time) == (Band.INSUFFICIENT_EVIDENCE, 12, 12)
        assert (change.waiting, change.corridors) == ((), ("NPL-QAT",))
        shown = released_agency(country.cursor(), BUYER, "a1", today=TODAY).figure
        assert shown is not None
        assert (change.now.band, change.now.points, change.now.workers) == (shown.band, shown.points, shown.workers)


def test_too_few_to_be_shown_wait_for_a_later_release(country: Store):
    send(country, "sunrise", workers(range(9)))
    make(country)
    change = one(country)
    assert (change.now.workers, change.waiting, change.changed) == (TOO_FEW, ("NPL-QAT",), False)


def test_a_corridor_that_is_not_shown_waits_beside_one_that_is(country: Store):
    send(country, "sunrise", workers(range(12)) + workers(range(20, 24), destination_country="ARE"))
    make(country)
    change = one(country)
    assert (change.now.workers, change.waiting) == ("10–19", ("NPL-ARE",))
    assert change.corridors == ("NPL-ARE", "NPL-QAT")


def test_interviews_after_the_releases_day_and_reports_sent_after_it_are_not_in_time(country: Store):
    send(country, "sunrise", workers(range(12)))
    send(country, "sunrise", workers(range(20, 25), interview_date=date(2026, 7, 9)))
    make(country)
    send(country, "sunrise", workers(range(30, 33)), NOW + timedelta(days=1))
    assert (one(country).reports, one(country).in_time) == (20, 12)


def test_a_withdrawn_batch_and_an_earlier_version_are_no_reports_of_today(country: Store):
    send(country, "sunrise", workers(range(12)))
    gone = send(country, "sunrise", workers(range(20, 25)))
    send(country, "sunrise", workers(range(2), charged=True))
    withdraw(country, gone, NOW - timedelta(days=9))
    make(country)
    assert one(country).reports == 12
    assert told(country, batch_id=gone).agencies == ()


def test_an_earlier_release_can_be_asked_for_and_one_before_the_batch_cannot(country: Store):
    first = send(country, "sunrise", workers(range(12), **EARLY), NOW - timedelta(days=60))
    march = make(country, MARCH, now=NOW - timedelta(days=30))
    later = send(country, "sunrise", workers(range(20, 32)), NOW - timedelta(days=1))
    june = make(country)
    known = told(country, batch_id=first)
    assert [release.release_id for release in known.releases] == [june.release_id, march.release_id]
    asked = told(country, batch_id=first, release_id=march.release_id)
    assert asked.release is not None
    assert (asked.release.as_of, asked.before) == (MARCH, None)
    assert asked.agencies[0].before is None
    with pytest.raises(Refusal, match="came before these reports"):
        told(country, batch_id=later, release_id=march.release_id)


def test_nothing_of_other_partners_is_read_but_what_is_released(country: Store):
    """With every report of the others gone from the store, a partner is told the same to the byte."""
    send(country, "sunrise", workers(range(12), **EARLY))
    make(country, MARCH, now=NOW - timedelta(days=30))
    send(country, "dockers", workers(range(50, 75)), NOW - timedelta(days=2))
    send(country, "sunrise", workers(range(20, 26)), NOW - timedelta(days=1))
    make(country)
    before = told(country).model_dump_json()
    db = country.cursor()
    db.execute("DELETE FROM evidence.report WHERE partner <> 'sunrise'")
    db.execute("DELETE FROM desk.block_report")
    db.execute("DELETE FROM desk.release_block")
    assert told(country).model_dump_json() == before


def test_what_comes_in_after_a_release_changes_nothing_of_what_it_changed(country: Store):
    send(country, "sunrise", workers(range(12)))
    make(country)
    before = one(country).now
    send(country, "dockers", workers(range(50, 90), charged=True, w01=True), NOW + timedelta(days=2))
    assert one(country).now == before


def test_reports_of_agencies_and_employers_are_told_never_to_count(country: Store):
    owner = SUNRISE.model_copy(update={"organisation": "owner"})
    send(country, "owner", workers(range(12)))
    make(country)
    assert (told(country, owner).counts, told(country).counts) == (False, True)
    assert one(country, owner).now.workers == TOO_FEW


def test_partners_ask_about_their_own_reports_only(country: Store):
    batch = send(country, "sunrise", workers(range(12)), datetime(2026, 7, 1))
    make(country)
    assert told(country, DOCKERS).agencies == ()
    with pytest.raises(NotFound):
        told(country, DOCKERS, batch_id=batch)
    for viewer in (BUYER, REVIEWER):
        with pytest.raises(NotPermitted):
            told(country, viewer)


def test_reports_of_an_entry_that_was_merged_are_about_the_agency_it_went_into(country: Store):
    send(country, "sunrise", [*workers(range(6)), *workers(range(6, 12), agency_id="a2")])
    admin = Viewer(role=Role.ADMIN, actor="noor@body.example")
    merge(country, admin, "a2", "a1", "One firm.", via=Via.CLI, now=NOW, today=TODAY)
    make(country, now=NOW + timedelta(days=1))
    change = one(country)
    assert (change.agency_id, change.reports, change.corridors) == ("a1", 12, ("NPL-QAT",))
    assert change.now.workers == "10–19"
