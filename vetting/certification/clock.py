"""What time alone does: a certificate expires; an overdue correction or a lapsed surveillance suspends it.

Whoever looks sees it at once, because reading applies the same rule; `tick` writes it down.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from schemas.case import BLOCKING, Assessment, Case, Certificate, Finding
from schemas.codes import CaseState, Via
from schemas.record import Record
from schemas.standard import load_standard
from schemas.trail import Entry
from vetting.certification.cases import moved, require_case
from vetting.certification.moves import HOLDING, Hand, check_move
from vetting.certification.periods import after, due_on, is_overdue
from vetting.store import Cursor, Moment, Store, act
from vetting.store.assessments import fetch_assessments
from vetting.store.cases import fetch_cases
from vetting.store.certificates import fetch_certificates
from vetting.store.findings import fetch_findings
from vetting.store.then import NOW, Then

ACTOR = "clock"


class DueMove(Record):
    """A move that time has brought about. `due_on`: the last day on which all was well."""

    case_id: str
    to_state: CaseState
    due_on: date
    reason: str

    @property
    def since(self) -> date:
        return self.due_on + timedelta(days=1)


def tick(store: Store, *, now: datetime, today: date) -> list[DueMove]:
    """Write down every move that is due, each in an act of its own; return those made."""
    return [due for due in due_moves(store.cursor(), today).values() if _carried_out(store, due.case_id, now, today)]


def due_moves(db: Cursor, today: date, agency_id: str | None = None, then: Then = NOW) -> Mapping[str, DueMove]:
    """What is due and not yet written, by case."""
    certificates = {each.case_id: each for each in fetch_certificates(db, agency_id=agency_id, then=then)}
    findings, assessments = fetch_findings(db, agency_id, then), fetch_assessments(db, agency_id, then)
    due = (
        _due(case, certificates[case.case_id], findings, assessments, today)
        for case in fetch_cases(db, agency_id, then)
        if case.state in HOLDING and case.case_id in certificates
    )
    return {each.case_id: each for each in due if each is not None}


def due_move(db: Cursor, case: Case, today: date) -> DueMove | None:
    """What the clock would do to a case if its certificate were valid."""
    held = fetch_certificates(db, case_id=case.case_id)
    if not held:
        return None
    valid = case.model_copy(update={"state": CaseState.CERTIFIED})
    findings, assessments = fetch_findings(db, case.agency_id), fetch_assessments(db, case.agency_id)
    return _due(valid, held[-1], findings, assessments, today)


def surveillance_due(certificate: Certificate, assessments: Sequence[Assessment]) -> date:
    """One interval after the newest assessment completed since the certificate was issued, else after its issue."""
    visits = [each.completed_on for each in assessments if each.agency_id == certificate.agency_id]
    newest = max([certificate.issued_on, *visits])
    return after(newest, load_standard(certificate.standard).scheme.surveillance_interval)


class _NoLongerDue(Exception):
    """Ends an act of the clock that somebody else has made needless."""


def _carried_out(store: Store, case_id: str, now: datetime, today: date) -> bool:
    def deed(moment: Moment) -> tuple[Entry, None]:
        case = require_case(moment.db, case_id)
        due = due_moves(moment.db, today, case.agency_id).get(case_id)
        if due is None:
            raise _NoLongerDue
        check_move(case.state, due.to_state, Hand.CLOCK)
        entry, _ = moved(moment, case, due.to_state, actor=ACTOR, reason=due.reason)
        return entry, None

    try:
        act(store, deed, actor=ACTOR, via=Via.CLOCK, now=now)
    except _NoLongerDue:
        return False
    return True


def _due(
    case: Case,
    certificate: Certificate,
    findings: Sequence[Finding],
    assessments: Sequence[Assessment],
    today: date,
) -> DueMove | None:
    """Expiry comes first; a suspended certificate is not suspended again."""
    if today > certificate.expires_on:
        said = f"Expired: valid until {certificate.expires_on.isoformat()}."
        return DueMove(
            case_id=case.case_id,
            to_state=CaseState.EXPIRED,
            due_on=certificate.expires_on,
            reason=said,
        )
    if case.state is CaseState.SUSPENDED:
        return None
    lapses = [*_late(case, findings, today), *_lapsed(certificate, assessments, today)]
    if not lapses:
        return None
    return DueMove(
        case_id=case.case_id,
        to_state=CaseState.SUSPENDED,
        due_on=min(day for day, _ in lapses),
        reason="Suspended by the clock: " + "; ".join(what for _, what in lapses) + ".",
    )


def _late(case: Case, findings: Sequence[Finding], today: date) -> Iterator[tuple[date, str]]:
    standard = load_standard(case.standard)
    own = [finding for finding in findings if finding.agency_id == case.agency_id and finding.grade in BLOCKING]
    for finding in own:
        due = due_on(finding, standard)
        if due is not None and is_overdue(finding, standard, today):
            what = f"the corrective action on criterion {finding.crit_code} ({finding.grade.value}) was due on {due}"
            yield due, what


def _lapsed(certificate: Certificate, assessments: Sequence[Assessment], today: date) -> Iterator[tuple[date, str]]:
    due = surveillance_due(certificate, assessments)
    if today > due:
        yield due, f"the surveillance visit was due on {due}"
