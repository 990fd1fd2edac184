"""Numbered migrations, each applied in one transaction together with its own record.

A file is named NNN_<schema>_<what>.sql and writes to that schema only: a transaction may write to one catalog.
"""

import secrets
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from vetting.refusals import Refusal
from vetting.store.connect import Cursor, Store

FOLDER = Path(__file__).parent / "migrations"
RECORD = {
    schema: f"CREATE TABLE IF NOT EXISTS {schema}.migration "
    "(number INTEGER NOT NULL, name VARCHAR NOT NULL, applied_at TIMESTAMP NOT NULL)"
    for schema in ("desk", "evidence")
}
TABLES = "SELECT count(*) FROM information_schema.tables WHERE table_schema NOT IN ('information_schema', 'pg_catalog')"
OURS = "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'migration' AND 'desk' IN (schema_name, database_name)"
APPLIED = {schema: f"SELECT number FROM {schema}.migration ORDER BY number" for schema in RECORD}
# What a migration writes that SQL cannot make: 256 random bits for the references of refused cells.
SECRETS = {9: "INSERT INTO desk.personal_key (key, recorded_at) VALUES ($key, $now)"}
INSERT = {schema: f"INSERT INTO {schema}.migration VALUES ($number, $name, $now)" for schema in RECORD}


def is_empty(db: Cursor) -> bool:
    """Is there nothing at all in the database, so that it may become a store?"""
    return db.execute(TABLES).fetchall() == [(0,)]


def is_store(db: Cursor) -> bool:
    """Was this database made by `migrate`, at any version?"""
    return db.execute(OURS).fetchall() != [(0,)]


def missing(db: Cursor) -> list[str]:
    """The migrations a store still lacks, oldest first. Refuses a store that a newer version has migrated further."""
    known = {_number(path): path.stem for path in _migrations()}
    done = {number for schema in RECORD for (number,) in db.execute(APPLIED[schema]).fetchall()}
    if done - known.keys():
        raise Refusal("This database was made by a newer version of Fair Passage. Use that version, or a backup.")
    return [stem for number, stem in known.items() if number not in done]


def migrate(store: Store, now: datetime) -> list[str]:
    """Apply what is missing, oldest first, and return the names applied. `now` is UTC without a zone."""
    db = store.cursor()
    if not store.attached:
        for schema in RECORD:
            db.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
    for statement in RECORD.values():
        db.execute(statement)
    lacking = set(missing(db))
    return [_apply(db, path, now) for path in _migrations() if path.stem in lacking]


def _apply(db: Cursor, path: Path, now: datetime) -> str:
    schema = path.stem.split("_")[1]
    db.execute("BEGIN")
    try:
        db.execute(path.read_text(encoding="utf-8"))
        if _number(path) in SECRETS:
            db.execute(SECRETS[_number(path)], {"key": secrets.token_hex(32), "now": now})
        db.execute(INSERT[schema], {"number": _number(path), "name": path.stem, "now": now})
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise
    return path.stem


def _migrations() -> Iterator[Path]:
    yield from sorted(FOLDER.glob("[0-9][0-9][0-9]_*.sql"))


def _number(path: Path) -> int:
    return int(path.stem.split("_")[0])
