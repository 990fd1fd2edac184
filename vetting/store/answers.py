"""What the desk keeps of a partner's answers: those of each batch, and which columns mean what next time."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from schemas.answers import Answers
from schemas.fee_report import Kind, columns
from vetting.store.act import Moment
from vetting.store.connect import Cursor

INSERT = "INSERT INTO desk.batch_answers (batch_id, answers) VALUES ($batch_id, $answers)"
ONE = "SELECT answers FROM desk.batch_answers WHERE batch_id = $batch_id"
INSERT_MAPPING = """
INSERT INTO desk.column_mapping (partner, headers_hash, recorded_at, places)
VALUES ($partner, $headers_hash, $recorded_at, $places)
"""
NEWEST_MAPPING = """
SELECT arg_max(places, recorded_at) AS places, max(recorded_at) AS recorded_at
FROM desk.column_mapping
WHERE partner = $partner AND headers_hash = $headers_hash
"""
# Columns in which a worker may be named: what stood there before it was mended is not kept.
FREE = frozenset({Kind.REPORT_ID, Kind.REFERENCE, Kind.TEXT})


def save_answers(moment: Moment, batch_id: str, partner: str, headers: Sequence[str], answers: Answers) -> None:
    """Inside the act that commits the batch."""
    if kept := _kept(answers, headers):
        moment.db.execute(INSERT, {"batch_id": batch_id, "answers": json.dumps(kept, ensure_ascii=False)})
    if answers.columns != remembered_columns(moment.db, partner, headers):
        values = {"partner": partner, "headers_hash": _hash(headers), "recorded_at": moment.recorded_at}
        moment.db.execute(INSERT_MAPPING, values | {"places": json.dumps(dict(answers.columns))})


def remembered_columns(db: Cursor, partner: str, headers: Sequence[str]) -> Mapping[int, str]:
    """What this partner said of just these headers the last time; nothing when it never did."""
    (row,) = db.execute(NEWEST_MAPPING, {"partner": partner, "headers_hash": _hash(headers)}).fetchall()
    kept: Mapping[str, str] = json.loads(row[0]) if row[0] else {}
    return {int(place): name for place, name in kept.items() if not name or name in columns()}


def fetch_answers(db: Cursor, batch_id: str) -> Mapping[str, Any]:
    """What was answered about a batch, as `save_answers` keeps it: the fields of Answers that were, of mended cells the
    columns by line, and `headers`: the partner's own to our name for it, "" where it was left out."""
    rows = db.execute(ONE, {"batch_id": batch_id}).fetchall()
    kept: Mapping[str, Any] = json.loads(rows[0][0]) if rows else {}
    return kept


def remembered_on(db: Cursor, partner: str, headers: Sequence[str]) -> datetime | None:
    """When this partner last said it, UTC."""
    (row,) = db.execute(NEWEST_MAPPING, {"partner": partner, "headers_hash": _hash(headers)}).fetchall()
    said: datetime | None = row[1]
    return said


def _kept(answers: Answers, headers: Sequence[str]) -> dict[str, object]:
    """Only what was answered. Of mended cells the addresses, never the texts."""
    kept: dict[str, object] = answers.model_dump(mode="json", exclude_defaults=True, exclude={"cells", "words"})
    words = {name: dict(said) for name, said in answers.words.items() if columns()[name].kind not in FREE}
    cells = {line: sorted(mended) for line, mended in answers.cells.items()}
    named = {headers[place]: name for place, name in answers.columns.items() if place < len(headers)}
    more = {"words": words, "cells": cells, "headers": named}
    return kept | {name: said for name, said in more.items() if said}


def _hash(headers: Sequence[str]) -> str:
    return hashlib.sha256(json.dumps(list(headers), ensure_ascii=False).encode()).hexdigest()
