"""Codes are found by what people write, and never guessed."""

import pytest

from schemas import lookup


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("NPL", "NPL"), ("np", "NPL"), ("Nepal", "NPL"), (" népal ", "NPL"), ("KSA", "SAU"), ("K.S.A.", "SAU"),
        ("UAE", "ARE"), ("u.a.e", "ARE"), ("Burma", "MMR"), ("Vietnam", "VNM"), ("Viet Nam", "VNM"), ("Laos", "LAO"),
        ("The Philippines", "PHL"), ("South Korea", "KOR"), ("Korea, Republic of", "KOR"), ("Côte d'Ivoire", "CIV"),
        ("Türkiye", "TUR"), ("turkey", "TUR"), ("Hong Kong", "HKG"), ("UK", "GBR"), ("USA", "USA"),
    ],
)  # fmt: skip
def test_a_country_is_found_by_code_name_or_short_form(text: str, code: str):
    assert lookup.country_code(text) == code


@pytest.mark.parametrize("text", ["", "Korea", "Gulf", "Atlantis", "XX", "-"])
def test_an_unknown_or_ambiguous_country_is_not_guessed(text: str):
    assert lookup.country_code(text) is None


def test_there_are_249_countries_and_no_name_means_two():
    assert len(lookup.countries()) == 249
    meanings: dict[str, set[str]] = {}
    for country in lookup.countries().values():
        for name in (country.alpha2, country.alpha3, country.name):
            meanings.setdefault(lookup._plain(name), set()).add(country.alpha3)
    for row in lookup.listed("country_aliases"):
        meanings.setdefault(lookup._plain(row["alias"]), set()).add(row["alpha3"])
    assert {name: codes for name, codes in meanings.items() if len(codes) > 1} == {}


@pytest.mark.parametrize(
    ("text", "code"),
    [("NPR", "NPR"), ("npr", "NPR"), ("NRs.", "NPR"), ("৳", "BDT"), ("Tk", "BDT"), ("RM", "MYR"), ("S.R.", "SAR")],
)  # fmt: skip
def test_a_currency_is_found_by_code_sign_or_word(text: str, code: str):
    assert lookup.currency_code(text) == code


def test_rs_alone_may_be_several_currencies():
    assert lookup.currency_code("Rs") is None
    assert lookup.ambiguous_currency("Rs.") == ("INR", "NPR", "PKR", "LKR", "MUR", "SCR")
    assert lookup.ambiguous_currency("$")[0] == "USD"
    assert lookup.ambiguous_currency("NPR") == ()


def test_every_currency_named_by_a_sign_exists():
    named = {code for row in lookup.listed("currency_aliases") for code in row["code"].split()}
    assert named <= set(lookup.currencies())
    assert lookup.currencies()["KWD"].minor_units == 3
    assert lookup.currencies()["BDT"].minor_units == 2


def test_cost_codes_are_the_35_of_the_list_and_33_are_columns():
    codes = lookup.cost_codes()
    assert len(codes) == 35
    assert [code for code, row in codes.items() if not row.column] == ["fee_recovery_deduction", "inflated_charge"]
    assert [code for code, row in codes.items() if row.state_item] == [
        "insurance", "welfare_fund", "passport_id", "work_residence_permit", "police_security_clearance",
        "exit_clearance",
    ]  # fmt: skip
    assert [code for code, row in codes.items() if row.payer != "employer"] == ["passport_id"]


@pytest.mark.parametrize(
    ("text", "code"), [("97", "97"), ("Domestic work", "97"), ("f", "F"), ("0126", "0126"), ("palm oil", "0126")]
)
def test_a_sector_is_an_isic_code_or_a_common_word(text: str, code: str):
    assert lookup.sector_code(text) == code
    assert lookup.sector_code("space travel") is None


def test_every_row_of_every_list_names_its_source():
    for path in sorted(lookup.FOLDER.glob("*.csv")):
        rows = lookup.listed(path.stem)
        assert rows
        assert all(row["source"] for row in rows), path.name
