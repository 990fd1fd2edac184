"""The case page: everything about one case together, and what this viewer may do now, or why not."""

import pytest

from schemas.case_page import CaseAct, CasePage, Step
from schemas.codes import ActionState, Band, CaseState, Grade, ProposalKind
from schemas.viewer import Viewer
from tests.vetting.certification.desks import ASHA, BO, CAI, OTHERS, Desk
from vetting.certification.findings import record_finding
from vetting.certification.page import case_page
from vetting.certification.proposals import propose_move
from vetting.refusals import NotFound, NotPermitted


def page_of(desk: Desk, case, viewer: Viewer = ASHA) -> CasePage:
    return case_page(desk.store.cursor(), viewer, case.case_id, desk.today)


def steps(page: CasePage, act: CaseAct) -> list[Step]:
    return [step for step in page.steps if step.act is act]


def test_it_shows_workers_against_documents_criterion_by_criterion(desk: Desk):
    case = desk.under_review()
    desk.assess(case, criteria={"1.1": "", "B.1": ""})
    desk.report("sunrise", reports=150, w01=120)
    record_finding(desk.store, ASHA, case.case_id, crit_code="B.1", grade=Grade.MINOR, statement="x", **desk.when)
    rows = {row.crit_code: row for row in page_of(desk, case).criteria}
    assert len(rows) == 24
    fees, system, privacy = rows["1.1"], rows["B.1"], rows["4.1"]
    assert (fees.documents, fees.contradiction, fees.assessed_on) == (100, True, desk.today)
    assert [indicator.code for indicator in fees.indicators] == ["W01", "W02"]
    assert fees.worker is not None
    assert fees.worker.mid < 60
    assert (system.worker, system.documents, system.worst_open) == (None, 70, Grade.MINOR)
    assert (privacy.worker, privacy.documents, privacy.assessed_on) == (None, None, None)


def test_it_tells_the_story_with_actors_and_reasons(desk: Desk):
    page = page_of(desk, desk.recommended())
    assert [move.to_state for move in page.moves] == [
        "draft",
        "applied",
        "accepted",
        "document_review",
        "on_site_review",
        "recommended",
    ]
    assert {move.actor for move in page.moves} == {"asha@example.org"}
    assert page.moves[1].reason == "Ready to be applied."
    assert (page.interviews.required, page.interviews.interviewed) == (10, 10)
    assert {tie.reviewer for tie in page.ties} == {"asha@example.org", "bo@example.org"}
    assert page.score.band in (Band.STRONG, Band.FAIR)
    assert page.obstacles == ()
    assert page.certificate is None


def test_the_first_reviewer_reads_why_certifying_is_not_for_them(desk: Desk):
    case = desk.recommended()
    (theirs,), (others,) = (steps(page_of(desk, case, viewer), CaseAct.CERTIFY) for viewer in (ASHA, BO))
    assert not theirs.allowed
    assert "a second, different reviewer" in theirs.why_not[0]
    assert others.allowed
    (undeclared,) = steps(page_of(desk, case, CAI), CaseAct.CERTIFY)
    assert undeclared.why_not == (
        "cai@example.org has not declared whether they have a tie with this agency: they must declare it first.",
    )


def test_recommending_is_offered_with_what_stands_in_its_way(desk: Desk):
    case = desk.under_review()
    page = page_of(desk, case)
    moves = {step.to_state: step for step in steps(page, CaseAct.MOVE)}
    assert set(moves) == {CaseState.CORRECTIVE_ACTION, CaseState.RECOMMENDED, CaseState.DECLINED}
    assert moves[CaseState.DECLINED].allowed
    assert moves[CaseState.RECOMMENDED].why_not[:-1] == page.obstacles
    assert len(page.obstacles) == 2, "the sample and the paper"


def test_a_draft_offers_no_review_yet(desk: Desk):
    page = page_of(desk, desk.open())
    for act in (CaseAct.RECORD_ASSESSMENT, CaseAct.COUNT_INTERVIEWS, CaseAct.RECORD_FINDING):
        (step,) = steps(page, act)
        assert step.why_not == ("The case is draft: this is for cases under review.",)
    assert steps(page, CaseAct.DECLARE_TIE)[0].allowed


def test_a_finding_shows_its_deadline_and_what_may_follow(desk: Desk):
    case = desk.under_review()
    record_finding(desk.store, ASHA, case.case_id, crit_code="1.1", grade=Grade.MAJOR, statement="x", **desk.when)
    (row,) = page_of(desk, case).findings
    assert (row.overdue, row.next_steps) == (False, (ActionState.AGREED,))
    assert (row.due_on - desk.today).days == 90
    desk.wait(91)
    assert page_of(desk, case).findings[0].overdue


def test_a_proposal_is_for_another_to_confirm_and_for_anyone_to_drop(desk: Desk):
    case, certificate = desk.certified()
    proposal = propose_move(desk.store, ASHA, case.case_id, ProposalKind.WITHDRAW, "Refused access.", **desk.when)
    mine, theirs = page_of(desk, case, ASHA), page_of(desk, case, BO)
    assert mine.proposals == (proposal,)
    assert mine.certificate == certificate
    assert mine.standing is not None
    assert mine.standing.valid
    assert [step.allowed for step in steps(mine, CaseAct.CONFIRM)] == [False]
    assert [step.allowed for step in steps(theirs, CaseAct.CONFIRM)] == [True]
    assert [step.allowed for step in steps(mine, CaseAct.DROP)] == [True]
    assert steps(mine, CaseAct.PROPOSE_WITHDRAW) == []


def test_an_open_gate_offers_its_clearance(desk: Desk):
    case = desk.ready()
    desk.report("sunrise", reports=1, verification="investigated", w07=1)
    (step,) = steps(page_of(desk, case), CaseAct.PROPOSE_CLEARANCE)
    assert (step.indicator, step.allowed) == ("W07", True)


def test_the_case_page_is_for_reviewers(desk: Desk):
    case = desk.open()
    for other in OTHERS:
        with pytest.raises(NotPermitted):
            page_of(desk, case, other)


def test_a_case_that_is_not_there_is_not_found(desk: Desk):
    with pytest.raises(NotFound):
        case_page(desk.store.cursor(), ASHA, "x", desk.today)
