"""Which agency a row means: by licence, else by name, else a person decides."""

import pytest

from schemas.answers import Answers
from tests.vetting.intake.files import AGENCIES, TODAY, agency, checked, fee_csv
from vetting.intake.agencies import Register, Said
from vetting.intake.agency_questions import agencies_read, agency_questions
from vetting.intake.check import check
from vetting.intake.meaning import Meaning

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


def told(name: str = "", licence: str = "", countries: tuple[str, ...] = ("NPL", "QAT"), register: Register = REGISTER):
    matched = register.match_all({"row": Said(licence or None, name or None, countries)}, {})
    return matched.meanings["row"], matched.candidates.get("row", ())


@pytest.mark.parametrize("written", ["0012 / 077", "0012-077", "0012–077", " 0012\\077"])
def test_spaces_capitals_and_strokes_of_a_licence_make_no_difference_when_one_agency_is_left(written: str):
    register = Register((HIMAL, UNLICENSED))
    meaning, candidates = told(licence=written, register=register)
    assert (meaning.value, meaning.fault) == ("himal", "agency_read_as")
    assert "the licence is the same but for spaces, capitals or strokes: 0012/077" in (meaning.detail or "")
    assert [each.agency_id for each in candidates] == ["himal"]
    assert told(licence="12/077", register=register)[0].fault == "unmatched_agency"  # a leading zero counts
    assert told(licence=written, countries=("BGD", "QAT"), register=register)[0].fault == "unmatched_agency"
    assert told("Village Helpers", written, register=register)[0].value == "none"  # the name speaks for another
    assert told(licence=written)[0].fault == "unmatched_agency"  # two agencies bear it


def test_a_name_that_differs_by_its_legal_form_or_one_letter_is_taken_and_told():
    meaning, _ = told("Village Helpers Pvt. Ltd.")
    assert (meaning.value, meaning.fault) == ("none", "agency_read_as")
    assert meaning.detail == "Village Helpers (NPL without licence): same but for “pvt ltd”"
    meaning, _ = told("Vilage Helpers")
    assert (meaning.value, (meaning.detail or "").split(": ")[1]) == ("none", "one letter differs")


def test_what_tells_sister_firms_apart_is_asked_about():
    for name in ("Village Helpers Pokhara", "Village Helpers 2", "Village", "Himal"):
        meaning, candidates = told(name)
        assert meaning.fault == "unmatched_agency", name
        assert candidates, name
    assert told("Village Helpers Pokhara")[1][0].why == "“pokhara” only in your file"
    numbered = Register((agency("one", licence="1", name="Koshi Placement 1"),))
    assert told("Koshi Placement 2", register=numbered)[0].fault == "unmatched_agency"


def test_two_that_are_equally_like_are_asked_about():
    register = Register(
        (agency("a", licence="1", name="Koshi Sunrise Ltd"), agency("b", licence="2", name="Koshi Sunrise Inc"))
    )
    meaning, candidates = told("Koshi Sunrise", register=register)
    assert meaning.fault == "unmatched_agency"
    assert {each.agency_id for each in candidates} == {"a", "b"}


def test_another_country_another_licence_or_another_legal_form_speaks_against_a_likeness():
    assert told("Village Helpers Pvt. Ltd.", countries=("BGD", "QAT"))[0].fault == "unmatched_agency"
    assert told("Village Helpers Pvt. Ltd.", countries=("BGD", "QAT"))[1][0].why.endswith("but licensed in NPL")
    assert told("Village Helpers Pvt. Ltd.", "77")[0].fault == "unmatched_agency"
    assert told("Village Helpers Pvt. Ltd.", "n/a")[0].value == "none"  # that is no licence
    register = Register((agency("pt", licence="1", name="PT Citra Abadi", country="IDN"),))
    assert told("CV Citra Abadi", countries=("IDN",), register=register)[0].fault == "unmatched_agency"


def test_the_country_decides_between_two_that_are_alike():
    twins = (
        agency("n", licence="1", name="Koshi Sunrise Ltd"),
        agency("b", licence="2", name="Koshi Sunrise Inc", country="BGD"),
    )
    for register in (Register(twins), Register(twins[::-1])):
        meaning, candidates = told("Koshi Sunrise", register=register)
        assert meaning.value == "n"
        assert [each.agency_id for each in candidates] == ["n", "b"]  # what it was read as stands first


def test_a_conflict_names_both_and_why():
    _, candidates = told("Twin Placement", "55")
    assert [(each.agency_id, each.why) for each in candidates] == [
        ("same", "licence matches, name differs, but licensed in BGD"),
        ("twin", "name matches, licence differs, but licensed in IND"),
    ]


def test_initials_are_offered_and_never_taken():
    register = Register((agency("sfa", licence="1", name="Snowy Farmers Aid Association"),))
    meaning, candidates = told("SFAA", register=register)
    assert meaning.fault == "unmatched_agency"
    assert [each.why for each in candidates] == ["the one reads as the initials of the other"]


def test_nobody_is_like_a_name_that_names_nobody():
    assert told("N/A", register=Register((agency("nas", licence="1", name="Na Overseas"),)))[1] == ()


def test_what_the_partner_answered_wins_over_everything():
    said = {"row": Said("55", "Himal Example Overseas", {"BGD"})}
    assert REGISTER.match_all(said, {"row": "twin"}).meanings["row"] == Meaning("twin")
    gone = REGISTER.match_all(said, {"row": "gone"})
    assert gone.meanings["row"].fault == "unmatched_agency"
    assert gone.candidates["row"][0].agency_id == "same"


def test_a_spelling_people_confirmed_is_known_unless_the_register_names_it_otherwise():
    aliases = {"gaun sathi": {"none"}, "twin placement": {"himal"}, "two of us": {"none", "himal"}}
    register = Register((HIMAL, TWIN, SAME_NAME, UNLICENSED), aliases)
    assert told("Gaun Sathi", register=register)[0] == Meaning("none")
    assert told("Gaun Sathi", countries=("BGD",), register=register)[0].fault == "unmatched_agency"
    assert told("Twin Placement", register=register)[0].value == "twin"
    meaning, candidates = told("Two of us", register=register)
    assert meaning.fault == "ambiguous_agency"
    assert {each.agency_id for each in candidates} == {"none", "himal"}


def test_questions_name_the_three_likeliest_and_what_was_taken_can_be_seen():
    rows = [
        {"agency_licence": "", "agency_name": "Himal Example Overseas Nepal"},
        {"agency_licence": "", "agency_name": "Himal Example Overseas Nepal"},
        {"agency_licence": "", "agency_name": "Lumbini Sampel Manpower"},
        {},
    ]
    found = checked(*rows)
    (asked,) = agency_questions(found)
    assert (asked.name, asked.rows, asked.candidates[0].name) == (
        "Himal Example Overseas Nepal", 2, "Himal Example Overseas",
    )  # fmt: skip
    (read,) = agencies_read(found)
    assert (read.name, read.candidates[0].agency_id) == ("Lumbini Sampel Manpower", "lumbini")
    assert (found.result.accepted, found.result.quarantined) == (2, 2)
    (warning,) = [each for each in found.result.problems if each.code == "agency_read_as"]
    assert (warning.line, warning.column, warning.value) == (4, "agency_name", "Lumbini Sampel Manpower")
    answered = check(
        fee_csv(*rows), "a.csv", agencies=AGENCIES, today=TODAY,
        answers=Answers(agencies={asked.key: "himal", read.key: "himal"}),
    )  # fmt: skip
    assert agency_questions(answered) == agencies_read(answered) == []
    assert set(answered.ready["agency_id"]) == {"himal"}
