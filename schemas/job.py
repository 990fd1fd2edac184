"""Long work, as the page that waits for it sees it."""

from datetime import datetime
from typing import Any

from schemas.codes import JobState
from schemas.record import Record


class Job(Record):
    """`done` of `total` steps (total None: not known yet); `message` is a sentence for the person who waits.

    `result` is what the work returned, once `state` is done.
    """

    job_id: str
    kind: str
    actor: str
    subject: str
    state: JobState
    done: int
    total: int | None
    message: str
    result: dict[str, Any] | None
    created_at: datetime
    changed_at: datetime

    @property
    def ended(self) -> bool:
        return self.state in (JobState.DONE, JobState.REFUSED, JobState.FAILED)
