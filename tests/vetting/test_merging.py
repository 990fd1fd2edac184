"""Two entries of the registers are one agency, or are two again: old ids resolve for ever, and a split restores."""

import json
from datetime import date, datetime, timedelta

import pytest

from schemas.codes import Role, Via
from schemas.viewer import Viewer
from tests.vetting.scoring.evidence import AS_OF, NOW, clean, report, scored, send, settle
from vetting import trail
from vetting.merging import list_merges, merge, preview_merge, split
from vetting.refusals import NotFound, NotPermitted, Refusal
from vetting.scoring.live import fetch_headlines, rescore
from vetting.scoring.score import own_workers, score
from vetting.store import Store
from vetting.store.agencies import fetch_agencies, fetch_agency, import_register
from vetting.store.merges import fetch_merged

ADMIN = Viewer(role=Role.ADMIN, actor="ada")
HOUR, TODAY = timedelta(hours=1), date(2026, 11, 22)
WHEN = {"via": Via.CLI, "today": TODAY}


def joined(store: Store, gone: str, into: str, hours: int = 1):
    return merge(store, ADMIN, gone, into, "New licence, same owner", now=NOW + hours * HOUR, **WHEN)


def parted(store: Store, gone: str, hours: int = 2):
    return split(store, ADMIN, gone, "Two firms after all", now=NOW + hours * HOUR, **WHEN)


def everything(store: Store, known_at: datetime, agencies: list[str] | None = None) -> str:
    """The whole answer, without the moment it is asked for."""
    found = score(store.cursor(), as_of=AS_OF, known_at=known_at, agencies=agencies)
    return json.dumps([each.model_dump(mode="json") | {"known_at": None} for each in found])


@pytest.fixture
def two(store: Store) -> Store:
    """river and hill: workers of both, one of them seen under both ids; and lake, with nothing to do with them."""
    settle(store, "river", "hill", "lake")
    send(store, "sunrise", [report("s1", worker_ref="w1", w01=False), *clean(11, "R")], NOW - HOUR)
    again = report("s2", "hill", worker_ref="w1", w01=True, interview_date=date(2026, 4, 1))
    send(store, "sunrise", [again, *clean(12, "H", agency_id="hill")], NOW)
    send(store, "dockers", clean(3, "L", agency_id="lake"), NOW - HOUR / 2)
    return store


def test_reports_of_both_count_together_and_one_worker_once(two):
    joined(two, "hill", "river")
    both = scored(two, "river", known_at=NOW + HOUR)
    assert (both.workers, both.indicator("W01").n, both.indicator("W01").k) == (24, 24, 1)
    assert sum(corridor.workers for corridor in both.corridors) == 24


def test_the_corridors_of_both_follow_and_a_worker_of_both_stands_in_the_latest_one(two):
    there = {"destination_country": "JPN", "interview_date": date(2026, 5, 1)}
    send(two, "sunrise", [report("s3", "hill", worker_ref="w1", w01=True, **there)], NOW - HOUR / 4)
    joined(two, "hill", "river")
    told = {
        each.destination: (each.workers, each.charged, each.charged_n)
        for each in scored(two, "river", known_at=NOW + HOUR).corridors
    }
    assert told == {"QAT": (23, 0, 23), "JPN": (1, 1, 1)}
    parted(two, "hill")
    alone = scored(two, "hill", known_at=NOW + 2 * HOUR)
    assert {each.destination: each.workers for each in alone.corridors} == {"QAT": 12, "JPN": 1}


def test_an_old_id_is_answered_by_the_agency_it_went_into(two):
    joined(two, "hill", "river")
    db = two.cursor()
    assert fetch_agency(db, "hill").agency_id == "river"
    assert scored(two, "hill", known_at=NOW + HOUR).agency_id == "river"
    counts = own_workers(db, partner="sunrise", agencies=["hill", "river", "lake"], as_of=AS_OF)
    assert counts == {"hill": 24, "river": 24, "lake": 0}
    assert [agency.agency_id for agency in fetch_agencies(db)] == ["lake", "river"]
    (river,) = [agency for agency in fetch_agencies(db) if agency.agency_id == "river"]
    assert (river.aliases, river.merged_ids, river.merged_licences) == (("hill",), ("hill",), ("hill",))


def test_the_answer_at_an_earlier_moment_is_the_same_to_the_byte(two):
    before = everything(two, NOW)
    alone = everything(two, NOW, ["hill"])
    joined(two, "hill", "river")
    assert everything(two, NOW) == before
    assert everything(two, NOW, ["hill"]) == alone
    assert fetch_agency(two.cursor(), "hill", known_at=NOW).agency_id == "hill"
    assert everything(two, NOW + HOUR) != before


def test_a_split_restores_exactly_the_former_answer(two):
    before = everything(two, NOW)
    joined(two, "hill", "river")
    parted(two, "hill")
    assert everything(two, NOW + 2 * HOUR) == before
    assert '"hill"' not in everything(two, NOW + HOUR)
    assert fetch_agency(two.cursor(), "hill").agency_id == "hill"


def test_scoring_one_by_the_longer_road_is_scoring_all(two):
    joined(two, "hill", "river")
    assert json.loads(everything(two, NOW + HOUR))[1:] == json.loads(everything(two, NOW + HOUR, ["river"]))


def test_chains_resolve_and_a_link_of_them_can_be_taken_out(two):
    joined(two, "hill", "river")
    joined(two, "river", "lake", 2)
    assert fetch_merged(two.cursor()) == {"hill": "lake", "river": "lake"}
    assert scored(two, "hill", known_at=NOW + 2 * HOUR).workers == 27
    assert scored(two, "hill", known_at=NOW + HOUR).workers == 24
    assert parted(two, "river", 3).merged_ids == ("hill",)
    assert fetch_merged(two.cursor()) == {"hill": "river"}


def test_what_makes_no_sense_is_refused(two):
    with pytest.raises(Refusal, match="cannot go into itself"):
        joined(two, "hill", "hill")
    joined(two, "hill", "river")
    with pytest.raises(Refusal, match="these are one agency"):
        joined(two, "river", "hill", 2)
    with pytest.raises(Refusal, match="part of river already"):
        joined(two, "hill", "lake", 2)
    with pytest.raises(Refusal, match="nothing to split"):
        parted(two, "lake")
    with pytest.raises(NotFound):
        joined(two, "nobody", "lake", 2)
    with pytest.raises(Refusal, match="Give a reason"):
        merge(two, ADMIN, "lake", "river", " ", now=NOW + 2 * HOUR, **WHEN)
    with pytest.raises(NotPermitted):
        merge(two, Viewer(role=Role.REVIEWER, actor="rita"), "lake", "river", "r", now=NOW + 2 * HOUR, **WHEN)
    assert fetch_merged(two.cursor()) == {"hill": "river"}


def test_agencies_of_two_countries_are_two(store, now):
    import_register(store, ADMIN, b"licence,name,country\n1,A,NPL\n1,A,QAT\n", "r", via=Via.CLI, now=now)
    one, other = fetch_agencies(store.cursor())
    with pytest.raises(Refusal, match="one licence in one country"):
        joined(store, one.agency_id, other.agency_id)


def test_each_act_leaves_one_row_with_what_was_before_and_after(two):
    joined(two, "hill", "river")
    head = trail.head(two.cursor())
    assert (head.action.value, head.subject, head.reason) == ("agency_merge", "hill", "New licence, same owner")
    assert json.loads(head.before)["agency_id"] == "hill"
    assert json.loads(head.after)["into"]["agency_id"] == "river"
    parted(two, "hill")
    head = trail.head(two.cursor())
    assert (head.seq, head.action.value) == (2, "agency_split")
    assert json.loads(head.after)["agency_id"] == "hill"


def test_kept_headlines_follow_at_once_and_the_old_ids_does_not_linger(two):
    joined(two, "hill", "river", 1)
    parted(two, "hill", 2)
    rescore(two, None, AS_OF)
    assert [line.agency_id for line in fetch_headlines(two.cursor())] == ["hill", "lake", "river"]
    joined(two, "hill", "river", 3)
    assert {line.agency_id: line.workers for line in fetch_headlines(two.cursor())} == {"lake": 3, "river": 24}
    assert two.cursor().execute("SELECT count(*) FROM desk.score WHERE agency_id = 'hill'").fetchone() == (0,)
    parted(two, "hill", 4)
    lines = {line.agency_id: line.workers for line in fetch_headlines(two.cursor())}
    assert lines == {"hill": 13, "lake": 3, "river": 12}


def test_a_clearance_covers_only_what_the_reviewers_could_see(two):
    def cleared(agency: str, at: datetime) -> None:
        values = {"agency": agency, "at": at}
        two.cursor().execute("INSERT INTO desk.clearance VALUES ($agency, 'W01', $at, 'a', 'b', 'r')", values)

    bad = [report(f"b{n}", "hill", w01=True, charged=True, verification="investigated") for n in range(3)]
    send(two, "dockers", bad, NOW + HOUR / 4)
    cleared("river", NOW + HOUR / 2)
    joined(two, "hill", "river")
    assert "W01" in scored(two, "river", known_at=NOW + HOUR).gates
    cleared("river", NOW + 2 * HOUR)
    assert "W01" not in scored(two, "river", known_at=NOW + 2 * HOUR).gates
    parted(two, "hill", 3)
    assert "W01" in scored(two, "hill", known_at=NOW + 3 * HOUR).gates


def test_a_register_goes_on_describing_each_entry_and_the_old_licence_finds_the_agency(store, now):
    data = b"licence,name,country\n0010,Orchard,NPL\n,Orchard Manpower,NPL\n"
    import_register(store, ADMIN, data, "np", via=Via.CLI, now=now)
    old, new = sorted(fetch_agencies(store.cursor()), key=lambda agency: agency.licence)
    joined(store, new.agency_id, old.agency_id)
    assert import_register(store, ADMIN, data, "np", via=Via.CLI, now=now + 3 * HOUR).unchanged == 2
    (only,) = fetch_agencies(store.cursor())
    assert (only.name, only.merged_licences, only.aliases) == ("Orchard Manpower", ("0010",), ("Orchard",))


def test_a_preview_says_what_would_change_and_writes_nothing(two):
    found = preview_merge(two.cursor(), ADMIN, "hill", "river")
    assert (found.gone.agency_id, found.remains.agency_id, found.obstacles) == ("hill", "river", ())
    assert trail.head(two.cursor()) is None
    assert list_merges(two.cursor(), ADMIN) == []
    joined(two, "hill", "river")
    (one,) = list_merges(two.cursor(), ADMIN)
    assert (one.agency_id, one.into_id, one.actor, one.recorded_at) == ("hill", "river", "ada", NOW + HOUR)
    assert preview_merge(two.cursor(), ADMIN, "hill", "lake").obstacles
