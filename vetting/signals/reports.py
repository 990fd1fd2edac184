"""The reports signals are looked for in: those that count as of D by what was known at K, of every partner."""

from collections.abc import Sequence

import polars as pl

from schemas.fee_report import Kind, names_of
from schemas.signal import Scope
from schemas.standard import load_standard
from vetting.scoring.counted import counted, of_merged, window
from vetting.store import Cursor
from vetting.store.merges import fetch_merged, members

YES_NO = names_of(Kind.ANSWER)
# Where yes is the good answer; of all others it is the adverse one.
YES_IS_GOOD = (
    "contract_before_departure", "contract_understood", "costs_disclosed", "orientation_received", "grievance_known",
    "grievance_resolved",
)  # fmt: skip


def fetch_reports(db: Cursor, scope: Scope, columns: Sequence[str], where: str = "TRUE") -> pl.DataFrame:
    """`columns` of the counted reports with batch, line, partner and agency, in the order they were received. `where`
    is a constant condition. Entries that are one agency bear its id."""
    merged = fetch_merged(db, scope.known_at)
    agencies = None if scope.agencies is None else members(merged, scope.agencies)
    listed = ", ".join(("batch_id", "line", "partner", "agency_id", *columns))
    statement = counted(
        f"SELECT recorded_at, {listed} FROM counted WHERE {where} ORDER BY recorded_at, batch_id, line",
        some=agencies is not None,
        merged=True,
    )
    values = window(load_standard(), scope.as_of, scope.known_at, agencies) | of_merged(merged)
    return db.execute(statement, values).pl()
