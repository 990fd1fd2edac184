"""The sample's dates move with today."""

from datetime import date

import pytest

from tests.sample.played import TODAY
from vetting.refusals import Refusal
from vetting.sample import load_sample
from vetting.sample.dates import Calendar, calendar_for
from vetting.store import Store


def test_dates_shift_by_whole_quarters_with_today():
    assert calendar_for(TODAY) == Calendar(months=0)
    assert calendar_for(date(2027, 1, 1)) == Calendar(months=3)
    assert calendar_for(date(2026, 9, 30)) == Calendar(months=-3)
    ahead = Calendar(months=3)
    assert ahead.day(date(2026, 3, 31)) == date(2026, 6, 30)
    assert ahead.day(date(2025, 11, 30)) == date(2026, 2, 28)
    assert ahead.day(date(2025, 11, 12)) == date(2026, 2, 12)
    assert ahead.file_name("lantern-2026-q3.csv") == "lantern-2026-q4.csv"


def test_only_cells_that_are_dates_shift_in_a_file():
    sent = b'a,2026-03-17,"2025-06",2026-02-31,DMW-901-LB-2021-R,09012\nx;2026-01;03/04/2026\n'
    assert Calendar(months=12).file(sent) == (
        b'a,2027-03-17,"2026-06",2026-02-31,DMW-901-LB-2021-R,09012\nx;2027-01;03/04/2026\n'
    )
    assert Calendar(months=0).file(sent) is sent


def test_the_sample_is_not_dated_before_what_a_report_can_be(store: Store):
    with pytest.raises(Refusal, match="2016-01-01"):
        load_sample(store, date(2015, 12, 31))
