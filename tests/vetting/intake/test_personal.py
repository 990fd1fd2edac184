"""What names a worker is found, and what only looks a little like it is not."""

import polars as pl
import pytest

from schemas.fee_report import Kind
from vetting.intake.personal import example, masked, personal


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Ram Bahadur", "personal_name"), ("sita", "personal_name"), ("RamThapa", "personal_name"),
        ("राम", "personal_name"), ("W 17", "personal_name"), ("123456789", "personal_number"),
        ("9841-234567", "personal_phone"), ("+9779841234567", "personal_phone"), ("a@b.co", "personal_email"),
        ("PA1234567", "personal_passport"), ("K1234567", "personal_passport"), ("९८४१२३४५६७", "personal_number"),
    ],
)  # fmt: skip
def test_a_worker_ref_that_names_the_worker_is_found(text: str, code: str):
    assert personal(Kind.REFERENCE, text) == code


@pytest.mark.parametrize("text", ["W-0417", "w17", "W000123", "W0012345", "12345678", "AB", "A-1", "deadbeef",
                                  "550e8400-e29b-41d4-a716-446655440000", "3f2a9c77"])  # fmt: skip
def test_a_pseudonym_is_taken(text: str):
    assert personal(Kind.REFERENCE, text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("call 9841234567", "personal_phone"), ("+977 984-1234567", "personal_phone"),
        ("98412 34567", "personal_phone"),
        ("0176-1234567", "personal_phone"), ("tel (02) 8123 4567", "personal_phone"), ("९८४१२३४५६७", "personal_phone"),
        ("write to ram@example.org", "personal_email"), ("passport PA1234567", "personal_passport"),
        ("Passport no. 12345678", "personal_passport"), ("A1234567 was taken", "personal_passport"),
    ],
)  # fmt: skip
def test_phones_e_mails_and_passports_in_free_text_are_found(text: str, code: str):
    assert personal(Kind.TEXT, text) == code


@pytest.mark.parametrize("text", [
    "paid 150000000 VND", "paid 150000 and 20000 in 2023", "2024-05-01 to 2024-06-01", "RM150000", "NPR150000",
    "receipt RL-0456", "licence 0123/072/73", "paid 1,50,000 then 2,00,000", "on 03/04/2024 paid 50,000",
    "between 2019-2023 and 90000 100000",
])  # fmt: skip
def test_amounts_dates_and_licences_in_free_text_are_no_alarm(text: str):
    assert personal(Kind.TEXT, text) is None


def test_a_masked_value_can_be_found_again_and_tells_nothing():
    shown = pl.DataFrame({"text": ["Ram Bahadur", "x"]}).select(masked(pl.col("text")))
    assert shown.to_series().to_list() == ["R••• (11 characters)", "••• (1 characters)"]


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        (Kind.TEXT, "call 9841234567", "c••• (15 characters)"),
        (Kind.REFERENCE, "w-001", "w-001"),
        (Kind.AGENCY, "Ram Bahadur Overseas", "Ram Bahadur Overseas"),
        (Kind.DATE, "2024-05-14", "2024-05-14"),
        (Kind.AMOUNT, "1,50,000", "1,50,000"),
        (None, "Ram Bahadur Thapa", "R••• (17 characters)"),
        (None, "9841-234567", "9••• (11 characters)"),
        (None, "Kathmandu", "Kathmandu"),
    ],
)
def test_an_example_of_a_column_shows_nothing_personal_whatever_the_column_is_taken_for(kind, text: str, told: str):
    assert example(kind, text) == told
