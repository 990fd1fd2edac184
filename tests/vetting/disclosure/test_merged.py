"""Releases, the register and the directory after two entries became one agency: the whole counts, nobody is found."""

from datetime import timedelta

import pytest

from schemas.codes import Via
from schemas.release import Filters
from schemas.viewer import PUBLIC
from tests.vetting.disclosure.country import (
    ADMIN,
    BUYER,
    NOW,
    REVIEWER,
    SUNRISE,
    TODAY,
    D,
    found,
    send,
    worker,
    workers,
)
from vetting.disclosure.directory import directory
from vetting.disclosure.own import own_receipt
from vetting.disclosure.register import register_entry, search_register, whole_register
from vetting.disclosure.release import publish
from vetting.disclosure.released import released_agency, released_figures
from vetting.merging import merge, split
from vetting.store import Store
from vetting.store.releases import fetch_figures

NEXT, LATER = D.replace(month=9, day=30), TODAY + timedelta(days=60)


@pytest.fixture
def two(store: Store) -> Store:
    """Twelve workers each at a1 and a2, one partner each and one more for both, released as of D."""
    found(store)
    send(store, "sunrise", workers(range(12)))
    send(store, "dockers", workers(range(12, 24), agency_id="a2"))
    return store


def released(store: Store, day=D, at=NOW, today=TODAY):
    return publish(store, REVIEWER, as_of=day, via=Via.CLI, now=at, today=today)


def joined(store: Store, at=NOW + timedelta(hours=1)):
    return merge(store, ADMIN, "a2", "a1", "One firm", via=Via.CLI, now=at, today=TODAY)


def counts(store: Store, release):
    return {key: each.workers for key, each in fetch_figures(store.cursor(), release.release_id).items()}


def test_a_published_release_stays_and_the_next_one_treats_both_as_one(two):
    first = released(two)
    before = counts(two, first)
    joined(two)
    assert counts(two, first) == before
    assert set(before) == {"a1", "a2"}
    second = released(two, NEXT, NOW + timedelta(days=60), LATER)
    assert counts(two, second).keys() == {"a1"}
    assert counts(two, second)["a1"] != before["a1"]  # 20-49 together


def test_after_a_split_each_stands_on_its_own_blocks_again(two):
    first = released(two)
    joined(two)
    split(two, ADMIN, "a2", "Two firms", via=Via.CLI, now=NOW + timedelta(hours=2), today=TODAY)
    second = released(two, NEXT, NOW + timedelta(days=60), LATER)
    assert counts(two, second) == counts(two, first)


def test_a_block_that_holds_reports_of_both_breaks_when_they_are_split(store):
    found(store)
    send(store, "sunrise", [*workers(range(6)), *workers(range(6, 12), agency_id="a2")])
    joined(store, NOW)
    first = released(store, at=NOW + timedelta(hours=1))
    assert counts(store, first).keys() == {"a1"}
    split(store, ADMIN, "a2", "Two firms", via=Via.CLI, now=NOW + timedelta(hours=2), today=TODAY)
    second = released(store, NEXT, NOW + timedelta(days=60), LATER)
    assert counts(store, second) == {}


def test_a_worker_of_both_entries_stands_in_one_block_only(store):
    """Two of sunrise's workers are in a block of each; together the block of the entry that went leaves, for good."""
    found(store)
    send(store, "sunrise", workers(range(12)))
    send(store, "sunrise", [worker(n, report_id=f"other{n}", agency_id="a2") for n in range(10, 25)])
    first = released(store)
    assert counts(store, first) == {"a1": "10–19", "a2": "10–19"}
    joined(store)
    second = released(store, NEXT, NOW + timedelta(days=60), LATER)
    assert counts(store, second) == {"a1": "10–19"}


def test_who_was_in_a_block_of_both_is_not_new_to_either_after_a_split(store):
    """Twelve of each, in one block of the whole. After the split twelve come back for the entry that remained; the
    others' twelve and one new worker are not thirteen, or subtracting would leave the new one alone."""
    found(store)
    joined(store, NOW)
    send(store, "sunrise", [*workers(range(12)), *workers(range(12, 24), agency_id="a2")])
    first = released(store, at=NOW + timedelta(hours=1))
    assert counts(store, first) == {"a1": "20–49"}
    split(store, ADMIN, "a2", "Two firms", via=Via.CLI, now=NOW + timedelta(hours=2), today=TODAY)
    send(store, "sunrise", [worker(24, agency_id="a2", interview_date=D)], NOW + timedelta(hours=3))
    second = released(store, NEXT, NOW + timedelta(days=60), LATER)
    assert counts(store, second) == {}
    third = released(store, D.replace(month=12, day=31), NOW + timedelta(days=150), LATER + timedelta(days=90))
    assert counts(store, third) == {"a1": "10–19"}


def test_lists_show_the_one_that_remains_under_every_name(two):
    released(two)
    joined(two)
    db = two.cursor()
    assert [each.agency_id for each in search_register(db, PUBLIC, today=TODAY, text="Blue Lotus").entries] == ["a1"]
    assert [each.agency_id for each in search_register(db, PUBLIC, today=TODAY, text="002").entries] == ["a1"]
    listed = {each.agency_id for each in whole_register(db, PUBLIC, today=TODAY)}
    assert listed == {"a1", "a3", "a4"}
    assert search_register(db, PUBLIC, today=TODAY).total == 3
    entry = register_entry(db, PUBLIC, "a2", today=TODAY)
    assert (entry.agency_id, "Blue Lotus Overseas" in entry.aliases) == ("a1", True)
    shown = directory(db, BUYER, today=TODAY, filters=Filters(text="Blue Lotus"))
    assert [each.agency_id for each in shown.entries] == ["a1"]
    assert released_agency(db, BUYER, "a2", today=TODAY).figure.agency_id == "a1"
    assert [each.agency_id for each in released_figures(db, BUYER, as_of=D, agency_id="a2")] == ["a1"]


def test_a_receipt_says_what_became_of_an_old_entry(two):
    batch = send(two, "sunrise", workers(range(30, 40), agency_id="a2"))
    two.cursor().execute("INSERT INTO desk.batch_agency VALUES ($batch, 'a2', 10)", {"batch": batch})
    joined(two)
    (touched,) = own_receipt(two.cursor(), SUNRISE, batch, today=TODAY).agencies
    assert touched.recorded_as == (
        "Recorded as Blue Lotus Overseas (002) until 2026-11-22, now Himal Everest Manpower Pvt. Ltd."
    )
    assert touched.own_workers == 22
