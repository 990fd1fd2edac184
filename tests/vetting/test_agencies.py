"""A licence register becomes agencies: every row is taken or told about, and history is kept."""

from datetime import date, datetime, timedelta

import pytest

from schemas.codes import Role, Severity, Via
from schemas.viewer import PUBLIC, Viewer
from vetting import trail
from vetting.refusals import NotFound, NotPermitted, Refusal
from vetting.store import Store
from vetting.store.agencies import fetch_agencies, fetch_agency, fetch_versions, import_register

ADMIN = Viewer(role=Role.ADMIN, actor="ada")
PLAIN = b"licence,name,country\n0010,Orchard International,BGD\n0030,Reaz Overseas,Bangladesh\n"


def imported(store: Store, data: bytes, now: datetime, **more):
    return import_register(store, ADMIN, data, more.pop("register", "bd"), via=Via.CLI, now=now, **more)


def by_name(store: Store):
    return {agency.name: agency for agency in fetch_agencies(store.cursor())}


def test_licence_numbers_keep_their_leading_zeros(store, now):
    result = imported(store, PLAIN, now)
    assert (result.rows, result.added, result.problems) == (2, 2, ())
    assert by_name(store)["Orchard International"].licence == "0010"
    assert {agency.country for agency in by_name(store).values()} == {"BGD"}


def test_a_column_is_mapped_by_hand_and_the_country_given(store, now):
    data = b'id,name,rlno,tel\n1,"Orchard\nInternational",0010,"48318901 (PABX)"\n2,Micro Export House,0448,\n'
    result = imported(store, data, now, columns={"licence": "rlno"}, country="Bangladesh")
    assert result.added == 2
    assert by_name(store)["Orchard International"].licence == "0010"


def test_an_import_is_one_act_and_the_same_file_again_is_none(store, now):
    imported(store, PLAIN, now)
    head = trail.head(store.cursor())
    again = imported(store, PLAIN, now + timedelta(days=1))
    assert (again.added, again.changed, again.unchanged) == (0, 0, 2)
    assert trail.head(store.cursor()) == head
    assert head is not None
    assert (head.seq, head.action.value, head.subject) == (1, "agencies_import", "bd")


def test_only_a_changed_agency_gets_a_new_version_and_the_old_one_stays_known(store, now):
    imported(store, PLAIN, now)
    later = now + timedelta(days=30)
    result = imported(
        store, b"licence,name,country,status\n0010,Orchard Intl,BGD,revoked\n0030,Reaz Overseas,BGD,\n", later
    )
    assert (result.changed, result.unchanged) == (1, 1)
    agency = by_name(store)["Orchard Intl"]
    assert [version.name for _, version in fetch_versions(store.cursor(), agency.agency_id)] == [
        "Orchard International",
        "Orchard Intl",
    ]
    assert fetch_agency(store.cursor(), agency.agency_id, known_at=now).status == "unknown"
    assert fetch_agency(store.cursor(), agency.agency_id).status == "cancelled"


def test_a_column_the_file_does_not_have_says_nothing_and_an_empty_cell_says_unknown(store, now):
    imported(store, b"licence,name,country,deployed 12m,valid until\n0010,Orchard,BGD,120,2027-03-31\n", now)
    imported(store, b"licence,name,country,valid until\n0010,Orchard,BGD,\n", now)
    agency = by_name(store)["Orchard"]
    assert (agency.deployed_12m, agency.valid_until) == (120, None)


def test_without_a_licence_number_an_agency_is_its_folded_name_in_its_country(store, now):
    data = (
        b"agency,country,address\n"
        b"Del Al Associates Inc.,MEXICO,Durango\n"
        b"DEL AL ASSOCIATES INC,MEXICO,Tepic\n"
        b"Del Al Associates Inc.,GUATEMALA,San Marcos\n"
    )
    result = imported(store, data, now)
    assert (result.rows, result.added, result.repeated, result.problems) == (3, 2, 1, ())
    assert {(agency.country, agency.licence) for agency in fetch_agencies(store.cursor())} == {("MEX", ""), ("GTM", "")}
    assert imported(store, data, now).unchanged == 2


def test_an_agency_without_a_number_is_not_the_one_of_the_same_name_with_a_number(store, now):
    imported(store, b"licence,name,country\n0010,Orchard,BGD\n,Orchard,BGD\n", now)
    assert sorted(agency.licence for agency in fetch_agencies(store.cursor())) == ["", "0010"]


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("0011,,BGD,,,", "name_missing", "name"),
        ("0011,n/a,BGD,,,", "name_missing", "name"),
        ("0011,Cupid,Atlantis,,,", "country_unknown", "country"),
        ("0011,Cupid,BGD,sleeping,,", "status_unknown", "status"),
        ("0011,Cupid,BGD,valid,03/04/2026,", "date_unreadable", "valid_until"),
        ("0011,Cupid,BGD,valid,,about 90", "count_unreadable", "deployed_12m"),
        ("0010,Another House,BGD,valid,,", "licence_twice", "licence"),
    ],
)
def test_a_row_that_cannot_be_taken_has_an_address_and_stops_no_other(store, now, row, code, column):
    data = f"licence,name,country,status,valid_until,deployed_12m\n0010,Orchard,BGD,valid,,\n{row}\n".encode()
    result = imported(store, data, now)
    (problem,) = result.problems
    assert (problem.line, problem.column, problem.code, problem.severity) == (3, column, code, Severity.REFUSE_ROW)
    assert problem.letter == "ABCDEF"[data.decode().splitlines()[0].split(",").index(column)]
    assert (result.rows, result.added, result.unusable) == (2, 1, 1)


def test_a_second_description_of_a_licence_is_told_and_the_first_counts(store, now):
    data = b"licence,name,country,address\n0010,Orchard,BGD,Dhaka\n0010,ORCHARD,BGD,Sylhet\n"
    result = imported(store, data, now)
    assert [(problem.line, problem.code, problem.severity) for problem in result.problems] == [
        (3, "described_twice", Severity.WARNING)
    ]
    assert by_name(store)["Orchard"].address == "Dhaka"


@pytest.mark.parametrize(
    ("data", "more", "told"),
    [
        (b"licence,title,country\n1,A,BGD\n", {}, "--map name=HEADING"),
        (b"licence,name\n1,A\n", {}, "--country BGD"),
        (b"licence,name\n1,A\n", {"country": "Atlantis"}, "no country that is known"),
        (b"licence,name,country\n1,A,BGD\n", {"columns": {"licence": "rlno"}}, "has no column 'rlno'"),
        (b"licence,name,country\n1,A,BGD\n", {"columns": {"permit": "licence"}}, "no register column 'permit'"),
        (b"licence no,rl no,name,country\n1,2,A,BGD\n", {}, "could both be the licence"),
        (b"", {}, "empty"),
    ],
)
def test_a_file_that_cannot_be_understood_is_refused_with_the_remedy(store, now, data, more, told):
    with pytest.raises(Refusal, match=told):
        imported(store, data, now, **more)
    assert trail.head(store.cursor()) is None


def test_dates_aliases_and_deployments_are_read(store, now):
    data = b"licence;name;country;issued;expiry;aliases;deployed_12m\n7;A;NP;01 Mar 2024;2027/02/28;B | C;0\n"
    imported(store, data, now)
    agency = by_name(store)["A"]
    assert (agency.valid_from, agency.valid_until) == (date(2024, 3, 1), date(2027, 2, 28))
    assert (agency.aliases, agency.deployed_12m, agency.country) == (("B", "C"), 0, "NPL")


def test_only_administrators_import_registers(store, now):
    with pytest.raises(NotPermitted):
        import_register(store, PUBLIC, PLAIN, "bd", via=Via.PAGE, now=now)


def test_an_unknown_agency_is_not_found(store):
    with pytest.raises(NotFound):
        fetch_agency(store.cursor(), "nobody")


def test_forty_thousand_rows_take_seconds(store, now):
    rows = "".join(f"{i:06},Agency {i},NPL\n" for i in range(40_000))
    assert imported(store, f"licence,name,country\n{rows}".encode(), now).added == 40_000
    assert len(fetch_agencies(store.cursor())) == 40_000
