"""What time alone does: a certificate expires; an overdue correction or a lapsed surveillance suspends it.

Whoever looks sees it at once, because reading applies the same rule; `tick` writes it down. When that is changes
nothing: the rule asks what was known on each day, so that what was caught up on later does not undo a lapse.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from schemas.case import BLOCKING, Assessment, Case, Certificate, Finding
from schemas.codes import CaseState, Via
from schemas.record import Record
from schemas.standard import load_standard
from schemas.trail import Entry
from vetting import trail
from vetting.certification.meanwhile import Seen, refuse_if_changed
from vetting.certification.moved import moved, require_case
from vetting.certification.moves import HOLDING, Hand, check_move
from vetting.certification.periods import after, due_on
from vetting.store import Cursor, Moment, Store, act
from vetting.store.assessments import fetch_assessments
from vetting.store.cases import fetch_case, fetch_cases
from vetting.store.certificates import fetch_certificates
from vetting.store.clock_moves import insert_clock_move
from vetting.store.findings import fetch_findings
from vetting.store.settings import fetch_settings
from vetting.store.then import NOW, Then

ACTOR = "clock"
A_DAY = timedelta(days=1)


class DueMove(Record):
    """A move that time has brought about. `due_on`: the last day on which it could be kept off; `since`: the day from
    which it holds, where the body works. They lie apart where what was done in time is found wanting later."""

    case_id: str
    to_state: CaseState
    due_on: date
    since: date
    reason: str


class Facts(NamedTuple):
    """What reviewers have written down about an agency, as far as the clock asks."""

    findings: Sequence[Finding]
    assessments: Sequence[Assessment]


class Due(NamedTuple):
    """Something owed: its last day, and what it is."""

    day: date
    what: str


def tick(store: Store, *, now: datetime, today: date) -> list[DueMove]:
    """Write down every move that is due, each in an act of its own; return those made."""
    due = due_moves(store.cursor(), today).values()
    return [each for each in due if _carried_out(store, each.case_id, now, today) is not None]


def settle(store: Store, case_id: str, seen: int | None, *, now: datetime, today: date) -> int | None:
    """Write down what time has done to one case before somebody acts on it, so that the act meets the state that holds.

    Returns what that somebody has then seen: a page shows the state by the clock whether or not it is written. Raises
    ChangedMeanwhile, writing nothing, where something else happened since `seen`.
    """
    db = store.cursor()
    case = fetch_case(db, case_id)
    if case is None or case_id not in due_moves(db, today, case.agency_id):
        return seen
    written = _carried_out(store, case_id, now, today, None if seen is None else Seen(case_id, seen))
    return seen if seen is None or written is None else written


def due_moves(db: Cursor, today: date, agency_id: str | None = None, then: Then = NOW) -> Mapping[str, DueMove]:
    """What is due and not yet written, by case."""
    certificates = {each.case_id: each for each in fetch_certificates(db, agency_id=agency_id, then=then)}
    facts = Facts(fetch_findings(db, agency_id, then), fetch_assessments(db, agency_id, then))
    zone = ZoneInfo(fetch_settings(db).time_zone)
    due = (
        due_of(case, certificates[case.case_id], facts, today, zone)
        for case in fetch_cases(db, agency_id, then)
        if case.state in HOLDING and case.case_id in certificates
    )
    return {each.case_id: each for each in due if each is not None}


def due_of(case: Case, certificate: Certificate, facts: Facts, today: date, zone: ZoneInfo) -> DueMove | None:
    """Expiry comes first; a suspended certificate is not suspended again.

    A certificate is suspended from the first day since it (last) became valid on which something was overdue by what
    was known then. The day begins at midnight in `zone`.
    """
    if today > certificate.expires_on:
        return _expiry(case, certificate)
    if case.state is CaseState.SUSPENDED:
        return None
    turns = [case.since, *sorted(at for at in _moments(facts) if at > case.since)]
    for begin, end in zip(turns, [*turns[1:], None], strict=True):
        owed = _owed(case, certificate, _known(facts, begin))
        if owed:
            since = max(min(due.day for due in owed) + A_DAY, local_day(begin, zone))
            if since <= today if end is None else beginning_of(since, zone) < end:
                return _suspension(case, owed, since)
    return None


def due_move(db: Cursor, case: Case, today: date) -> DueMove | None:
    """What the clock would do to a case if its certificate were valid, by what is known now."""
    held = fetch_certificates(db, case_id=case.case_id)
    if not held:
        return None
    if today > held[-1].expires_on:
        return _expiry(case, held[-1])
    facts = Facts(fetch_findings(db, case.agency_id), fetch_assessments(db, case.agency_id))
    owed = _owed(case, held[-1], facts)
    return _suspension(case, owed, today) if any(due.day < today for due in owed) else None


def by_the_clock(case: Case, due: DueMove | None) -> Case:
    """The case as it stands today, whether or not what time did is written down."""
    return case if due is None else case.model_copy(update={"state": due.to_state})


def standing_case(db: Cursor, case_id: str, today: date) -> Case:
    """One case as it stands today; NotFound when there is none."""
    case = require_case(db, case_id)
    return by_the_clock(case, due_moves(db, today, case.agency_id).get(case_id))


def surveillance_due(certificate: Certificate, assessments: Sequence[Assessment]) -> date:
    """One interval after the newest assessment completed since the certificate was issued, else after its issue."""
    visits = [each.completed_on for each in assessments if each.agency_id == certificate.agency_id]
    newest = max([certificate.issued_on, *visits])
    return after(newest, load_standard(certificate.standard).scheme.surveillance_interval)


def local_day(moment: datetime, zone: ZoneInfo) -> date:
    """The day where the body works; `moment` is UTC without a zone."""
    return moment.replace(tzinfo=UTC).astimezone(zone).date()


def beginning_of(day: date, zone: ZoneInfo) -> datetime:
    """When the day begins in `zone`, in UTC without a zone."""
    return datetime.combine(day, time.min, zone).astimezone(UTC).replace(tzinfo=None)


class _NoLongerDue(Exception):
    """Ends an act of the clock that somebody else has made needless."""


def _carried_out(store: Store, case_id: str, now: datetime, today: date, seen: Seen | None = None) -> int | None:
    """The number of the entry it was written under; None when it was no longer due."""

    def deed(moment: Moment) -> tuple[Entry, int]:
        if seen is not None:
            refuse_if_changed(moment.db, seen, actor=ACTOR, now=now)
        case = require_case(moment.db, case_id)
        due = due_moves(moment.db, today, case.agency_id).get(case_id)
        if due is None:
            raise _NoLongerDue
        check_move(case.state, due.to_state, Hand.CLOCK)
        entry, _ = moved(moment, case, due.to_state, actor=ACTOR, reason=due.reason)
        insert_clock_move(moment.db, case_id, moment.recorded_at, due.since)
        newest = trail.head(moment.db)
        return entry, 1 if newest is None else newest.seq + 1

    try:
        return act(store, deed, actor=ACTOR, via=Via.CLOCK, now=now)
    except _NoLongerDue:
        return None


def _expiry(case: Case, certificate: Certificate) -> DueMove:
    return DueMove(
        case_id=case.case_id,
        to_state=CaseState.EXPIRED,
        due_on=certificate.expires_on,
        since=certificate.expires_on + A_DAY,
        reason=f"Expired: valid until {certificate.expires_on.isoformat()}.",
    )


def _suspension(case: Case, owed: Sequence[Due], since: date) -> DueMove:
    late = [due for due in owed if due.day < since]
    return DueMove(
        case_id=case.case_id,
        to_state=CaseState.SUSPENDED,
        due_on=min(due.day for due in late),
        since=since,
        reason="Suspended by the clock: " + "; ".join(due.what for due in late) + ".",
    )


def _owed(case: Case, certificate: Certificate, facts: Facts) -> list[Due]:
    """Corrections the agency has not delivered, and the next visit, each with its last day."""
    standard = load_standard(case.standard)
    owed = []
    for finding in facts.findings:
        due = due_on(finding, standard)
        delivered = not finding.is_open or finding.delivered
        if finding.agency_id == case.agency_id and finding.grade in BLOCKING and due is not None and not delivered:
            grade = finding.grade.value
            owed.append(Due(due, f"the corrective action on criterion {finding.crit_code} ({grade}) was due on {due}"))
    visit = surveillance_due(certificate, facts.assessments)
    return [*owed, Due(visit, f"the surveillance visit was due on {visit}")]


def _moments(facts: Facts) -> set[datetime]:
    steps = {action.recorded_at for finding in facts.findings for action in finding.actions}
    written = {finding.recorded_at for finding in facts.findings}
    return steps | written | {assessment.recorded_at for assessment in facts.assessments}


def _known(facts: Facts, at: datetime) -> Facts:
    findings = [
        each.model_copy(update={"actions": tuple(step for step in each.actions if step.recorded_at <= at)})
        for each in facts.findings
        if each.recorded_at <= at
    ]
    return Facts(findings, [each for each in facts.assessments if each.recorded_at <= at])
