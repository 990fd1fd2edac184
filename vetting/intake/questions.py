"""Which questions of a file does one answer settle? Derived from its check, the one that mends most rows first.

What can be read in two ways is asked for the whole column; a word nobody understands is asked once, however many rows
say it; the units of amounts are asked where cells are blank. Agencies are asked by vetting.intake.agency_questions.
"""

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType

import polars as pl
from rapidfuzz import fuzz, process

from schemas.answers import Answers, Calendar
from schemas.codes import RatePeriod, WagePeriod
from schemas.fee_report import MONEY_KINDS, Column, Kind, columns
from schemas.lookup import ambiguous_currency, countries, currencies, currency_code, sectors
from schemas.question import Ask, Choice, Question
from vetting.intake.checked import Checked
from vetting.intake.columns import map_columns
from vetting.intake.dates import read_day
from vetting.intake.numbers import read_number
from vetting.intake.read import column_letter
from vetting.intake.words import NO

MOST = 200  # words asked about at once; assumed: the next come when these are answered
WAGES = "wage_currency"  # of both wages; `currency` is that of every other amount
LINES = 8  # named beside a question; assumed enough to find one
# In these columns a word is a worker's or nobody's: what stands there is mended cell by cell.
FREE = frozenset({Kind.REPORT_ID, Kind.REFERENCE, Kind.TEXT, Kind.AGENCY})
CALENDARS = MappingProxyType(
    {
        Calendar.GREGORIAN: "Gregorian: 2026 is this decade",
        Calendar.BIKRAM_SAMBAT: "Bikram Sambat: 2083 is about 2026",
        Calendar.BUDDHIST: "Buddhist Era: 2569 is 2026",
        Calendar.EXCEL_SERIAL: "Excel's day numbers: 46000 is 9 Dec 2025",
    }
)
UNKNOWN = Choice(value="", label="Leave blank: unknown")
BLANK_IS_NO = Choice(value="", label="Leave blank: no")
UNITS: Mapping[str, tuple[Choice, ...]] = MappingProxyType(
    {
        "loan_rate_period": tuple(Choice(value=each.value, label=f"per {each.value}") for each in RatePeriod),
        "wage_period": tuple(Choice(value=each.value, label=f"per {each.value}") for each in WagePeriod),
    }
)
WIDE = frozenset({"ambiguous_amount", "ambiguous_date", "other_calendar"})  # settled for the whole column
Choose = Callable[[Column, str], tuple[Choice, ...]]


def questions(checked: Checked) -> list[Question]:
    """Every question that one answer settles; those that mend most rows first."""
    asked = checked.found.filter(pl.col("line").is_not_null() & pl.col("column").is_not_null()).select(
        pl.col("column").cast(pl.String), pl.col("code").cast(pl.String), pl.col("value").fill_null(""), "line"
    )
    asked = asked.filter(pl.col("code").is_in([*WIDE, *WORDS]))
    kinds = asked.group_by("column", "code", "value", maintain_order=True).agg(pl.col("line").unique())
    wide = pl.col("code").is_in(list(WIDE))
    words = kinds.filter(~wide).sort(pl.col("line").list.len(), descending=True, maintain_order=True).head(MOST)
    units = _units(checked)
    found: dict[tuple[str, ...], Question] = {}
    for column, code, value, lines in pl.concat([kinds.filter(wide), words]).iter_rows():
        question = _question(columns()[column], code, value, lines, checked)
        if question is not None:
            question = _with_named_currencies(question, units, checked.places)
            kept = found.get(_same(question))
            found[_same(question)] = question if kept is None else _together(kept, question)
    shown = [
        question.model_copy(update={"lines": tuple(sorted(question.lines)[:LINES])}) for question in found.values()
    ]
    return sorted(shown, key=lambda question: (-question.rows, question.key))


def answer(answers: Answers, question: Question, value: str | None) -> Answers:
    """`answers` with this one in it; None takes it back."""
    told = {name: dict(said) for name, said in answers.words.items()}
    if question.ask is Ask.WORD:
        for name in question.columns:
            told.setdefault(name, {}).pop(question.written or "", None)
            if value is not None:
                told[name][question.written or ""] = value
        return answers.model_copy(update={"words": {name: said for name, said in told.items() if said}})
    kept = {name: said for name, said in getattr(answers, question.ask).items() if name not in question.columns}
    said = Calendar(value) if value and question.ask is Ask.CALENDAR else value
    return answers.model_copy(
        update={question.ask: kept if value is None else kept | dict.fromkeys(question.columns, said)}
    )


def answered_by(answers: Answers, question: Question) -> str | None:
    """What was answered, if it was; the same in all its columns."""
    name = question.columns[0]
    if question.ask is Ask.WORD:
        return answers.words.get(name, {}).get(question.written or "")
    said: Mapping[str, str] = getattr(answers, question.ask)
    return said.get(name)


def _question(column: Column, code: str, value: str, lines: list[int], checked: Checked) -> Question | None:
    place = checked.places.get(column.name)
    ask, written, choices = _asked(column, code, value)
    if not choices:
        return None
    return Question(
        ask=ask,
        code=code,
        columns=(column.name,),
        letters=(None if place is None else column_letter(place),),
        written=written,
        rows=len(lines),
        lines=tuple(lines),
        choices=choices,
    )


def _asked(column: Column, code: str, value: str) -> tuple[Ask, str | None, tuple[Choice, ...]]:
    match code:
        case "ambiguous_amount":
            return Ask.MARK, None, _marks(value)
        case "ambiguous_date":
            return Ask.ORDER, None, _orders(value)
        case "other_calendar":
            return Ask.CALENDAR, None, tuple(Choice(value=each, label=said) for each, said in CALENDARS.items())
    choose = WORDS.get(code)
    return Ask.WORD, value, () if choose is None or column.kind in FREE else choose(column, value)


def _marks(value: str) -> tuple[Choice, ...]:
    either = read_number(value.rstrip("% ")).either
    if either is None:
        return ()
    point, comma = (f"{each.normalize():f}" for each in either)
    return (
        Choice(value=".", label=f"A point marks decimals: {value} is {point}"),
        Choice(value=",", label=f"A comma marks decimals: {value} is {comma}"),
    )


def _orders(value: str) -> tuple[Choice, ...]:
    either = read_day(value).either
    if either is None:
        return ()
    day, month = (f"{each.day} {each:%b %Y}" for each in either)
    return (
        Choice(value="day", label=f"The day comes first: {value} is {day}"),
        Choice(value="month", label=f"The month comes first: {value} is {month}"),
    )


def _currency(column: Column, value: str) -> tuple[Choice, ...]:
    """The currencies a sign may stand for; of a word nobody knows, or of a blank, any."""
    codes = ambiguous_currency(value) if value else ()
    return tuple(Choice(value=code, label=f"{code} {currencies()[code].name}") for code in codes or currencies())


def _country(column: Column, value: str) -> tuple[Choice, ...]:
    return _alike_first(value, _countries())


@cache
def _countries() -> Mapping[str, Choice]:
    named = sorted((country.name, code) for code, country in countries().items())
    return {code: Choice(value=code, label=f"{name} ({code})") for name, code in named}


@cache
def _sectors() -> Mapping[str, Choice]:
    return {code: Choice(value=code, label=f"{each.title} ({code})") for code, each in sectors().items()}


def _word(column: Column, value: str) -> tuple[Choice, ...]:
    """The codes of the column's list, and blank where the column may be."""
    blank = () if column.required else (UNKNOWN,)
    match column.kind:
        case Kind.CODE:
            codes = {code: code.replace("_", " ") for code in column.allowed}
        case Kind.SECTOR:
            return blank + _alike_first(value, _sectors())
        case Kind.ANSWER | Kind.PERMISSION:
            codes = {"yes": "Yes", "no": "No"}
            blank = (UNKNOWN if column.kind is Kind.ANSWER else BLANK_IS_NO,)
        case _:
            return blank
    return (*(Choice(value=code, label=label) for code, label in codes.items()), *blank)


def _blank(column: Column, value: str) -> tuple[Choice, ...]:
    return () if column.required else (BLANK_IS_NO if column.kind is Kind.PERMISSION else UNKNOWN,)


def _not_a_number(column: Column, value: str) -> tuple[Choice, ...]:
    """An amount in words says nothing that could be counted; one with digits is mended where it stands."""
    return _blank(column, value) if column.kind in MONEY_KINDS else ()


def _unit(column: Column, value: str) -> tuple[Choice, ...]:
    """A currency or a period that is blank although its amounts are given: one for all of them."""
    if value:
        return ()
    return _currency(column, "") if column.kind is Kind.CURRENCY else UNITS.get(column.name, ())


def _units(checked: Checked) -> Mapping[str, str]:
    """Ours to the currency that the partner's header for it names."""
    reading = checked.reading
    return {} if reading is None else map_columns(reading.columns, checked.answers.columns).units


def _with_named_currencies(question: Question, units: Mapping[str, str], places: Mapping[str, int]) -> Question:
    """Where a currency is blank in the rows and the headers of its amounts name one: that first."""
    (name,) = question.columns
    if columns()[name].kind is not Kind.CURRENCY or question.written != "":
        return question
    own = {each: said for each, said in units.items() if (columns()[each].kind is Kind.WAGE) == (name == WAGES)}
    told = [
        code
        for said in own.values()
        for code in ([currency_code(said)] if currency_code(said) else ambiguous_currency(said))
    ]
    first = [choice for choice in question.choices if choice.value in told]
    return question.model_copy(
        update={
            "headers": tuple((column_letter(places[each]), said) for each, said in own.items()),
            "choices": (*first, *(choice for choice in question.choices if choice not in first)),
            "named": len(first),
        }
    )


def _consent(column: Column, value: str) -> tuple[Choice, ...]:
    """A word may be a yes that we do not know. A no, or a blank, is no question."""
    known = not value or value.casefold().strip(" .!") in NO
    return () if known else (Choice(value="yes", label="It says that the worker agreed"),)


WORDS: Mapping[str, Choose] = MappingProxyType(
    {
        "ambiguous_currency": _currency,
        "unknown_currency": _currency,
        "unknown_country": _country,
        "unreadable_value": _word,
        "survey_code": _blank,
        "out_of_range": _blank,
        "unreadable_amount": _not_a_number,
        "missing_value": _unit,
        "rate_without_period": _unit,
        "wage_incomplete": _unit,
        "no_consent": _consent,
    }
)


def _alike_first(value: str, named: Mapping[str, Choice]) -> tuple[Choice, ...]:
    """The three likest names before all others, so that a slip of the pen is two clicks."""
    labels = {code: choice.label for code, choice in named.items()}
    alike = [code for _, _, code in process.extract(value, labels, scorer=fuzz.WRatio, limit=3)]
    return tuple(named[code] for code in alike) + tuple(named[code] for code in named if code not in alike)


def _same(question: Question) -> tuple[str, ...]:
    """A survey code means the same in every column; everything else is asked column by column."""
    everywhere = question.code == "survey_code" and question.choices == (UNKNOWN,)
    return (question.ask, question.code, "" if everywhere else question.columns[0], question.written or "")


def _together(kept: Question, more: Question) -> Question:
    lines = set(kept.lines) | set(more.lines)
    fresh = more.columns[0] not in kept.columns
    return kept.model_copy(
        update={
            "columns": kept.columns + (more.columns if fresh else ()),
            "letters": kept.letters + (more.letters if fresh else ()),
            "lines": tuple(lines),
            "rows": len(lines),
        }
    )
