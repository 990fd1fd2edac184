"""Opening the store that is meant: an existing one for a command, a new one for `init` and the server's first start."""

import contextlib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from schemas.codes import Action, Via
from schemas.trail import Entry
from vetting import trail
from vetting.address import Address
from vetting.refusals import Refusal
from vetting.store import Moment, Store, act, open_store
from vetting.store.migrate import is_empty, is_store, migrate, missing


def open_existing(address: Address) -> Store:
    """Open a store that is there and up to date. Raises StoreLocked when a process owns it, Refusal else."""
    if not address.desk.exists():
        raise Refusal(
            f"There is no database at {address.desk}. Create one with `python -m vetting init` (add --sample for the "
            "sample country), or name another with --database."
        )
    store = open_store(address.desk, address.evidence, address.keys)
    with _closed_on_failure(store):
        db = store.cursor()
        if not is_store(db):
            raise Refusal(f"{address.desk} is a database, but no store of Fair Passage. Name another with --database.")
        if missing(db):
            raise Refusal(
                f"{address.desk} was made by an older version. Make a backup of the file, then run "
                "`python -m vetting init` to bring it up to date."
            )
    return store


def open_or_create(address: Address, now: datetime, *, actor: str, via: Via) -> Store:
    """Open the store at `address`, creating an empty one if there is none, with every migration applied.

    The first act of a new store says that it was created. Raises StoreLocked when a process owns it.
    """
    store = open_store(address.desk, address.evidence, address.keys)
    with _closed_on_failure(store):
        _migrate(store, address.desk, now)
        if is_blank(store):
            _say_created(store, now, actor=actor, via=via)
    return store


def create_sample(address: Address, now: datetime, today: date) -> None:
    """Create the file at `address` with the sample country: whole, or not at all. Never over a store with a history.

    It grows beside the file and takes its place when it is complete, so that an interrupted filling is no sample.
    """
    if address.evidence is not None:
        raise Refusal("The sample country is kept in one file. Name it with --database.")
    from vetting.sample import load_sample

    if address.desk.exists():
        with contextlib.closing(open_store(address.desk)) as there:
            if not is_empty(there.cursor()) and not (is_store(there.cursor()) and is_blank(there)):
                raise Refusal(
                    f"{address.desk} has a content of its own, and the sample never goes over that. Name a new file "
                    "with --database."
                )
    growing = address.desk.with_name(f"{address.desk.stem}-growing{address.desk.suffix}")
    open_store(growing).close()  # StoreLocked: somebody else is filling it at this moment
    _remove(growing)
    store = open_store(growing, keys=address.keys or address.desk.with_name(f"{address.desk.name}.keys"))
    try:
        migrate(store, now)
        load_sample(store, today)
    except BaseException:
        store.close()
        _remove(growing)
        raise
    store.close()
    _remove(address.desk)
    growing.replace(address.desk)


def is_blank(store: Store) -> bool:
    """Has nothing ever been done in this store?"""
    return trail.head(store.cursor()) is None


def _migrate(store: Store, path: Path, now: datetime) -> None:
    db = store.cursor()
    if not is_store(db) and not is_empty(db):
        raise Refusal(f"{path} is a database with tables of something else. Name a new file with --database.")
    migrate(store, now)


def _say_created(store: Store, now: datetime, *, actor: str, via: Via) -> None:
    def deed(moment: Moment) -> tuple[Entry, None]:
        return Entry(action=Action.STORE_INIT, subject="store", after={"empty": True}), None

    act(store, deed, actor=actor, via=via, now=now)


def _remove(path: Path) -> None:
    """The file and the write-ahead log a hard exit may have left beside it."""
    path.unlink(missing_ok=True)
    path.with_name(path.name + ".wal").unlink(missing_ok=True)


@contextlib.contextmanager
def _closed_on_failure(store: Store) -> Iterator[None]:
    try:
        yield
    except BaseException:
        store.close()
        raise
