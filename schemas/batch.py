"""One upload of fee reports, and the receipt for it."""

from datetime import datetime

from schemas.problem import Problem
from schemas.record import Record


class CheckResult(Record):
    """What a check of a file says. Writes nothing."""

    rows: int
    accepted: int
    quarantined: int
    refused: int
    file_refused: bool
    problems: tuple[Problem, ...]


class Batch(Record):
    batch_id: str
    recorded_at: datetime
    partner: str
    actor: str
    file_name: str
    file_hash: str
    method: int
    row_count: int
    accepted: int
    quarantined: int
    refused: int
    warnings: int
    superseded: int
    duplicates: int
    withdrawn_at: datetime | None = None
    withdrawal_reason: str | None = None


class TouchedAgency(Record):
    """An agency a batch reports on: how many of its reports, and how many of this partner's own workers count now.

    `recorded_as`: what became of the entry that the reports were stored under, in words; "" while it is its own agency.
    """

    agency_id: str
    name: str
    licence: str
    reports: int
    own_workers: int
    recorded_as: str = ""


class Receipt(Record):
    """`batch_id` is None when nothing new was in the file (every ready row was already stored)."""

    batch_id: str | None
    result: CheckResult
    superseded: int
    duplicates: int
    agencies: tuple[TouchedAgency, ...] = ()
