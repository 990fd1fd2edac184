"""Two countries that differ in one worker: what can everybody but a reviewer tell from it?"""

import json
import random
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from schemas.viewer import PUBLIC, Viewer
from tests.vetting.disclosure.adversary.worlds import QUARTERS, frozen_at, play, release
from tests.vetting.disclosure.country import AGENCIES, BUYER, DOCKERS, SUNRISE, found, send, worker
from vetting.disclosure.changes import own_changes
from vetting.disclosure.directory import directory
from vetting.disclosure.exports import register_csv, scores_csv
from vetting.disclosure.own import own_batches
from vetting.disclosure.register import whole_register
from vetting.disclosure.release import list_releases
from vetting.disclosure.released import past_bands, released_agency, released_json
from vetting.store import Store, open_store
from vetting.store.migrate import migrate

NEXT = QUARTERS[-1]
LATER = frozen_at(NEXT) + timedelta(days=1)


def everything(store: Store, viewer: Viewer) -> dict[str, Any]:
    """All that a role can obtain."""
    db, today = store.cursor(), LATER.date()
    got: dict[str, Any] = {
        "register": [entry.model_dump(mode="json") for entry in whole_register(db, viewer, today=today)],
        "register_csv": register_csv(db, viewer, today=today, now=LATER).decode(),
    }
    if viewer is PUBLIC:
        return got
    got["releases"] = [each.model_dump(mode="json") for each in list_releases(db, viewer)]
    got["directory"] = directory(db, viewer, today=today).model_dump(mode="json")
    got["scores"] = [released_json(db, viewer, as_of=quarter) for quarter in QUARTERS]
    got["scores_csv"] = scores_csv(db, viewer, as_of=today, now=LATER).decode()
    for agency_id in AGENCIES:
        got[agency_id] = released_agency(db, viewer, agency_id, today=today).model_dump(mode="json")
        got[f"{agency_id} past"] = [each.model_dump(mode="json") for each in past_bands(db, viewer, agency_id)]
    if viewer in (SUNRISE, DOCKERS):
        got["changes"] = own_changes(db, viewer, today=today).model_dump(mode="json")
        got["batches"] = [each.model_dump(mode="json") for each in own_batches(db, viewer)]
    return got


def stripped(value: Any, releases: list[str]) -> str:
    """The bytes, but for the random name of the newest release."""
    text = json.dumps(value, sort_keys=True, default=str)
    for number, name in enumerate(releases):
        text = text.replace(name, f"release-{number}")
    return text


def obtained(store: Store, viewer: Viewer) -> str:
    names = [each.release_id for each in list_releases(store.cursor(), BUYER)]
    return stripped(everything(store, viewer), names)


@pytest.fixture(scope="module")
def country_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A country with three releases and a history, and workers who wait."""
    path = tmp_path_factory.mktemp("neighbours") / "country.duckdb"
    store = open_store(path)
    migrate(store, frozen_at(QUARTERS[0]) - timedelta(days=2000))
    found(store)
    play(store, random.Random(7), QUARTERS[:-1])
    at = frozen_at(NEXT) - timedelta(days=20)
    send(store, "sunrise", [one(number) for number in range(5000, 5008)], at)
    send(store, "harbour", [one(number) for number in range(6000, 6012)], at + timedelta(minutes=1))
    store.close()
    return path


def one(number: int, **changes: Any) -> dict[str, Any]:
    return worker(number, agency_id="a3", interview_date=NEXT - timedelta(days=20), **changes)


def with_next(country_file: Path, folder: Path, name: str, change: str | None, values: dict[str, Any]) -> Store:
    """A copy of the country in which something is different, after the next release."""
    store = open_store(shutil.copy(country_file, folder / f"{name}.duckdb"))
    if change is not None:
        store.cursor().execute(change, values)
    release(store, NEXT)
    return store


ROLES = {"public": PUBLIC, "buyer": BUYER, "another partner": DOCKERS}
REMOVE = "DELETE FROM evidence.report WHERE report_id = $report_id"
CHANGE = """
UPDATE evidence.report SET w01 = TRUE, w07 = TRUE, w20 = TRUE, months = 9, sex = 'female' WHERE report_id = $report_id
"""
ADD = """
INSERT INTO evidence.report BY NAME
SELECT report.* REPLACE ('r59' || n AS report_id, 'w59' || n AS worker_ref, TRUE AS w18)
FROM evidence.report, range($more) AS numbers(n)
WHERE report_id = $report_id
"""
WAITING = {"report_id": "r5003"}


@pytest.mark.parametrize(
    ("change", "values"),
    [(ADD, WAITING | {"more": 1}), (REMOVE, WAITING), (CHANGE, WAITING)],
    ids=["one more", "one fewer", "one who says otherwise"],
)
def test_a_worker_who_waits_changes_no_byte_of_what_anybody_obtains(
    country_file: Path, tmp_path: Path, change: str, values: dict[str, Any]
):
    here = with_next(country_file, tmp_path, "here", None, {})
    there = with_next(country_file, tmp_path, "there", change, values)
    for role, viewer in ROLES.items():
        assert obtained(here, viewer) == obtained(there, viewer), role
    here.close()
    there.close()


def test_a_tenth_worker_who_waits_is_seen(country_file: Path, tmp_path: Path):
    """Or the comparison could not fail: two more are ten, and enter."""
    here = with_next(country_file, tmp_path, "here", None, {})
    there = with_next(country_file, tmp_path, "there", ADD, WAITING | {"more": 2})
    assert obtained(here, BUYER) != obtained(there, BUYER)
    here.close()
    there.close()


def test_a_worker_in_a_block_changes_only_the_steps_of_that_agency(country_file: Path, tmp_path: Path):
    """One of harbour's twelve says otherwise in one question: of all that is told, only that question, what is combined
    from it, and the band can move."""
    here = with_next(country_file, tmp_path, "here", None, {})
    other = "UPDATE evidence.report SET w16 = TRUE WHERE report_id IN (SELECT 'r' || (6000 + n) FROM range(9) AS t(n))"
    there = with_next(country_file, tmp_path, "there", other, {})
    one_answer, another = (
        {each["agency_id"]: each for each in released_json(store.cursor(), BUYER, as_of=NEXT)}
        for store in (here, there)
    )
    assert {agency_id for agency_id in one_answer if one_answer[agency_id] != another[agency_id]} == {"a3"}
    differ = {part for part in one_answer["a3"] if one_answer["a3"][part] != another["a3"][part]}
    assert differ <= {"indicators", "criteria", "principles", "points", "band", "band_reason"}
    told, otherwise = one_answer["a3"]["indicators"], another["a3"]["indicators"]
    assert {code for code in told if told[code] != otherwise[code]} == {"W16"}
    for role, viewer in {"public": PUBLIC}.items():
        assert obtained(here, viewer) == obtained(there, viewer), role
    here.close()
    there.close()


@pytest.mark.parametrize("adverse", range(5))
def test_answers_within_one_cell_change_no_byte_at_all(country_file: Path, tmp_path: Path, adverse: int):
    """None of harbour's twelve, or up to four, were refused orientation: in the release it is the same."""
    here = with_next(country_file, tmp_path, "here", None, {})
    other = "UPDATE evidence.report SET w14 = TRUE WHERE report_id IN (SELECT 'r' || (6000 + n) FROM range($k) AS t(n))"
    there = with_next(country_file, tmp_path, "there", other, {"k": adverse})
    assert obtained(here, BUYER) == obtained(there, BUYER)
    here.close()
    there.close()
