"""What a dollar was worth, looked up a second time: plainly, row by row, by the rules alone."""

import csv
from collections import defaultdict
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path

TABLE = Path(__file__).resolve().parents[3] / "schemas" / "reference" / "exchange_rates.csv"
AVERAGE = "annual_approximate"


@cache
def table() -> dict[str, list[dict]]:
    """By currency, the oldest first."""
    rows = defaultdict(list)
    with TABLE.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            row["rate_date"], row["per_usd"] = date.fromisoformat(row["rate_date"]), Fraction(row["per_usd"])
            rows[row["currency"]].append(row)
    return {currency: sorted(found, key=lambda row: row["rate_date"]) for currency, found in rows.items()}


def rate(currency: str | None, day: date, added: list[dict], known_at: datetime) -> Fraction | None:
    """Units of the currency for a dollar: of what was added and known, then of the table; rates, then averages."""
    if currency is None:
        return None
    if currency == "USD":
        return Fraction(1)
    told = [row for row in added if row["currency"] == currency and row["recorded_at"] <= known_at]
    told.sort(key=lambda row: (row["rate_date"], row["recorded_at"]))
    of_table, average_of_table = tabled(currency, day)
    candidates = newest(told, day), of_table, average(told, day), average_of_table
    return next((found for found in candidates if found is not None), None)


@cache
def tabled(currency: str, day: date) -> tuple[Fraction | None, Fraction | None]:
    rows = table().get(currency, [])
    return newest(rows, day), average(rows, day)


def newest(rows: list[dict], day: date) -> Fraction | None:
    near = [r for r in rows if r["kind"] != AVERAGE and timedelta(0) <= day - r["rate_date"] <= timedelta(92)]
    return Fraction(near[-1]["per_usd"]) if near else None


def average(rows: list[dict], day: date) -> Fraction | None:
    of_year = [row for row in rows if row["kind"] == AVERAGE and row["rate_date"].year == day.year]
    return Fraction(of_year[-1]["per_usd"]) if of_year else None
