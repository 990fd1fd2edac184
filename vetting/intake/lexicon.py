"""What does every distinct text of a file mean? Read once each, with the whole column in view.

Amounts written plainly (`150000`, `12.50`) are left to the cast; everything else that stands in a cell is here, so
that the rows themselves are only looked up, never parsed.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from schemas.agency import Agency
from schemas.answers import UNANSWERED, AgencyCandidate, Answers
from schemas.fee_report import AMOUNT_DIGITS, AMOUNT_SCALE, FIRST_INTERVIEW, MONEY_KINDS, Column, Kind, columns
from vetting.intake.agencies import NO_ALIASES, Matched, Register, Said
from vetting.intake.dates import Day, Order, read_day, read_month, say_either_day, say_other_day
from vetting.intake.meaning import Meaning
from vetting.intake.numbers import Marks, Number, read_number, read_rate, say_either
from vetting.intake.passes import NO_PASSES, Passes
from vetting.intake.personal import candidates, codes, codes_beside
from vetting.intake.words import read_word

MONEY = pl.Decimal(AMOUNT_DIGITS, AMOUNT_SCALE)
TYPES: Mapping[Kind, pl.DataType] = {
    Kind.DATE: pl.Date(), Kind.MONTH: pl.Date(), Kind.AGE: pl.Int64(),
    Kind.CONSENT: pl.Boolean(), Kind.PERMISSION: pl.Boolean(), Kind.ANSWER: pl.Boolean(),
    Kind.AMOUNT: MONEY, Kind.RATE: MONEY, Kind.WAGE: MONEY,
}  # fmt: skip
SCREENED = frozenset({Kind.REPORT_ID, Kind.REFERENCE, Kind.TEXT})
NOTES = "notes"  # the other free texts hold places
VERBATIM = SCREENED | {Kind.AGENCY}
# Can be read one way only. Not \d, which polars takes for the digits of every script and no cast understands.
PLAIN = r"^(?:[0-9]{1,14}|[0-9]{1,14}\.[0-9]{1,2}|[0-9]{4,14}\.[0-9]{3,4})$"
AGENCY_KEY = ("agency_licence", "agency_name", "origin_country", "destination_country")
BETWEEN = "\x1f"  # cannot stand in a tidied cell


@dataclass
class Lexicon:
    """Per column a frame `text, value, fault, detail, currency`; `agency_id` is one more column, by its key.

    `candidates`: by the same key, the agencies that may be meant where that was not certain.
    """

    frames: dict[str, pl.DataFrame] = field(default_factory=dict)
    repeated: pl.DataFrame = field(default_factory=lambda: pl.DataFrame())
    candidates: Mapping[str, tuple[AgencyCandidate, ...]] = field(default_factory=dict)


class Survey:
    """Goes through a file's chunks once and notes every text that has to be understood."""

    def __init__(self, passes: Passes = NO_PASSES) -> None:
        self._passes = passes
        self._texts: dict[str, set[str]] = {}
        self._points: set[str] = set()
        self._keys: set[str] = set()
        self._personal: dict[str, dict[str, Meaning]] = {}
        self._ids: list[pl.Series] = []

    def add(self, chunk: pl.DataFrame) -> None:
        for name, column in columns().items():
            if name not in chunk.columns:
                continue
            texts = chunk[name].drop_nulls()
            if column.kind in SCREENED:
                self._screen(column, texts)
            elif column.kind in MONEY_KINDS:
                self._amounts(name, texts)
            elif column.kind is not Kind.AGENCY:
                self._texts.setdefault(name, set()).update(texts.unique())
        self._keys.update(chunk.select(agency_key(chunk).unique()).to_series())
        if "report_id" in chunk.columns:
            self._ids.append(chunk["report_id"].drop_nulls())

    def lexicon(
        self,
        agencies: Sequence[Agency],
        today: date,
        answers: Answers = UNANSWERED,
        aliases: Mapping[str, Collection[str]] = NO_ALIASES,
    ) -> Lexicon:
        read = {
            name: self._unless_personal(_read_column(columns()[name], texts, name in self._points, today, answers))
            for name, texts in self._texts.items()
        }
        found = Lexicon()
        for name, meanings in read.items():
            found.frames[name] = _frame(meanings, TYPES.get(columns()[name].kind, pl.String()))
        for name, meanings in self._personal.items():
            found.frames[name] = _frame(meanings, pl.String())
        matched = self._matched(Register(agencies, aliases), read, answers)
        found.frames["agency_id"], found.candidates = _frame(matched.meanings, pl.String()), matched.candidates
        ids = pl.concat(self._ids) if self._ids else pl.Series(dtype=pl.String)
        counts = ids.alias("report_id").value_counts(name="times")
        found.repeated = counts.filter(pl.col("times") > 1).with_columns(pl.col("times").cast(pl.Int64))
        return found

    def _screen(self, column: Column, texts: pl.Series) -> None:
        chosen = texts.to_frame("text").filter(candidates(column.kind, pl.col("text")))["text"].unique()
        known = self._personal.setdefault(column.name, {})
        for text in chosen:
            alarms = codes(column.kind, text, place=column.name != NOTES)
            if (refused := self._passes.refused(alarms, text)) is not None:
                known[text] = Meaning(text, fault=refused[0], detail=refused[1])

    def _unless_personal(self, read: dict[str, Meaning]) -> dict[str, Meaning]:
        """A phone or a name in a column of codes or amounts is found where it was not understood."""
        for text, meaning in read.items():
            if meaning.fault is not None:
                refused = self._passes.refused(codes_beside(text), text)
                read[text] = meaning if refused is None else Meaning(fault=refused[0], detail=refused[1])
        return read

    def _amounts(self, name: str, texts: pl.Series) -> None:
        if texts.is_empty():
            return
        plain = texts.str.contains(PLAIN)
        self._texts.setdefault(name, set()).update(texts.filter(~plain).unique())
        if name not in self._points and texts.filter(plain).str.contains(".", literal=True).any():
            self._points.add(name)

    def _matched(self, register: Register, read: Mapping[str, Mapping[str, Meaning]], answers: Answers) -> Matched:
        countries = {
            text: meaning.value
            for name in AGENCY_KEY[2:]
            for text, meaning in read.get(name, {}).items()
            if isinstance(meaning.value, str)
        }
        said = {}
        for key in self._keys:
            licence, name, *where = key.split(BETWEEN)
            if licence or name or key in answers.agencies:
                hints = {countries[text] for text in where if text in countries}
                said[key] = Said(licence or None, name or None, hints)
        return register.match_all(said, answers.agencies)


def agency_key(chunk: pl.DataFrame) -> pl.Expr:
    """What a row says of its agency, as one text."""
    parts = [pl.col(name).fill_null("") if name in chunk.columns else pl.lit("") for name in AGENCY_KEY]
    return pl.concat_str(parts, separator=BETWEEN).alias("agency_key")


def _read_column(column: Column, texts: set[str], point: bool, today: date, answers: Answers) -> dict[str, Meaning]:
    if column.kind in MONEY_KINDS:
        numbers = {text: (read_rate if column.kind is Kind.RATE else read_number)(text) for text in texts}
        marks = Marks(numbers.values(), point=point, told=answers.marks.get(column.name))
        read = {text: _amount(column.kind, marks.settle(number)) for text, number in numbers.items()}
    elif column.kind in (Kind.DATE, Kind.MONTH):
        told, reader = answers.calendars.get(column.name), read_day if column.kind is Kind.DATE else read_month
        days = {text: reader(text, told=told, today=today) for text in texts}
        order = Order(days.values(), told=answers.orders.get(column.name))
        read = {text: _day(column.kind, text, order.settle(day), today) for text, day in days.items()}
    else:
        read = {text: read_word(column, text) for text in texts}
    return read


def _amount(kind: Kind, number: Number) -> Meaning:
    if number.either is not None:
        return Meaning(fault="ambiguous_amount", detail=say_either(number))
    if kind is Kind.RATE and number.fault in ("unreadable_amount", "vague_amount", "negative_amount"):
        return Meaning(fault="out_of_range" if number.fault == "negative_amount" else "unreadable_value")
    return Meaning(number.value, number.fault, currency=number.currency)


def _day(kind: Kind, text: str, day: Day, today: date) -> Meaning:
    if day.then is not None:
        return Meaning(fault=day.fault, detail=say_other_day(text, day, month=kind is Kind.MONTH))
    if day.either is not None or day.fault == "ambiguous_date":
        return Meaning(fault="ambiguous_date", detail=say_either_day(day))
    if day.value is not None and kind is Kind.DATE and not FIRST_INTERVIEW <= day.value <= today:
        return Meaning(fault="date_out_of_range")
    return Meaning(day.value, day.fault)


def _frame(meanings: Mapping[str, Meaning], dtype: pl.DataType) -> pl.DataFrame:
    read = list(meanings.values())
    return pl.DataFrame(
        {
            "text": pl.Series(list(meanings), dtype=pl.String),
            "value": pl.Series([meaning.value for meaning in read], dtype=dtype, strict=False),
            "fault": pl.Series([meaning.fault for meaning in read], dtype=pl.String),
            "detail": pl.Series([meaning.detail for meaning in read], dtype=pl.String),
            "currency": pl.Series([meaning.currency for meaning in read], dtype=pl.String),
        }
    )
