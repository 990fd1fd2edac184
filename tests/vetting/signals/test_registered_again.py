"""When are two addresses one house, and when does an agency look like another that lost its licence?"""

from datetime import date, datetime

import pytest

from schemas.agency import Agency
from schemas.signal import Scope
from vetting.signals.registered_again import find, house, telephones
from vetting.store import Store

NOW = datetime(2026, 11, 22, 9, 0)
SCOPE = Scope(as_of=date(2026, 9, 30), known_at=NOW)


def agency(address: str, **changes: object) -> Agency:
    said = {"agency_id": "a", "register": "r", "licence": "1", "name": "A", "country": "NPL", "status": "valid"}
    return Agency.model_validate(said | {"address": address} | changes)


def list_agency(store: Store, name: str, status: str, since: date | None, address: str) -> None:
    store.cursor().execute(
        "INSERT INTO desk.agency (agency_id, recorded_at, register, licence, name, country, status, valid_from, "
        "address) VALUES ($n, $at, 'r', $n, $n, 'NPL', $status, $since, $address)",
        {"n": name, "at": NOW, "status": status, "since": since, "address": address},
    )


def crowd(store: Store) -> None:
    """Forty more agencies, each in a house of its own."""
    for number in range(40):
        list_agency(store, f"other-{number}", "valid", date(2020, 1, 1), f"{number} Upper Lali Marg")


def test_an_address_is_its_numbers_and_telling_words():
    assert house(agency("House No. 12, Kamal Marg, Chhahari")) == (frozenset({"12"}), "chhahari kamal marg")
    assert house(agency("12, Kamal Marg Chhahari, Nepal, tel 9851012345")) == house(agency("12 chhahari KAMAL marg"))


@pytest.mark.parametrize("address", ["", "Kathmandu", "12, Kathmandu", "Kamal Marg, Chhahari", "89 Sample Road, NPL"])
def test_an_address_that_says_too_little_is_no_house(address: str):
    assert house(agency(address)) is None


def test_telephones_are_one_however_they_are_written():
    assert telephones(agency("tel. 98510 12345")) == telephones(agency("", aliases=("+977-9851012345",)))
    assert telephones(agency("12 Kamal Marg")) == frozenset()


def test_a_newer_agency_in_the_house_of_a_cancelled_one_is_shown(store: Store):
    crowd(store)
    list_agency(store, "Gone", "cancelled", date(2015, 1, 1), "12 Kamal Marg, Chhahari")
    list_agency(store, "Again", "valid", date(2024, 1, 1), "No. 12, Chhahari, Kamal Marga")
    (signal,) = find(store.cursor(), SCOPE)
    assert signal.agencies == ("Gone", "Again")
    assert signal.sentence == "Again has the address of Gone, whose licence is cancelled."
    assert 0 < signal.expected < 0.1
    assert find(store.cursor(), SCOPE.model_copy(update={"agencies": ("Again",)})) == [signal]
    assert find(store.cursor(), SCOPE.model_copy(update={"agencies": ("other-1",)})) == []


@pytest.mark.parametrize(
    ("status", "since"), [("valid", date(2010, 1, 1)), ("expired", date(2024, 1, 1))], ids=["older", "gone itself"]
)
def test_an_older_neighbour_and_one_that_lost_its_licence_too_are_not(store: Store, status: str, since: date):
    crowd(store)
    list_agency(store, "Gone", "cancelled", date(2015, 1, 1), "12 Kamal Marg, Chhahari")
    list_agency(store, "Neighbour", status, since, "12 Kamal Marg, Chhahari")
    assert find(store.cursor(), SCOPE) == []


def test_a_building_of_many_agencies_is_no_surprise(store: Store):
    crowd(store)
    list_agency(store, "Gone", "cancelled", date(2015, 1, 1), "12 Kamal Marg, Chhahari")
    for number in range(5):
        list_agency(store, f"Neighbour {number}", "valid", date(2024, 1, 1), "12 Kamal Marg, Chhahari")
    assert find(store.cursor(), SCOPE) == []
