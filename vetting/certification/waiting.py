"""What waits on whom, and since when? The reviewers' queue, computed from the cases as they stand."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from schemas.agency import Agency
from schemas.case import Case, Finding, Proposal
from schemas.case_page import Waiting, WaitsOn
from schemas.codes import ActionState, CaseState, ProposalKind, Role
from schemas.standard import Standard, load_standard
from schemas.viewer import Viewer
from vetting.certification.clock import DueMove, by_the_clock, due_moves
from vetting.certification.complaint_clock import complaints_waiting
from vetting.certification.decisions import appeals_waiting
from vetting.certification.moves import HOLDING
from vetting.certification.periods import after, due_on, is_overdue
from vetting.certification.reviewers import folded
from vetting.disclosure.roles import require
from vetting.scoring.indicators import BY_CODE
from vetting.store import Cursor
from vetting.store.agencies import fetch_agencies
from vetting.store.cases import fetch_cases, fetch_moves
from vetting.store.findings import fetch_findings
from vetting.store.proposals import fetch_open_proposals

S = CaseState
ON_REVIEWER = {
    S.APPLIED: "Decide on the application: accept, defer or decline.",
    S.ACCEPTED: "Begin the document review.",
    S.DOCUMENT_REVIEW: "Review the documents, then go on site.",
    S.ON_SITE_REVIEW: "Review on site: record the assessment, findings and interviews.",
}
ENDED = {
    S.CERTIFIED: "Certified. Nothing waits.",
    S.DECLINED: "Declined.",
    S.WITHDRAWN: "Withdrawn.",
    S.EXPIRED: "Expired. A new certificate takes a new case.",
}
PROPOSED = {
    ProposalKind.WITHDRAW: "Confirm or drop: withdraw the certificate.",
    ProposalKind.REINSTATE: "Confirm or drop: reinstate the certificate.",
    ProposalKind.CLEAR_GATE: "Confirm or drop: clear the gate",
}


class Turn(NamedTuple):
    """Whose turn, what to do, since when, by when; `not_by`: who did the first half and may not do the second."""

    on: WaitsOn
    what: str
    since: datetime
    due_on: date | None = None
    not_by: str = ""


def case_queue(db: Cursor, viewer: Viewer, today: date) -> list[Waiting]:
    """Every case and proposal: what is late first, then what this viewer may do, each in the order it has waited."""
    require(viewer, Role.REVIEWER)
    agencies = {agency.agency_id: agency for agency in fetch_agencies(db)}
    proposals, due = fetch_open_proposals(db), due_moves(db, today)
    findings: Mapping[str, list[Finding]] = defaultdict(list)
    for finding in fetch_findings(db):
        findings[finding.agency_id].append(finding)
    first = {move.case_id: move.actor for move in fetch_moves(db) if move.to_state is S.RECOMMENDED}
    lines = []
    for written in fetch_cases(db):
        case = by_the_clock(written, due.get(written.case_id))
        own = [proposal for proposal in proposals if proposal.case_id == case.case_id]
        turn = turn_of(case, findings[case.agency_id], own, due.get(case.case_id), first.get(case.case_id, ""), today)
        lines.append(as_waiting(turn, agencies[case.agency_id], case, viewer, today))
    for proposal in proposals:
        if proposal.case_id is None:
            lines.append(as_waiting(_turn_of_proposal(proposal), agencies[proposal.agency_id], None, viewer, today))
    lines += complaints_waiting(db, viewer, today)
    lines += appeals_waiting(db, viewer, today)
    return sorted(lines, key=lambda line: (not line.late, not line.yours, line.on is WaitsOn.NOBODY, line.since))


def turn_of(
    case: Case, findings: Sequence[Finding], proposals: Sequence[Proposal], due: DueMove | None, first: str, today: date
) -> Turn:
    """Whose turn it is in one case. `first`: who recommended it."""
    standard = load_standard(case.standard)
    if proposals:
        return _turn_of_proposal(proposals[0])
    if due is not None:
        return Turn(WaitsOn.REVIEWER, due.reason, datetime.combine(due.since, datetime.min.time()), due.due_on)
    match case.state:
        case S.DRAFT:
            return Turn(WaitsOn.AGENCY, "The application is still being written.", case.since)
        case S.DEFERRED:
            by = after(case.since.date(), standard.scheme.deferral_window)
            return Turn(WaitsOn.AGENCY, "The agency owes what its application lacks.", case.since, by)
        case S.RECOMMENDED:
            what = f"A second reviewer decides: {first} recommended it."
            return Turn(WaitsOn.SECOND_REVIEWER, what, case.since, not_by=first)
        case S.CORRECTIVE_ACTION:
            return _turn_of_findings(findings, standard, today) or Turn(
                WaitsOn.REVIEWER, "Every finding is closed: recommend, or decline.", _last_step(case, findings)
            )
        case S.SUSPENDED:
            by = after(case.since.date(), standard.scheme.suspension_to_withdrawal)
            what = "Suspended: two reviewers reinstate or withdraw the certificate."
            return Turn(WaitsOn.REVIEWER, what, case.since, by)
    if case.state in HOLDING and (turn := _turn_of_findings(findings, standard, today)):
        return turn
    if case.state in ON_REVIEWER:
        return Turn(WaitsOn.REVIEWER, ON_REVIEWER[case.state], case.since)
    return Turn(WaitsOn.NOBODY, ENDED[case.state], case.since)


def as_waiting(turn: Turn, agency: Agency, case: Case | None, viewer: Viewer, today: date) -> Waiting:
    mine = bool(turn.not_by) and folded(turn.not_by) == folded(viewer.actor)
    why_not = "You did the first half of this: a different reviewer has to do the second." if mine else ""
    return Waiting(
        case_id=None if case is None else case.case_id,
        agency_id=agency.agency_id,
        agency=agency.name,
        licence=agency.licence,
        state=None if case is None else case.state,
        on=turn.on,
        what=turn.what,
        since=turn.since,
        due_on=turn.due_on,
        late=turn.due_on is not None and turn.due_on < today,
        yours=turn.on in (WaitsOn.REVIEWER, WaitsOn.SECOND_REVIEWER) and not mine,
        why_not=why_not,
    )


def _turn_of_findings(findings: Sequence[Finding], standard: Standard, today: date) -> Turn | None:
    """What reviewers owe comes first: verify what was done, agree on what was not; then what the agency owes."""
    open_ones = [finding for finding in findings if finding.is_open and due_on(finding, standard) is not None]
    done = [finding for finding in open_ones if finding.state is ActionState.DONE]
    verified = [finding for finding in open_ones if finding.state is ActionState.VERIFIED]
    bare = [finding for finding in open_ones if finding.state is None]
    owed = [finding for finding in open_ones if finding.state in (ActionState.AGREED, ActionState.REJECTED)]
    if done:
        what = f"Verify {_counted(done, 'correction')} the agency says {'is' if len(done) == 1 else 'are'} done."
        return Turn(WaitsOn.REVIEWER, what, min(finding.actions[-1].recorded_at for finding in done))
    if verified:
        what = f"Close {_counted(verified, 'finding')} whose correction was verified."
        return Turn(WaitsOn.REVIEWER, what, min(finding.actions[-1].recorded_at for finding in verified))
    if bare:
        what = f"Agree on a corrective action for {_counted(bare, 'finding')}."
        return Turn(WaitsOn.REVIEWER, what, min(finding.recorded_at for finding in bare))
    if owed:
        by = min(due for finding in owed if (due := due_on(finding, standard)) is not None)
        late = sum(is_overdue(finding, standard, today) for finding in owed)
        what = f"The agency owes {_counted(owed, 'correction')}" + (f", {late} overdue." if late else ".")
        return Turn(WaitsOn.AGENCY, what, min(finding.actions[-1].recorded_at for finding in owed), by)
    return None


def _turn_of_proposal(proposal: Proposal) -> Turn:
    gate = f" “{BY_CODE[proposal.indicator].wording}”." if proposal.indicator else ""
    what = f"{PROPOSED[proposal.kind]}{gate} {proposal.proposed_by} proposed it."
    return Turn(WaitsOn.SECOND_REVIEWER, what, proposal.recorded_at, not_by=proposal.proposed_by)


def _last_step(case: Case, findings: Sequence[Finding]) -> datetime:
    return max([case.since, *(action.recorded_at for finding in findings for action in finding.actions)])


def _counted(findings: Sequence[Finding], word: str) -> str:
    return f"1 {word}" if len(findings) == 1 else f"{len(findings)} {word}s"
