"""Which number does this text mean, if it surely means one?

Understood: `150000`, `1,50,000`, `1.234,56`, `1 500`, `1.5 lakh`, `150k`, a currency's sign before or after, digits of
any script, units in the languages of `local_words.csv`. Never guessed: ranges, `approx`, words. One separator before
exactly three digits (`1.500`, `45,000`) can be read two ways: the column's other values decide (`Marks`), or nobody
does.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, localcontext

from schemas.fee_report import AMOUNT_DIGITS, AMOUNT_SCALE
from schemas.lookup import ambiguous_currency, currency_code, local_words
from schemas.spelling import plain_letters

STEP = Decimal(1).scaleb(-AMOUNT_SCALE)
LIMIT = Decimal(10) ** (AMOUNT_DIGITS - AMOUNT_SCALE)
SURVEY_CODES = frozenset({"-7", "-8", "-9", "-77", "-88", "-99", "-777", "-888", "-999", "-97", "-98"})
NOTHING = frozenset(
    {"n/a", "na", "#n/a", "null", "nan", "unknown", "not known", "don't know", "dont know", "-", "--", "—"}
)
ZERO = frozenset({"nil", "zero", "free"})

LONGEST_UNIT = 40  # signs behind the last digit that are looked at for a currency; assumed
MINUS_CODE = re.compile(r"-\s?(\d{1,3})(?:[.,]0+)?")
SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d{1,2}")
UNIT_PART = re.compile(r"([\d.,' ]*\d)\s*([^\d\s.,'+()-]+)?\.?\s*")
BEFORE = re.compile(r"([^\d(+\-,']+?)[\s.]*(?=[\d(+\-.,])(.*)")
GROUPED = {
    ",": re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}"),
    ".": re.compile(r"\d{1,3}(?:\.\d{3})+"),
}
SPACED = re.compile(r"\d{1,3}(?:[ ']\d{3})+(?=\D|$)|\d{1,2}(?:[ ']\d{2})+[ ']\d{3}(?=\D|$)")
ARABIC = {"\u060c": ",", "\u066a": "%"}
ABOUT = re.compile(r"approx\w*|about|around|circa|ca|some|several|many|few|more or less", re.IGNORECASE)


@dataclass(frozen=True)
class Number:
    """`value` when sure. `either`: the reading with a decimal point, and the one with a decimal comma, when two are
    possible. `fault`: a code of schemas.problem_codes. `shows`: the decimal mark this value proves. `currency`: the
    ISO code its own sign stands for."""

    value: Decimal | None = None
    either: tuple[Decimal, Decimal] | None = None
    fault: str | None = None
    shows: str | None = None
    currency: str | None = None


class Marks:
    """The decimal marks a column's sure values prove; one alone decides the column. `told`: the partner decided it."""

    def __init__(self, numbers: Iterable[Number] = (), *, point: bool = False, told: str | None = None) -> None:
        shown = {number.shows for number in numbers if number.shows} | ({"."} if point else set())
        self.shown = {told} if told else shown

    def settle(self, number: Number) -> Number:
        if number.either is None or len(self.shown) != 1:
            return number
        with_point, with_comma = number.either
        return Number(value=with_point if "." in self.shown else with_comma, currency=number.currency)


def read_number(text: str) -> Number:
    """What `text` says of an amount. Blank words such as `n/a` are no value and no fault."""
    plain = ascii_text(text)
    if says_nothing(plain):
        return Number()
    if plain.casefold() in ZERO or plain_letters(plain) in local_words("zero"):
        return Number(Decimal(0))
    bare, currency = _without_currency(plain)
    if is_survey_code(bare):
        return Number(fault="survey_code")
    number = _signed(bare)
    return number if currency is None else Number(number.value, number.either, number.fault, number.shows, currency)


def read_rate(text: str) -> Number:
    """The same for a rate in per cent, whose sign or word is left out."""
    bare = ascii_text(text).strip("% ")
    found = re.fullmatch(r"([^\d+-]*)([+-]?\d(?:.*\d)?)([^\d]*)", bare)
    if found is not None and all(
        not word.strip() or plain_letters(word) in local_words("per_cent") for word in found.group(1, 3)
    ):
        return read_number(found[2])
    return read_number(bare)


def says_nothing(plain: str) -> bool:
    """Blank, or a word for "not known" or "no answer", as `ascii_text` gives it."""
    return not plain or plain.casefold() in NOTHING or plain_letters(plain) in local_words("nothing")


def is_survey_code(plain: str) -> bool:
    """`-9`, `- 9` and `-9.0` mean no answer; as `ascii_text` gives them."""
    found = MINUS_CODE.fullmatch(plain)
    return found is not None and f"-{found[1]}" in SURVEY_CODES


def say_either(number: Number) -> str:
    """The two readings, for the person who is asked."""
    return " or ".join(f"{value.normalize():f}" for value in number.either or ())


def ascii_text(text: str) -> str:
    """Digits of every script, the Arabic separators and the many minus signs and spaces as ASCII has them."""
    folded = text if text.isascii() else "".join(_ascii_sign(sign) for sign in text)
    folded = re.sub("[\u2212\u2010-\u2015]", "-", folded).replace("\u2019", "'")
    if "\u066b" in folded:  # the Arabic decimal separator can mean nothing else
        folded = re.sub("[\u066c,]", "", folded).replace("\u066b", ".")
    return " ".join(folded.replace("\u066c", ",").split())


def _ascii_sign(sign: str) -> str:
    """Raised or circled digits are left as they are: they are not the number's own. Marks of direction go."""
    if unicodedata.decimal(sign, None) is not None:
        return str(unicodedata.decimal(sign))
    if unicodedata.category(sign) == "Cf":
        return ""
    return ARABIC.get(sign) or (sign if sign.isdigit() else unicodedata.normalize("NFKC", sign))


def _without_currency(text: str) -> tuple[str, str | None]:
    """The text without a currency's word or sign before or after it, and the one currency that must be, if any."""
    bare = re.sub(r"\s*(?:/[-=]|/-|only)$", "", text, flags=re.IGNORECASE)
    found = BEFORE.fullmatch(bare)
    if found is not None and _is_currency(found[1]):
        return found[2].strip(), currency_code(found[1])
    end = next((place for place in range(len(bare), 0, -1) if bare[place - 1].isdigit() or bare[place - 1] == ")"), 0)
    for place in range(end, len(bare) if 0 < end >= len(bare) - LONGEST_UNIT else 0):
        within_word = place > end and bare[place - 1 : place + 1].isascii() and bare[place - 1 : place + 1].isalpha()
        if not within_word and _is_currency(bare[place:]):
            return bare[:place].strip(), currency_code(bare[place:])
    return bare, None


def _is_currency(mark: str) -> bool:
    return currency_code(mark) is not None or bool(ambiguous_currency(mark))


def _signed(text: str) -> Number:
    if text.startswith("+"):
        return _signed(text[1:].strip()) if not text[1:].strip().startswith("+") else _not_understood(text)
    negative = re.fullmatch(r"-\s*(.+)|\((.+)\)", text)
    if negative is None:
        return _quantity(text)
    inner = _quantity(next(part for part in negative.groups() if part))
    if inner.value == 0:
        return inner
    return Number(fault="negative_amount") if inner.value is not None or inner.either else _not_understood(text)


def _quantity(text: str) -> Number:
    """A number alone, or numbers with units that grow smaller: `1 lakh 50 thousand`."""
    if SCIENTIFIC.fullmatch(text):
        return _whole(Decimal(text.replace(",", ".")))
    if not re.search(r"[^\W\d_]", text):
        return _separated(text)
    total, last, shows, place = Decimal(0), None, None, 0
    while place < len(text):
        part = UNIT_PART.match(text, place)
        unit = 1 if part is None or part[2] is None else int(local_words("unit").get(plain_letters(part[2]), 0))
        if part is None or unit == 0 or (last is not None and unit >= last):
            return _not_understood(text)
        number = _separated(part[1])
        if number.value is None:
            return number if number.either is None else Number(fault="vague_amount")
        total, last, shows, place = total + number.value * unit, unit, shows or number.shows, part.end()
    whole = _whole(total)
    return Number(whole.value, fault=whole.fault, shows=shows)


def _separated(text: str) -> Number:
    """A number in digits, points, commas and grouping spaces."""
    grouped = SPACED.match(text)
    if grouped is not None:
        text = re.sub("[ ']", "", grouped[0]) + text[grouped.end() :]
        if re.fullmatch(r"\d+", text):
            return _whole(Decimal(text))
        return _decimal(text, text[-1 - len(text.split(".")[-1].split(",")[-1])])
    if re.fullmatch(r"\d+", text):
        return _whole(Decimal(text))
    if not re.fullmatch(r"[\d.,]*\d[\d.,]*", text):
        return _not_understood(text)
    used = [mark for mark in ".," if mark in text]
    if len(used) == 2:
        return _decimal(text, max(used, key=text.rindex))
    mark = used[0]
    if text.count(mark) > 1:
        if GROUPED[mark].fullmatch(text) is None:
            return _not_understood(text)
        return _shown(text.replace(mark, ""), "," if mark == "." else ".")
    before, after = text.split(mark)
    if len(after) == 3 and 1 <= len(before) <= 3 and not before.startswith("0"):
        decimal, thousands = Decimal(f"{before}.{after}"), Decimal(before + after)
        return Number(either=(decimal, thousands) if mark == "." else (thousands, decimal))
    return _decimal(text, mark)


def _decimal(text: str, mark: str) -> Number:
    """`mark` is the decimal mark; what stands before it may be grouped by the other one."""
    before, _, after = text.rpartition(mark)
    other = "," if mark == "." else "."
    if mark in before or other in after or (other in before and GROUPED[other].fullmatch(before) is None):
        return _not_understood(text)
    return _shown(f"{before.replace(other, '') or 0}.{after or 0}", mark)


def _shown(digits: str, mark: str) -> Number:
    whole = _whole(Decimal(digits))
    return Number(whole.value, fault=whole.fault, shows=mark)


def _whole(value: Decimal) -> Number:
    """To the four places that are kept; beyond what can be stored it is no amount."""
    if value >= LIMIT:
        return Number(fault="vague_amount")
    with localcontext() as exact:
        exact.prec = 60
        return Number(value.quantize(STEP))


def _not_understood(text: str) -> Number:
    """With digits in it, or an "about", there is something to ask about; else nothing."""
    asked = re.search(r"\d", text) or ABOUT.match(text)
    return Number(fault="vague_amount" if asked else "unreadable_amount")
