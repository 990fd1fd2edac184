"""The trail as a file that anybody can check: one entry a line, and the SHA-256 of a line is the hash of its entry.

A line is the canonical JSON of an entry without its hash, in UTF-8, ended by a newline that is not hashed. Each line
names the hash of the line before it as `previous_hash`, and the hash of the last line is the head.
"""

import hashlib
import io
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from schemas.codes import Action, Role, Via
from schemas.trail import Entry
from schemas.viewer import Viewer
from vetting.disclosure.roles import require
from vetting.refusals import NotFound, Refusal
from vetting.store.act import Moment, act
from vetting.store.connect import Cursor, Store
from vetting.trail.chain import canonical, head
from vetting.trail.proof import NAMES, Link, Proof, entries, prove

FIELDS = set(NAMES) - {"hash"}


class Exported(NamedTuple):
    """The numbers of the first and last entry of a file, and the hash of the last."""

    first: int
    last: int
    head: str


def export_trail(
    store: Store, viewer: Viewer, path: Path, *, via: Via, now: datetime, first: int = 1, last: int | None = None
) -> Exported:
    """Write the entries from number `first` to `last` (the newest) to a new file. An act: the trail says who took it.

    Raises Refusal when the file exists already; NotFound when there are no such entries.
    """
    require(viewer, Role.ADMIN, Role.REVIEWER)
    try:
        with path.open("xb") as file:
            written = _write(store.cursor(), file, first, last)
    except FileExistsError:
        raise Refusal(f"{path} exists already, and nothing is overwritten. Name a new file.") from None
    except NotFound:
        path.unlink()
        raise
    try:
        _record(store, viewer, written, via, now)
    except BaseException:
        path.unlink()
        raise
    return written


def exported_bytes(store: Store, viewer: Viewer, first: int, last: int, *, via: Via, now: datetime) -> bytes:
    """The same as bytes, for a reviewer's download: the lines hold what certification rests on."""
    require(viewer, Role.REVIEWER)
    file = io.BytesIO()
    _record(store, viewer, _write(store.cursor(), file, first, last), via, now)
    return file.getvalue()


def verify_file(file: Iterable[bytes], expected_head: str | None = None) -> Proof:
    """Follow the lines of an export, whole or a stretch. Its first line stands on its own `previous_hash`."""
    proof = prove(_links(file), expected_head, whole=False)
    return proof if proof.entries or proof.flaw else proof._replace(flaw="There is no entry in this file.")


def _write(db: Cursor, file: BinaryIO, first: int, last: int | None) -> Exported:
    """Up to what is newest now: the act that tells of the file is not in it."""
    newest = head(db)
    end = min(last or newest.seq, newest.seq) if newest else 0
    if not 1 <= first <= end:
        raise NotFound(f"The trail has no entries from {first} to {last or 'its end'}: it has {newest and newest.seq}.")
    line = b""
    for values, _ in entries(db, first, end):
        line = canonical(values).encode()
        file.write(line + b"\n")
    return Exported(first, end, hashlib.sha256(line).hexdigest())


def _record(store: Store, viewer: Viewer, written: Exported, via: Via, now: datetime) -> None:
    def deed(_: Moment) -> tuple[Entry, None]:
        return Entry(action=Action.TRAIL_EXPORT, subject="trail", after=written._asdict()), None

    act(store, deed, actor=viewer.actor, via=via, now=now)


def _links(file: Iterable[bytes]) -> Iterator[Link]:
    for line in file:
        content = line.removesuffix(b"\n")
        said = _read(content)
        if said is None:
            yield Link(None, None, None, "", intact=False)
            return
        hashed = hashlib.sha256(content).hexdigest()
        yield Link(said["seq"], said["recorded_at"], said["previous_hash"], hashed, canonical(said).encode() == content)


def _read(content: bytes) -> dict[str, Any] | None:
    """What a line says; None when it is no line of an export."""
    try:
        said = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) and said.keys() == FIELDS else None
