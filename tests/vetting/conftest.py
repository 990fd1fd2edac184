"""Fixtures of the rooms under `vetting`: a terminal, and somebody else who has the database open."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HOLD = """
import sys
from pathlib import Path
from vetting.store import open_store
store = open_store(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
"""


class Line:
    """A terminal: types commands in one folder, at one database, each in a process of its own."""

    def __init__(self, folder: Path, database: str = "own.duckdb") -> None:
        self.folder = folder
        plain = {name: value for name, value in os.environ.items() if not name.startswith("VETTING_")}
        self.environ = plain | {"VETTING_DATABASE": str(folder / database), "PYTHONPATH": str(ROOT)}

    def __call__(self, *argv: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "vetting", *argv],
            cwd=self.folder,
            env=self.environ,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def terminal(tmp_path: Path) -> Line:
    return Line(tmp_path)


@pytest.fixture
def in_another_process() -> Callable[[Path], AbstractContextManager[None]]:
    """A process that has a database open and answers no commands."""

    @contextlib.contextmanager
    def held(path: Path) -> Iterator[None]:
        holder = subprocess.Popen(
            [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        try:
            assert holder.stdout is not None
            assert holder.stdout.readline() == "open\n"
            yield
        finally:
            holder.communicate()

    return held
