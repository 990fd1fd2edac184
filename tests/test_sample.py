"""The sample country: written by its scripts to the byte, replayed through the real acts, and with something of all."""

import csv
import importlib
import json
import shutil
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from schemas.agency import Agency
from schemas.codes import Band, BandReason, CaseState, Role, Via
from schemas.problem_codes import PROBLEMS
from schemas.score import Score
from schemas.standard import load_standard
from schemas.viewer import Viewer
from vetting import trail
from vetting.certification.cases import move
from vetting.certification.decide import certify
from vetting.certification.reviews import count_interviews, declare_tie
from vetting.disclosure.release import list_releases, publish
from vetting.disclosure.released import released_agency
from vetting.intake.check import check
from vetting.intake.commit import commit
from vetting.refusals import Refusal
from vetting.sample import load_sample, sample_file
from vetting.sample.dates import ANCHOR, Calendar, calendar_for
from vetting.scoring.score import score
from vetting.store import Store, open_store
from vetting.store.agencies import fetch_agencies
from vetting.store.cases import fetch_cases
from vetting.store.findings import fetch_findings
from vetting.store.migrate import migrate
from vetting.store.partners import fetch_partners
from vetting.store.settings import fetch_settings

SAMPLE = Path(__file__).resolve().parent.parent / "sample_data"
TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, 0)
STORY = "9021/065/66"
REVIEWER = Viewer(role=Role.REVIEWER, organisation="Aldersund Institute", actor="ines.marlow@aldersund.example")
ASMITA = Viewer(role=Role.PARTNER, organisation="sathi-bato", actor="asmita.gharti@sathi-bato.example")
SECOND = REVIEWER.model_copy(update={"actor": "tobias.okello@aldersund.example"})
BROKEN: dict[str, list[dict[str, Any]]] = json.loads((SAMPLE / "broken" / "expected.json").read_text(encoding="utf-8"))


def script(name: str) -> ModuleType:
    """One of the scripts beside the sample; they are run in their folder, and so import one another by name."""
    sys.path.insert(0, str(SAMPLE))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(str(SAMPLE))


@pytest.fixture(scope="module")
def country_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample country as of TODAY, closed."""
    path = tmp_path_factory.mktemp("sample") / "country.duckdb"
    store = open_store(path)
    migrate(store, NOW)
    load_sample(store, TODAY)
    store.close()
    return path


@pytest.fixture(scope="module")
def country(country_file: Path) -> Iterator[Store]:
    """For reading only."""
    store = open_store(country_file)
    yield store
    store.close()


@pytest.fixture
def own_country(country_file: Path, country: Store, tmp_path: Path) -> Iterator[Store]:
    """A copy to act in."""
    store = open_store(shutil.copy(country_file, tmp_path / "copy.duckdb"))
    yield store
    store.close()


@pytest.fixture(scope="module")
def scores(country: Store) -> list[Score]:
    return score(country.cursor(), as_of=TODAY)


# What is written


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


# Broken files


@pytest.fixture(scope="module")
def register(country: Store) -> list[Agency]:
    return fetch_agencies(country.cursor())


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
    assert shown == set(PROBLEMS)


# The country


def test_the_store_says_that_it_is_a_sample_and_who_decides(country: Store):
    settings = fetch_settings(country.cursor())
    assert settings.sample
    assert "Aldersund" in settings.operating_body


def test_the_trail_of_four_years_holds(country: Store):
    _, wrong = trail.verify(country.cursor())
    assert wrong is None


def test_every_band_and_every_reason_is_present(scores: list[Score]):
    assert len(scores) == 60
    assert {each.band for each in scores} == set(Band)
    assert {each.band_reason for each in scores} - {None} == set(BandReason)


@pytest.mark.parametrize("day", [date(2026, 10, 1), date(2026, 12, 31)])
def test_they_are_present_from_the_first_to_the_last_day_of_the_quarter(country: Store, day: date):
    found = score(country.cursor(), as_of=day)
    assert {each.band for each in found} == set(Band)
    assert {each.band_reason for each in found} - {None} == set(BandReason)


def test_cases_are_in_every_state(country: Store):
    assert {case.state for case in fetch_cases(country.cursor())} == set(CaseState)


def test_there_are_open_findings_of_every_blocking_grade_and_corrected_ones(country: Store):
    findings = fetch_findings(country.cursor())
    assert {finding.grade.value for finding in findings if finding.is_open} >= {"critical", "major", "minor"}
    assert any(not finding.is_open for finding in findings)


def test_documents_contradict_workers_somewhere(scores: list[Score]):
    contradicted = {each.licence: each.contradictions for each in scores if each.contradictions}
    assert "1.1" in contradicted["9033/067/68"]


def test_one_agency_rests_on_one_partner(scores: list[Score]):
    assert any(len(each.rests_on) == 1 and each.partners > 1 for each in scores)


def test_an_agency_may_rest_on_auditors_and_is_then_at_most_fair(scores: list[Score]):
    heard_by_auditors = next(each for each in scores if each.licence == "0971/072/73")
    assert heard_by_auditors.auditors_in
    assert heard_by_auditors.band is Band.FAIR


def test_workers_under_eighteen_are_a_referral_before_any_gate_opens(scores: list[Score]):
    minors = next(each for each in scores if each.licence == "MOLS/0920/13")
    assert "W21" not in minors.gates
    assert any(item.indicator == "W21" and item.referral for item in minors.queue)


def test_a_cleared_gate_lets_the_shares_speak(scores: list[Score]):
    cleared = next(each for each in scores if each.licence == "KEP.0924/2018")
    assert cleared.indicator("W01").outcome.value == "not_met"
    assert "W01" not in cleared.gates
    assert cleared.band is Band.WEAK


def test_partners_of_every_kind_report(country: Store):
    kinds = {partner.kind.value for partner in fetch_partners(country.cursor())}
    assert kinds == {"ngo", "union", "mrc", "government", "auditor", "employer", "agency"}


def test_eight_quarters_are_released_and_the_next_one_is_due(country: Store):
    releases = list_releases(country.cursor(), REVIEWER)
    ends = sorted(release.as_of for release in releases)
    assert ends == [
        date(2024, 6, 30), date(2024, 9, 30), date(2024, 12, 31), date(2025, 3, 31),
        date(2025, 6, 30), date(2025, 9, 30), date(2025, 12, 31), date(2026, 3, 31),
    ]  # fmt: skip
    assert all(release.recorded_at < datetime(2026, 10, 1) for release in releases)


def test_the_agency_of_the_story_lacks_workers_only(scores: list[Score], country: Store):
    story = next(each for each in scores if each.licence == STORY)
    assert story.band is Band.INSUFFICIENT_EVIDENCE
    assert not story.gates
    assert all(each.documents is not None for each in story.criteria if each.applicable)
    case = next(case for case in fetch_cases(country.cursor()) if case.agency_id == story.agency_id)
    assert case.state is CaseState.ON_SITE_REVIEW
    assert case.interviews_required == 14


def test_the_mended_file_of_the_story_is_clean_and_the_other_is_not(register: list[Agency]):
    mended = check(sample_file("story/mended.csv", TODAY), "mended.csv", agencies=register, today=TODAY).result
    broken = check(sample_file("story/with_mistakes.csv", TODAY), "m.csv", agencies=register, today=TODAY).result
    assert (mended.accepted, mended.problems) == (36, ())
    assert not broken.file_refused
    assert (broken.quarantined, broken.refused) == (9, 3)  # the misspelt agency is read and told
    assert len({problem.code for problem in broken.problems}) >= 11


def test_the_mended_file_leads_to_a_certificate_and_into_the_next_release(own_country: Store, register: list[Agency]):
    """The story the browser plays, told with the acts alone."""
    store, db, when = own_country, own_country.cursor(), {"via": Via.PAGE, "now": NOW, "today": TODAY}
    agency = next(agency for agency in register if agency.licence == STORY)
    case = next(case for case in fetch_cases(db) if case.agency_id == agency.agency_id)
    mended = check(sample_file("story/mended.csv", TODAY), "mended.csv", agencies=register, today=TODAY)
    receipt = commit(store, mended, partner="sathi-bato", viewer=ASMITA, via=Via.PAGE, now=NOW)
    (touched,) = receipt.agencies
    assert (touched.licence, touched.reports, touched.own_workers) == (STORY, 36, 39)
    (live,) = score(db, as_of=TODAY, agencies=[agency.agency_id])
    assert (live.band, live.workers, live.partners) == (Band.STRONG, 45, 2)
    for reviewer in (REVIEWER, SECOND):
        declare_tie(store, reviewer, agency.agency_id, False, **when)
    with pytest.raises(Refusal, match="12 of 14"):
        move(store, REVIEWER, case.case_id, CaseState.RECOMMENDED, "Ready.", **when)
    count_interviews(store, REVIEWER, case.case_id, 14, **when)
    move(store, REVIEWER, case.case_id, CaseState.RECOMMENDED, "Workers and documents agree.", **when)
    certify(store, SECOND, case.case_id, "No sign of fees.", **when)
    released = publish(store, REVIEWER, **when)
    assert released.as_of == date(2026, 6, 30)
    buyer = Viewer(role=Role.BUYER, organisation="Norrlind Apparel", actor="freja.lund@norrlind.example")
    told = released_agency(db, buyer, agency.agency_id, today=TODAY)
    assert told.figure is not None
    assert told.figure.band in (Band.STRONG, Band.FAIR)
    assert told.certificate is not None
    assert told.certificate.valid


# Dates


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


def test_the_standard_is_the_one_the_cases_were_opened_under(country: Store):
    assert {case.standard_hash for case in fetch_cases(country.cursor())} == {load_standard().content_hash}
