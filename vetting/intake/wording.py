"""How a problem, and a value, are said to a person: the address, the masked value, and what to do."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

import polars as pl

from schemas.codes import Severity
from schemas.fee_report import Kind, columns
from schemas.problem import Problem
from schemas.problem_codes import PROBLEMS
from vetting.intake.personal import masked
from vetting.intake.read import column_letter

# A problem before it is said; there may be millions, so words are kept as numbers. `place` is given where no column of
# ours tells the letter.
FOUND = pl.Schema(
    {
        "line": pl.Int64(),
        "column": pl.Enum(list(columns())),
        "code": pl.Enum(list(PROBLEMS)),
        "detail": pl.String(),
        "value": pl.String(),
        "severity": pl.Enum([severity.value for severity in Severity]),
        "place": pl.Int64(),
    }
)
SAID_AT_ONCE = 100_000
SHOWN = 200  # characters of a value that a problem shows
PERSONAL = [code for code in PROBLEMS if code.startswith("personal_")]
ALL_FIELDS = set(Problem.model_fields)
FREE = frozenset({Kind.REFERENCE, Kind.TEXT})


def found(code: str, *, line: int | None = None, column: str | None = None, detail: str | None = None,
          value: str | None = None, place: int | None = None) -> dict[str, object]:  # fmt: skip
    """One problem as a row of a FOUND frame."""
    severity = PROBLEMS[code].severity.value
    return {"line": line, "column": column, "code": code, "detail": detail, "value": value, "severity": severity,
            "place": place}  # fmt: skip


def say_problems(frame: pl.DataFrame, places: Mapping[str, int]) -> Iterator[Problem]:
    """Every problem, by line and then as the columns stand in the file; those of the whole file first.

    There may be a million: nothing is validated again, and what they share is one object.
    """
    place = pl.col("column").cast(pl.String).replace_strict(dict(places), default=None, return_dtype=pl.Int64)
    told = frame.with_columns(pl.coalesce("place", place))
    letters = {each: column_letter(each) for each in told["place"].unique().drop_nulls()}
    severities = {severity.value: severity for severity in Severity}
    for part in told.sort("line", "place", "code", nulls_last=False, maintain_order=True).iter_slices(SAID_AT_ONCE):
        for line, column, letter, value, code, severity, message in _said(part, letters).iter_rows():
            yield Problem.model_construct(
                ALL_FIELDS,  # one set for all, not one for each of a million
                line=line,
                column=column,
                letter=letter,
                value=value,
                code=code,
                severity=severities[severity],
                message=message,
            )


def _said(told: pl.DataFrame, letters: Mapping[int, str]) -> pl.DataFrame:
    """The fields of a problem, in their order."""
    words = told.select("column", "code", "detail").unique()
    words = words.with_columns(message=pl.Series([_message(*row) for row in words.iter_rows()], dtype=pl.String))
    return (
        told.join(words, on=["column", "code", "detail"], how="left", nulls_equal=True, maintain_order="left")
        .with_columns(
            letter=pl.col("place").replace_strict(letters, default=None, return_dtype=pl.String),
            value=_shown(pl.col("value")),
        )
        .select(list(Problem.model_fields))
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


def _shown(value: pl.Expr) -> pl.Expr:
    """What a problem shows of the cell: masked where it is or may be personal, and never more than a line or two."""
    free = [name for name, column in columns().items() if column.kind in FREE]
    hidden = pl.col("code").is_in(PERSONAL) | pl.col("column").is_in(free)
    cut = pl.when(value.str.len_chars() > SHOWN).then(value.str.slice(0, SHOWN - 1) + "…").otherwise(value)
    return pl.when(hidden).then(masked(value)).otherwise(cut)


def _message(column: str | None, code: str, detail: str | None) -> str:
    known = columns().get(column or "")
    allowed = "" if known is None or not known.allowed else f" Write one of: {', '.join(known.allowed)}."
    return PROBLEMS[code].message.format(
        column=column or "", detail=detail or "", rule="" if known is None else known.rule, allowed=allowed
    )
