"""The peers a check is measured beside: DuckDB's typed load, pandas with pandera, and frictionless.

Each is given the canonical file only (ISO dates, plain numbers, known codes): it is spared the understanding of what
partners really write, which is most of our work. What it finds is counted in rows, to show that it did look.
"""

from pathlib import Path

import duckdb

from schemas.fee_report import AMOUNT_DIGITS, FIRST_INTERVIEW, LONGEST_ID, OLDEST, YOUNGEST, Column, Kind, columns
from schemas.lookup import country_code, currency_code

MONEY = {Kind.AMOUNT, Kind.RATE, Kind.WAGE}
ANSWERS = {Kind.ANSWER: ("yes", "no"), Kind.PERMISSION: ("yes", "no"), Kind.CONSENT: ("yes",)}


def typed_load(path: Path, licences: frozenset[str]) -> int:
    """DuckDB reads the file into typed columns and keeps its own list of cells it cannot cast."""
    casts = dict.fromkeys(MONEY, f"DECIMAL({AMOUNT_DIGITS}, 4)") | {Kind.DATE: "DATE"}
    casts |= dict.fromkeys(ANSWERS, "BOOLEAN")
    types = {name: casts.get(column.kind, "VARCHAR") for name, column in columns().items()}
    db = duckdb.connect(str(path.with_suffix(".duckdb")))
    db.execute(
        "CREATE TABLE report AS FROM read_csv($path, columns = $types, header = true, store_rejects = true)",
        {"path": str(path), "types": types},
    )
    (found,) = db.execute("SELECT count(DISTINCT line) FROM reject_errors").fetchall()
    return int(found[0])


def pandas_pandera(path: Path, licences: frozenset[str]) -> int:
    """The same rules in pandera on pandas: every cell read as text and cast, then validated lazily."""
    import pandas as pd
    import pandera.pandas as pa
    from pandera.errors import SchemaErrors

    texts = pd.read_csv(path, dtype=str)
    values, faults = {}, set()
    for name, column in columns().items():
        text = texts[name]
        if column.kind in MONEY or column.kind is Kind.AGE:
            values[name] = pd.to_numeric(text, errors="coerce")
        elif column.kind is Kind.DATE:
            values[name] = pd.to_datetime(text, format="%Y-%m-%d", errors="coerce")
        elif column.kind is Kind.MONTH:
            values[name] = pd.to_datetime(text, format="%Y-%m", errors="coerce")
        else:
            values[name] = text
        faults |= set(texts.index[text.notna() & values[name].isna()])
    frame = pd.DataFrame(values)

    def checks(column: Column) -> list[pa.Check]:
        if column.name == "agency_licence":
            return [pa.Check.isin(licences, error="known")]
        match column.kind:
            case Kind.REPORT_ID | Kind.REFERENCE:
                return [pa.Check.str_length(max_value=LONGEST_ID)]
            case Kind.CODE:
                return [pa.Check.isin(column.allowed)]
            case Kind.COUNTRY:
                return [pa.Check(lambda s: s.map({c: country_code(c) is not None for c in s.unique()}))]
            case Kind.CURRENCY:
                return [pa.Check(lambda s: s.map({c: currency_code(c) is not None for c in s.unique()}))]
            case Kind.DATE:
                return [pa.Check.in_range(pd.Timestamp(FIRST_INTERVIEW), pd.Timestamp.today())]
            case Kind.AGE:
                return [pa.Check.in_range(YOUNGEST, OLDEST)]
            case kind if kind in ANSWERS:
                return [pa.Check.isin(ANSWERS[kind])]
            case kind if kind in MONEY:
                return [pa.Check.greater_than_or_equal_to(0)]
        return []

    items = [name for name in frame if name.startswith("cost_") and name != "cost_loan_interest"]
    amounts = [name for name, column in columns().items() if column.kind is Kind.AMOUNT]

    def empty_or(condition: "pd.Series[bool]", given: "pd.Series[bool]") -> "pd.Series[bool]":
        return condition | ~given

    between = [
        pa.Check(lambda f: empty_or(f["currency"].notna(), f[amounts].notna().any(axis=1)), error="currency_is_said"),
        pa.Check(lambda f: f["origin_country"] != f["destination_country"], error="countries_differ"),
        pa.Check(lambda f: ~(f["recruited_month"] > f["departed_month"]), error="recruited_then_departed"),
        pa.Check(lambda f: ~(f["departed_month"] > f["interview_date"]), error="departed_then_interviewed"),
        pa.Check(lambda f: ~(f[items].sum(axis=1) > 1.05 * f["total_paid"]), error="items_within_total"),
        pa.Check(lambda f: empty_or(f["loan_rate_period"].notna(), f["loan_rate"].notna()), error="rate_has_period"),
        pa.Check(lambda f: ~(f["reimbursed_amount"] > f["total_paid"] + f["deducted_amount"].fillna(0)), error="back"),
        pa.Check(lambda f: ~f["report_id"].duplicated(keep=False), error="report_id_is_single"),
    ]
    schema = pa.DataFrameSchema(
        {
            name: pa.Column(None, checks(column), nullable=not column.required, required=False)
            for name, column in columns().items()
        },
        checks=between,
    )
    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as errors:
        faults |= set(errors.failure_cases["index"].dropna().astype(int))
    return len(faults)


def frictionless(path: Path, licences: frozenset[str]) -> int:
    """Table Schema has types, enumerations, lengths and ranges of one cell; rules between columns are left out."""
    from frictionless import Checklist, Resource, Schema, system

    def field(column: Column) -> dict[str, object]:
        kinds = {Kind.DATE: "date", Kind.MONTH: "yearmonth", Kind.AGE: "integer"} | dict.fromkeys(MONEY, "number")
        bounds: dict[str, object] = {"required": True} if column.required else {}
        allowed = ANSWERS.get(column.kind) or column.allowed
        if allowed:
            bounds["enum"] = list(allowed)
        if column.name == "agency_licence":
            bounds["enum"] = sorted(licences)
        if column.kind in (Kind.COUNTRY, Kind.CURRENCY):
            bounds["pattern"] = "[A-Z]{3}"
        if column.kind in MONEY:
            bounds["minimum"] = 0
        if column.kind is Kind.AGE:
            bounds |= {"minimum": YOUNGEST, "maximum": OLDEST}
        if column.kind in (Kind.REPORT_ID, Kind.REFERENCE):
            bounds["maxLength"] = LONGEST_ID
        return {"name": column.name, "type": kinds.get(column.kind, "string"), "constraints": bounds}

    schema = Schema.from_descriptor(
        {"fields": [field(column) for column in columns().values()], "primaryKey": ["report_id"]}
    )
    with system.use_context(trusted=True):
        report = Resource(str(path), schema=schema).validate(Checklist(), limit_errors=1_000_000)
    return len({row for (row,) in report.flatten(["rowNumber"]) if row is not None})
