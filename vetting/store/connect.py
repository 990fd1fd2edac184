"""Opening the store: one DuckDB file with two schemas, or two attached catalogs of the same names."""

import threading
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from vetting.refusals import Refusal

Cursor = duckdb.DuckDBPyConnection

# The oldest DuckDB that must be able to read the file (docs/decisions/0002-duckdb-pin.md).
STORAGE_VERSION = "v1.5.0"
AMBIGUOUS_STEMS = frozenset({"desk", "evidence"})


class StoreLocked(Refusal):
    """Another process owns the database file."""


@dataclass(frozen=True)
class Store:
    """An open store. `path` is the file that stands for it (the desk's, when two are attached); `keys` the folder with
    the private keys that sign its certificates, which are never in the store itself.

    A DuckDB connection is not thread-safe, so nobody uses `connection` itself: each run takes a cursor of its own.
    `acts` keeps acts of one process in line; between processes the trail's UNIQUE (previous_hash) does.
    """

    connection: Cursor
    path: Path
    attached: bool
    keys: Path
    acts: threading.RLock = field(default_factory=threading.RLock)

    def cursor(self) -> Cursor:
        return self.connection.cursor()

    def close(self) -> None:
        self.connection.close()


def open_store(path: Path, evidence: Path | None = None, keys: Path | None = None) -> Store:
    """Open (creating if need be) the file at `path`; with `evidence`, attach two files as `desk` and `evidence`.

    `keys`: the folder of private keys, by default the path with `.keys` behind it.

    Raises StoreLocked when another process owns the file, Refusal when the name is not allowed.
    """
    path = path.absolute()
    if evidence is None and path.stem in AMBIGUOUS_STEMS:
        raise Refusal(
            f"A database file cannot be named {path.name}: the name would be ambiguous in every statement. "
            "Choose another, such as fair-passage.duckdb."
        )
    try:
        connection = _one_file(path) if evidence is None else _attached(path, evidence.absolute())
    except duckdb.IOException as error:
        if "lock" in str(error):
            raise StoreLocked(f"{path} is in use by another process.") from error
        raise Refusal(
            f"{path} cannot be opened as a database: is it a DuckDB file, and may you write there?"
        ) from error
    _close_the_disk(connection, {path.parent, (evidence or path).absolute().parent})
    folder = keys or path.with_name(f"{path.name}.keys")
    return Store(connection=connection, path=path, attached=evidence is not None, keys=folder)


def _one_file(path: Path) -> Cursor:
    path.parent.mkdir(parents=True, exist_ok=True)
    return duckdb.connect(str(path), config={"storage_compatibility_version": STORAGE_VERSION})


def _attached(desk: Path, evidence: Path) -> Cursor:
    """Two files that refuse what the servers refuse: a transaction that writes to both."""
    connection = duckdb.connect(":memory:")
    for name, path in (("desk", desk), ("evidence", evidence)):
        path.parent.mkdir(parents=True, exist_ok=True)
        quoted = str(path).replace("'", "''")
        connection.execute(
            f"ATTACH '{quoted}' AS {name} (STORAGE_VERSION '{STORAGE_VERSION}')"
        )  # ATTACH takes no parameter
    return connection


def _close_the_disk(connection: Cursor, folders: set[Path]) -> None:
    """SQL may touch the database's own folder (ATTACH for a backup) and nothing else on the disk."""
    connection.execute("SET allowed_directories = $folders", {"folders": [f"{folder}/" for folder in sorted(folders)]})
    connection.execute("SET enable_external_access = false")
    connection.execute("SET autoinstall_known_extensions = false")
    connection.execute("SET autoload_known_extensions = false")
    connection.execute("SET lock_configuration = true")
