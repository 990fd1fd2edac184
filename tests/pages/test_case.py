"""One case: what a reviewer sees, what they may do, and what they are told they may not."""

import re
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from schemas.case import Case
from schemas.codes import CaseState, Grade, Role
from schemas.viewer import Viewer
from tests.pages.conftest import ROOT, words_of
from tests.vetting.certification.desks import ASHA, BO, Desk
from vetting.certification.findings import record_finding
from vetting.store import Store

HEADINGS = "origin,destination,sex,client,placed\n"
ELEMENTS = ("policies", "communication", "skills", "monitoring", "governance")
Opened = Callable[[Viewer, Case], AppTest]


@pytest.fixture
def opened(house: Store) -> Opened:
    """The case's page as one of several reviewers sees it."""

    def run(viewer: Viewer, case: Case) -> AppTest:
        app = AppTest.from_file(str(ROOT / "pages" / "parts" / "signpost.py"), default_timeout=30)
        app.session_state["kept_sample_person"] = viewer.actor
        app.run()
        app.switch_page("../case.py")
        app.query_params["case"] = case.case_id
        return app.run()

    return run


def field(kind: Sequence[Any], stem: str) -> Any:
    """The field of this name in the form as it is now: keys change with every act, so that nothing typed stays."""
    return next(each for each in kind if each.key and re.fullmatch(rf"{re.escape(stem)}(_\d+)?", each.key))


def labels(app: AppTest) -> list[str]:
    return [expander.label for expander in app.expander]


def test_a_case_reads_from_top_to_bottom(desk: Desk, opened: Opened):
    app = opened(ASHA, desk.under_review())
    assert not app.exception
    said = words_of(app)
    assert "One Agency" in app.title[0].value
    for part in ("Scope", "What stands in the way of a certificate", "What you can do now", "Findings", "Ties"):
        assert part in said
    assert "Nobody has declared yet" in said
    for beside in (
        "**Heard by** 2 partners",
        "**Newest interview**",
        "**Coverage**",
        "out of **90** deployed",
        "No report",
    ):
        assert beside in said, beside
    assert "**0** of **10** the scheme asks for" in said


def test_what_may_not_be_done_is_said_with_every_reason(desk: Desk, opened: Opened):
    app = opened(ASHA, desk.under_review())
    said = words_of(app)
    assert "**Recommend for certification**: not now." in said
    assert "has not declared whether they have a tie" in said
    assert "Recommend for certification" not in labels(app)


def test_a_reviewer_declares_a_tie_draws_the_sample_and_counts_interviews(desk: Desk, opened: Opened):
    case = desk.under_review()
    app = opened(ASHA, case)
    field(app.button, "tie_submit").click().run()
    assert "Choose one of the two first" in app.error[0].value
    field(app.radio, "tie_chosen").set_value("I have no tie with this agency")
    field(app.button, "tie_submit").click().run()
    field(app.text_area, "draw_strata").input(f"{HEADINGS}NPL,QAT,boy,Pearl Towers,ninety\n")
    field(app.button, "draw_submit").click().run()
    assert "Line 2, column C (sex)" in app.error[0].value
    assert "Line 2, column E (placed)" in app.error[0].value
    field(app.text_area, "draw_strata").input(f"{HEADINGS}NPL,QAT,male,Pearl Towers,90\n")
    field(app.button, "draw_submit").click().run()
    assert not app.exception
    assert "0 of 10" in words_of(app)
    field(app.number_input, "count_1_interviewed").set_value(9)
    field(app.number_input, "count_1_substituted").set_value(1)
    field(app.button, "count_1_submit").click().run()
    assert "Say why others were heard" in app.error[0].value
    field(app.text_input, "count_1_reason").input("One went home.")
    field(app.button, "count_1_submit").click().run()
    assert not app.exception
    assert "**10** of **10** the scheme asks for" in words_of(app)
    assert "1 heard in place of others: One went home." in words_of(app)
    assert desk.count("tie") == 1


def test_a_finding_is_recorded_corrected_and_closed(desk: Desk, opened: Opened):
    case = desk.under_review()
    app = opened(ASHA, case)
    field(app.selectbox, "finding_criterion").select("1.1")
    field(app.text_area, "finding_statement").input("Two receipts for fees.")
    field(app.button, "finding_submit").click().run()
    assert "Choose a grade" in app.error[0].value
    field(app.radio, "finding_grade").set_value(Grade.MAJOR)
    field(app.button, "finding_submit").click().run()
    assert "Two receipts for fees" in words_of(app)
    (finding_id,) = desk.store.cursor().execute("SELECT finding_id FROM desk.finding").fetchone()
    for note, document in (
        ("They will repay.", ""),
        ("They repaid.", ""),
        ("Bank slips of all workers.", "Bank slips, binder 7"),
        ("Nothing new since.", ""),
    ):
        field(app.text_area, f"action_{finding_id}_note").input(note)
        field(app.text_input, f"action_{finding_id}_title").input(document)
        field(app.button, f"action_{finding_id}_submit").click().run()
        assert not app.exception
        assert not app.error
    said = words_of(app)
    assert "Closed on evidence seen" in said
    assert "Bank slips, binder 7" in said.replace("\\", "")
    assert desk.count("corrective_action") == 4


def test_closing_without_evidence_is_refused_and_leaves_no_trace(desk: Desk, opened: Opened):
    case = desk.under_review()
    finding = record_finding(
        desk.store, ASHA, case.case_id, crit_code="1.1", grade=Grade.MINOR, statement="A slip.", **desk.when
    )
    app = opened(ASHA, case)
    before = desk.count("trail")
    field(app.button, f"action_{finding.finding_id}_submit").click().run()
    assert "Say what the agency will do" in app.error[0].value
    assert desk.count("trail") == before


def test_the_first_reviewer_recommends_and_the_second_certifies(desk: Desk, opened: Opened):
    case = desk.ready()
    app = opened(ASHA, case)
    field(app.text_area, "move_recommended_evidence").input("visit-2026.pdf\nLetter of 3 March\n")
    field(app.text_area, "move_recommended_reason").input("All is in order.")
    field(app.checkbox, "move_recommended_confirmed").check()
    field(app.button, "move_recommended_submit").click().run()
    assert desk.state(case) == CaseState.RECOMMENDED
    assert "Rests on: visit-2026.pdf; Letter of 3 March" in words_of(app)
    assert "**Certify**: not now." in words_of(app)
    assert "a second, different reviewer" in words_of(app)
    app = opened(BO, case)
    field(app.text_area, "certify_certified_reason").input("I agree, having read all of it.")
    field(app.checkbox, "certify_certified_confirmed").check()
    field(app.button, "certify_certified_submit").click().run()
    assert not app.exception
    assert desk.state(case) == CaseState.CERTIFIED
    assert "Certified to" in words_of(app)


def test_an_act_without_a_reason_or_its_confirmation_does_nothing(desk: Desk, opened: Opened):
    case = desk.recommended()
    app = opened(BO, case)
    field(app.button, "certify_certified_submit").click().run()
    assert "Write a reason" in app.error[0].value
    field(app.text_area, "certify_certified_reason").input("Yes.")
    field(app.button, "certify_certified_submit").click().run()
    assert "Tick the box" in app.error[0].value
    assert desk.state(case) == CaseState.RECOMMENDED


def test_nobody_certifies_while_a_major_finding_is_open(desk: Desk, opened: Opened):
    case = desk.recommended()
    record_finding(desk.store, ASHA, case.case_id, crit_code="2.1", grade=Grade.MAJOR, statement="Kept.", **desk.when)
    app = opened(BO, case)
    assert "A major finding on criterion 2.1 is open" in words_of(app).replace("\\", "")
    assert not [button for button in app.button if button.key.startswith("certify_certified_submit")]


def test_a_review_is_recorded_with_who_chose_and_who_paid(desk: Desk, opened: Opened):
    app = opened(ASHA, desk.under_review())
    field(app.text_input, "assessment_assessor").input("Field Audits")
    field(app.button, "assessment_submit").click().run()
    assert "Say who chose the assessor" in app.error[0].value
    field(app.text_input, "assessment_chosen_by").input("the council")
    field(app.text_input, "assessment_paid_by").input("the agency")
    field(app.button, "assessment_submit").click().run()
    assert "assessed nothing" in app.error[0].value, "a grid nobody filled in is no review"
    rows = "".join(f"B.1,{element},conforms,\n" for element in ELEMENTS)
    wrong = "B.2,policies,does_not_conform,The register of partners is empty.\n"
    sheet = f"criterion,element,result,note\n{rows}{wrong}".encode()
    field(app.file_uploader, "review_sheet").upload("visit.csv", sheet, "text/csv")
    field(app.button, "assessment_submit").click().run()
    assert not app.exception
    said = words_of(app)
    assert "6 of 6 elements answered" in said
    assert "first time at this agency" in said
    assert "Of 120 elements, by the newest answers: **5** conform, **1** do not conform" in said
    assert "a review found that it does not conform, and no finding says so" in said
    assert "The register of partners is empty." in said
    assert "none recorded since: record one" in said


def test_what_an_agency_says_of_itself_reads_as_not_stated_until_it_is(desk: Desk, opened: Opened):
    app = opened(ASHA, desk.open())
    said = words_of(app)
    for what in ("Sectors", "Capacity building", "Self-assessment"):
        assert f"**{what}** not stated" in said
    field(app.button, "capacity_submit").click().run()
    assert "Choose a level first" in app.error[0].value
    field(app.radio, "capacity_level").set_value("level_1")
    field(app.text_input, "capacity_rests_on").input("Letter of the programme")
    field(app.button, "capacity_submit").click().run()
    sheet = b"criterion,element,answer\n1.1,policies,in place\n1.1,skills,partly\n"
    field(app.file_uploader, "self_sheet").upload("own.csv", sheet, "text/csv")
    field(app.button, "self_submit").click().run()
    assert not app.exception
    said = words_of(app)
    assert "**Capacity building** Level 1. Compared itself with the standard: gap analysis." in said
    assert "1 in place, 1 partly, 0 not in place, 0 not answered" in said
    assert "Agency: in place" in said


def test_a_certificate_is_withdrawn_by_two(desk: Desk, opened: Opened):
    case, _ = desk.certified()
    app = opened(ASHA, case)
    key = "propose_withdraw_withdrawn"
    field(app.text_area, f"{key}_reason").input("The office is empty.")
    field(app.checkbox, f"{key}_confirmed").check()
    field(app.button, f"{key}_submit").click().run()
    assert desk.state(case) == CaseState.CERTIFIED
    assert any("not now" in text.value and "Confirm" in text.value for text in app.markdown)
    app = opened(BO, case)
    (submit,) = [b.key for b in app.button if re.fullmatch(r"confirm_\S+_submit_\d+", b.key)]
    stem = submit.rpartition("_submit")[0]
    field(app.text_area, f"{stem}_reason").input("I was there too.")
    field(app.checkbox, f"{stem}_confirmed").check()
    app.button(key=submit).click().run()
    assert not app.exception
    assert desk.state(case) == CaseState.WITHDRAWN


def test_an_unknown_case_and_none_at_all_are_told_politely(desk: Desk, opened: Opened, seen_by):
    assert seen_by(Role.REVIEWER, "case").title[0].value == "Which case?"
    assert seen_by(Role.REVIEWER, "case", case="nothing").title[0].value == "No such case"


def test_the_queue_says_what_waits_on_whom(desk: Desk, seen_by):
    assert "Nothing waits for you" in words_of(seen_by(Role.REVIEWER, "cases"))
    desk.recommended()
    app = seen_by(Role.REVIEWER, "cases")
    assert not app.exception
    said = words_of(app)
    assert "A second reviewer decides: asha@example.org recommended it." in said
    assert "One Agency" in said
    assert "since today" in said
    app = seen_by(Role.REVIEWER, "cases", turn="agency")
    assert "Nothing waits on an agency." in words_of(app)
    assert "One Agency" in words_of(seen_by(Role.REVIEWER, "cases", state="recommended"))
    assert "One Agency" not in words_of(seen_by(Role.REVIEWER, "cases", state="draft")).partition("Workers")[0]


def test_the_queue_is_grouped_by_whose_turn_it_is_and_says_how_late(desk: Desk, seen_by):
    case, _ = desk.certified()
    assert "Waits for the clock: 1" in words_of(seen_by(Role.REVIEWER, "cases", turn="all"))
    assert "in 365 days" in words_of(seen_by(Role.REVIEWER, "cases", turn="clock"))
    desk.wait(368)
    said = words_of(seen_by(Role.REVIEWER, "cases", turn="late"))
    assert "3 days late" in said
    assert f"case?case={case.case_id}#decide" in said


def test_a_release_is_published_once_and_only_when_confirmed(desk: Desk, seen_by):
    desk.report("sunrise", interviewed=desk.today.replace(month=5))
    app = seen_by(Role.REVIEWER, "releases")
    assert "Nothing has been released yet" in words_of(app)
    field(app.button, "publish_submit").click().run()
    assert "Tick the box" in app.error[0].value
    assert desk.count("release") == 0
    field(app.checkbox, "publish_confirmed").check()
    field(app.button, "publish_submit").click().run()
    assert not app.exception
    assert desk.count("release") == 1
    assert "publish_submit" not in [button.key for button in app.button]
    assert "has been released" in app.info[0].value
