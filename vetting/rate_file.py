"""What does an administrator's file of exchange rates say? Every problem of every row is told, with its address."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from math import log
from typing import Any

import polars as pl

from schemas.codes import RateKind, Severity
from schemas.exchange_rate import COLUMNS, DOLLAR, PER_USD, ExchangeRate
from schemas.lookup import currency_code
from schemas.problem import Problem
from vetting.exchange import Rates, rates_on
from vetting.intake.read import Reading, read
from vetting.refusals import Refusal

PLAIN_NUMBER = re.compile(r"[0-9]{1,10}(\.[0-9]+)?")
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
SMALLEST = Decimal(1).scaleb(-PER_USD.scale)
LONGEST_SOURCE = 80  # characters: assumed enough for a bank's name
EARLIEST = date(1990, 1, 1)  # assumed: no recruitment we hear of was paid for before
# Dollars per unit written for units per dollar: assumed where a rate is farther than this from the one known, and its
# inverse is nearer than that (natural logarithms, about 15 and 10 per cent).
FAR, NEAR = 0.14, 0.1


@dataclass(frozen=True)
class RateListing:
    """`rates` (COLUMNS of schemas.exchange_rate): every row, when there is no problem; else none of them counts."""

    rates: pl.DataFrame
    problems: tuple[Problem, ...]
    total: int


def read_rates(data: bytes, file_name: str, *, today: date, known: Rates) -> RateListing:
    """Read a CSV or workbook with the columns of COLUMNS. `known`: what a rate is compared with, to find one written
    the wrong way round. Raises Refusal when the file cannot be read or a column is missing."""
    reading = read(data, file_name)
    headings = [heading.strip().casefold() for heading in reading.columns]
    lacking = [name for name in COLUMNS if headings.count(name) != 1]
    if lacking:
        raise Refusal(
            f"The file needs each of the columns {', '.join(COLUMNS)} once; look at {', '.join(lacking)}. "
            f"It has: {', '.join(reading.columns)}."
        )
    return _Reader(reading, {name: headings.index(name) for name in COLUMNS}, today).listing(known)


@dataclass
class _Reader:
    """Goes through the rows once."""

    reading: Reading
    places: dict[str, int]
    today: date
    rates: list[ExchangeRate] = field(default_factory=list)
    lines: dict[tuple[str, date, bool], int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    cells: Sequence[str] = ()
    line: int = 0

    def listing(self, known: Rates) -> RateListing:
        total = 0
        addressed: list[tuple[int, Sequence[str]]] = []
        for line, cells in self.reading.rows():
            self.line, self.cells = line, cells
            total += 1
            rate = self._row()
            if rate is not None:
                self.rates.append(rate)
                addressed.append((self.line, self.cells))
        if not total:
            raise Refusal("The file has a header and no rate below it. Add one row for each rate.")
        rates = pl.DataFrame([rate.model_dump() for rate in self.rates], schema=COLUMNS, orient="row")
        for place in _turned_round(rates, known):
            self.line, self.cells = addressed[place]
            self._note("per_usd", "rate_inverted", "This looks like dollars for one unit. Write units for one dollar.")
        return RateListing(rates, tuple(sorted(self.problems, key=lambda problem: problem.line or 0)), total)

    def _row(self) -> ExchangeRate | None:
        before = len(self.problems)
        said = {
            "currency": self._cell("currency", _currency),
            "rate_date": self._cell("rate_date", self._day),
            "per_usd": self._cell("per_usd", _number),
            "source": self._cell("source", _source),
            "kind": self._cell("kind", _kind),
        }
        if len(self.problems) > before:
            return None
        rate = ExchangeRate.model_validate(said)
        averaged = rate.kind is RateKind.ANNUAL_APPROXIMATE
        if averaged and (rate.rate_date.month, rate.rate_date.day) != (12, 31):
            self._note("rate_date", "rate_date_unreadable", "The average of a year bears its last day, 31 December.")
            return None
        if not averaged and rate.rate_date > self.today:
            self._note("rate_date", "rate_in_future", "This day has not come yet.")
            return None
        key = rate.currency, rate.rate_date, averaged
        if key in self.lines:
            self._note(
                "rate_date", "rate_twice", f"Line {self.lines[key]} has a rate for this currency and day. Keep one."
            )
            return None
        self.lines[key] = self.line
        return rate

    def _cell(self, column: str, understand: Callable[[str], Any]) -> Any:
        place = self.places[column]
        text = self.cells[place].strip() if place < len(self.cells) else ""
        try:
            return understand(text)
        except ValueError as why:
            self._note(column, f"{column}_unreadable", str(why))
            return None

    def _day(self, text: str) -> date:
        try:
            day = date.fromisoformat(text) if ISO_DAY.fullmatch(text) else None
        except ValueError:
            day = None
        if day is None:
            raise ValueError("This is no day that can be read for certain. Write it as 2026-03-31.")
        if not EARLIEST <= day <= date(self.today.year, 12, 31):
            raise ValueError(f"A rate's day lies between {EARLIEST} and the end of this year.")
        return day

    def _note(self, column: str, code: str, message: str) -> None:
        place, severity = self.places[column], Severity.REFUSE_FILE
        self.problems.append(self.reading.problem(self.line, self.cells, place, code, severity, message))


def _currency(text: str) -> str:
    code = currency_code(text)
    if code is None or code != text.upper():
        raise ValueError("This is no currency code of ISO 4217. Write one such as NPR.")
    if code == DOLLAR:
        raise ValueError("A dollar is a dollar: it needs no rate. Take the row out.")
    return code


def _number(text: str) -> Decimal:
    per_usd = Decimal(text) if PLAIN_NUMBER.fullmatch(text) else Decimal(0)
    per_usd = per_usd.quantize(SMALLEST)
    if per_usd <= 0:
        raise ValueError("This is no rate above 0. Write units for one dollar, with a point: 133.85.")
    return per_usd


def _source(text: str) -> str:
    if not 0 < len(text) <= LONGEST_SOURCE:
        raise ValueError(f"Say who published the rate, in at most {LONGEST_SOURCE} characters.")
    return text


def _kind(text: str) -> RateKind:
    try:
        return RateKind(text.casefold())
    except ValueError:
        raise ValueError(f"Write one of: {', '.join(RateKind)}.") from None


def _turned_round(rates: pl.DataFrame, known: Rates) -> list[int]:
    """The places of rates whose inverse is near what is known, and which are far from it themselves."""
    beside = rates_on(rates.get_column("currency"), rates.get_column("rate_date"), known).get_column("per_usd")
    return [
        place
        for place, (said, other) in enumerate(zip(rates.get_column("per_usd"), beside, strict=True))
        if other is not None and abs(log(said / other)) > FAR and abs(log(said * other)) < NEAR
    ]
