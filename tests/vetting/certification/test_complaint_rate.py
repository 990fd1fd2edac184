"""So many complaints a visit, an hour and a day, counted inside the act that files: a burst gets through no further."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from schemas.codes import Via
from schemas.complaint import Draft, Subject
from schemas.viewer import PUBLIC
from tests.vetting.certification.complaining import TEXT, complain
from tests.vetting.certification.desks import ADMIN, AGENCY, Desk
from vetting.certification.complaint_rate import TooMany
from vetting.certification.complaints import file_complaint
from vetting.store.settings import set_setting


def limit(desk: Desk, **settings: int) -> None:
    for name, value in settings.items():
        set_setting(desk.store, ADMIN, name, str(value), via=Via.CLI, now=desk.when["now"])


def test_one_visit_files_so_many_a_day_and_is_told_when_to_come_back(desk: Desk):
    for _ in range(3):
        complain(desk, visit="one")
    before = desk.count("trail")
    with pytest.raises(TooMany, match=r"3 complaints a day can be filed from here\. Try again in about 15 hours"):
        complain(desk, visit="one")
    assert desk.count("trail") == before
    complain(desk, visit="another")
    desk.wait(1)
    complain(desk, visit="one")


def test_all_visits_together_file_so_many_in_a_clock_hour(desk: Desk):
    limit(desk, complaints_per_hour=2)
    complain(desk, visit="a")
    complain(desk, visit="b")
    with pytest.raises(TooMany, match="within this hour") as refused:
        complain(desk, visit="c")
    assert refused.value.again == datetime(2026, 11, 22, 10, 0), "the hour's end, not what another complaint tells"
    desk.now += timedelta(hours=1)
    complain(desk, visit="c")


def test_all_visits_together_file_so_many_in_a_day(desk: Desk):
    limit(desk, complaints_per_day=2)
    complain(desk, visit="a")
    desk.now += timedelta(hours=2)
    complain(desk, visit="b")
    with pytest.raises(TooMany, match="came in today"):
        complain(desk, visit="c")
    desk.wait(1)
    complain(desk, visit="c")


def test_what_is_counted_leads_to_no_visit_and_is_gone_the_next_day(desk: Desk):
    complain(desk, visit="one")
    kept = "SELECT hour, mark FROM desk.complaint_rate"
    (first,) = desk.store.cursor().execute(kept).fetchall()
    desk.wait(1)
    complain(desk, visit="one")
    (second,) = desk.store.cursor().execute(kept).fetchall()
    assert "one" not in first[1]
    assert first[1] != second[1], "the same visit has another mark the next day"
    assert (first[0].minute, first[0].second) == (0, 0)


@pytest.mark.parametrize(("every_one_another", "most"), [(True, 7), (False, 2)])
def test_a_burst_of_threads_gets_through_as_far_as_the_limit_and_no_further(
    desk: Desk, every_one_another: bool, most: int
):
    limit(desk, complaints_per_hour=7, complaints_per_visit=2)
    before, now = desk.count("trail"), desk.when
    visits = [f"visit {number % 10}" for number in range(60)] if every_one_another else ["one visit"] * 60
    draft = Draft(agency_id=AGENCY, subject=Subject.FEES, text=TEXT)

    def burst(visit: str) -> str:
        try:
            return file_complaint(desk.store, PUBLIC, draft, visit=visit, **now).reference
        except TooMany:
            return ""

    with ThreadPoolExecutor(16) as threads:
        filed = [reference for reference in threads.map(burst, visits) if reference]
    assert len(filed) == len(set(filed)) == most
    assert desk.count("complaint") == desk.count("complaint_rate") == most
    assert desk.count("trail") == before + most
