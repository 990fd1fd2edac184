"""Evidence to a finding, a corrective action or a case: a file kept in the store, or a document that is named."""

from datetime import date, datetime
from enum import StrEnum

from schemas.problem import Problem
from schemas.record import Record


class FileKind(StrEnum):
    """What a file is by its content. Closed: nothing else is taken."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    TEXT = "text"
    XLSX = "xlsx"
    DOCX = "docx"


class Evidence(Record):
    """One piece of evidence. `finding_id` None: it was given to the case; `action_at`: the moment of the corrective
    action it was given with, None for the finding itself.

    A file has `sha256`, `kind` and `size` (bytes), and `removed_at` once its bytes were deleted; a document kept
    elsewhere has none of them. `name`: the file's name as it is shown and saved, or the document's title.
    """

    evidence_id: str
    recorded_at: datetime
    case_id: str | None
    finding_id: str | None
    action_at: datetime | None
    sha256: str | None
    kind: FileKind | None
    size: int | None
    name: str
    actor: str
    removed_at: datetime | None = None

    @property
    def is_there(self) -> bool:
        return self.removed_at is None


class OpenedFile(Record):
    """A file that was read, checked against its hash: what a browser or a folder is given."""

    name: str
    content: bytes


class Audit(Record):
    """Where an imported finding comes from: another scheme's audit. `reference`: its number or address there."""

    audit_id: str
    recorded_at: datetime
    case_id: str
    scheme: str
    reference: str
    audited_on: date
    auditor: str
    actor: str

    @property
    def said(self) -> str:
        """The words that mark a finding as another scheme's, wherever it is shown."""
        return f"from {self.scheme}, audit {self.reference} of {self.audited_on.isoformat()} by {self.auditor}"


class AuditImported(Record):
    """What came of a file of findings: with any problem nothing is taken; `unchanged` were known already."""

    rows: int
    added: int
    unchanged: int
    problems: tuple[Problem, ...] = ()
