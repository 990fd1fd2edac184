"""From rows to records: each column goes to the field of its name, and an unknown one is refused."""

from collections.abc import Mapping
from typing import Any, TypeVar

from schemas.record import Record
from vetting.store.connect import Cursor

R = TypeVar("R", bound=Record)


def fetch_records(db: Cursor, record: type[R], statement: str, values: Mapping[str, Any]) -> list[R]:
    return [record.model_validate(row) for row in fetch_rows(db, statement, values)]


def fetch_rows(db: Cursor, statement: str, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    db.execute(statement, dict(values))
    names = [column[0] for column in db.description or []]
    return [dict(zip(names, row, strict=True)) for row in db.fetchall()]
