"""A whole copy of the store while it is in use, and putting one back. Neither overwrites anything.

SQL may write next to the database only, so a copy grows there and moves to its place when it has been checked. Where
desk and evidence are two files, so is the copy: the desk first, so that no batch can lack its reports.
"""

import contextlib
import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from vetting import trail
from vetting.address import Address
from vetting.ids import new_id
from vetting.refusals import Refusal
from vetting.store.connect import STORAGE_VERSION, Store, StoreLocked, open_store
from vetting.store.migrate import is_store, migrate, missing


def back_up(store: Store, destination: Path) -> tuple[list[Path], str]:
    """Copy the store to `destination`; return the files written and the trail's head in the copy."""
    targets = _files(destination, store.attached)
    for target in targets:
        if target.exists():
            raise Refusal(f"{target} exists already, and a backup overwrites nothing. Name a new file.")
        if not target.parent.is_dir():
            raise Refusal(f"There is no folder {target.parent}. Create it first.")
    growing = [store.path.with_name(f".backup-{new_id()}.duckdb") for _ in targets]
    try:
        for path, source in zip(growing, ("desk", "evidence") if store.attached else (None,), strict=True):
            _copy(store, source, path)
        head = _checked(growing, None)
        for path, target in zip(growing, targets, strict=True):
            _move(path, target)
    finally:
        for path in growing:
            _remove(path)
    return targets, head


def restore_from(address: Address, backup: Path, now: datetime) -> tuple[list[Path], str]:
    """Put a checked copy of `backup` in the place of the store; return what was there before, kept under another name.

    Raises StoreLocked while a process has the store, Refusal when the backup is no store with a sound trail.
    """
    attached = address.evidence is not None
    sources, targets = _files(backup, attached), [address.desk, *([address.evidence] if address.evidence else [])]
    for source in sources:
        if not source.is_file():
            raise Refusal(f"There is no backup {source}.")
        if source in targets:
            raise Refusal(f"{source} is the database itself. Name a backup of it.")
    _refuse_in_use(address)
    incoming = [target.with_name(f".restore-{new_id()}.duckdb") for target in targets]
    try:
        for source, path, target in zip(sources, incoming, targets, strict=True):
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, path)
            with contextlib.suppress(FileNotFoundError):
                shutil.copyfile(_wal(source), _wal(path))
        head = _checked(incoming, now)
        _refuse_in_use(address)
        return _exchange(incoming, targets, now), head
    finally:
        for path in incoming:
            _remove(path)


def _copy(store: Store, source: str | None, path: Path) -> None:
    """One consistent copy, keys and checks included, while others go on writing."""
    db = store.cursor()
    name = source or db.execute("SELECT current_database()").fetchall()[0][0]
    place, catalog = str(path).replace("'", "''"), name.replace('"', '""')
    db.execute(f"ATTACH '{place}' AS backup_copy (STORAGE_VERSION '{STORAGE_VERSION}')")
    try:
        db.execute(f'COPY FROM DATABASE "{catalog}" TO backup_copy')
    finally:
        db.execute("DETACH backup_copy")


def _checked(paths: Sequence[Path], now: datetime | None) -> str:
    """The trail's head, once the files have proved to be a store with a sound trail; migrated when `now` is given."""
    with contextlib.closing(open_store(*paths)) as copy:
        db = copy.cursor()
        if not is_store(db):
            raise Refusal("That file is a database, but no store of Fair Passage.")
        head, flaw, *_ = trail.verify(db)
        if flaw is not None:
            raise Refusal(f"The trail in that file does not hold: {flaw}")
        if missing(db) and now is not None:
            migrate(copy, now)
        return head


def _exchange(incoming: Sequence[Path], targets: Sequence[Path], now: datetime) -> list[Path]:
    kept = []
    for path, target in zip(incoming, targets, strict=True):
        if target.exists():
            before = target.with_name(f"{target.stem}.before-{now:%Y%m%dT%H%M%S%f}{target.suffix}")
            target.rename(before)
            kept.append(before)
            if _wal(target).exists():
                _wal(target).rename(_wal(before))
        path.rename(target)
    return kept


def _refuse_in_use(address: Address) -> None:
    """StoreLocked while a process has it. One that cannot be opened at all is what a restore is for."""
    if address.desk.exists():
        try:
            open_store(address.desk, address.evidence).close()
        except StoreLocked:
            raise
        except Refusal:
            return


def _files(path: Path, attached: bool) -> list[Path]:
    return [path, path.with_name(f"{path.stem}.evidence{path.suffix}")] if attached else [path]


def _move(path: Path, target: Path) -> None:
    """To its place in one step, even from another disk."""
    part = target.with_name(f"{target.name}.part")
    shutil.move(path, part)
    part.rename(target)


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
    _wal(path).unlink(missing_ok=True)


def _wal(path: Path) -> Path:
    return path.with_name(path.name + ".wal")
