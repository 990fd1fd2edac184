"""Numbered migrations, each applied in one transaction together with its own record.

A file is named NNN_<schema>_<what>.sql and writes to that schema only: a transaction may write to one catalog.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from vetting.store.connect import Cursor, Store

FOLDER = Path(__file__).parent / "migrations"
RECORD = {
    schema: f"CREATE TABLE IF NOT EXISTS {schema}.migration "
    "(number INTEGER NOT NULL, name VARCHAR NOT NULL, applied_at TIMESTAMP NOT NULL)"
    for schema in ("desk", "evidence")
}
APPLIED = {schema: f"SELECT number FROM {schema}.migration ORDER BY number" for schema in RECORD}
INSERT = {schema: f"INSERT INTO {schema}.migration VALUES ($number, $name, $now)" for schema in RECORD}


def migrate(store: Store, now: datetime) -> list[str]:
    """Apply what is missing, oldest first, and return the names applied. `now` is UTC without a zone."""
    db = store.cursor()
    for statement in RECORD.values():
        db.execute(statement)
    done = {number for schema in RECORD for (number,) in db.execute(APPLIED[schema]).fetchall()}
    return [_apply(db, path, now) for path in _migrations() if _number(path) not in done]


def _apply(db: Cursor, path: Path, now: datetime) -> str:
    schema = path.stem.split("_")[1]
    db.execute("BEGIN")
    try:
        db.execute(path.read_text(encoding="utf-8"))
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
