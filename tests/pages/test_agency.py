"""One agency: live with everything behind it for reviewers, as released for everybody else."""

from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from schemas.codes import Role, Via
from tests.pages.conftest import words_of
from tests.vetting.certification.desks import AGENCY, ASHA, Desk
from vetting.disclosure.release import publish
from vetting.scoring import speech

SeenBy = Callable[..., AppTest]


@pytest.fixture
def well_spoken_of(desk: Desk) -> Desk:
    heard = date(2026, 5, 20)
    desk.report("sunrise", interviewed=heard)
    desk.report("dockers", interviewed=heard)
    return desk


def released(desk: Desk) -> Desk:
    publish(desk.store, ASHA, **desk.when)
    return desk


def test_a_reviewer_sees_the_headline_and_drills_down_to_counts(well_spoken_of: Desk, seen_by: SeenBy):
    app = seen_by(Role.REVIEWER, "agency", agency=AGENCY)
    assert not app.exception
    said = words_of(app)
    assert "One Agency" in app.title[0].value
    assert "0 of 300 workers" in said
    assert "no sign of this" in said
    assert "was charged anything" in said
    assert "W01" not in said
    assert speech.CHANCE_ONLY in said
    assert app.metric[0].value == "300"


def test_one_reported_fee_reads_as_fees_with_a_duty_to_repay(well_spoken_of: Desk, seen_by: SeenBy):
    well_spoken_of.report("sunrise", reports=20, interviewed=date(2026, 6, 1), w01=12)
    said = words_of(seen_by(Role.REVIEWER, "agency", agency=AGENCY))
    assert "workers report fees" in said
    assert "12 of 320 workers" in said
    assert speech.REPAY in said


def test_what_stops_it_is_told_in_sentences(well_spoken_of: Desk, seen_by: SeenBy):
    well_spoken_of.report("dockers", reports=60, interviewed=date(2026, 6, 1), w01=60, w07=50)
    said = words_of(seen_by(Role.REVIEWER, "agency", agency=AGENCY))
    assert "On hold: reports under review" in said
    assert "60 of 360 workers report that they were charged fees or costs" in said
    assert speech.REPAY in said
    assert "their passport is held by employer or agency" in said
    assert "guilty" not in said.lower()


def test_a_reviewer_is_shown_an_agency_nobody_was_heard_about(desk: Desk, seen_by: SeenBy):
    app = seen_by(Role.REVIEWER, "agency", agency=AGENCY)
    assert not app.exception
    assert "Fewer than 10 workers have been heard." in words_of(app)


def test_a_buyer_sees_the_release_and_nothing_exact(well_spoken_of: Desk, seen_by: SeenBy):
    released(well_spoken_of)
    app = seen_by(Role.BUYER, "agency", agency=AGENCY)
    assert not app.exception
    said = words_of(app)
    assert "Release as of 30 Jun 2026" in said
    assert app.metric[0].value == "100–499"
    assert "300" not in said.replace("100–499", "")
    assert "Cases and findings" not in said
    assert "few workers or none report fees" in said
    assert speech.CHANCE_ONLY in said


def test_what_came_after_the_release_is_not_in_it(well_spoken_of: Desk, seen_by: SeenBy):
    released(well_spoken_of)
    well_spoken_of.report("dockers", reports=200, interviewed=date(2026, 9, 1), w01=200)
    said = words_of(seen_by(Role.BUYER, "agency", agency=AGENCY))
    assert "workers report fees" not in said


@pytest.mark.parametrize("workers", [0, 9])
def test_none_and_too_few_look_the_same_to_a_buyer(workers: int, desk: Desk, seen_by: SeenBy):
    if workers:
        desk.report("sunrise", reports=workers, interviewed=date(2026, 5, 20))
    released(desk)
    app = seen_by(Role.BUYER, "agency", agency=AGENCY)
    assert not app.exception
    assert not app.metric
    assert "Too few workers to show." in words_of(app)


def test_before_the_first_release_a_buyer_is_told_so(desk: Desk, seen_by: SeenBy):
    assert "Nothing has been released yet" in words_of(seen_by(Role.BUYER, "agency", agency=AGENCY))


@pytest.mark.parametrize("role", [Role.BUYER, Role.REVIEWER])
def test_an_unknown_agency_and_none_at_all_are_told_politely(role: Role, desk: Desk, seen_by: SeenBy):
    assert seen_by(role, "agency", agency="nobody").title[0].value == "No such agency"
    assert seen_by(role, "agency").title[0].value == "Which agency?"


def test_a_reviewer_opens_a_case_and_a_scope_that_lacks_something_is_refused(desk: Desk, seen_by: SeenBy):
    app = seen_by(Role.REVIEWER, "agency", agency=AGENCY)
    app.text_area(key="case_reason").input("They applied.")
    app.button(key="case_submit").click().run()
    assert "A scope names the legal entity" in app.error[0].value
    app.text_area(key="case_sites").input("Head office")
    app.selectbox(key="case_origin").select("NPL")
    app.selectbox(key="case_destination").select("QAT")
    app.button(key="case_submit").click().run()
    assert not app.exception
    assert desk.count("case") == 1


def test_findings_of_the_agency_stand_on_its_page(desk: Desk, seen_by: SeenBy):
    from schemas.codes import Grade
    from vetting.certification.findings import record_finding

    case = desk.under_review()
    when = desk.when | {"via": Via.PAGE}
    record_finding(
        desk.store, ASHA, case.case_id, crit_code="1.1", grade=Grade.MAJOR, statement="Receipts for fees.", **when
    )
    said = words_of(seen_by(Role.REVIEWER, "agency", agency=AGENCY))
    assert "Receipts for fees." in said
    assert "open, no corrective action agreed yet" in said
