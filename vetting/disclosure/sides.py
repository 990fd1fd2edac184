"""What did the partner write in a stored row, and what was made of it? Both, column by column."""

import json
from collections.abc import Collection, Mapping
from typing import Any

from schemas.fee_report import Kind, columns
from schemas.single_report import Side
from vetting.intake.headers import read_header
from vetting.intake.wording import say_value

MONTH = len("2026-05")  # kept as its first day, shown as it was written


def sides(row: Mapping[str, Any], told: Mapping[str, str], hidden: Collection[str] = ()) -> tuple[Side, ...]:
    """`row`: a row of evidence.report. `told`: the partner's headers of that batch to our columns, as far as it had to
    say them. Columns in `hidden`, and those of which nothing was written and nothing is known, are left out."""
    written = {_column(header, told): text for header, text in json.loads(row["raw"] or "{}").items()}
    shown = (
        Side(column=name, written=written.get(name), understood=_said(name, row[name]))
        for name in columns()
        if name not in hidden
    )
    return tuple(side for side in shown if side.written is not None or side.understood is not None)


def _column(header: str, told: Mapping[str, str]) -> str | None:
    guess = read_header(header)
    return told.get(header) or (None if guess is None else guess.name)


def _said(name: str, value: object) -> str | None:
    said = say_value(value)
    return said[:MONTH] if said and columns()[name].kind is Kind.MONTH else said
