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
from vetting import trail
from vetting.intake.check import check
from vetting.intake.commit import commit
from vetting.intake.sweep import sweep
from vetting.store import Store, open_store
from vetting.store.agencies import fetch_agencies
from vetting.store.migrate import migrate

ANA = Viewer(role=Role.ADMIN, actor="ana")
ROWS, NOW = 400, datetime(2026, 11, 22, 9, 0)


def commit_for_ever(path: str) -> None:
    """What the killed process does: batch after batch, each receipted on its output once it is there."""
    store = open_store(Path(path))
    agencies = fetch_agencies(store.cursor())
    for number in range(1_000):
        data = fee_csv(*[{"report_id": f"B{number}-{row}"} for row in range(ROWS)])
        found = check(data, "reports.csv", agencies=agencies, today=TODAY)
        receipt = commit(store, found, partner="safe-steps", viewer=ANA, via=Via.CLI, now=NOW)
        print(receipt.batch_id, flush=True)


@pytest.mark.parametrize("milliseconds", [20, 90, 170, 260])
def test_killed_in_the_middle_of_a_commit_it_is_whole_or_nothing(tmp_path: Path, milliseconds: int):
    path = tmp_path / "fair-passage.duckdb"
    store = open_store(path)
    migrate(store, NOW)
    make_desk(store, NOW)
    store.close()
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


def test_killed_between_the_two_steps_nothing_counts_and_the_sweep_clears_it(tmp_path: Path):
    path = tmp_path / "fair-passage.duckdb"
    store = open_store(path)
    migrate(store, NOW)
    make_desk(store, NOW)
    store.close()
    command = (
        "import os, signal\n"
        "from vetting.intake import commit\n"
        "from tests.vetting.intake.test_crash import commit_for_ever\n"
        "commit._act = lambda *arguments: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"commit_for_ever({str(path)!r})"
    )
    assert subprocess.run([sys.executable, "-c", command], check=False).returncode == -signal.SIGKILL
    reopened = open_store(path)
    db = reopened.cursor()
    assert db.execute("SELECT count(*) FROM evidence.report").fetchall() == [(ROWS,)]
    assert db.execute("SELECT count(*) FROM desk.batch").fetchall() == [(0,)]
    assert sweep(reopened) == 1
    whole_or_nothing(reopened, [])
    reopened.close()


def whole_or_nothing(store: Store, receipted: list[str]) -> None:
    """Every batch there has all its rows; every receipt has its batch; after a sweep no row is without one."""
    sweep(store)
    db = store.cursor()
    batches = db.execute("SELECT batch_id, accepted FROM desk.batch").fetchall()
    assert set(receipted) <= {batch_id for batch_id, _ in batches}
    assert {accepted for _, accepted in batches} <= {ROWS}
    stored = db.execute("SELECT batch_id, count(*) FROM evidence.report GROUP BY batch_id ORDER BY batch_id").fetchall()
    assert stored == sorted(batches)
    assert db.execute("SELECT count(*) FROM desk.batch_agency").fetchall() == [(len(batches),)]
    assert trail.verify(db)[1] is None
    assert db.execute("SELECT count(*) FROM desk.trail WHERE action = 'batch_commit'").fetchall() == [(len(batches),)]
