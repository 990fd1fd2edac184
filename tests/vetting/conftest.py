"""Fixtures of the rooms under `vetting`: somebody else who has the database open."""

import contextlib
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

HOLD = """
import sys
from pathlib import Path
from vetting.store import open_store
store = open_store(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
"""


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
