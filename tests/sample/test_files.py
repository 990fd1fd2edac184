"""The sample's files are written by their scripts to the byte, and the broken ones are told exactly their problems."""

import csv
import importlib
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from schemas.agency import Agency
from schemas.problem_codes import PROBLEMS
from tests.sample.played import TODAY
from vetting.intake.check import check
from vetting.sample.dates import ANCHOR

SAMPLE = Path(__file__).resolve().parents[2] / "sample_data"
BROKEN: dict[str, list[dict[str, Any]]] = json.loads((SAMPLE / "broken" / "expected.json").read_text(encoding="utf-8"))


def script(name: str) -> ModuleType:
    """One of the scripts beside the sample; they are run in their folder, and so import one another by name."""
    sys.path.insert(0, str(SAMPLE))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(str(SAMPLE))


def test_the_scripts_write_what_is_there_to_the_byte():
    make = script("make_sample")
    for (partner, quarter), rows in make.files().items():
        path = SAMPLE / "reports" / f"{partner}-{make.quarter_name(quarter)}.csv"
        assert path.read_bytes() == make.as_sent(partner, rows), path.name
    assert len(list((SAMPLE / "reports").glob("*.csv"))) == len(make.files())
    for name, rows in make.story().items():
        assert (SAMPLE / "story" / name).read_bytes() == make.as_sent("sathi-bato", rows)
    assert (SAMPLE / "agencies.csv").read_text(encoding="utf-8") == make.csv_text(make.register())
    assert make.ANCHOR == ANCHOR


def test_the_broken_files_are_written_by_their_script_too():
    make = script("make_broken")
    for broken in make.FILES:
        data = broken.raw if broken.raw is not None else make.written(broken)
        assert (SAMPLE / "broken" / broken.name).read_bytes() == data, broken.name
        assert BROKEN[broken.name] == make.told(broken), broken.name
    assert {path.name for path in (SAMPLE / "broken").iterdir()} == {*BROKEN, "expected.json"}


def test_the_register_looks_like_registers():
    with (SAMPLE / "agencies.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 60
    assert {row["status"] for row in rows} == {"valid", "suspended", "cancelled", "expired", "unknown"}
    assert sum(row["licence"].startswith("0") for row in rows) > 20
    assert any(row["deployed_12m"] == "" for row in rows)
    assert len({row["country"] for row in rows}) >= 10


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_a_broken_file_is_told_exactly_its_problems(name: str, register: list[Agency]):
    found = check((SAMPLE / "broken" / name).read_bytes(), name, agencies=register, today=TODAY).result
    told = [
        problem.model_dump(mode="json", include={"line", "column", "letter", "code", "severity"})
        for problem in found.problems
    ]
    assert sorted(told, key=str) == sorted(BROKEN[name], key=str)
    assert all(problem.message for problem in found.problems)
    assert found.file_refused == any(problem["severity"] == "refuse_file" for problem in BROKEN[name])


def test_the_broken_files_show_every_problem_there_is():
    shown = {problem["code"] for problems in BROKEN.values() for problem in problems}
    assert shown | {"consent_withdrawn"} == set(PROBLEMS)  # that one needs a worker who withdrew it before
