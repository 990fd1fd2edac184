"""What the desk keeps of a partner's answers: those of each batch, and which columns mean what next time."""

import hashlib
import json
from collections.abc import Mapping, Sequence

from schemas.answers import Answers
from schemas.fee_report import Kind, columns
from vetting.store.act import Moment
from vetting.store.connect import Cursor

INSERT = "INSERT INTO desk.batch_answers (batch_id, answers) VALUES ($batch_id, $answers)"
INSERT_MAPPING = """
INSERT INTO desk.column_mapping (partner, headers_hash, recorded_at, places)
VALUES ($partner, $headers_hash, $recorded_at, $places)
"""
NEWEST_MAPPING = """
SELECT arg_max(places, recorded_at) AS places
FROM desk.column_mapping
WHERE partner = $partner AND headers_hash = $headers_hash
"""
# Columns in which a worker may be named: what stood there before it was mended is not kept.
FREE = frozenset({Kind.REPORT_ID, Kind.REFERENCE, Kind.TEXT})


def save_answers(moment: Moment, batch_id: str, partner: str, headers: Sequence[str], answers: Answers) -> None:
    """Inside the act that commits the batch."""
    if kept := _kept(answers):
        moment.db.execute(INSERT, {"batch_id": batch_id, "answers": json.dumps(kept, ensure_ascii=False)})
    if answers.columns != remembered_columns(moment.db, partner, headers):
        values = {"partner": partner, "headers_hash": _hash(headers), "recorded_at": moment.recorded_at}
        moment.db.execute(INSERT_MAPPING, values | {"places": json.dumps(dict(answers.columns))})


def remembered_columns(db: Cursor, partner: str, headers: Sequence[str]) -> Mapping[int, str]:
    """What this partner said of just these headers the last time; nothing when it never did."""
    (row,) = db.execute(NEWEST_MAPPING, {"partner": partner, "headers_hash": _hash(headers)}).fetchall()
    kept: Mapping[str, str] = json.loads(row[0]) if row[0] else {}
    return {int(place): name for place, name in kept.items() if not name or name in columns()}


def _kept(answers: Answers) -> dict[str, object]:
    """Only what was answered. Of mended cells the addresses, never the texts."""
    kept: dict[str, object] = answers.model_dump(mode="json", exclude_defaults=True, exclude={"cells", "words"})
    words = {name: dict(said) for name, said in answers.words.items() if columns()[name].kind not in FREE}
    cells = {line: sorted(mended) for line, mended in answers.cells.items()}
    return kept | ({"words": words} if words else {}) | ({"cells": cells} if cells else {})


def _hash(headers: Sequence[str]) -> str:
    return hashlib.sha256(json.dumps(list(headers), ensure_ascii=False).encode()).hexdigest()
