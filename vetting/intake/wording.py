"""How a problem, and a value, are said to a person: the address, the masked value, and what to do."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

import polars as pl

from schemas.codes import Severity
from schemas.fee_report import Kind, columns
from schemas.problem import Problem
from schemas.problem_codes import PROBLEMS
from vetting.intake.personal import mask
from vetting.intake.read import column_letter

# A problem before it is said. `place` is given where no column of ours tells the letter.
FOUND: Mapping[str, pl.DataType] = {
    "line": pl.Int64(), "column": pl.String(), "code": pl.String(), "detail": pl.String(), "value": pl.String(),
    "severity": pl.String(), "place": pl.Int64(),
}  # fmt: skip
SHOWN = 200  # characters of a value that a problem shows
PERSONAL = frozenset(code for code in PROBLEMS if code.startswith("personal_"))
FREE = frozenset({Kind.REFERENCE, Kind.TEXT})


def found(code: str, *, line: int | None = None, column: str | None = None, detail: str | None = None,
          value: str | None = None, place: int | None = None) -> dict[str, object]:  # fmt: skip
    """One problem as a row of a FOUND frame."""
    severity = PROBLEMS[code].severity.value
    return {"line": line, "column": column, "code": code, "detail": detail, "value": value, "severity": severity,
            "place": place}  # fmt: skip


def say_problems(frame: pl.DataFrame, places: Mapping[str, int]) -> Iterator[Problem]:
    """Every problem, by line and then as the columns stand in the file; those of the whole file first."""
    told = frame.with_columns(
        pl.coalesce("place", pl.col("column").replace_strict(dict(places), default=None, return_dtype=pl.Int64))
    ).sort("line", "place", "code", nulls_last=False, maintain_order=True)
    letters = {place: column_letter(place) for place in told["place"].unique().drop_nulls()}
    for line, column, code, detail, value, severity, place in told.select(FOUND.keys()).iter_rows():
        yield Problem.model_construct(
            line=line,
            column=column,
            letter=letters.get(place),
            value=_shown(column, code, value),
            code=code,
            severity=Severity(severity),
            message=_message(column, code, detail),
        )


def say_value(value: object) -> str | None:
    """A normalised value as a preview shows it."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return value.isoformat() if isinstance(value, date) else str(value)


def _shown(column: str | None, code: str, value: str | None) -> str | None:
    if value is None:
        return None
    if code in PERSONAL or (column is not None and column in columns() and columns()[column].kind in FREE):
        return mask(value)
    return value if len(value) <= SHOWN else value[: SHOWN - 1] + "…"


def _message(column: str | None, code: str, detail: str | None) -> str:
    known = columns().get(column or "")
    allowed = "" if known is None or not known.allowed else f" Write one of: {', '.join(known.allowed)}."
    return PROBLEMS[code].message.format(
        column=column or "", detail=detail or "", rule="" if known is None else known.rule, allowed=allowed
    )
