"""A process that dies at a chosen moment, as a power cut would end it."""

import signal
import subprocess
import sys
from pathlib import Path

from vetting.store import Store, open_store

DIES = """
import importlib, os, signal
from vetting import retention, trail
from vetting.intake import commit
from vetting.scoring import live
from vetting.store import purges

def kill(*arguments, **named):
    os.kill(os.getpid(), signal.SIGKILL)

def then(function):
    def dies(*arguments, **named):
        function(*arguments, **named)
        kill()
    return dies

{patch}
getattr(importlib.import_module({room!r}), {deed!r})({path!r})
"""


def killed(path: Path, patch: str, room: str, deed: str) -> Store:
    """The store at `path` as the next process opens it, after one that did `deed` of the test module `room` died where
    `patch` says: a line that puts `kill`, or `then(…)` which dies afterwards, in the place of a function of the house.
    """
    told = DIES.format(patch=patch, room=room, deed=deed, path=str(path))
    died = subprocess.run([sys.executable, "-c", told], check=False)
    assert died.returncode == -signal.SIGKILL
    return open_store(path)
