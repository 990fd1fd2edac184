"""Codes are found by what people write, and never guessed."""

from datetime import date
from decimal import Decimal

import pytest

from schemas import lookup

DAY = date(2025, 6, 1)


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
    for row in lookup._rows("country_aliases"):
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


def test_every_currency_named_by_a_sign_or_a_cap_exists():
    named = {code for row in lookup._rows("currency_aliases") for code in row["code"].split()}
    named |= {cap.currency for cap in lookup.fee_caps() if cap.currency}
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
        rows = lookup._rows(path.stem)
        assert rows
        assert all(row["source"] for row in rows), path.name


def test_every_cap_names_known_countries_and_binds_one_side_or_nobody():
    for cap in lookup.fee_caps():
        assert {cap.origin, cap.destination} - {lookup.ANY} <= set(lookup.countries())
        assert cap.binds in (None, cap.origin, cap.destination)


def caps(origin: str, destination: str) -> list[lookup.FeeCap]:
    return [cap for cap in lookup.fee_caps() if (cap.origin, cap.destination) == (origin, destination)]


def test_nepals_ceiling_fell_on_the_day_of_free_visa_free_ticket():
    on = {
        day: [cap.amount for cap in caps("NPL", "MYS") if cap.in_force(day)]
        for day in (date(2015, 7, 5), date(2015, 7, 6))
    }
    assert on[date(2015, 7, 6)] == [Decimal(10000)]
    assert on[date(2015, 7, 5)] == []  # the start of the older ceiling is not known, so it is not claimed
    assert [cap.in_force(date(2015, 7, 5)) for cap in caps("NPL", "MYS")] == [False, None]


def test_a_cap_known_by_year_only_is_in_force_from_the_day_a_source_shows_it():
    (cap,) = caps("BGD", "QAT")
    assert (cap.valid_from, cap.in_force_by) == (None, date(2018, 1, 15))
    assert cap.in_force(date(2017, 6, 1)) is None
    assert cap.in_force(DAY) is True


@pytest.mark.parametrize(
    ("category", "sex", "sector", "answer"),
    [
        ("all", None, None, True),
        ("men", "male", None, True),
        ("men", "female", None, False),
        ("men", None, "97", None),
        ("women_domestic", "female", "9700", True),
        ("women_domestic", "female", "F", False),
        ("women_domestic", "female", "T", None),
        ("women_domestic", "female", None, None),
        ("women_domestic", "male", None, False),
        ("women_domestic", None, "97", None),
        ("land_based", None, "41", True),
        ("land_based", None, "50", False),
        ("land_based", None, None, None),
        ("land_based", None, "H", None),
        ("ten_job_types", None, "81", None),
        ("ten_job_types", None, "812", True),
        ("ten_job_types", None, "41", None),
        ("returnee_scheme", "male", "41", None),
    ],
)
def test_the_category_of_a_cap_follows_from_sex_and_sector_or_stays_unknown(category, sex, sector, answer):
    assert lookup.in_category(category, sex, sector, DAY) is answer
