"""Holds over frozen figures: wherever a band is read, of no gate in particular, and of a past release as it was."""

import ast
import json
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from schemas.codes import Band, Role, Via
from schemas.release import Filters
from schemas.viewer import Viewer
from tests.vetting.disclosure.country import BUYER, NOW, REVIEWER, SUNRISE, TODAY, D, found, send, workers
from vetting.disclosure.changes import own_changes
from vetting.disclosure.directory import directory
from vetting.disclosure.exports import NOT_TOLD, SETTLED, scores_csv
from vetting.disclosure.holds import fetch_holds
from vetting.disclosure.release import publish
from vetting.disclosure.released import past_bands, released_agency, released_json
from vetting.store import Store
from vetting.store.connect import open_store
from vetting.store.migrate import migrate

ROOT = Path(__file__).resolve().parents[3]
HOUR = NOW + timedelta(days=1)
LATER = HOUR + timedelta(days=3)
TURN = "INSERT INTO desk.hold VALUES ($agency, $recorded_at, $effective_at, $on)"
FINDING = "INSERT INTO desk.finding VALUES ('f1', $at, NULL, $agency, '1.1', 'critical', 'Fees.', 'rita')"
CLOSING = "INSERT INTO desk.corrective_action VALUES ('f1', $at, 'closed', NULL, 'Seen.', 'rita')"
MERGED = "INSERT INTO desk.agency_merge VALUES ($agency, $at, $into, 'ada', 'one licence')"
READS_BANDS = {
    "released_agency", "released_figures", "released_json", "past_bands", "released_directory", "own_changes",
    "scores_csv",
}  # fmt: skip


@pytest.fixture
def released(country: Store) -> Store:
    """Agency a1 is shown with 40 workers, a2 had 4 and a3 nobody."""
    fill(country)
    return country


def fill(store: Store) -> None:
    for partner in ("sunrise", "dockers"):
        send(store, partner, workers(range(20), agency_id="a1"))
    send(store, "sunrise", workers(range(100, 104), agency_id="a2"))
    publish(store, REVIEWER, as_of=D, via=Via.PAGE, now=NOW, today=TODAY)


def turn(store: Store, agency: str, on: bool, hour: datetime = HOUR) -> None:
    """Written half a day before the weekly hour from which it holds."""
    values = {"agency": agency, "recorded_at": hour - timedelta(hours=12), "effective_at": hour, "on": on}
    store.cursor().execute(TURN, values)


def bands(store: Store, now: datetime) -> dict[str, set[tuple[str, str | None]]]:
    """By agency, the band and its reason on every road a buyer has."""
    db, day = store.cursor(), now.date()
    seen: dict[str, set[tuple[str, str | None]]] = {}
    for entry in directory(db, BUYER, today=day, now=now).entries:
        seen.setdefault(entry.agency_id, set()).add((entry.band, entry.band_reason))
    for answer in released_json(db, BUYER, as_of=day, now=now):
        seen[answer["agency_id"]].add((answer["band"], answer["band_reason"]))
    for agency_id, said in seen.items():
        figure = released_agency(db, BUYER, agency_id, today=day, now=now).figure
        newest = past_bands(db, BUYER, agency_id, now=now)[-1]
        said |= {(figure.band, figure.band_reason), (newest.band, newest.band_reason)}
    for line in scores_csv(db, BUYER, as_of=day, now=now).decode("utf-8-sig").splitlines():
        cells = line.split(",")
        if cells[0] in seen:
            seen[cells[0]].add((cells[3], None if cells[4] in {SETTLED, NOT_TOLD} else cells[4]))
    return seen


def test_every_road_reads_the_same_from_the_hour_on_and_back(released: Store):
    turn(released, "a1", on=True)
    turn(released, "a1", on=False, hour=LATER)
    calm = bands(released, HOUR - timedelta(microseconds=1))
    assert [len(said) for said in calm.values()] == [1] * 4
    assert ("on_hold", None) not in calm["a1"]
    assert bands(released, HOUR) == calm | {"a1": {("on_hold", None)}}
    assert bands(released, LATER - timedelta(microseconds=1))["a1"] == {("on_hold", None)}
    assert bands(released, LATER) == calm


def test_none_and_too_few_are_held_by_no_report_and_stay_alike(released: Store):
    for agency in ("a2", "a3"):
        turn(released, agency, on=True)
    said = bands(released, HOUR)
    assert said["a2"] == said["a3"] == {("insufficient_evidence", "too_few_workers")}
    for agency in ("a2", "a3"):
        released.cursor().execute(FINDING.replace("'f1'", f"'{agency}'"), {"at": NOW, "agency": agency})
    said = bands(released, HOUR)
    assert said["a2"] == said["a3"] == {("on_hold", None)}


def test_a_critical_finding_holds_from_its_moment_to_its_closing(released: Store):
    db = released.cursor()
    db.execute(FINDING, {"at": NOW + timedelta(hours=1), "agency": "a1"})
    db.execute(CLOSING, {"at": NOW + timedelta(hours=5)})
    held = [hour for hour in range(8) if bands(released, NOW + timedelta(hours=hour))["a1"] == {("on_hold", None)}]
    assert held == [1, 2, 3, 4]


def test_the_directory_finds_and_counts_what_is_on_hold(released: Store):
    turn(released, "a1", on=True)
    chosen = directory(released.cursor(), BUYER, today=TODAY, now=HOUR, filters=Filters(band=("on_hold",)))
    assert [entry.agency_id for entry in chosen.entries] == ["a1"]
    assert chosen.options["band"]["on_hold"] == 1
    before = directory(released.cursor(), BUYER, today=TODAY, now=NOW, filters=Filters(band=("on_hold",)))
    assert before.total == 0


def test_a_past_release_shows_the_hold_that_stood_when_it_was_frozen(released: Store):
    turn(released, "a1", on=True)
    quarter = datetime(2027, 1, 5, 9, 0)
    publish(released, REVIEWER, as_of=D.replace(month=9), via=Via.PAGE, now=quarter, today=quarter.date())
    turn(released, "a1", on=False, hour=quarter + timedelta(days=7))
    after = quarter + timedelta(days=30)
    publish(released, REVIEWER, as_of=D.replace(month=12, day=31), via=Via.PAGE, now=after + timedelta(days=60),
            today=datetime(2027, 4, 5).date())  # fmt: skip
    told = past_bands(released.cursor(), BUYER, "a1", now=after + timedelta(days=61))
    assert [each.band is Band.ON_HOLD for each in told] == [False, True, False]
    (september,) = [a for a in released_json(released.cursor(), BUYER, as_of=D.replace(month=9), now=after)
                    if a["agency_id"] == "a1"]  # fmt: skip
    assert september["band"] == "on_hold"


def test_partners_read_it_in_what_their_reports_changed(released: Store):
    turn(released, "a1", on=True)
    read = lambda now: {a.agency_id: a.now.band for a in changes(released, now)}  # noqa: E731
    assert read(HOUR - timedelta(microseconds=1))["a1"] is not Band.ON_HOLD
    assert (read(HOUR)["a1"], read(HOUR)["a2"]) == (Band.ON_HOLD, Band.INSUFFICIENT_EVIDENCE)


def changes(store: Store, now: datetime):
    return own_changes(store.cursor(), SUNRISE, today=now.date(), now=now).agencies


def test_the_hold_of_an_entry_goes_with_it_into_the_agency_it_is_part_of(released: Store):
    turn(released, "a4", on=True)
    db = released.cursor()
    db.execute(MERGED, {"agency": "a4", "at": HOUR + timedelta(hours=1), "into": "a1"})
    assert fetch_holds(db, HOUR).reported == {"a4"}, "not before it was known"
    assert fetch_holds(db, HOUR + timedelta(hours=1)).reported == {"a1"}


def everything(store: Store, now: datetime) -> str:
    """All that buyers and partners can read, as one text, without ids that are made anew in each store."""
    db, day, partner = store.cursor(), now.date(), Viewer(role=Role.PARTNER, organisation="dockers", actor="d")
    told: list[object] = [released_json(db, viewer, as_of=day, now=now) for viewer in (BUYER, partner)]
    for agency in ("a1", "a2"):
        told.append(released_agency(db, BUYER, agency, today=day, now=now).model_dump(mode="json"))
        told += [past.model_dump(mode="json") for past in past_bands(db, BUYER, agency, now=now)]
    told.append(directory(db, BUYER, today=day, now=now).model_dump(mode="json"))
    told.append(own_changes(db, partner, today=day, now=now).model_dump(mode="json"))
    text = json.dumps(told, default=str) + scores_csv(db, BUYER, as_of=day, now=now).decode()
    return re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{21}|[0-9a-f]{32}", "id", text)


def test_which_gate_it_is_can_be_told_from_nothing_that_buyers_get(tmp_path: Path):
    """Two stores that differ in nothing but the gate read alike to the byte, reply and all."""
    read = []
    for gate in ("W07", "W19"):
        store = open_store(tmp_path / f"{gate}.duckdb")
        migrate(store, NOW)
        found(store)
        fill(store)
        db, at = store.cursor(), HOUR - timedelta(hours=12)
        db.execute("INSERT INTO desk.gate_seen VALUES ('a1', $gate, $at, TRUE)", {"gate": gate, "at": at})
        db.execute(
            "INSERT INTO desk.gate_confirmation VALUES ('a1', $gate, $at, 'rita', $gate, $gate, '2026-12-06')",
            {"gate": gate, "at": at},
        )
        db.execute(
            "INSERT INTO desk.agency_reply VALUES ('a1', $gate, $at, 'rita', 'Repaid.')", {"gate": gate, "at": at}
        )
        turn(store, "a1", on=True)
        read.append(everything(store, HOUR))
        store.close()
    assert '"on_hold"' in read[0]
    assert "Repaid." in read[0]
    assert "rita" not in read[0]
    assert read[0] == read[1]


def test_whoever_asks_inside_the_house_passes_the_clock():
    """Left out, a hold would begin when somebody happens to write something: late, and only for some."""
    missing = []
    for path in [*ROOT.glob("pages/**/*.py"), *ROOT.glob("vetting/**/*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in READS_BANDS:
                given = {keyword.arg for keyword in node.keywords}
                if not given & {"now", None}:
                    missing.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert not missing
