"""A command beside the running dashboard: the file has one owner, so the owner carries the command out.

The dashboard listens on a socket of the file system next to the database that only its own user may open. What goes
over it is JSON, never pickled objects: the command's arguments and the folder it was given in; back come what it says
and its exit code.
"""

import contextlib
import hashlib
import json
import logging
import os
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path

from vetting.refusals import Refusal

LONGEST_PATH = 100  # the system's own limit is 108 bytes on Linux, 104 on others

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outcome:
    """What a command says on its two outputs, and how it ends: 0 done, 1 refused with a reason, 2 wrong usage."""

    out: str
    err: str
    code: int


CarryOut = Callable[[list[str], Path], Outcome]


class NobodyAnswers(Refusal):
    """Somebody owns the file, but nobody listens."""


def socket_path(database: Path) -> Path:
    """Next to the database; in this user's own runtime folder where the path would be too long for a socket."""
    database = database.resolve()
    beside = database.with_name(database.name + ".sock")
    if len(os.fsencode(beside)) <= LONGEST_PATH:
        return beside
    name = hashlib.sha256(os.fsencode(database)).hexdigest()[:24]
    return _runtime_folder() / f"{name}.sock"


def ask(database: Path, argv: list[str], folder: Path) -> Outcome:
    """Have the owner of `database` carry out a command as if in `folder`. Raises NobodyAnswers."""
    try:
        connection = Client(os.fspath(socket_path(database)), family="AF_UNIX")
    except OSError as error:
        raise NobodyAnswers(
            f"{database} is in use by another process, and that process takes no commands. If it is a dashboard that "
            "is just starting or stopping, try again in a minute; if it is a program that has the file open, close it."
        ) from error
    with connection:
        try:
            connection.send_bytes(json.dumps({"argv": argv, "folder": os.fspath(folder)}).encode())
            return Outcome(**json.loads(connection.recv_bytes()))
        except (EOFError, OSError) as error:
            raise Refusal(
                "The dashboard stopped before it answered. Whether the command was carried out, `trail verify` and the "
                "lists will show once the dashboard, or this command, runs again."
            ) from error


class Door:
    """The owner's side: listens from `open` to `close`, each command in a thread of its own."""

    def __init__(self, database: Path, carry_out: CarryOut) -> None:
        self.path, self._carry_out = socket_path(database), carry_out
        self._closing = threading.Event()

    def open(self) -> None:
        self.path.unlink(missing_ok=True)  # we own the database, so whoever left it is gone
        before = os.umask(0o177)  # no moment in which others might open it
        try:
            self._listener = Listener(os.fspath(self.path), family="AF_UNIX", backlog=16)
        finally:
            os.umask(before)
        threading.Thread(target=self._listen, name="command-socket", daemon=True).start()

    def close(self) -> None:
        self._closing.set()
        with contextlib.suppress(OSError):
            Client(os.fspath(self.path), family="AF_UNIX").close()  # wakes the listening thread
        with contextlib.suppress(OSError):
            self._listener.close()
        self.path.unlink(missing_ok=True)

    def _listen(self) -> None:
        while not self._closing.is_set():
            try:
                connection = self._listener.accept()
            except OSError:
                return
            if not self._closing.is_set():
                threading.Thread(target=self._answer, args=(connection,), name="command", daemon=True).start()

    def _answer(self, connection: Connection) -> None:
        with connection, contextlib.suppress(EOFError, OSError):
            asked = json.loads(connection.recv_bytes())
            try:
                outcome = self._carry_out([str(word) for word in asked["argv"]], Path(asked["folder"]))
            except Exception:
                log.exception("a command could not be carried out")
                outcome = Outcome("", "Something went wrong in the dashboard; its log has the cause.\n", 1)
            connection.send_bytes(json.dumps(asdict(outcome)).encode())


def _runtime_folder() -> Path:
    """A folder only this user can enter: theirs by the system, else one we make and check."""
    given = os.environ.get("XDG_RUNTIME_DIR")
    if given and Path(given).is_dir():
        return Path(given)
    folder = Path(f"/tmp/fair-passage-{os.getuid()}")  # noqa: S108 - its owner and mode are checked below
    folder.mkdir(mode=0o700, exist_ok=True)
    state = folder.lstat()
    if not folder.is_dir() or folder.is_symlink() or state.st_uid != os.getuid() or state.st_mode & 0o077:
        raise Refusal(f"{folder} belongs to somebody else or is open to others. Remove it, or set XDG_RUNTIME_DIR.")
    return folder
