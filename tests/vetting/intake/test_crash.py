"""A process killed in the middle of a commit leaves the batch whole or not at all, and all it gave a receipt for."""

import os
import signal
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import pytest

from schemas.codes import Role, Via
from schemas.viewer import Viewer
from tests.vetting.intake.conftest import make_desk
from tests.vetting.intake.files import TODAY, fee_csv
from tests.vetting.killed import killed
from vetting import trail
from vetting.intake.check import check
from vetting.intake.commit import commit
from vetting.intake.sweep import sweep
from vetting.scoring.score import own_workers
from vetting.store import Store, open_store
from vetting.store.agencies import fetch_agencies
from vetting.store.migrate import migrate

ANA = Viewer(role=Role.ADMIN, actor="ana")
ROWS, NOW = 400, datetime(2026, 11, 22, 9, 0)


def batch_file(number: int) -> bytes:
    """Rows that are ready, and one that waits for a person."""
    ready = [{"report_id": f"B{number}-{row}"} for row in range(ROWS)]
    return fee_csv(*ready, {"report_id": f"B{number}-w", "currency": "Rs"})


def commit_for_ever(path: str) -> None:
    """What the killed process does: batch after batch, each receipted on its output once it is there."""
    store = open_store(Path(path))
    agencies = fetch_agencies(store.cursor())
    for number in range(1_000):
        found = check(batch_file(number), "reports.csv", agencies=agencies, today=TODAY)
        receipt = commit(store, found, partner="safe-steps", viewer=ANA, via=Via.CLI, now=NOW)
        print(receipt.batch_id, flush=True)


# Where the process dies, and how many batches are there afterwards. `kill` ends it; `then(f)` does so after f.
MOMENTS = {
    "before a row is written": ("commit.store_reports = kill", 0),
    "while the rows are written": ("commit.store_reports = then(commit.store_reports)", 0),
    "while the rows that wait are written": ("commit.store_quarantine = then(commit.store_quarantine)", 0),
    "between the two steps": ("commit._act = kill", 0),
    "inside the act, before its first write": ("commit.save_batch = kill", 0),
    "inside the act, after the batch": ("commit.save_batch = then(commit.save_batch)", 0),
    "inside the act, after the answers": ("commit.save_answers = then(commit.save_answers)", 0),
    "inside the act, after its trail": ("trail.append = then(trail.append)", 0),
    "right after the act": ("commit._receipt = kill", 1),
    "while the scores are made again": ("live.evaluate_agencies = kill", 1),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with agencies and partners, closed again."""
    path = tmp_path / "fair-passage.duckdb"
    store = open_store(path)
    migrate(store, NOW)
    make_desk(store, NOW)
    store.close()
    return path


@pytest.mark.parametrize("milliseconds", [20, 60, 90, 130, 170, 210, 260])
def test_killed_in_the_middle_of_a_commit_it_is_whole_or_nothing(path: Path, milliseconds: int):
    command = f"from tests.vetting.intake.test_crash import commit_for_ever; commit_for_ever({str(path)!r})"
    with subprocess.Popen([sys.executable, "-c", command], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        receipted = [process.stdout.readline().strip()]
        time.sleep(milliseconds / 1000)
        os.kill(process.pid, signal.SIGKILL)
        receipted += process.stdout.read().split()
    reopened = open_store(path)
    whole_or_nothing(reopened, receipted)
    reopened.close()


@pytest.mark.parametrize(("patch", "batches"), MOMENTS.values(), ids=MOMENTS)
def test_killed_at_any_moment_the_batch_is_there_whole_or_not_at_all(path: Path, patch: str, batches: int):
    reopened = killed(path, patch, __name__, "commit_for_ever")
    db = reopened.cursor()
    assert db.execute("SELECT count(*) FROM desk.batch").fetchall() == [(batches,)]
    whole_or_nothing(reopened, [])
    agencies = fetch_agencies(db)
    workers = own_workers(db, partner="safe-steps", agencies=[agencies[0].agency_id], as_of=TODAY)
    assert sum(workers.values()) == ROWS * batches
    again = commit(
        reopened,
        check(batch_file(0), "reports.csv", agencies=agencies, today=TODAY),
        partner="safe-steps",
        viewer=ANA,
        via=Via.CLI,
        now=NOW,
    )
    assert (again.batch_id is None, again.duplicates) == (bool(batches), ROWS * batches)
    reopened.close()


def whole_or_nothing(store: Store, receipted: list[str]) -> None:
    """Every batch there has all its rows; every receipt has its batch; after a sweep no row is without one."""
    sweep(store)
    db = store.cursor()
    batches = db.execute("SELECT batch_id, accepted FROM desk.batch").fetchall()
    assert set(receipted) <= {batch_id for batch_id, _ in batches}
    assert {accepted for _, accepted in batches} <= {ROWS}
    waiting = "SELECT batch_id, count(*) FROM evidence.quarantine GROUP BY batch_id ORDER BY batch_id"
    assert db.execute(waiting).fetchall() == sorted((batch_id, 1) for batch_id, _ in batches)
    stored = db.execute("SELECT batch_id, count(*) FROM evidence.report GROUP BY batch_id ORDER BY batch_id").fetchall()
    assert stored == sorted(batches)
    assert db.execute("SELECT count(*) FROM desk.batch_agency").fetchall() == [(len(batches),)]
    assert trail.verify(db)[1] is None
    assert db.execute("SELECT count(*) FROM desk.trail WHERE action = 'batch_commit'").fetchall() == [(len(batches),)]
