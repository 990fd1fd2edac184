"""What leaves the house says what it is, and no cell of it runs."""

import csv
import io
from datetime import date, datetime

import pytest

from vetting.exports import NOTHING, Sidecar, export_csv, neutral

SIDECAR = Sidecar(
    filters="country=NPL",
    as_of=date(2026, 11, 22),
    release="r1",
    standard="iris-style-1",
    method=1,
    exported_at=datetime(2026, 11, 22, 9, 30),
)


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_begins_like_a_formula_gets_an_apostrophe(start):
    assert neutral(f"{start}cmd|' /C calc'!A0") == f"'{start}cmd|' /C calc'!A0"


@pytest.mark.parametrize("value", ["Orchard", "a=b", "1-2", "'=x", "", 0, -1.5, 12])
def test_any_other_cell_stays_as_it_is(value):
    assert neutral(value) == value


def test_unknown_is_an_empty_cell():
    assert neutral(None) == ""


def test_every_row_says_filters_day_release_standard_method_and_time():
    (row,) = rows_of(export_csv([{"name": "=1+1", "workers": 12}], ("name", "workers"), SIDECAR))
    assert row == {
        "name": "'=1+1",
        "workers": "12",
        "filters": "country=NPL",
        "as_of": "2026-11-22",
        "release": "r1",
        "standard": "iris-style-1",
        "method": "1",
        "exported_at": "2026-11-22T09:30:00Z",
    }


def test_an_empty_export_still_says_what_was_asked():
    (row,) = rows_of(export_csv([], ("name", "workers"), SIDECAR))
    assert (row["name"], row["filters"]) == (NOTHING, "country=NPL")
