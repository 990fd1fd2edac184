"""Which agency a row means: by licence, else by name, else a person decides."""

from tests.vetting.intake.files import agency
from vetting.intake.agencies import Register

HIMAL = agency("himal", licence="0012/077", name="Himal Example Overseas", aliases=("Himal Overseas Pvt. Ltd.",))
TWIN = agency("twin", licence="0012/077", name="Twin Placement", country="IND")
SAME_NAME = agency("same", licence="55", name="himal  EXAMPLE overseas", country="BGD")
UNLICENSED = agency("none", licence="", name="Village Helpers")
REGISTER = Register((HIMAL, TWIN, SAME_NAME, UNLICENSED))


def test_a_licence_is_matched_exactly_with_its_leading_zeros():
    register = Register((HIMAL,))
    assert register.match("0012/077", None, ()).value == "himal"
    assert register.match("12/077", None, ()).fault == "unmatched_agency"


def test_a_licence_of_two_countries_is_decided_by_the_corridor_or_the_name():
    assert REGISTER.match("0012/077", None, {"IND", "QAT"}).value == "twin"
    assert REGISTER.match("0012/077", "Himal Example Overseas", ()).value == "himal"
    assert REGISTER.match("0012/077", None, {"QAT"}).fault == "ambiguous_agency"


def test_a_name_or_alias_is_matched_without_case_and_spaces():
    assert REGISTER.match(None, "HIMAL overseas  pvt ltd", ()).value == "himal"
    assert REGISTER.match(None, "village helpers", ()).value == "none"


def test_a_name_of_two_agencies_is_decided_by_the_corridor():
    assert REGISTER.match(None, "Himal Example Overseas", {"BGD"}).value == "same"
    assert REGISTER.match(None, "Himal Example Overseas", ()).fault == "ambiguous_agency"


def test_a_name_that_is_only_similar_is_not_guessed():
    assert REGISTER.match(None, "Himal Example Oversea", ()).fault == "unmatched_agency"


def test_licence_and_name_of_two_agencies_are_asked_about():
    assert REGISTER.match("55", "Twin Placement", ()).fault == "agency_conflict"


def test_an_unknown_spelling_beside_a_known_licence_is_taken_by_the_licence():
    assert REGISTER.match("55", "Himal Exmple", ()).value == "same"
