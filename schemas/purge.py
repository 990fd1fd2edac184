"""What is deleted because its time is over, or because a worker's consent was withdrawn."""

from datetime import date, datetime
from enum import StrEnum

from schemas.record import Record


class PurgeKind(StrEnum):
    AGE = "age"
    CONSENT = "consent"


class Purge(Record):
    """One purge. `age`: texts of what was received by `uploads_until`, reports of interviews up to `rows_until`, and
    what was written in complaints received up to `complaints_until`.
    `consent`: the one report of `partner` that the keyed hash `report` names."""

    purge_id: str
    recorded_at: datetime
    kind: PurgeKind
    uploads_until: datetime | None = None
    rows_until: date | None = None
    complaints_until: date | None = None
    partner: str | None = None
    report: str | None = None


class Reach(Record):
    """Whose answers lose rows: of interviews in these months, known from a moment on and (None: for ever) until one."""

    agency_id: str
    interviews_from: date
    interviews_to: date
    known_from: datetime
    known_until: datetime | None


class PurgeCounts(Record):
    """`reports` in all their stored versions; `row_texts`: what partners wrote in the rows of their files;
    `waiting_rows` set aside and never answered, `problem_texts` of receipts, `work_notes` of long work that ended;
    `complaint_texts` with the codes to ask after them."""

    reports: int = 0
    row_texts: int = 0
    waiting_rows: int = 0
    problem_texts: int = 0
    work_notes: int = 0
    complaint_texts: int = 0

    @property
    def nothing(self) -> bool:
        return not any(self.model_dump().values())
