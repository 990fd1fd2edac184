"""Findings of another scheme's audit, imported with their source: all of a file in one act, or nothing of it.

The same file a second time adds nothing. A finding is known again by its audit (scheme and reference), criterion and
words; what became of it since it was imported is recorded on the case, so a row that says something else is refused.

ASSUMPTION: what another scheme closed comes in as closed, on its audit as the document that is named: whoever imports
it stands behind that. Its open findings without a date are due by our scheme, counted from the import.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from schemas.case import Case, CorrectiveAction, Finding
from schemas.codes import Action, ActionState, Role, Via
from schemas.evidence import Audit, AuditImported
from schemas.problem import Problem
from schemas.standard import load_standard
from schemas.trail import Entry
from schemas.viewer import Viewer
from vetting.audit_file import FindingListing, ImportedRow, Status, read_findings, read_map
from vetting.certification.cases import require_case
from vetting.certification.evidence import Checked, keep
from vetting.certification.moves import HOLDING, UNDER_REVIEW, named
from vetting.certification.periods import due_on
from vetting.certification.reviewers import act_as_reviewer, folded, require_text
from vetting.disclosure.roles import require
from vetting.ids import new_id
from vetting.refusals import Refusal
from vetting.scoring.live import rescore
from vetting.store import Cursor, Moment, Store
from vetting.store.act import NothingNew
from vetting.store.audits import fetch_audits, insert_audit, insert_imported
from vetting.store.findings import fetch_findings, insert_action, insert_finding

LONGEST = 200  # characters of a scheme's name, a reference, an auditor; assumed
ASKED = {
    "scheme": "Say which scheme audited: its name.",
    "reference": "Say which audit it was: its number there, or its address.",
    "auditor": "Say who audited: the audit company.",
}
STATES = {
    Status.AGREED: ActionState.AGREED,
    Status.DONE: ActionState.DONE,
    Status.CLOSED: ActionState.CLOSED,
}


class AuditFile(NamedTuple):
    """What is imported: the file of findings, where it comes from, and, if need be, the file that maps their words."""

    data: bytes
    file_name: str
    scheme: str
    reference: str
    audited_on: date | None
    auditor: str
    words: bytes | None = None
    words_name: str = "map"


def check_audit(db: Cursor, viewer: Viewer, case_id: str, file: AuditFile, *, today: date) -> AuditImported:
    """What `import_findings` would do with a file now. Writes nothing, and raises as it does."""
    require(viewer, Role.REVIEWER)
    return _compared(db, require_case(db, case_id), _with_source(file, today))[1]


def import_findings(
    store: Store, viewer: Viewer, case_id: str, file: AuditFile, *, via: Via, now: datetime, today: date
) -> AuditImported:
    """Take the findings of a file over into a case, in one act with one trail row; with any problem nothing is taken.

    Raises NotPermitted; NotFound; Refusal when the file or its map cannot be read, its source is not said, or the case
    is not under review.
    """
    require(viewer, Role.REVIEWER)
    file = _with_source(file, today)
    agencies: list[str] = []

    def deed(moment: Moment) -> tuple[Entry, AuditImported]:
        case = require_case(moment.db, case_id)
        fresh, result = _compared(moment.db, case, file)
        if not result.added:
            raise NothingNew(result)
        audit = _audit(moment, case_id, file, folded(viewer.actor))
        findings = [_take_over(moment, viewer, case, audit, row, today) for row in fresh]
        agencies[:] = [case.agency_id]
        told = audit.model_dump(mode="json", include={"scheme", "reference", "audited_on", "auditor"})
        after = told | result.model_dump(mode="json", exclude={"problems"}) | {"findings": findings}
        return Entry(action=Action.FINDINGS_IMPORT, subject=case_id, after=after), result

    result = act_as_reviewer(store, viewer, deed, via=via, now=now)
    if agencies:
        rescore(store, agencies, today)
    return result


def _compared(db: Cursor, case: Case, file: AuditFile) -> tuple[list[ImportedRow], AuditImported]:
    """The rows to add, and the count of everything."""
    if case.state not in UNDER_REVIEW | HOLDING:
        raise Refusal(f"Findings are imported while a case is under review; this one is {named(case.state)}.")
    words: Mapping[str, str] = {} if file.words is None else read_map(file.words, file.words_name)
    listing = read_findings(file.data, file.file_name, standard=load_standard(case.standard), words=words)
    known = _known(db, case, file)
    fresh = [row for row in listing.rows if (row.crit_code, row.statement) not in known]
    problems = [*listing.problems, *_changed(listing, known)]
    if problems:
        told = tuple(sorted(problems, key=lambda problem: problem.line or 0))
        return [], AuditImported(rows=listing.total, added=0, unchanged=0, problems=told)
    return fresh, AuditImported(rows=listing.total, added=len(fresh), unchanged=listing.total - len(fresh))


def _known(db: Cursor, case: Case, file: AuditFile) -> dict[tuple[str, str], Finding]:
    """What was imported of this audit before, whichever case of the agency it came into."""
    return {
        (finding.crit_code, finding.statement): finding
        for finding in fetch_findings(db, case.agency_id)
        if finding.source is not None
        and _same(finding.source.scheme, file.scheme)
        and _same(finding.source.reference, file.reference)
    }


def _changed(listing: FindingListing, known: Mapping[tuple[str, str], Finding]) -> list[Problem]:
    """Rows of findings that are known otherwise: by their grade, or by what they were imported as."""
    found = []
    for place, row in enumerate(listing.rows):
        finding = known.get((row.crit_code, row.statement))
        if finding is None:
            continue
        if finding.grade is not row.grade:
            message = (
                f"This finding was imported as {finding.grade.value} before, and its grade stays. Take the row out."
            )
            found.append(listing.clash(place, "grade", "finding_known_otherwise", message))
        elif _says_otherwise(row, finding):
            message = (
                "This finding was imported before with another status or date. Record what happened since on the "
                "case, with its evidence, and take the row out."
            )
            found.append(listing.clash(place, "status", "finding_known_otherwise", message))
    return found


def _take_over(
    moment: Moment, viewer: Viewer, case: Case, audit: Audit, row: ImportedRow, today: date
) -> dict[str, str | None]:
    """Write one finding, and, where the other scheme says more than that it is open, its first corrective action."""
    finding = Finding(
        finding_id=new_id(),
        recorded_at=moment.recorded_at,
        case_id=case.case_id,
        agency_id=case.agency_id,
        crit_code=row.crit_code,
        grade=row.grade,
        statement=row.statement,
        actor=folded(viewer.actor),
    )
    insert_finding(moment.db, finding)
    insert_imported(moment.db, finding.finding_id, audit.audit_id)
    state = _first_state(row)
    if state is not None:
        agreed = row.due_on or (due_on(finding, load_standard(case.standard)) if state is ActionState.AGREED else None)
        action = CorrectiveAction(
            recorded_at=moment.recorded_at,
            state=state,
            due_on=agreed,
            note=f"{audit.scheme} says so: {row.status.value}.",
            actor=folded(viewer.actor),
        )
        insert_action(moment.db, finding.finding_id, action)
    if state is ActionState.CLOSED:
        report = Checked(f"{audit.scheme}, audit {audit.reference} of {audit.audited_on.isoformat()}")
        at = moment.recorded_at
        keep(moment, [report], viewer, case_id=case.case_id, finding_id=finding.finding_id, action_at=at)
    return {
        "finding_id": finding.finding_id,
        "crit_code": row.crit_code,
        "grade": row.grade.value,
        "state": None if state is None else state.value,
        "due_on": None if row.due_on is None else row.due_on.isoformat(),
    }


def _first_state(row: ImportedRow) -> ActionState | None:
    """An open finding with a date has one that was agreed there."""
    return STATES.get(row.status, ActionState.AGREED if row.due_on else None)


def _says_otherwise(row: ImportedRow, finding: Finding) -> bool:
    """Whether the row says something else than the finding was imported with: its first action, if it came with it."""
    first = finding.actions[0] if finding.actions and finding.actions[0].recorded_at == finding.recorded_at else None
    if first is None:
        return _first_state(row) is not None
    return first.state is not _first_state(row) or (row.due_on is not None and row.due_on != first.due_on)


def _audit(moment: Moment, case_id: str, file: AuditFile, actor: str) -> Audit:
    """The audit as stored for this case, or newly written."""
    for audit in fetch_audits(moment.db, case_id):
        same_day = audit.audited_on == file.audited_on and _same(audit.auditor, file.auditor)
        if same_day and _same(audit.scheme, file.scheme) and _same(audit.reference, file.reference):
            return audit
    said = {"scheme": file.scheme, "reference": file.reference, "audited_on": file.audited_on, "auditor": file.auditor}
    written = {"audit_id": new_id(), "recorded_at": moment.recorded_at, "case_id": case_id, "actor": actor}
    audit = Audit.model_validate(said | written)
    insert_audit(moment.db, audit)
    return audit


def _with_source(file: AuditFile, today: date) -> AuditFile:
    """The source without blanks, or a refusal that says what it lacks."""
    said = {name: " ".join(require_text(getattr(file, name), what).split()) for name, what in ASKED.items()}
    for name, text in said.items():
        if len(text) > LONGEST:
            raise Refusal(f"{ASKED[name]} Use at most {LONGEST} characters.")
    if file.audited_on is None or file.audited_on > today:
        raise Refusal("Say on which day the audit was: a day that has come, such as 2026-03-31.")
    return file._replace(scheme=said["scheme"], reference=said["reference"], auditor=said["auditor"])


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()
