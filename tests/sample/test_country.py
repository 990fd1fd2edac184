"""The sample country is replayed through the real acts, and has something of all."""

from datetime import date, datetime

import pytest

from schemas.agency import Agency
from schemas.codes import Band, BandReason, CaseState, Role, Via
from schemas.score import Score
from schemas.standard import load_standard
from schemas.viewer import Viewer
from tests.sample.played import NOW, TODAY
from vetting import trail
from vetting.certification.cases import move
from vetting.certification.decide import certify
from vetting.certification.interview_draw import count_stratum
from vetting.certification.reviews import declare_tie
from vetting.disclosure.release import list_releases, publish
from vetting.disclosure.released import released_agency
from vetting.intake.check import check
from vetting.intake.commit import commit
from vetting.refusals import Refusal
from vetting.sample import sample_file
from vetting.scoring.score import score
from vetting.store import Store
from vetting.store.cases import fetch_cases
from vetting.store.findings import fetch_findings
from vetting.store.partners import fetch_partners
from vetting.store.settings import fetch_settings

STORY = "9021/065/66"
REVIEWER = Viewer(role=Role.REVIEWER, organisation="Aldersund Institute", actor="ines.marlow@aldersund.example")
ASMITA = Viewer(role=Role.PARTNER, organisation="sathi-bato", actor="asmita.gharti@sathi-bato.example")
SECOND = REVIEWER.model_copy(update={"actor": "tobias.okello@aldersund.example"})


def test_the_store_says_that_it_is_a_sample_and_who_decides(country: Store):
    settings = fetch_settings(country.cursor())
    assert settings.sample
    assert "Aldersund" in settings.operating_body


def test_the_trail_of_four_years_holds(country: Store):
    wrong = trail.verify(country.cursor()).flaw
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
    count_stratum(store, REVIEWER, case.case_id, 2, interviewed=8, **when)
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


def test_the_standard_is_the_one_the_cases_were_opened_under(country: Store):
    assert {case.standard_hash for case in fetch_cases(country.cursor())} == {load_standard().content_hash}
