"""A log says which fault happened where, and nothing of what it stumbled over."""

import logging
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from tests.vetting.conftest import Line
from vetting import jobs
from vetting.faults import keep_words_out_of_logs, places
from vetting.store import Store

ROOT = Path(__file__).resolve().parents[2]
PLANTED = "9841234567 said it"  # what a worker might have said
SERVER = """
from streamlit.testing.v1 import AppTest
from vetting import server

server.door()
AppTest.from_string("import sys; int(sys.argv[1])").run(timeout=60)
server.close()
"""


@pytest.fixture
def without_words() -> Iterator[None]:
    """The log as the server sets it up."""
    before = logging.getLogRecordFactory()
    keep_words_out_of_logs()
    yield
    logging.setLogRecordFactory(before)


def convert(store: Store) -> None:
    """A fault of DuckDB's that quotes the cell, and one that quotes it again."""
    try:
        store.cursor().execute("SELECT CAST($cell AS INTEGER)", {"cell": PLANTED})
    except Exception as fault:
        raise ValueError(str(fault)) from fault


@pytest.mark.usefixtures("without_words")
def test_work_that_fails_leaves_its_type_and_place_in_the_log_and_not_the_cell(
    store: Store, now: datetime, caplog: pytest.LogCaptureFixture
):
    with pytest.raises(ValueError, match=PLANTED):
        convert(store)
    job = jobs.submit(store, kind="check", subject="a.csv", actor="pia", work=lambda _: convert(store), now=now)
    jobs.wait_until_idle()
    for said in (f"job {job} failed", "ValueError", "ConversionException", "test_faults.py", "in convert"):
        assert said in caplog.text
    assert PLANTED not in caplog.text


def test_a_page_that_fails_leaves_its_type_and_place_in_the_servers_log_and_not_the_cell(terminal: Line):
    """Streamlit logs what its pages raise; from the server's door on, without its words."""
    done = subprocess.run(
        [sys.executable, "-c", SERVER, PLANTED], cwd=ROOT, env=terminal.environ, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    for said in ("Uncaught app execution", "ValueError", "in <module>"):
        assert said in done.stderr
    assert PLANTED not in done.stderr + done.stdout


def test_faults_that_came_from_one_another_are_told_once_each():
    first, second = KeyError(PLANTED), OSError(PLANTED)
    first.__cause__, second.__cause__ = second, first
    assert places(first).split() == ["builtins.KeyError", "builtins.OSError"]


def test_a_command_that_fails_tells_its_type_and_place_and_not_the_cell():
    broken = """
import sys
from vetting import __main__ as door

def deliver(argv):
    int(argv[0])

door._deliver = deliver
sys.exit(door.main())
"""
    ended = subprocess.run([sys.executable, "-c", broken, PLANTED], cwd=ROOT, capture_output=True, text=True)
    assert ended.returncode == 1
    assert "ValueError" in ended.stderr
    assert "in deliver" in ended.stderr
    assert PLANTED not in ended.stderr + ended.stdout
