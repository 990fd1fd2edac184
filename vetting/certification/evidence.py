"""Evidence: given to a case, a finding or a corrective action, read back one at a time, and removed where it must be.

The bytes are in the store, so that the act, its trail row and every backup hold them together
(docs/decisions/0009-evidence-in-the-store.md). Only reviewers read them; each reading is on the trail. The trail names
files by their SHA-256 and never by their names.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from schemas.case import Finding
from schemas.codes import Action, Role, Via
from schemas.evidence import Evidence, FileKind, OpenedFile
from schemas.fee_report import Kind
from schemas.problem_codes import PROBLEMS
from schemas.setting import Settings
from schemas.trail import Entry
from schemas.viewer import Viewer
from vetting.certification.cases import require_case
from vetting.certification.file_types import kind_of, neutral_name
from vetting.certification.moves import ENDED, named
from vetting.certification.reviewers import act_as_reviewer, folded, require_reason
from vetting.disclosure.roles import require
from vetting.ids import new_id
from vetting.intake.personal import codes
from vetting.refusals import NotFound, Refusal
from vetting.store import Cursor, Moment, Store
from vetting.store.evidence_files import (
    delete_file,
    fetch_content,
    fetch_evidence,
    fetch_of_case,
    fetch_of_findings,
    insert_evidence,
    keep_file,
)
from vetting.store.findings import fetch_finding
from vetting.store.settings import fetch_settings

LONGEST_TITLE = 200  # characters of a named document; assumed


class Given(NamedTuple):
    """What is handed in: a file's name and bytes; or, without bytes, the title of a document kept elsewhere."""

    name: str
    data: bytes | None = None


class Checked(NamedTuple):
    """What was handed in and may be kept. A named document has a name alone."""

    name: str
    kind: FileKind | None = None
    data: bytes = b""

    @property
    def sha256(self) -> str | None:
        return None if self.kind is None else hashlib.sha256(self.data).hexdigest()


def give_evidence(
    store: Store,
    viewer: Viewer,
    given: Sequence[Given],
    *,
    case_id: str | None = None,
    finding_id: str | None = None,
    via: Via,
    now: datetime,
) -> list[Evidence]:
    """Keep evidence to a finding, or to a case, all of it or none; what belongs to a corrective action is given with it
    (`findings`).

    Raises NotPermitted; NotFound; Refusal for what is not taken, an ended case, a closed finding, or one file too many.
    """
    require(viewer, Role.REVIEWER)
    checked = check_all(store, given)
    if not checked:
        raise Refusal("Choose a file, or name a document.")

    def deed(moment: Moment) -> tuple[Entry, list[Evidence]]:
        if finding_id is not None:
            finding = require_finding(moment.db, finding_id)
            if not finding.is_open:
                raise Refusal("This finding is closed: what was decided on it stands as it was. Record a new one.")
            kept = keep(moment, checked, viewer, case_id=finding.case_id, finding_id=finding_id)
            subject = finding.case_id or finding.agency_id
        else:
            case = require_case(moment.db, case_id or "")
            if case.state in ENDED:
                raise Refusal(f"This case is {named(case.state)}: nothing is added to it any more.")
            kept, subject = keep(moment, checked, viewer, case_id=case.case_id), case.case_id
        after = {"finding": finding_id, "evidence": on_trail(kept)}
        return Entry(action=Action.EVIDENCE_ADD, subject=subject, after=after), kept

    return act_as_reviewer(store, viewer, deed, via=via, now=now)


def read_evidence(store: Store, viewer: Viewer, evidence_id: str, *, via: Via, now: datetime) -> OpenedFile:
    """The bytes of one file, as they came. An act: its trail row says who read which file, and when.

    Raises NotPermitted; NotFound where there is no such file any more; Refusal when the bytes are not those of the
    hash it was kept under: somebody changed the database, and the file proves nothing.
    """

    def deed(moment: Moment) -> tuple[Entry, OpenedFile]:
        one = _require_file(moment.db, evidence_id)
        content = fetch_content(moment.db, one.sha256 or "")
        if content is None:
            raise NotFound("This file was removed; that it was here, who removed it and why is on the trail.")
        if hashlib.sha256(content).hexdigest() != one.sha256:
            raise Refusal(
                "This file is not what was given: its bytes were altered in the database after it was kept. It is not "
                "handed out. Tell an administrator, and look for it in a backup."
            )
        after = {"finding": one.finding_id, "evidence": [one.evidence_id], "sha256": one.sha256}
        entry = Entry(action=Action.EVIDENCE_READ, subject=_subject(moment.db, one), after=after)
        return entry, OpenedFile(name=one.name, content=content)

    return act_as_reviewer(store, viewer, deed, via=via, now=now)


def remove_evidence(store: Store, viewer: Viewer, evidence_id: str, reason: str, *, via: Via, now: datetime) -> None:
    """Delete a file's bytes and names for good, wherever it was given: it names a worker, or should not be here.

    That it was given, its hash, and what was decided on it stay. Until the database's files are next written anew
    (`purge`, or the next start) and in backups its bytes may still lie. Raises as `read_evidence` does, and Refusal
    without a reason.
    """
    reason = require_reason(reason)

    def deed(moment: Moment) -> tuple[Entry, None]:
        one = _require_file(moment.db, evidence_id)
        if not one.is_there or one.sha256 is None:
            raise Refusal("This file has been removed already.")
        actor = folded(viewer.actor)
        delete_file(moment.db, one.sha256, recorded_at=moment.recorded_at, actor=actor, reason=reason)
        before = {"finding": one.finding_id, "sha256": one.sha256, "size": one.size}
        entry = Entry(action=Action.EVIDENCE_REMOVE, subject=_subject(moment.db, one), before=before, reason=reason)
        return entry, None

    act_as_reviewer(store, viewer, deed, via=via, now=now)


def evidence_of_findings(db: Cursor, viewer: Viewer, findings: Sequence[str]) -> list[Evidence]:
    """What was given to these findings and with their corrective actions, the oldest first; no bytes."""
    require(viewer, Role.REVIEWER)
    return fetch_of_findings(db, list(findings))


def evidence_of_case(db: Cursor, viewer: Viewer, case_id: str) -> list[Evidence]:
    """What was given to the case itself, beside its findings; no bytes."""
    require(viewer, Role.REVIEWER)
    return fetch_of_case(db, case_id)


def check_all(store: Store, given: Sequence[Given]) -> list[Checked]:
    """What may be kept of what was handed in. Raises Refusal with the first thing that is wrong, and what to do."""
    settings = fetch_settings(store.cursor())
    checked = [_check(each, settings) for each in given]
    files = [each.sha256 for each in checked if each.sha256]
    if len(set(files)) < len(files):
        raise Refusal("The same file was chosen twice. Choose it once.")
    return checked


def keep(
    moment: Moment,
    checked: Sequence[Checked],
    viewer: Viewer,
    *,
    case_id: str | None,
    finding_id: str | None = None,
    action_at: datetime | None = None,
) -> list[Evidence]:
    """Inside an act: write what was checked. Raises Refusal for one file too many, or one that is here already."""
    db = moment.db
    there = fetch_of_findings(db, [finding_id]) if finding_id else fetch_of_case(db, case_id or "")
    most = fetch_settings(db).evidence_files
    files = [each for each in there if each.sha256 and each.is_there]
    if len(files) + sum(each.kind is not None for each in checked) > most:
        raise Refusal(f"At most {most} files are kept here (setting evidence_files). Put pages together in one PDF.")
    kept = []
    for each in checked:
        if any(old.sha256 == each.sha256 and old.action_at == action_at for old in files):
            raise Refusal(f"{each.name} is here already: the very same file was given before.")
        if each.kind is not None and each.sha256 is not None:
            keep_file(db, each.sha256, each.kind, each.data, moment.recorded_at)
        one = Evidence(
            evidence_id=new_id(),
            recorded_at=moment.recorded_at,
            case_id=case_id,
            finding_id=finding_id,
            action_at=action_at,
            sha256=each.sha256,
            kind=each.kind,
            size=None if each.kind is None else len(each.data),
            name=each.name,
            actor=folded(viewer.actor),
        )
        insert_evidence(db, one)
        kept.append(one)
    return kept


def on_trail(kept: Sequence[Evidence]) -> list[dict[str, object]]:
    """How the trail names evidence: a file by its hash, a document kept elsewhere by its title."""
    return [
        {"sha256": each.sha256, "kind": each.kind, "size": each.size} if each.sha256 else {"document": each.name}
        for each in kept
    ]


def require_finding(db: Cursor, finding_id: str) -> Finding:
    finding = fetch_finding(db, finding_id)
    if finding is None:
        raise NotFound(f"There is no finding {finding_id!r}. The case page shows which there are.")
    return finding


def _check(given: Given, settings: Settings) -> Checked:
    if given.data is None:
        title = " ".join(given.name.split())
        if not 0 < len(title) <= LONGEST_TITLE:
            raise Refusal(f"Say which document it is and where it lies, in at most {LONGEST_TITLE} characters.")
        _refuse_personal(title, "This title")
        return Checked(title)
    if not given.data:
        raise Refusal(f"{given.name} is empty. Choose another file.")
    megabytes = len(given.data) / (1 << 20)
    if megabytes > settings.evidence_file_mb:
        raise Refusal(
            f"{given.name} has {megabytes:,.1f} MB, and the limit is {settings.evidence_file_mb} MB (setting "
            "evidence_file_mb). Scan at a lower resolution, or send the pages that matter."
        )
    _refuse_personal(given.name, "The file's name")
    kind = kind_of(given.data, given.name, settings)
    return Checked(neutral_name(given.name, kind), kind, given.data)


def _refuse_personal(text: str, what: str) -> None:
    """As in reports: who reads of a file needs no worker's name for it. Underscores stand for spaces in file names."""
    if said := [PROBLEMS[code].title.lower() for code in codes(Kind.TEXT, text.replace("_", " "))]:
        raise Refusal(
            f"{what} seems to hold {' and '.join(said)}. Rename it so that it names nobody, and send it again."
        )


def _require_file(db: Cursor, evidence_id: str) -> Evidence:
    one = fetch_evidence(db, evidence_id)
    if one is None or one.sha256 is None:
        raise NotFound("There is no such file. The case page shows which there are.")
    return one


def _subject(db: Cursor, one: Evidence) -> str:
    """What the trail row is about: the case, or the agency of a finding that has none."""
    return one.case_id or require_finding(db, one.finding_id or "").agency_id
