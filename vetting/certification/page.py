"""One case from top to bottom: who, scope, headline and why, workers against documents, findings, what may be done."""

from collections.abc import Sequence
from datetime import date

from schemas.case import Assessment, Case, Finding
from schemas.case_page import CasePage, CriterionRow, FindingRow
from schemas.codes import CaseState, Grade, Role
from schemas.review_sheet import load_review_sheet
from schemas.score import Score
from schemas.standard import load_standard
from schemas.viewer import Viewer
from vetting.certification.cases import require_case
from vetting.certification.clock import by_the_clock, due_moves, surveillance_due
from vetting.certification.findings import next_steps
from vetting.certification.grid import grid
from vetting.certification.obstacles import interview_sample, obstacles_in_evidence
from vetting.certification.periods import due_on, is_overdue
from vetting.certification.public import standing_now
from vetting.certification.reviewers import folded
from vetting.certification.steps import steps_for
from vetting.certification.waiting import ahead, as_waiting, till, turn_of
from vetting.disclosure.live import live_score
from vetting.disclosure.roles import require
from vetting.store import Cursor
from vetting.store.agencies import fetch_agency
from vetting.store.applications import fetch_application
from vetting.store.assessments import fetch_assessments, fetch_ties
from vetting.store.cases import fetch_moves
from vetting.store.certificates import fetch_certificates
from vetting.store.findings import fetch_findings
from vetting.store.happened import fetch_newest
from vetting.store.interview_draws import fetch_draws
from vetting.store.proposals import fetch_clearances, fetch_open_proposals
from vetting.store.review_cells import fetch_cells


def case_page(db: Cursor, viewer: Viewer, case_id: str, today: date) -> CasePage:
    """Everything about one case, for reviewers; the score is the live one, as of today."""
    require(viewer, Role.REVIEWER)
    seen = fetch_newest(db, case_id)  # before anything else: what comes while the rest is read is news
    written = require_case(db, case_id)
    due = due_moves(db, today, written.agency_id).get(case_id)
    case = by_the_clock(written, due)
    agency, evidence = fetch_agency(db, case.agency_id), live_score(db, viewer, case.agency_id, as_of=today)
    findings, assessments = fetch_findings(db, case.agency_id), fetch_assessments(db, case.agency_id)
    moves, ties = fetch_moves(db, case_id), fetch_ties(db, case.agency_id)
    proposals = [each for each in fetch_open_proposals(db, case.agency_id) if each.case_id in (None, case_id)]
    application = fetch_application(db, case_id)
    held = fetch_certificates(db, case_id=case_id)
    obstacles = obstacles_in_evidence(db, case, evidence)
    first = next((move.actor for move in reversed(moves) if move.to_state is CaseState.RECOMMENDED), "")
    turn = turn_of(case, findings, [each for each in proposals if each.case_id], due, first, today)
    turn = till(turn, case, ahead(held[-1], assessments) if held else None)
    own_tie = ties.get(folded(viewer.actor))
    return CasePage(
        case=case,
        agency=agency,
        score=evidence,
        criteria=_criteria(case, evidence, findings, assessments),
        application=application,
        grid=grid(
            fetch_cells(db, case.agency_id),
            application.self_assessment,
            findings,
            load_review_sheet(case.standard),
            load_standard(case.standard),
        ),
        assessments=tuple(assessments),
        interviews=interview_sample(db, case),
        draws=tuple(fetch_draws(db, case_id)),
        findings=tuple(_finding(each, case, today) for each in findings),
        ties=tuple(ties.values()),
        your_tie=own_tie,
        moves=tuple(moves),
        proposals=tuple(proposals),
        cleared=tuple(fetch_clearances(db, case.agency_id, evidence.known_at)),
        certificate=held[-1] if held else None,
        standing=standing_now(db, held[-1], today) if held else None,
        surveillance_due=surveillance_due(held[-1], assessments) if held else None,
        obstacles=tuple(obstacles),
        steps=steps_for(db, viewer, case, evidence, proposals, today),
        waiting=as_waiting(turn, agency, case, viewer, today, tied=own_tie is not None and own_tie.tied),
        seen=seen,
    )


def _criteria(
    case: Case, evidence: Score, findings: Sequence[Finding], assessments: Sequence[Assessment]
) -> tuple[CriterionRow, ...]:
    standard = load_standard(case.standard)
    rows = []
    for scored in evidence.criteria:
        criterion = standard.criterion(scored.crit_code)
        rows.append(
            CriterionRow(
                crit_code=scored.crit_code,
                title=criterion.title,
                wording=criterion.wording,
                applicable=scored.applicable,
                worker=scored.worker,
                documents=scored.documents,
                assessed_on=_newest(assessments, scored.crit_code),
                worst_open=_worst_open(findings, scored.crit_code),
                contradiction=scored.crit_code in evidence.contradictions,
                indicators=tuple(each for each in evidence.indicators if each.criterion == scored.crit_code),
            )
        )
    return tuple(rows)


def _finding(finding: Finding, case: Case, today: date) -> FindingRow:
    standard = load_standard(case.standard)
    return FindingRow(
        finding=finding,
        due_on=due_on(finding, standard),
        overdue=is_overdue(finding, standard, today),
        next_steps=next_steps(finding),
    )


def _newest(assessments: Sequence[Assessment], crit_code: str) -> date | None:
    return max((each.completed_on for each in assessments if crit_code in each.criteria), default=None)


def _worst_open(findings: Sequence[Finding], crit_code: str) -> Grade | None:
    grades = {finding.grade for finding in findings if finding.is_open and finding.crit_code == crit_code}
    return next((grade for grade in Grade if grade in grades), None)
