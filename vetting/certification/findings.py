"""Findings and what becomes of them: agreed, done, verified, rejected, closed.

Done is what the agency says. Verified is what a reviewer says who has seen the evidence and accepts it. Closed ends the
finding, which is open and stops whatever it stops until then. A critical or major one is verified and closed on
evidence alone: a file, or a document that is named, given with one of its corrective actions since it was last done.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from schemas.case import BLOCKING, CorrectiveAction, Finding
from schemas.codes import Action, ActionState, Grade, Role, Via
from schemas.standard import load_standard
from schemas.trail import Entry
from schemas.viewer import Viewer
from vetting.certification.cases import require_case
from vetting.certification.evidence import Given, check_all, keep, on_trail, require_finding
from vetting.certification.moves import HOLDING, UNDER_REVIEW, named
from vetting.certification.periods import due_on
from vetting.certification.reviewers import act_as_reviewer, folded, require_text
from vetting.disclosure.roles import require
from vetting.ids import new_id
from vetting.refusals import Refusal
from vetting.scoring.live import rescore
from vetting.store import Cursor, Moment, Store
from vetting.store.evidence_files import fetch_of_findings
from vetting.store.findings import insert_action, insert_finding

A = ActionState
ON_EVIDENCE = (A.VERIFIED, A.CLOSED)
STEPS: Mapping[ActionState | None, tuple[ActionState, ...]] = {
    None: (A.AGREED,),
    A.AGREED: (A.AGREED, A.DONE),  # agreed anew: another date
    A.DONE: (A.VERIFIED, A.REJECTED),
    A.VERIFIED: (A.CLOSED, A.REJECTED),  # rejected after all: it did not hold
    A.REJECTED: (A.AGREED, A.DONE),
    A.CLOSED: (),
}
NOTES = {
    A.AGREED: "Say what the agency will do to correct this.",
    A.DONE: "Say what the agency has done and what it sent to show it.",
    A.REJECTED: "Say what is still missing, so that the agency knows what to do.",
    A.VERIFIED: "Say what evidence was seen and why it is enough: a promise is none.",
    A.CLOSED: "Say why the finding has ended: what evidence was seen, and that it holds.",
}


def record_finding(
    store: Store,
    viewer: Viewer,
    case_id: str,
    *,
    crit_code: str,
    grade: Grade,
    statement: str,
    via: Via,
    now: datetime,
    today: date,
) -> Finding:
    """Record a finding against a criterion: while a case is under review, or while its certificate stands."""
    statement = require_text(statement, "Say what was found, so that the agency can answer it.")
    if crit_code not in {criterion.crit_code for criterion in load_standard().criteria}:
        raise Refusal(f"The standard has no criterion {crit_code!r}. Its codes run from A.1 to 5.3.")

    def deed(moment: Moment) -> tuple[Entry, Finding]:
        case = require_case(moment.db, case_id)
        if case.state not in UNDER_REVIEW | HOLDING:
            raise Refusal(f"Findings are recorded while a case is under review; this one is {named(case.state)}.")
        finding = Finding(
            finding_id=new_id(),
            recorded_at=moment.recorded_at,
            case_id=case_id,
            agency_id=case.agency_id,
            crit_code=crit_code,
            grade=grade,
            statement=statement,
            actor=folded(viewer.actor),
        )
        insert_finding(moment.db, finding)
        after = finding.model_dump(mode="json", include={"finding_id", "agency_id", "crit_code", "grade", "statement"})
        return Entry(action=Action.FINDING_RECORD, subject=case_id, after=after), finding

    finding = act_as_reviewer(store, viewer, deed, via=via, now=now)
    rescore(store, [finding.agency_id], today)
    return finding


def act_on_finding(
    store: Store,
    viewer: Viewer,
    finding_id: str,
    to: ActionState,
    note: str,
    *,
    agreed_due: date | None = None,
    evidence: Sequence[Given] = (),
    via: Via,
    now: datetime,
    today: date,
) -> Finding:
    """Take a finding one step on, with a note and its evidence. `agreed_due`: a date other than the scheme's deadline
    for its grade. Raises NotPermitted; NotFound; Refusal, then nothing of it is kept, files included."""
    require(viewer, Role.REVIEWER)
    note = require_text(note, NOTES[to])
    checked = check_all(store, evidence)

    def deed(moment: Moment) -> tuple[Entry, Finding]:
        before = require_finding(moment.db, finding_id)
        _check_step(before, to)
        action = CorrectiveAction(
            recorded_at=moment.recorded_at,
            state=to,
            due_on=_agreed(before, agreed_due, today) if to is A.AGREED else None,
            note=note,
            actor=folded(viewer.actor),
        )
        insert_action(moment.db, finding_id, action)
        kept = keep(
            moment, checked, viewer, case_id=before.case_id, finding_id=finding_id, action_at=moment.recorded_at
        )
        if to in ON_EVIDENCE and before.grade in BLOCKING:
            _refuse_without_evidence(moment.db, before, moment.recorded_at, to)
        after = before.model_copy(update={"actions": (*before.actions, action)})
        entry = Entry(
            action=Action.CORRECTIVE_ACTION,
            subject=before.case_id or before.agency_id,
            before={"finding": finding_id, "state": before.state, "due_on": _text(before.due_on)},
            after={"finding": finding_id, "state": to.value, "due_on": _text(after.due_on)}
            | ({"evidence": on_trail(kept)} if kept else {}),
            reason=note,
        )
        return entry, after

    finding = act_as_reviewer(store, viewer, deed, via=via, now=now)
    rescore(store, [finding.agency_id], today)
    return finding


def next_steps(finding: Finding) -> tuple[ActionState, ...]:
    """What may become of it now. An observation asks for no action, so it may be closed at any time."""
    steps = STEPS[finding.state]
    may_close = finding.grade is Grade.OBSERVATION and finding.is_open and A.CLOSED not in steps
    return (*steps, A.CLOSED) if may_close else steps


def _check_step(finding: Finding, to: ActionState) -> None:
    steps = next_steps(finding)
    if to in steps:
        return
    if not steps:
        raise Refusal("This finding is closed. If it is there again, record a new one.")
    now = "without a corrective action yet" if finding.state is None else finding.state.value
    possible = " or ".join(step.value for step in steps)
    raise Refusal(f"This finding is {now}, so it cannot become {to.value}: it can become {possible}.")


def _refuse_without_evidence(db: Cursor, finding: Finding, at: datetime, to: ActionState) -> None:
    """Counted is what is there still and was given since the correction was last reported as done."""
    done = max((action.recorded_at for action in finding.actions if action.state is A.DONE), default=at)
    given = fetch_of_findings(db, [finding.finding_id])
    if not any(each.is_there and each.action_at is not None and each.action_at >= done for each in given):
        raise Refusal(
            f"A {finding.grade.value} finding is {to.value} on evidence: give a file that shows the correction, or "
            "name the document and where it lies."
        )


def _agreed(finding: Finding, agreed: date | None, today: date) -> date | None:
    """The date agreed, else the scheme's deadline counted from the finding; one already past is no date to agree."""
    due = agreed or due_on(finding.model_copy(update={"actions": ()}), load_standard())
    if due is not None and due < today:
        raise Refusal(f"{due.isoformat()} is past. Agree on a date that the agency can still keep.")
    return due


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
