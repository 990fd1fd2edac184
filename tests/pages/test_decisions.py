"""Deciding on the page: what it rests on, notes beside it, what changed meanwhile, appeals, what everybody reads."""

from streamlit.testing.v1 import AppTest

from schemas.case import Case
from schemas.codes import AppealOutcome, CaseState, Grade, Role, Via
from schemas.viewer import Viewer
from tests.pages.conftest import words_of
from tests.pages.test_case import Opened, field, opened
from tests.vetting.certification.desks import ADMIN, ASHA, BO, CAI, Desk
from vetting.certification.findings import record_finding
from vetting.store.decisions import fetch_decisions
from vetting.store.members import add_member

__all__ = ["opened"]  # the fixture: a case's page as one of several reviewers sees it
DAN = Viewer(role=Role.REVIEWER, organisation="body", actor="dan@example.org")
EVE = Viewer(role=Role.REVIEWER, organisation="body", actor="eve@example.org")


def certify(app: AppTest) -> AppTest:
    field(app.text_area, "certify_certified_reason").input("I agree, having read all of it.")
    field(app.checkbox, "certify_certified_confirmed").check()
    return field(app.button, "certify_certified_submit").click().run()


def decided(desk: Desk, case: Case):
    return fetch_decisions(desk.store.cursor(), case_id=case.case_id)


def test_a_decision_says_beforehand_what_it_rests_on_and_keeps_the_notes(desk: Desk, opened: Opened):
    case = desk.recommended()
    app = opened(BO, case)
    said = words_of(app)
    assert "**It rests on what is computed at that moment.**" in said
    assert "Of 24 criteria workers speak to" in said
    assert "**The first half:** asha@example.org recommended it" in said.replace("\\", "")
    field(app.multiselect, "certify_certified_notes").set_value(["1.1"]).run()
    field(app.text_input, "certify_certified_notes_1.1").input("Eleven receipts seen.")
    app = certify(app)
    assert not app.exception
    (kept,) = decided(desk, case)
    assert [(each.crit_code, each.note) for each in kept.ground.criteria if each.note] == [
        ("1.1", "Eleven receipts seen.")
    ]
    said = words_of(app)
    assert "Decisions, and what each rested on" in said
    assert "“I agree, having read all of it.”" in said
    assert "Eleven receipts seen." in said
    assert "no sign of this, n = 300" in said


def test_a_note_that_states_another_band_is_refused_where_it_was_written(desk: Desk, opened: Opened):
    case = desk.recommended()
    app = opened(BO, case)
    field(app.multiselect, "certify_certified_notes").set_value(["1.1"]).run()
    field(app.text_input, "certify_certified_notes_1.1").input("The band is weak.")
    app = certify(app)
    assert "Nobody types the headline" in app.error[0].value
    assert desk.state(case) == CaseState.RECOMMENDED


def test_whoever_decides_on_a_page_that_is_out_of_date_is_told_what_changed_and_sees_it(desk: Desk, opened: Opened):
    case = desk.recommended()
    app = opened(BO, case)
    record_finding(desk.store, CAI, case.case_id, crit_code="4.1", grade=Grade.MINOR, statement="A list.", **desk.when)
    app = certify(app)
    assert "Since you opened this page, cai@example.org recorded a minor finding on 4.1" in app.error[0].value
    assert desk.state(case) == CaseState.RECOMMENDED
    assert "A list." in words_of(app), "the page shows it anew"
    app = field(app.button, "certify_certified_submit").click().run()
    assert not app.error
    assert desk.state(case) == CaseState.CERTIFIED


def test_an_appeal_is_recorded_and_decided_by_two_others(desk: Desk, opened: Opened):
    case = desk.go(desk.ready(), CaseState.DECLINED)
    (decision,) = decided(desk, case)
    for reviewer in (DAN, EVE):
        at = {"via": Via.CLI, "now": desk.when["now"]}
        add_member(desk.store, ADMIN, email=reviewer.actor, name="", role=Role.REVIEWER, organisation="body", **at)
        desk.declare(reviewer)
    app = opened(BO, case)
    field(app.text_area, f"appeal_{decision.decision_id}_ground").input("The receipts were not read.")
    app = field(app.button, f"appeal_{decision.decision_id}_submit").click().run()
    assert not app.exception
    assert "To be decided by" in words_of(app)
    (appeal,) = desk.store.cursor().execute("SELECT appeal_id FROM desk.appeal").fetchone()
    app = opened(ASHA, case)
    assert "asha@example.org took part in the decision appealed against" in words_of(app).replace("\\", "")
    assert not [button for button in app.button if button.key and button.key.startswith("decide_")]
    for reviewer in (DAN, EVE):
        app = opened(reviewer, case)
        assert "The case is then in document review." in words_of(app)
        stem = f"decide_{appeal}"
        field(app.button_group, f"{stem}_outcome").set_value(AppealOutcome.UPHELD).run()
        field(app.text_area, f"{stem}_reason").input("They were not.")
        field(app.checkbox, f"{stem}_confirmed").check()
        app = field(app.button, f"{stem}_submit").click().run()
        assert not app.exception
        assert not app.error
    assert desk.state(case) == CaseState.DOCUMENT_REVIEW
    assert "It was **upheld**" in words_of(app)


def test_everybody_reads_on_the_register_what_was_decided_but_not_by_whom(desk: Desk, seen_by):
    desk.certified()
    said = words_of(seen_by(None, "register"))
    assert "two reviewers found nothing in the way" in said
    assert "Fair Passage Council" in said
    assert "@example.org" not in said
    assert "All criteria are met." not in said


def test_a_buyer_reads_it_on_the_agencys_page(desk: Desk, seen_by):
    desk.certified()
    said = words_of(seen_by(Role.BUYER, "agency", agency="agency-one"))
    assert "Decisions about its certificate" in said
    assert "@example.org" not in said
