"""What waits on whom, and since when? The reviewers' queue, computed from the cases as they stand."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from schemas.agency import Agency
from schemas.case import Assessment, Case, Certificate, Finding, Proposal
from schemas.case_page import Waiting, WaitsOn
from schemas.codes import ActionState, CaseState, ProposalKind, Role
from schemas.standard import Standard, load_standard
from schemas.viewer import Viewer
from vetting.certification.clock import DueMove, by_the_clock, due_moves, surveillance_due
from vetting.certification.complaint_clock import complaints_waiting
from vetting.certification.decisions import appeals_waiting
from vetting.certification.moves import HOLDING
from vetting.certification.periods import after, due_on, is_overdue
from vetting.certification.reviewers import folded
from vetting.disclosure.roles import require
from vetting.scoring.indicators import BY_CODE
from vetting.store import Cursor
from vetting.store.agencies import fetch_agencies
from vetting.store.assessments import fetch_agencies_tied, fetch_assessments, fetch_ties
from vetting.store.cases import fetch_cases, fetch_moves
from vetting.store.certificates import fetch_certificates
from vetting.store.findings import fetch_findings
from vetting.store.merges import resolve
from vetting.store.proposals import fetch_open_proposals

S = CaseState
ON_REVIEWER = {
    S.APPLIED: "Decide on the application: accept, defer or decline.",
    S.ACCEPTED: "Begin the document review.",
    S.DOCUMENT_REVIEW: "Review the documents, then go on site.",
    S.ON_SITE_REVIEW: "Review on site: record the assessment, findings and interviews.",
}
# Where on the case's page it is done; elsewhere it is a decision.
SECTIONS = {S.DOCUMENT_REVIEW: "assessments", S.ON_SITE_REVIEW: "assessments"}
DECIDE, FINDINGS = "decide", "findings"
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
    """Whose turn, what to do, since when, by when; `not_by`: who did the first half and may not do the second;
    `section`: where on the case's page."""

    on: WaitsOn
    what: str
    since: datetime
    due_on: date | None = None
    not_by: str = ""
    section: str = DECIDE


class Ahead(NamedTuple):
    """What the clock will bring to a certificate next, after this day."""

    due_on: date
    what: str


def case_queue(db: Cursor, viewer: Viewer, today: date) -> list[Waiting]:
    """Every case and proposal: what is late first, longest overdue at the top; then what this viewer may do, then what
    waits on others, each in the order it has waited; what the clock will bring comes by its day, what has ended last.
    """
    require(viewer, Role.REVIEWER)
    agencies = {agency.agency_id: agency for agency in fetch_agencies(db)}
    proposals, due = fetch_open_proposals(db), due_moves(db, today)
    findings: Mapping[str, list[Finding]] = defaultdict(list)
    for finding in fetch_findings(db):
        findings[finding.agency_id].append(finding)
    first = {move.case_id: move.actor for move in fetch_moves(db) if move.to_state is S.RECOMMENDED}
    tied, visits = _tied(db, viewer), fetch_assessments(db)
    coming = {each.case_id: ahead(each, visits) for each in fetch_certificates(db)}
    lines = []
    for written in fetch_cases(db):
        case = by_the_clock(written, due.get(written.case_id))
        own = [proposal for proposal in proposals if proposal.case_id == case.case_id]
        turn = turn_of(case, findings[case.agency_id], own, due.get(case.case_id), first.get(case.case_id, ""), today)
        turn = till(turn, case, coming.get(case.case_id))
        lines.append(as_waiting(turn, agencies[case.agency_id], case, viewer, today, tied=case.agency_id in tied))
    for proposal in proposals:
        if proposal.case_id is None:
            turn, tie = _turn_of_proposal(proposal), proposal.agency_id in tied
            lines.append(as_waiting(turn, agencies[proposal.agency_id], None, viewer, today, tied=tie))
    lines += complaints_waiting(db, viewer, today)
    lines += appeals_waiting(db, viewer, today)
    return sorted(lines, key=urgency)


def ahead(certificate: Certificate, assessments: Sequence[Assessment]) -> Ahead:
    """The next visit of surveillance, or the end, whichever comes first."""
    visit = surveillance_due(certificate, assessments)
    if visit < certificate.expires_on:
        return Ahead(visit, "A surveillance visit is due by then, or the certificate is suspended.")
    return Ahead(certificate.expires_on, "The certificate ends then: a new one takes a new case.")


def till(turn: Turn, case: Case, coming: Ahead | None) -> Turn:
    """A certificate that nothing else waits for waits for its next date."""
    if coming is None or turn.on is not WaitsOn.NOBODY or case.state is not S.CERTIFIED:
        return turn
    return turn._replace(on=WaitsOn.CLOCK, what=coming.what, due_on=coming.due_on)


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
            return _owed(findings, standard, today) or Turn(
                WaitsOn.REVIEWER, "Every finding is closed: recommend, or decline.", _last_step(case, findings)
            )
        case S.SUSPENDED:
            by = after(case.since.date(), standard.scheme.suspension_to_withdrawal)
            what = "Suspended: two reviewers reinstate or withdraw the certificate."
            return Turn(WaitsOn.REVIEWER, what, case.since, by)
    if case.state in HOLDING and (turn := _owed(findings, standard, today)):
        return turn
    if case.state in ON_REVIEWER:
        section = SECTIONS.get(case.state, DECIDE)
        return Turn(WaitsOn.REVIEWER, ON_REVIEWER[case.state], case.since, section=section)
    return Turn(WaitsOn.NOBODY, ENDED[case.state], case.since)


def as_waiting(
    turn: Turn, agency: Agency, case: Case | None, viewer: Viewer, today: date, *, tied: bool = False
) -> Waiting:
    """The line of the queue. `tied`: this viewer has declared a tie with the agency."""
    mine = bool(turn.not_by) and folded(turn.not_by) == folded(viewer.actor)
    theirs = turn.on in (WaitsOn.REVIEWER, WaitsOn.SECOND_REVIEWER)
    why_not = ""
    if mine:
        why_not = "You did the first half of this: a different reviewer has to do the second."
    elif tied and theirs and turn.section == DECIDE:
        why_not = "You have declared a tie with this agency: another reviewer has to decide."
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
        yours=theirs and not why_not,
        why_not=why_not,
        section=turn.section,
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


def _owed(findings: Sequence[Finding], standard: Standard, today: date) -> Turn | None:
    turn = _turn_of_findings(findings, standard, today)
    return turn and turn._replace(section=FINDINGS)


def _tied(db: Cursor, viewer: Viewer) -> set[str]:
    """The agencies this reviewer has a declared tie with. Most have none, so few are asked about in full."""
    person = folded(viewer.actor)
    ever = {resolve(db, agency_id) for agency_id in fetch_agencies_tied(db, person)}
    return {agency_id for agency_id in ever if fetch_ties(db, agency_id)[person].tied}


def urgency(line: Waiting) -> tuple[object, ...]:
    """The order of the queue."""
    ends = line.on is WaitsOn.NOBODY
    if line.on is WaitsOn.CLOCK and line.due_on:
        return not line.late, line.due_on if line.late else date.max, True, ends, line.due_on, line.since
    return not line.late, line.due_on if line.late else date.max, not line.yours, ends, date.min, line.since


def _last_step(case: Case, findings: Sequence[Finding]) -> datetime:
    return max([case.since, *(action.recorded_at for finding in findings for action in finding.actions)])


def _counted(findings: Sequence[Finding], word: str) -> str:
    return f"1 {word}" if len(findings) == 1 else f"{len(findings)} {word}s"
