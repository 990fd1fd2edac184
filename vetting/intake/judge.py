"""Which rows of a chunk stand, which must be asked about, which are refused, and why? pandera decides, all at once."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import polars as pl
from pandera.errors import SchemaErrors

from schemas.codes import Severity
from schemas.fee_report import columns
from schemas.fee_report_table import MISSING, fee_report_table
from schemas.problem_codes import PROBLEMS
from vetting.intake.lexicon import Lexicon
from vetting.intake.normalise import FAULTS, normalise
from vetting.intake.relations import RULES, relate
from vetting.intake.wording import FOUND

NULL_CHECK = "not_nullable"
DETAILS: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("missing_value", "currency"): ", because amounts are given",
        ("missing_value", "agency_licence"): " (or agency_name)",
        ("wage_incomplete", "wage_currency"): "currency",
        ("wage_incomplete", "wage_period"): "period",
    }
)


@dataclass(frozen=True)
class Judged:
    """A chunk's values, its problems (FOUND), and for each row whether it is refused or waits for a person."""

    values: pl.DataFrame
    problems: pl.DataFrame
    refused: pl.Series
    waiting: pl.Series


def judge(chunk: pl.DataFrame, lexicon: Lexicon, *, today: date, absent: Collection[str]) -> Judged:
    """`chunk` is tidied. `absent`: columns the whole file lacks, said once for the file and not again for each row."""
    values, faults = normalise(chunk, lexicon)
    related = relate(values, lexicon.repeated)
    failures = _failures(related, today)
    failures = failures.filter(~pl.col("column").is_in(list(absent))).join(faults, on=["row", "column"], how="anti")
    problems = pl.concat([faults, _told(failures, related)])
    problems = _graded(_with_texts(problems, chunk))
    grave = {
        severity: pl.int_range(chunk.height, eager=True, dtype=pl.UInt32).is_in(
            problems.filter(pl.col("severity") == severity.value)["row"].implode()
        )
        for severity in (Severity.REFUSE_ROW, Severity.REFUSE_FILE, Severity.QUARANTINE)
    }
    refused = grave[Severity.REFUSE_ROW] | grave[Severity.REFUSE_FILE]
    return Judged(
        values,
        problems.with_columns(place=pl.lit(None)).select(FOUND.keys()).cast(FOUND),
        refused,
        grave[Severity.QUARANTINE] & ~refused,
    )


def _failures(related: pl.DataFrame, today: date) -> pl.DataFrame:
    """What pandera finds: `row`, `column`, `code`."""
    try:
        fee_report_table(today, frozenset(RULES)).validate(related, lazy=True)
    except SchemaErrors as errors:
        cases = pl.DataFrame(errors.failure_cases)
        unknown = cases.filter(pl.col("index").is_null())
        if unknown.height:  # a fault of the table itself: ours, not the partner's
            raise
        return _coded(cases)
    return pl.DataFrame(schema={"row": pl.UInt32, "column": pl.String, "code": pl.String})


def _coded(cases: pl.DataFrame) -> pl.DataFrame:
    code, rule_column = pl.col("check"), pl.col("column")
    for name, rule in RULES.items():
        code = pl.when(pl.col("check") == name).then(pl.lit(rule.code)).otherwise(code)
        rule_column = pl.when(pl.col("check") == name).then(pl.lit(rule.column)).otherwise(rule_column)
    consent = pl.col("column") == "consent_use"
    missing = pl.when(consent).then(pl.lit("no_consent")).otherwise(pl.lit(MISSING))
    return cases.select(
        row=pl.col("index").cast(pl.UInt32),
        column=rule_column,
        code=pl.when(pl.col("check") == NULL_CHECK).then(missing).otherwise(code),
    ).unique(maintain_order=True)


def _told(failures: pl.DataFrame, related: pl.DataFrame) -> pl.DataFrame:
    """With the detail its message needs."""
    numbers = related.select(
        pl.int_range(pl.len(), dtype=pl.UInt32).alias("row"),
        *(pl.col(name).cast(pl.String).str.replace(r"\.?0+$", "").alias(name) for name in ("items", "charge")),
        times=pl.col("times").cast(pl.String),
    )
    code, column = pl.col("code"), pl.col("column")
    detail = (
        pl.when(code == "items_exceed_total").then("items")
        .when(code == "reimbursed_above_charged").then("charge")
        .when(code == "duplicate_report_id").then("times")
    )  # fmt: skip
    for (each, where), text in DETAILS.items():
        detail = detail.when((code == each) & (column == where)).then(pl.lit(text))
    return failures.join(numbers, on="row", maintain_order="left").select("row", "column", "code", detail=detail)


def _with_texts(problems: pl.DataFrame, chunk: pl.DataFrame) -> pl.DataFrame:
    """Each problem with its line and what the partner wrote in that cell."""
    parts = [pl.DataFrame(schema=dict(FAULTS) | {"line": pl.Int64(), "value": pl.String()})]
    for (column,), part in problems.group_by("column", maintain_order=True):
        rows = part["row"]
        value = chunk[str(column)].gather(rows) if column in chunk.columns else pl.lit(None, dtype=pl.String)
        parts.append(part.with_columns(chunk["line"].gather(rows).alias("line"), value=value))
    return pl.concat(parts)


def _graded(problems: pl.DataFrame) -> pl.DataFrame:
    """Each problem with its severity, which for some depends on whether the column is needed."""
    severity = pl.col("code").replace_strict({code: each.severity.value for code, each in PROBLEMS.items()})
    graver = {code: each.when_required.value for code, each in PROBLEMS.items() if each.when_required is not None}
    needed = [name for name, column in columns().items() if column.required]
    raised = pl.when(pl.col("column").is_in(needed)).then(
        pl.col("code").replace_strict(graver, default=None, return_dtype=pl.String)
    )
    return problems.with_columns(severity=pl.coalesce(raised, severity))
