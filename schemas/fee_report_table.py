"""What must hold of a table of fee reports? The pandera schema, for eager polars frames, made from the columns.

Each check bears the code of its problem as its error, so that a failure names what the partner is told. Cells that
could not be understood are null here and reported by whoever read them.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import pandera.polars as pa
import polars as pl

from schemas.fee_report import (
    AMOUNT_DIGITS,
    AMOUNT_SCALE,
    FIRST_INTERVIEW,
    LONGEST_ID,
    OLDEST,
    YOUNGEST,
    Column,
    Kind,
    columns,
)

MISSING = "missing_value"
MONEY = pl.Decimal(AMOUNT_DIGITS, AMOUNT_SCALE)


@cache
def fee_report_table(today: date, rules: frozenset[str] = frozenset()) -> pa.DataFrameSchema:
    """`rules`: Boolean columns between the columns, each of which must not be false."""
    table = {column.name: _column(column, today) for column in columns().values()}
    table |= {rule: pa.Column(pl.Boolean, pa.Check.equal_to(True, error=rule), nullable=True) for rule in sorted(rules)}
    table |= {"line": pa.Column(pl.Int64), "agency_id": pa.Column(pl.String, nullable=True)}
    return pa.DataFrameSchema(table, strict=False)


def _column(column: Column, today: date) -> Any:
    return pa.Column(DTYPES.get(column.kind, pl.String), _checks(column, today), nullable=not column.required)


def _checks(column: Column, today: date) -> list[Any]:
    match column.kind:
        case Kind.REPORT_ID | Kind.REFERENCE:
            return [pa.Check.str_length(max_value=LONGEST_ID, error="too_long")]
        case Kind.CODE:
            return [pa.Check.isin(column.allowed, error="unreadable_value")]
        case Kind.CONSENT:
            return [pa.Check.equal_to(True, error="no_consent")]
        case Kind.DATE:
            return [pa.Check.in_range(FIRST_INTERVIEW, today, error="date_out_of_range")]
        case Kind.AGE:
            return [pa.Check.in_range(YOUNGEST, OLDEST, error="out_of_range")]
        case Kind.AMOUNT:
            return [pa.Check.greater_than_or_equal_to(0, error="negative_amount")]
        case Kind.RATE:
            return [pa.Check.greater_than_or_equal_to(0, error="out_of_range")]
        case Kind.WAGE:
            return [pa.Check.greater_than(0, error="out_of_range")]
        case _:
            return []


DTYPES: Mapping[Kind, Any] = {
    Kind.DATE: pl.Date, Kind.MONTH: pl.Date, Kind.AGE: pl.Int64,
    Kind.CONSENT: pl.Boolean, Kind.PERMISSION: pl.Boolean, Kind.ANSWER: pl.Boolean,
    Kind.AMOUNT: MONEY, Kind.RATE: MONEY, Kind.WAGE: MONEY,
}  # fmt: skip
