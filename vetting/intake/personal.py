"""Does this cell name a worker, or a way to find one? Then the whole file is refused.

A quick pattern over whole columns picks candidates; only those are looked at one by one. What is stored or shown of
such a cell is masked. Agency columns are exempt: agencies have names, phones and licences.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

import polars as pl

from schemas.fee_report import Kind
from vetting.intake.identity import PASSPORT, PASSPORT_SAID, long_numbers, national_numbers, passports
from vetting.intake.numbers import ascii_text
from vetting.intake.person_names import names_somebody, worth_reading
from vetting.intake.phones import is_international, phones

EMAIL = re.compile(
    r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)*\.\w{2,}"
    r"|\b[\w.+%-]+ ?[\[(]?\bat\b[\])]? ?[\w-]+ ?[\[(]?\bdot\b[\])]? ?\w{2,}",
    re.IGNORECASE,
)
DATE = re.compile(r"(?<!\d)\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)|(?<!\d)\d{1,2}[-/.]\d{1,2}[-/.]\d{4}(?!\d)")
HOLDS_NUMBERS = re.compile(r"@|\d(?:[^\d\n]{0,3}\d){5}|\bat\b.{1,40}\bdot\b", re.IGNORECASE)  # as Kind.TEXT below
HASH = re.compile(r"[0-9a-f]{8,}")  # letters a to f alone, eight or more, are no name

PHONE_DIGITS, NAME_LETTERS = 9, 3
CANDIDATES = {
    Kind.REPORT_ID: r"@|^\+|^00|(?i)pass|tel|phone",
    # A space, no digit at all, digits alone, a passport's pattern, or another script.
    Kind.REFERENCE: r"[@\s]|^[^0-9]*$|^[0-9().+/-]{9,}$|^[A-Z]{1,3}[0-9]{6,8}[A-Z]?$|[^\x00-\x7f]|^[0-9A-Za-z]+[-/(]",
    # Six digits near one another, or an address written so that machines do not see it.
    Kind.TEXT: r"@|\p{Nd}(?:[^\p{Nd}\n]{0,3}\p{Nd}){5}|(?i)\bat\b.{1,40}\bdot\b",
}


def candidates(kind: Kind, text: pl.Expr) -> pl.Expr:
    """Which texts of a column of this kind must be looked at one by one."""
    quick = text.str.contains(CANDIDATES[kind])
    return quick | text.str.contains(_names()) if kind is Kind.TEXT else quick


def personal(kind: Kind, text: str) -> str | None:
    """The code of what is personal in this cell, or None."""
    return next(codes(kind, text), None)


def codes(kind: Kind, text: str, *, place: bool = False) -> Iterator[str]:
    """Every code of what is personal in this cell. `place`: a region, of which many are called after people."""
    if kind is Kind.REFERENCE:
        yield from _reference(ascii_text(text))
    elif kind is Kind.REPORT_ID:
        yield from _report_id(ascii_text(text))
    else:
        if HOLDS_NUMBERS.search(text):
            yield from _numbers(ascii_text(text))
        if names_somebody(text, place=place):
            yield "personal_name"


def codes_beside(text: str) -> Iterator[str]:
    """The same for a text that a column of codes, dates or amounts did not understand: names only when whole."""
    yield from codes(Kind.TEXT, text, place=True)


def example(kind: Kind | None, text: str) -> str:
    """A cell as an example of its column, masked where it may be personal. `kind`: None while the column is none of
    ours; agency columns are exempt."""
    if kind is Kind.AGENCY:
        return text
    held = personal(kind, text) if kind in CANDIDATES else next(codes_beside(text), None)
    return text if held is None else mask(text)


def masked(text: pl.Expr) -> pl.Expr:
    """Enough to find the cell again, too little to know the person: the first sign and the length."""
    length = text.str.len_chars()
    first = pl.when(length > 1).then(text.str.head(1)).otherwise(pl.lit(""))
    return pl.concat_str(first, pl.lit("••• ("), length, pl.lit(" characters)"))


def mask(text: str) -> str:
    """The same of one text."""
    return str(pl.select(masked(pl.lit(text))).item())


@cache
def _names() -> str:
    return worth_reading()


def _numbers(text: str) -> Iterator[str]:
    """E-mails, passports, phones and national numbers; what one has explained, the next does not see."""
    rest = DATE.sub(lambda found: " " * len(found[0]), text)
    said: list[str] = []
    for code, search in (
        ("personal_email", EMAIL.finditer),
        ("personal_passport", passports),
        ("personal_number", national_numbers),
        ("personal_phone", phones),
        ("personal_number", long_numbers),
    ):
        found = list(search(rest))
        if found and code not in said:
            said.append(code)
            yield code
        for each in found:
            rest = rest[: each.start()] + "#" * len(each[0]) + rest[each.end() :]


def _report_id(text: str) -> Iterator[str]:
    """A report's own number may be any number, so only what is written as a phone or said to be a passport."""
    if EMAIL.search(text):
        yield "personal_email"
    elif PASSPORT_SAID.search(text):
        yield "personal_passport"
    elif is_international(text):
        yield "personal_phone"


def _reference(text: str) -> Iterator[str]:
    """A pseudonym is one token with a digit in it."""
    digits = sum(sign.isdigit() for sign in text)
    if EMAIL.search(text):
        yield "personal_email"
    elif digits >= PHONE_DIGITS and re.fullmatch(r"[\d\s().+/-]+", text):
        shaped = not text.startswith(("+", "0")) and any(True for _ in national_numbers(text))
        yield "personal_number" if text.isdigit() or shaped else "personal_phone"
    elif PASSPORT.fullmatch(text) and not re.search(r"[A-Z]00", text):
        yield "personal_passport"
    elif re.search(r"\s", text):
        yield "personal_name"
    elif digits == 0:
        letters = sum(unicodedata.category(sign)[0] in "LM" for sign in text)
        if letters >= NAME_LETTERS and HASH.fullmatch(text) is None:
            yield "personal_name"
