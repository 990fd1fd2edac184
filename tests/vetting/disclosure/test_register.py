"""The public register: licences and certificates as they stand today, for everybody."""

from datetime import date, datetime

import pytest

from schemas.certificate import CheckWord
from schemas.codes import CaseState, LicenceStatus
from schemas.viewer import PUBLIC
from tests.vetting.disclosure.country import AGENCIES, AGENCY, TODAY, send, workers
from vetting.certification.check import check_certificate
from vetting.disclosure.register import register_countries, register_entry, search_register
from vetting.disclosure.search import Named, best_matches
from vetting.store import Store

CASE = """
INSERT INTO desk.case (case_id, recorded_at, agency_id, scope, standard, standard_hash, actor)
VALUES ('c1', $at, 'a2', $scope, 'iris-style-1', 'h', 'rita')
"""
CERTIFICATE = """
INSERT INTO desk.certificate
VALUES (
    'FP-2026-0001', $at, 'c1', 'a2', $scope, $issued, $expires, 'The Invented Board', 'iris-style-1', 'h',
    'rita', 'raul', 'All was well.'
)
"""
SCOPE = (
    '{"legal_entity": "Blue Lotus", "sites": ["Kathmandu"], "corridors": [{"origin": "NPL", "destination": "QAT"}], '
    '"sub_agents": []}'
)


def certify(store: Store, *moves: str) -> None:
    """Agency a2 was certified on 1 August 2026; `moves` come after."""
    db, at = store.cursor(), datetime(2026, 8, 1, 12)
    db.execute(CASE, {"at": at, "scope": SCOPE})
    values = {"at": at, "scope": SCOPE, "issued": at.date(), "expires": date(2029, 8, 1)}
    db.execute(CERTIFICATE, values)
    for number, state in enumerate(("draft", "recommended", "certified", *moves)):
        when = at.replace(minute=number)
        db.execute("INSERT INTO desk.case_move VALUES ('c1', $at, NULL, $to, 'rita', 'r')", {"at": when, "to": state})


def test_everybody_reads_licences_by_name(country: Store):
    page = search_register(country.cursor(), PUBLIC, today=TODAY)
    assert [entry.name for entry in page.entries] == sorted(AGENCIES.values())
    assert (page.total, page.page, page.pages) == (4, 1, 1)
    assert {entry.status for entry in page.entries} == {LicenceStatus.VALID}


def test_a_licence_runs_out_by_itself(country: Store):
    assert register_entry(country.cursor(), PUBLIC, "a1", today=date(2027, 1, 1)).status is LicenceStatus.VALID
    assert register_entry(country.cursor(), PUBLIC, "a1", today=date(2027, 1, 2)).status is LicenceStatus.EXPIRED
    page = search_register(country.cursor(), PUBLIC, today=date(2027, 1, 2), status="expired")
    assert page.total == 4


def test_the_newest_word_of_a_register_counts(country: Store):
    values = {"agency_id": "a1", "licence": "001", "name": "Himal Everest", "status": "suspended", "deployed": None}
    values |= {"at": datetime(2026, 1, 1), "until": None, "aliases": ""}
    country.cursor().execute(AGENCY, values)
    entry = register_entry(country.cursor(), PUBLIC, "a1", today=TODAY)
    assert (entry.name, entry.status, entry.aliases) == ("Himal Everest", LicenceStatus.SUSPENDED, ())


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("002", "a2"), ("blue lotus", "a2"), ("BLUE  LOTUS", "a2"), ("Blu Lotos", "a2"), ("HE3", "a3"),
        ("anapurna", "a3"),
        ("sager human resorces", "a4"), ("lotus", "a2"), ("everest manpower", "a1"), ("Sagar Group", "a4"),
    ],
)  # fmt: skip
def test_agencies_are_found_by_licence_name_alias_and_misspelling(country: Store, text: str, first: str):
    page = search_register(country.cursor(), PUBLIC, today=TODAY, text=text)
    assert page.entries[0].agency_id == first


def test_what_resembles_nothing_finds_nothing(country: Store):
    assert search_register(country.cursor(), PUBLIC, today=TODAY, text="zzzzqqq").total == 0
    assert search_register(country.cursor(), PUBLIC, today=TODAY, text=" ' OR 1=1 --").total == 0


def test_a_misspelt_name_is_among_the_first_three_of_look_alikes():
    names = ["Everest Manpower", "Everest Overseas", "Evergreen Manpower", "Ever Rest Manpower", "West Manpower"]
    known = [Named(f"a{n}", f"{n}", name, ()) for n, name in enumerate(names)]
    for text, meant in [("evrest manpowr", 0), ("everest oversaes", 1), ("evergren manpower", 2), ("west manpowr", 4)]:
        assert f"a{meant}" in best_matches(text, known)[:3], text


def test_pages_turn_and_stay_within_what_there_is(country: Store):
    db = country.cursor()
    for number in range(60):
        values = {"agency_id": f"x{number}", "licence": f"x{number}", "name": f"Agency {number:02}", "status": "valid"}
        db.execute(AGENCY, values | {"at": datetime(2020, 1, 1), "until": None, "aliases": "", "deployed": None})
    first, second = (search_register(db, PUBLIC, today=TODAY, page=page) for page in (1, 2))
    assert (first.total, first.pages, len(first.entries), len(second.entries)) == (64, 2, 50, 14)
    assert not {e.agency_id for e in first.entries} & {e.agency_id for e in second.entries}
    assert search_register(db, PUBLIC, today=TODAY, page=99).page == 2
    found = search_register(db, PUBLIC, today=TODAY, text="agency", page=2)
    assert (found.total, len(found.entries)) == (60, 10)


def test_a_certificate_is_checked_by_its_number_even_where_it_was_never_signed(country: Store):
    certify(country)
    check = check_certificate(country.cursor(), PUBLIC, " fp-2026-0001 ", today=TODAY)
    assert (check.answer, check.issued) == (CheckWord.VALID, None)
    assert check.certificate is not None
    assert check.certificate.deciding_body == "The Invented Board"
    assert register_entry(country.cursor(), PUBLIC, check.certificate.agency_id, today=TODAY).name == (
        "Blue Lotus Overseas"
    )


def test_the_register_shows_certificates_and_leaves_the_certified_on_request(country: Store):
    certify(country)
    db = country.cursor()
    assert [e.agency_id for e in search_register(db, PUBLIC, today=TODAY, certified=True).entries] == ["a2"]
    entry = register_entry(db, PUBLIC, "a2", today=TODAY)
    assert entry.certificate is not None
    assert entry.certificate.status is CaseState.CERTIFIED


def test_a_suspended_certificate_is_shown_as_such_and_certifies_nobody(country: Store):
    certify(country, "suspended")
    db = country.cursor()
    assert search_register(db, PUBLIC, today=TODAY, certified=True).total == 0
    entry = register_entry(db, PUBLIC, "a2", today=TODAY)
    assert entry.certificate is not None
    assert entry.certificate.status is CaseState.SUSPENDED


def test_the_names_of_reviewers_and_anything_of_workers_stay_inside(country: Store):
    before = search_register(country.cursor(), PUBLIC, today=TODAY).model_dump_json()
    send(country, "sunrise", workers(range(40), w07=True))
    assert search_register(country.cursor(), PUBLIC, today=TODAY).model_dump_json() == before
    certify(country)
    told = check_certificate(country.cursor(), PUBLIC, "FP-2026-0001", today=TODAY).model_dump_json()
    assert "rita" not in told
    assert "raul" not in told


def test_countries_are_told_with_their_agencies(country: Store):
    assert register_countries(country.cursor(), PUBLIC, today=TODAY) == {"NPL": 4}
