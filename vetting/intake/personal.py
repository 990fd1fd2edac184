"""Does this cell name a worker, or a way to find one? Then the whole file is refused.

A quick pattern over whole columns picks candidates; only those are looked at one by one. What is stored or shown of
such a cell is masked. Agency columns are exempt: agencies have names, phones and licences.
"""

import re
import unicodedata

import polars as pl

from schemas.fee_report import Kind
from schemas.lookup import ambiguous_currency, currency_code
from vetting.intake.numbers import ascii_text

EMAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)*\.\w{2,}")
# With its country code; or a national trunk zero; or in the groups people write phones in; or nine digits on end.
PHONE = re.compile(
    r"(?<![\w+])(?:"
    r"(?:\+|00)\s?[1-9](?:[\s().-]{0,2}\d){7,14}"
    r"|\(?0\d{1,4}\)?(?:[\s.-]{0,2}\d){7,10}"
    r"|9\d{4}[\s-]\d{5}|9\d{3}[\s-]\d{6}|9\d{2}[\s-]\d{3}[\s-]?\d{4}"
    r"|\d{3}[.-]\d{3}[.-]\d{4}"
    r"|\d{9,15}"
    r")(?!\w)"
)
PASSPORT = re.compile(r"(?<![\w/-])([A-Z]\d{7,8}|[A-Z]{2}\d{6,7}|[A-Z]{3}\d{6})[A-Z]?(?![\w/-])")
PASSPORT_SAID = re.compile(
    r"passport\W{0,3}(?:no|number|num|nr)?\W{0,4}((?=[A-Z0-9]*\d{5})[A-Z0-9]{6,12})\b", re.IGNORECASE
)
DATE = re.compile(r"(?<!\d)\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)|(?<!\d)\d{1,2}[-/.]\d{1,2}[-/.]\d{4}(?!\d)")

HASH = re.compile(r"[0-9a-f]{8,}")  # letters a to f alone, eight or more, are no name

PHONE_DIGITS, NAME_LETTERS = 9, 3
CANDIDATES = {
    Kind.REPORT_ID: "@",
    # A space, no digit at all, digits alone, a passport's pattern, or another script.
    Kind.REFERENCE: r"[@\s]|^[^0-9]*$|^[0-9().+/-]{9,}$|^[A-Z]{1,3}[0-9]{6,8}[A-Z]?$|[^\x00-\x7f]",
    Kind.TEXT: r"@|\p{Nd}(?:[^\p{Nd}\n]{0,3}\p{Nd}){5}",  # six digits near one another
}


def candidates(kind: Kind, text: pl.Expr) -> pl.Expr:
    """Which texts of a column of this kind must be looked at one by one."""
    return text.str.contains(CANDIDATES[kind])


def personal(kind: Kind, text: str) -> str | None:
    """The code of what is personal in this cell, or None."""
    plain = ascii_text(text)
    if kind is Kind.REFERENCE:
        return _reference(plain)
    if EMAIL.search(plain):
        return "personal_email"
    if kind is Kind.REPORT_ID:  # a report's own number may be any number
        return None
    without_dates = DATE.sub(" ", plain)
    if any(_is_phone(found[0]) for found in PHONE.finditer(without_dates)):
        return "personal_phone"
    if PASSPORT_SAID.search(plain) or any(_is_passport(found[1]) for found in PASSPORT.finditer(plain)):
        return "personal_passport"
    return None


def personal_beside(text: str) -> str | None:
    """The same for a text that a column of codes, dates or amounts did not understand: only what is unmistakable."""
    plain = ascii_text(text)
    if EMAIL.search(plain):
        return "personal_email"
    return "personal_phone" if re.fullmatch(r"\+[1-9](?:[\s().-]{0,2}\d){8,14}", plain) else None


def masked(text: pl.Expr) -> pl.Expr:
    """Enough to find the cell again, too little to know the person: the first sign and the length."""
    length = text.str.len_chars()
    first = pl.when(length > 1).then(text.str.head(1)).otherwise(pl.lit(""))
    return pl.concat_str(first, pl.lit("••• ("), length, pl.lit(" characters)"))


def _reference(text: str) -> str | None:
    """A pseudonym is one token with a digit in it."""
    if EMAIL.search(text):
        return "personal_email"
    digits = sum(sign.isdigit() for sign in text)
    if digits >= PHONE_DIGITS and re.fullmatch(r"[\d\s().+/-]+", text):
        return "personal_number" if text.isdigit() else "personal_phone"
    if PASSPORT.fullmatch(text) and not re.search(r"[A-Z]00", text):
        return "personal_passport"
    if re.search(r"\s", text):
        return "personal_name"
    letters = sum(unicodedata.category(sign)[0] in "LM" for sign in text)
    return "personal_name" if digits == 0 and letters >= NAME_LETTERS and HASH.fullmatch(text) is None else None


def _is_passport(text: str) -> bool:
    """Not an amount behind its currency, such as NPR150000."""
    letters = text.rstrip("0123456789")
    return currency_code(letters) is None and not ambiguous_currency(letters)


def _is_phone(text: str) -> bool:
    """Nine digits or more, and not a round sum of money."""
    digits = re.sub(r"\D", "", text)
    return len(digits) >= PHONE_DIGITS and not digits.endswith("000")
