"""Who may read what: refused in the data layer, politely."""

import inspect

import pytest

from schemas.codes import Role
from schemas.viewer import PUBLIC, Viewer
from tests.vetting.disclosure.country import ADMIN, BUYER, DOCKERS, NOW, REVIEWER, SUNRISE, TODAY, send, worker
from vetting.disclosure import caps, changes, directory, live, live_directory, own, register, release, released, waiting
from vetting.disclosure.roles import require
from vetting.refusals import NotFound, NotPermitted
from vetting.store import Store

EVERYBODY = [PUBLIC, BUYER, SUNRISE, REVIEWER, ADMIN]
READS = {
    Role.REVIEWER: [
        (live.live_score, {"agency_id": "a1", "as_of": TODAY}),
        (live.live_scores, {"as_of": TODAY}),
        (live.live_agencies, {}),
        (live.live_making, {"agency_id": "a1", "as_of": TODAY}),
        (caps.compared_caps, {"agency_id": "a1", "as_of": TODAY}),
        (live.live_corridors, {"agency_id": "a1", "as_of": TODAY}),
        (live_directory.live_directory, {"today": TODAY}),
        (own.partner_counts, {}),
        (waiting.waiting_counts, {}),
        (release.next_release, {"today": TODAY}),
    ],
    Role.PARTNER: [
        (changes.own_changes, {"today": TODAY}),
        (own.own_batches, {}),
        (own.own_batch, {"batch_id": "b000"}),
        (own.own_receipt, {"batch_id": "b000", "today": TODAY}),
        (waiting.own_waiting_files, {}),
        (waiting.own_waiting, {}),
        (waiting.own_waiting_lines, {"batch_id": "b000"}),
        (waiting.own_waiting_texts, {"batch_id": "b000"}),
    ],
    Role.BUYER: [
        (directory.directory, {"today": TODAY}),
        (released.released_agency, {"agency_id": "a1", "today": TODAY}),
        (released.past_bands, {"agency_id": "a1"}),
        (released.released_figures, {"as_of": TODAY}),
        (released.released_json, {"as_of": TODAY}),
        (released.newest_release, {}),
        (release.list_releases, {}),
    ],
}
READERS = {
    Role.REVIEWER: {Role.REVIEWER},
    Role.PARTNER: {Role.PARTNER},
    Role.BUYER: {Role.BUYER, Role.PARTNER, Role.REVIEWER},
}
CASES = [
    (read, values, viewer) for role, reads in READS.items() for read, values in reads for viewer in EVERYBODY
    if viewer.role not in READERS[role]
]  # fmt: skip


@pytest.mark.parametrize(
    ("read", "values", "viewer"), CASES, ids=[f"{read.__name__}-{viewer.role}" for read, _, viewer in CASES]
)
def test_who_may_not_read_is_refused(country: Store, read, values: dict, viewer: Viewer):
    with pytest.raises(NotPermitted, match="^This is for "):
        read(country.cursor(), viewer, **values)


def test_only_reviewers_publish(country: Store):
    for viewer in (PUBLIC, BUYER, SUNRISE, ADMIN):
        with pytest.raises(NotPermitted):
            release.publish(country, viewer, via="cli", now=NOW, today=TODAY)


def test_every_read_of_the_room_takes_a_viewer():
    """The doors: every public function over the store has one, second, whatever else it takes."""
    for module in (caps, changes, directory, live, live_directory, own, register, release, released, waiting):
        for name, function in inspect.getmembers(module, inspect.isfunction):
            parameters = list(inspect.signature(function).parameters)
            if (
                function.__module__ == module.__name__
                and not name.startswith("_")
                and parameters[:1] in (["db"], ["store"])
            ):
                assert parameters[1] == "viewer", name


def test_the_refusal_says_who_may_and_what_to_do():
    with pytest.raises(NotPermitted, match=r"^This is for partners and reviewers\. Sign in"):
        require(PUBLIC, Role.PARTNER, Role.REVIEWER)
    with pytest.raises(NotPermitted, match=r"brand buyers; ask an administrator"):
        require(BUYER, Role.REVIEWER)
    with pytest.raises(NotPermitted, match="signed in"):
        require(PUBLIC)
    require(BUYER)


def test_a_partner_sees_its_own_batches_and_no_others(country: Store):
    own_one = send(country, "sunrise", [worker(1)])
    other = send(country, "dockers", [worker(2)])
    db = country.cursor()
    assert [batch.batch_id for batch in own.own_batches(db, SUNRISE)] == [own_one]
    assert [batch.batch_id for batch in own.own_batches(db, DOCKERS)] == [other]
    told = [pytest.raises(NotFound, own.own_batch, db, SUNRISE, batch_id=batch) for batch in (other, "b999")]
    assert str(told[0].value) == str(told[1].value), "another's batch looks like one that never was"
    with pytest.raises(NotFound):
        own.own_receipt(db, SUNRISE, other, today=TODAY)


def test_reviewers_see_how_much_each_partner_sent(country: Store):
    send(country, "sunrise", [worker(1), worker(2)])
    send(country, "dockers", [worker(3)])
    counts = {each.partner: each.accepted for each in own.partner_counts(country.cursor(), REVIEWER)}
    assert counts == {"sunrise": 2, "dockers": 1}
