"""A date means its end, and moments are UTC."""

from datetime import datetime

import pytest

from schemas.clocks import read_moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-31", datetime(2026, 3, 31, 23, 59, 59, 999999)),
        ("20260331", datetime(2026, 3, 31, 23, 59, 59, 999999)),
        ("2026-03-31T00:00", datetime(2026, 3, 31)),
        ("2026-03-31T02:00:00.000001", datetime(2026, 3, 31, 2, 0, 0, 1)),
        ("2026-03-31T02:00+05:45", datetime(2026, 3, 30, 20, 15)),
    ],
)
def test_a_day_means_its_end_and_an_offset_is_honoured(text: str, moment: datetime):
    assert read_moment(text) == moment


@pytest.mark.parametrize("text", ["", "yesterday", "2026-02-30", "31.03.2026"])
def test_what_is_no_moment_is_none(text: str):
    with pytest.raises(ValueError, match="isoformat|day is out of range"):
        read_moment(text)
