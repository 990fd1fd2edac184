"""Long work beside the pages: a row in `desk.job` per piece of work, which the pages poll, and two lanes of workers.

Acts are serial, so one worker stores and scores, one job after the other. Checks only read: they have a lane of their
own, so that nobody's long check keeps another partner from saving.

A job's row is progress and no fact of the scheme: it is updated in place and leaves no trail. What the work itself
decides goes through acts as always.
"""

import json
import logging
import queue
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from schemas.codes import JobState, Role
from schemas.job import Job
from schemas.viewer import Viewer
from vetting.ids import new_id
from vetting.refusals import NotFound, Refusal
from vetting.store.connect import Cursor, Store

COLUMNS = "job_id, kind, actor, subject, state, done, total, message, result, created_at, changed_at"
INSERT = f"""
INSERT INTO desk.job ({COLUMNS})
VALUES ($job_id, $kind, $actor, $subject, 'waiting', 0, NULL, $message, NULL, $now, $now)
"""
ONE = f"SELECT {COLUMNS} FROM desk.job WHERE job_id = $job_id"
MINE = f"SELECT {COLUMNS} FROM desk.job WHERE actor = $actor ORDER BY created_at DESC, job_id DESC LIMIT 20"
UPDATE = """
UPDATE desk.job
SET state = $state, done = $done, total = $total, message = $message, result = $result, changed_at = $now
WHERE job_id = $job_id
"""
ABANDON = """
UPDATE desk.job
SET state = 'failed', message = $message, changed_at = $now
WHERE state IN ('waiting', 'running')
"""
STOPPED = (
    "The server stopped before this was finished. What is not listed among your batches was not saved: start it again. "
    "Rows that were stored already are recognised and not stored twice."
)
BROKEN = (
    "Something went wrong that should not have, and the work was stopped. Start it again; if it happens twice, tell "
    "the operator, who finds the cause in the server's log."
)


class Lane(StrEnum):
    """Work of one lane waits for its own kind only."""

    ACTS = "acts"
    CHECKS = "checks"


# Two checks at once, so that a partner's million rows do not keep another's waiting; each may take 1.5 GB (the bar of
# `make bench`), so not more. Assumed.
WORKERS: Mapping[Lane, int] = MappingProxyType({Lane.ACTS: 1, Lane.CHECKS: 2})
SECONDS_BETWEEN_NOTES = 0.3  # a page polls about once a second; more would only burden the store

log = logging.getLogger(__name__)


class Progress:
    """Handed to the work, which calls it as often as it likes: progress(done, total, "sentence")."""

    def __init__(self, note: Callable[[JobState, int, int | None, str, dict[str, Any] | None], None]) -> None:
        self._note, self._noted = note, float("-inf")
        self.done, self.total, self.message = 0, None, "Working."

    done: int
    total: int | None
    message: str

    def __call__(self, done: int, total: int | None = None, message: str | None = None) -> None:
        self.done, self.total = done, self.total if total is None else total
        self.message = self.message if message is None else message
        if time.monotonic() - self._noted >= SECONDS_BETWEEN_NOTES:
            self._noted = time.monotonic()
            self._note(JobState.RUNNING, self.done, self.total, self.message, None)


Work = Callable[[Progress], dict[str, Any]]


@dataclass(frozen=True)
class _Task:
    store: Store
    job_id: str
    work: Work
    submitted: datetime
    started: float

    def note(self, state: JobState, done: int, total: int | None, message: str, result: dict[str, Any] | None) -> None:
        now = self.submitted + timedelta(seconds=time.monotonic() - self.started)
        values = {"state": state.value, "done": done, "total": total, "message": message, "job_id": self.job_id}
        kept = None if result is None else json.dumps(result, default=str, ensure_ascii=False)
        self.store.cursor().execute(UPDATE, values | {"result": kept, "now": now})


_waiting: Mapping[Lane, queue.Queue[_Task]] = MappingProxyType({lane: queue.Queue() for lane in Lane})
_starting = threading.Lock()
_workers: dict[Lane, list[threading.Thread]] = {lane: [] for lane in Lane}


def submit(
    store: Store, *, kind: str, subject: str, actor: str, work: Work, now: datetime, lane: Lane = Lane.ACTS
) -> str:
    """Queue `work` and return its job's id at once. `work` runs in a worker's thread and takes its own cursors; in the
    lane of checks it must write nothing."""
    job_id = new_id()
    values = {"job_id": job_id, "kind": kind, "actor": actor, "subject": subject, "now": now}
    store.cursor().execute(INSERT, values | {"message": "Waiting for its turn."})
    _waiting[lane].put(_Task(store, job_id, work, now, time.monotonic()))
    _ensure_workers(lane)
    return job_id


def fetch_job(db: Cursor, viewer: Viewer, job_id: str) -> Job:
    """One job, for the person who started it or an administrator."""
    rows = db.execute(ONE, {"job_id": job_id}).fetchall()
    job = _job(rows[0]) if rows else None
    if job is None or not (job.actor == viewer.actor or viewer.role is Role.ADMIN):
        raise NotFound("There is no such work of yours. It may have been started by somebody else.")
    return job


def fetch_jobs(db: Cursor, viewer: Viewer) -> list[Job]:
    """The viewer's own newest jobs, newest first."""
    return [_job(row) for row in db.execute(MINE, {"actor": viewer.actor}).fetchall()]


def abandon_unfinished(store: Store, now: datetime) -> None:
    """At the server's start: whatever was waiting or running before will never report back."""
    store.cursor().execute(ABANDON, {"message": STOPPED, "now": now})


def wait_until_idle() -> None:
    """Return when everything submitted so far has ended."""
    for lane in Lane:
        _waiting[lane].join()


def _ensure_workers(lane: Lane) -> None:
    with _starting:
        alive = [worker for worker in _workers[lane] if worker.is_alive()]
        while len(alive) < WORKERS[lane]:
            alive.append(threading.Thread(target=_work, args=(_waiting[lane],), name=f"{lane}-worker", daemon=True))
            alive[-1].start()
        _workers[lane] = alive


def _work(waiting: "queue.Queue[_Task]") -> None:
    while True:
        task = waiting.get()
        try:
            _carry_out(task)
        except Exception:  # the store may be closing: the next job must still get its turn
            log.exception("job %s could not be noted", task.job_id)
        finally:
            waiting.task_done()


def _carry_out(task: _Task) -> None:
    progress = Progress(task.note)
    progress(0, None, "Started.")
    try:
        result = task.work(progress)
    except Refusal as refusal:
        task.note(JobState.REFUSED, progress.done, progress.total, str(refusal), None)
    except Exception:
        log.exception("job %s failed", task.job_id)
        task.note(JobState.FAILED, progress.done, progress.total, BROKEN, None)
    else:
        task.note(JobState.DONE, progress.total or progress.done, progress.total, "Done.", result)


def _job(row: tuple[Any, ...]) -> Job:
    values = dict(zip(COLUMNS.split(", "), row, strict=True))
    return Job.model_validate(values | {"result": json.loads(values["result"]) if values["result"] else None})
