"""A text that names somebody is told where, so that it can be taken out and nothing else is lost."""

import csv
from pathlib import Path

import pytest

from schemas.fee_report import Kind
from vetting.intake.personal import codes
from vetting.intake.personal_spots import require_unnamed, spots
from vetting.refusals import Refusal

NOTES = Path(__file__).parent / "personal_notes" / "developed"


def told(text: str, *spare: str) -> list[tuple[str, str]]:
    return [(text[spot.start : spot.end], spot.code) for spot in spots(text, spare)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("They asked for NPR 150,000 in Kathmandu on 2026-05-03.", []),
        ("My brother Ram Bahadur Thapa paid them in May.", [("brother Ram Bahadur Thapa", "personal_name")]),
        ("Ring 9841234567 or a.b@c.org.", [("9841234567", "personal_phone"), ("a.b@c.org", "personal_email")]),
        ("They keep passport N1234567 of mine.", [("passport N1234567", "personal_passport")]),
        ("उनको नाम राम थापा हो", [("उनको नाम राम थापा", "personal_name")]),
    ],
)
def test_each_place_is_found(text: str, found: list[tuple[str, str]]):
    assert told(text) == found


def test_two_people_are_two_places_in_the_order_of_the_text():
    text = "Sita Gurung took it. Later my friend Hari Thapa paid, and his number is 9841234567."
    assert [code for _, code in told(text)] == ["personal_name", "personal_name", "personal_phone"]
    starts = [spot.start for spot in spots(text)]
    assert starts == sorted(starts)


def test_a_text_without_its_places_passes():
    """Whoever takes out what is marked gets through; else marking would send people round in circles."""
    checked = 0
    for path in sorted(NOTES.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                text = row["text"]
                if any(codes(Kind.TEXT, text)):
                    for spot in reversed(spots(text)):
                        text = text[: spot.start] + "…" + text[spot.end :]
                    assert not list(codes(Kind.TEXT, text)), row
                    checked += 1
    assert checked > 30


def test_names_of_more_than_one_word_can_be_spared():
    require_unnamed("The office of Sita Gurung Manpower took it.", "This", ["Sita Gurung Manpower"])
    with pytest.raises(Refusal, match="a person's name"):
        require_unnamed("The office of Sita Gurung took it.", "This", ["Sita"])
