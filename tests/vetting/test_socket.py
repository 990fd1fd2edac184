"""Beside the running dashboard a command says and does what it says and does without it."""

import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from schemas.codes import Role, Via
from schemas.viewer import Viewer
from tests.vetting.conftest import Line
from vetting.address import Address
from vetting.command_socket import LONGEST_PATH, Door, NobodyAnswers, Outcome, ask, socket_path
from vetting.opening import open_or_create
from vetting.store import open_store
from vetting.store.agencies import import_register
from vetting.store.partners import PartnerKind, add_partner

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 22, 9, 0)
HEAD = (
    "report_id,agency_licence,origin_country,destination_country,interview_date,channel,consent_use,currency,total_paid"
)
ROWS = [f"r{i},0010,BGD,SAU,2026-0{1 + i % 9}-15,phone,yes,BDT,{i * 1000}" for i in range(14)]


def desk_in(folder: Path) -> Path:
    """A database with an agency and a partner, and a file of reports beside it."""
    admin, path = Viewer(role=Role.ADMIN, actor="ada"), folder / "own.duckdb"
    store = open_or_create(Address(path, None, chosen=True), NOW, actor="ada", via=Via.CLI)
    import_register(
        store, admin, b"licence,name,country\n0010,Orchard,BGD\n", "bd", file_name="rl.csv", via=Via.CLI, now=NOW
    )
    add_partner(store, admin, partner="hope", kind=PartnerKind.NGO, name="Hope", via=Via.CLI, now=NOW)
    store.close()
    (folder / "june.csv").write_text("\n".join([HEAD, *ROWS]) + "\n")
    return path


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return desk_in(tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="module")
def terminal(desk: Path) -> Line:
    return Line(desk.parent)


@pytest.fixture(scope="module")
def dashboard(desk: Path) -> Iterator[subprocess.Popen[str]]:
    """The real server, with the database open and its socket listening. The last test that uses it stops it."""
    server = started(desk)
    yield server
    server.send_signal(signal.SIGTERM)
    server.communicate(timeout=60)


def started(desk: Path) -> subprocess.Popen[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)],
        cwd=ROOT,
        env=os.environ | {"VETTING_DATABASE": str(desk)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    until = time.monotonic() + 120
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5).close()
            return server
        except OSError:
            time.sleep(0.2)
    server.kill()
    raise AssertionError(server.communicate()[0])


WRITES = ("reports", "import", "june.csv", "--partner", "hope", "--actor", "Grace Hopper", "--json")
READS = (
    ("reports", "check", "june.csv", "--partner", "hope", "--json"),
    ("score", "--as-of", "2026-10-31", "--json"),
    ("score", "--as-of", "2026-10-31"),
    ("agencies", "list", "--json"),
    ("trail", "verify"),
    ("export", "register", "--output", "."),
)


def newest_entry(terminal: Line) -> int:
    return json.loads(terminal("trail", "head", "--json").stdout)["seq"]


def test_what_needs_the_database_alone_is_refused_beside_the_dashboard(terminal, desk, dashboard):
    assert terminal("backup", "monday.duckdb").returncode == 0
    for argv in (("restore", "monday.duckdb"), ("init", "--sample")):
        result = terminal(*argv)
        assert (result.returncode, result.stdout) == (1, "")
        assert result.stderr.count("\n") == 1
    assert "up to date" in terminal("init").stdout
    assert stat.S_IMODE(socket_path(desk).stat().st_mode) == 0o600


def test_a_second_dashboard_on_the_same_database_says_so_and_ends(desk, dashboard):
    second = subprocess.run(
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", "0"],
        cwd=ROOT,
        env=os.environ | {"VETTING_DATABASE": str(desk)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert second.returncode == 1
    assert "in use by another process" in second.stderr
    assert "Traceback" not in second.stderr + second.stdout


def test_commands_beside_the_dashboard_say_what_they_say_without_it(terminal, desk, dashboard):
    entries = newest_entry(terminal)
    receipt = json.loads(terminal(*WRITES).stdout)
    assert (receipt["accepted"], receipt["duplicates"], receipt["problems"]) == (14, 0, [])
    until = time.monotonic() + 120
    while newest_entry(terminal) < entries + 2 and time.monotonic() < until:  # the dashboard notices that a gate opened
        time.sleep(0.2)
    beside = [terminal(*argv) for argv in READS]
    again = json.loads(terminal(*WRITES).stdout)
    assert (again["batch"], again["duplicates"]) == (None, 14)
    dashboard.send_signal(signal.SIGTERM)
    dashboard.wait(timeout=60)
    assert not socket_path(desk).exists()
    alone = [terminal(*argv) for argv in READS]
    assert [(r.stdout, r.stderr, r.returncode) for r in beside] == [(r.stdout, r.stderr, r.returncode) for r in alone]
    assert [r.returncode for r in alone] == [0, 0, 0, 0, 0, 1]
    (score,) = json.loads(alone[1].stdout)
    assert (score["licence"], score["workers"], score["partners"]) == ("0010", 14, 1)
    actors = (
        open_store(desk)
        .cursor()
        .execute("SELECT actor, via FROM desk.trail WHERE via <> 'clock' ORDER BY seq DESC LIMIT 1")
        .fetchall()
    )
    assert actors == [("Grace Hopper", "cli")]


def test_a_dashboard_that_was_killed_leaves_nothing_in_the_way(tmp_path):
    desk, terminal = desk_in(tmp_path), Line(tmp_path)
    server = started(desk)
    server.kill()
    server.communicate()
    assert socket_path(desk).exists()
    assert terminal("trail", "verify").returncode == 0
    again = started(desk)
    try:
        assert terminal("partners", "list").returncode == 0
    finally:
        again.send_signal(signal.SIGTERM)
        again.communicate(timeout=60)


def test_words_and_code_come_back_as_they_were_said(tmp_path):
    door = Door(tmp_path / "x.duckdb", lambda argv, folder: Outcome(f"{argv} {folder}", "नहीं\n", 1))
    door.open()
    try:
        assert ask(tmp_path / "x.duckdb", ["a", "--b=c d"], tmp_path) == Outcome(
            f"['a', '--b=c d'] {tmp_path}", "नहीं\n", 1
        )
    finally:
        door.close()
    with pytest.raises(NobodyAnswers):
        ask(tmp_path / "x.duckdb", ["a"], tmp_path)


def test_a_fault_while_carrying_out_is_told_without_its_traceback(tmp_path):
    def break_down(argv, folder):
        raise ZeroDivisionError

    door = Door(tmp_path / "x.duckdb", break_down)
    door.open()
    try:
        outcome = ask(tmp_path / "x.duckdb", [], tmp_path)
        assert outcome.code == 1
        assert "Traceback" not in outcome.err
    finally:
        door.close()


@pytest.fixture
def short_folder() -> Iterator[Path]:
    """A folder with a short path, as runtime folders have: a test's own may be long itself."""
    with tempfile.TemporaryDirectory(prefix="fp") as folder:
        yield Path(folder)


def test_a_path_too_long_for_a_socket_goes_to_a_folder_of_our_own(tmp_path, short_folder, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(short_folder))
    deep = tmp_path / ("d" * 60) / ("e" * 60)
    deep.mkdir(parents=True)
    path = socket_path(deep / "x.duckdb")
    assert path.parent == short_folder
    assert len(os.fsencode(path)) <= LONGEST_PATH
    door = Door(deep / "x.duckdb", lambda argv, folder: Outcome("here", "", 0))
    door.open()
    try:
        assert ask(deep / "x.duckdb", [], deep).out == "here"
    finally:
        door.close()
    shutil.rmtree(deep)
