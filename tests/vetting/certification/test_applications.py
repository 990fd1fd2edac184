"""What an agency states of itself: kept with its source, never scored, and never read as none where nobody said."""

from datetime import timedelta

import pytest

from schemas.application import SelfAnswered
from schemas.case import Case, Corridor, Scope
from schemas.codes import CaseState
from schemas.review_codes import SelfAnswer
from schemas.review_sheet import load_review_sheet
from tests.vetting.certification.desks import AGENCY, ASHA, OTHERS, SCOPE, TODAY, Desk
from vetting.certification.applications import record_self_assessment, state_capacity
from vetting.certification.cases import move, open_case
from vetting.certification.page import case_page
from vetting.refusals import NotPermitted, Refusal
from vetting.scoring.score import score
from vetting.store.applications import fetch_application
from vetting.store.cases import fetch_case

FEES = SelfAnswered(crit_code="1.1", element="policies", answer=SelfAnswer.IN_PLACE)
STAFF = SelfAnswered(crit_code="1.1", element="skills", answer=SelfAnswer.NOT_IN_PLACE)
BLANK = SelfAnswered(crit_code="1.2", element="skills", answer=SelfAnswer.NOT_ANSWERED)


def answer(desk: Desk, case: Case, *answers: SelfAnswered, received_on=TODAY):
    return record_self_assessment(desk.store, ASHA, case.case_id, answers, received_on, **desk.when)


def test_nothing_stated_is_not_stated(desk: Desk):
    case = desk.open()
    application = fetch_application(desk.store.cursor(), case.case_id)
    assert (application.capacity, application.self_assessment, case.scope.sectors) == (None, None, ())


def test_a_level_is_stated_with_what_it_rests_on_and_the_newest_counts(desk: Desk):
    case, trail = desk.open(), desk.count("trail")
    state_capacity(desk.store, ASHA, case.case_id, "none", "Its own word.", **desk.when)
    state_capacity(desk.store, ASHA, case.case_id, "level_2", "Letter of the programme.", **desk.when)
    stated = fetch_application(desk.store.cursor(), case.case_id).capacity
    assert stated is not None
    assert (stated.level, stated.rests_on, stated.actor) == ("level_2", "Letter of the programme.", "asha@example.org")
    assert (desk.count("trail"), desk.count("capacity_statement")) == (trail + 2, 2)
    newest = "SELECT action, before, after, reason FROM desk.trail ORDER BY seq DESC LIMIT 1"
    assert desk.store.cursor().execute(newest).fetchone() == (
        "capacity_state", '{"level":"none"}', '{"level":"level_2"}', "Letter of the programme.",
    )  # fmt: skip


def test_the_levels_and_elements_are_data_with_their_sources():
    sheet = load_review_sheet()
    assert [level.code for level in sheet.capacity_levels] == ["none", "entry", "level_1", "level_2", "level_3"]
    assert len(sheet.elements) == 5
    for each in (*sheet.elements, *sheet.capacity_levels):
        assert each.basis
        assert each.status in ("public", "assumed")


def test_a_level_that_rests_on_nothing_or_does_not_exist_is_refused(desk: Desk):
    case, trail = desk.open(), desk.count("trail")
    with pytest.raises(Refusal, match="what the level rests on"):
        state_capacity(desk.store, ASHA, case.case_id, "level_1", " ", **desk.when)
    with pytest.raises(Refusal, match="no level 'level_9'"):
        state_capacity(desk.store, ASHA, case.case_id, "level_9", "A letter.", **desk.when)
    assert desk.count("trail") == trail


def test_a_self_assessment_stands_beside_what_was_found_and_counts_in_no_score(desk: Desk):
    case = desk.under_review()
    before, trail = score(desk.store.cursor(), as_of=desk.today, agencies=[AGENCY]), desk.count("trail")
    answer(desk, case, FEES, STAFF, BLANK)
    after = score(desk.store.cursor(), as_of=desk.today, agencies=[AGENCY])
    assert desk.count("trail") == trail + 1
    assert [each.model_copy(update={"known_at": None}) for each in after] == [
        each.model_copy(update={"known_at": None}) for each in before
    ]
    page = case_page(desk.store.cursor(), ASHA, case.case_id, desk.today)
    cells = {(row.crit_code, cell.element): cell for row in page.grid for cell in row.cells}
    assert len(cells) == 120
    assert [cells["1.1", "policies"].said, cells["1.1", "skills"].said] == [FEES.answer, STAFF.answer]
    assert (cells["1.2", "skills"].said, cells["1.3", "skills"].said) == (SelfAnswer.NOT_ANSWERED, None)
    assert {cell.seen for cell in cells.values()} == {None}


def test_a_later_self_assessment_stands_in_place_of_the_earlier_one_which_is_kept(desk: Desk):
    case = desk.open()
    answer(desk, case, FEES, STAFF)
    answer(desk, case, STAFF.model_copy(update={"answer": SelfAnswer.PARTLY}))
    stated = fetch_application(desk.store.cursor(), case.case_id).self_assessment
    assert stated is not None
    assert stated.by_cell() == {("1.1", "skills"): SelfAnswer.PARTLY}
    assert (desk.count("self_assessment"), desk.count("self_assessment_answer")) == (2, 3)


def test_a_self_assessment_that_does_not_hold_together_is_refused(desk: Desk):
    case, trail = desk.open(), desk.count("trail")
    for answers, sentence in (
        ([], "answers nothing"),
        ([BLANK], "answers nothing"),
        ([FEES, FEES], "Answered twice"),
        ([FEES.model_copy(update={"crit_code": "7"})], "no criterion 7"),
        ([FEES.model_copy(update={"element": "luck"})], "no element luck"),
    ):
        with pytest.raises(Refusal, match=sentence):
            answer(desk, case, *answers)
    with pytest.raises(Refusal, match="cannot lie in the future"):
        answer(desk, case, FEES, received_on=TODAY + timedelta(days=1))
    assert (desk.count("trail"), desk.count("self_assessment")) == (trail, 0)


def test_what_an_agency_states_belongs_to_its_application_and_is_written_down_by_reviewers(desk: Desk):
    case, _ = desk.certified()
    with pytest.raises(Refusal, match="this case is certified"):
        answer(desk, case, FEES)
    with pytest.raises(Refusal, match="this case is certified"):
        state_capacity(desk.store, ASHA, case.case_id, "entry", "A letter.", **desk.when)
    for other in OTHERS:
        with pytest.raises(NotPermitted):
            state_capacity(desk.store, other, case.case_id, "entry", "A letter.", **desk.when)
        with pytest.raises(NotPermitted):
            record_self_assessment(desk.store, other, case.case_id, [FEES], TODAY, **desk.when)


def test_a_scope_names_sectors_by_the_code_list_of_the_fee_reports(desk: Desk):
    scope = SCOPE.model_copy(update={"sectors": ("41", "9700", "41")})
    case = open_case(desk.store, ASHA, agency_id=AGENCY, scope=scope, reason="They applied.", **desk.when)
    kept = fetch_case(desk.store.cursor(), case.case_id)
    assert kept is not None
    assert kept.scope.sectors == ("41", "9700")
    with pytest.raises(Refusal, match="'building' is no sector"):
        open_case(
            desk.store, ASHA, agency_id=AGENCY, scope=scope.model_copy(update={"sectors": ("building",)}),
            reason="They applied.", **desk.when,
        )  # fmt: skip


def test_a_scope_stored_before_sectors_were_asked_for_reads_as_not_stated():
    old = '{"legal_entity":"A","sites":["B"],"corridors":[{"origin":"NPL","destination":"QAT"}],"sub_agents":[]}'
    assert Scope.model_validate_json(old) == Scope(
        legal_entity="A", sites=("B",), corridors=(Corridor(origin="NPL", destination="QAT"),)
    )


def test_a_move_keeps_what_it_rests_on_and_says_so_on_the_trail(desk: Desk):
    case = desk.open()
    moved_with = ("licence-2026.pdf", " ", "Letter of 3 March")
    move(desk.store, ASHA, case.case_id, CaseState.APPLIED, "Complete.", evidence=moved_with, **desk.when)
    page = case_page(desk.store.cursor(), ASHA, case.case_id, desk.today)
    assert [each.evidence for each in page.moves] == [(), ("licence-2026.pdf", "Letter of 3 March")]
    newest = "SELECT after FROM desk.trail ORDER BY seq DESC LIMIT 1"
    assert '"evidence":["licence-2026.pdf","Letter of 3 March"]' in desk.store.cursor().execute(newest).fetchone()[0]
