"""Rows of a partner's files that wait for its answer, and count for nothing until then."""

from datetime import datetime

from schemas.problem import Problem
from schemas.record import Record


class WaitingRow(Record):
    """One row, at its line of the file it came in. `problems`: why it waits. `reason`: why it was left out."""

    batch_id: str
    recorded_at: datetime
    file_name: str
    line: int
    report_id: str | None
    reason: str | None = None
    problems: tuple[Problem, ...] = ()


class WaitingFile(Record):
    """One batch, with how many of its rows still wait and how many were left out."""

    batch_id: str
    recorded_at: datetime
    file_name: str
    waiting: int
    left_out: int


class WaitingPage(Record):
    rows: tuple[WaitingRow, ...]
    total: int
    page: int
    pages: int
