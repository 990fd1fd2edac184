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
    listed = ", ".join(("batch_id", "line", "partner", "agency_id", *columns))
    statement = f"SELECT recorded_at, {listed} FROM counted WHERE {where} ORDER BY recorded_at, batch_id, line"
    return _of_counted(db, scope, statement)


def fetch_answered(db: Cursor, scope: Scope, columns: Sequence[str], where: str) -> pl.DataFrame:
    """By partner, of all agencies' counted reports that `where` takes: how many answer each of `columns` (`n_`), and
    how many say yes (`yes_`)."""
    counts = ", ".join(f"count({name}) AS n_{name}, count(*) FILTER ({name}) AS yes_{name}" for name in columns)
    statement = f"SELECT partner, {counts} FROM counted WHERE {where} GROUP BY partner ORDER BY partner"
    return _of_counted(db, scope.model_copy(update={"agencies": None}), statement)


def _of_counted(db: Cursor, scope: Scope, statement: str) -> pl.DataFrame:
    merged = fetch_merged(db, scope.known_at)
    agencies = None if scope.agencies is None else members(merged, scope.agencies)
    values = window(load_standard(), scope.as_of, scope.known_at, agencies) | of_merged(merged)
    return db.execute(counted(statement, some=agencies is not None, merged=True), values).pl()
