"""What does one header say? Our own name for a column, a known word for it, or one of these with something around it.

Around it may stand what forms and spreadsheets add: a group (`worker/sex`), a language (`consent_use::English (en)`), a
star, or a unit (`Total paid (NPR)`). A currency in a header is noted and never taken for the currency of the rows.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from schemas.fee_report import MONEY_KINDS, Kind, columns
from schemas.lookup import ambiguous_currency, currency_code, header_words, local_words
from schemas.spelling import folded, plain_letters

ALIKE = 80.0  # rapidfuzz ratio from which a header is offered as "did you mean"; assumed
ANSWERED = frozenset({Kind.CONSENT, Kind.PERMISSION, Kind.ANSWER})
ALWAYS = frozenset({"optional", "required", "mandatory", "ifany", "ifknown", "ifapplicable", "code"})
BRACKETED = re.compile(r"(.*\S)\s*[(\[（【]([^()\[\]]*)[)\]）】]\s*[*:?]*")
IN_CURRENCY = re.compile(r"(.*?[^\s_])[\s_]+(?:in[\s_]+)?([A-Z]{3}|(?<=_)[a-z]{3}|[^\w\s]|Rs\.?|Tk\.?)", re.DOTALL)
IN_GROUP = re.compile(r"(\S+)/([^/]+)")  # names of groups in forms have no spaces
IN_PATH = re.compile(r"[\w.:-]+[.:-]([a-z]+_[a-z_]+)")


class How(StrEnum):
    """How a column was recognised. The earlier, the surer: of two for one of ours the surer is taken."""

    TOLD = "told"  # the partner said so, now or for such a file before
    SAME = "same"  # our own name, letter for letter
    NAME = "name"  # our own name, but for case, accents, punctuation and spaces
    WORD = "word"  # a known word
    PART = "part"  # one of these with something around it
    MAYBE = "maybe"  # a word that can mean other columns too: offered, never taken
    ALIKE = "alike"  # the letters are nearly those of a name or word: offered, never taken


@dataclass(frozen=True)
class Guess:
    """`name`: ours. `word`: what of the header was recognised. `around`: what was left out of it. `unit`: a currency
    that the header names, as it is written. `alike`: of 100, for How.ALIKE."""

    name: str
    how: How
    word: str
    around: str | None = None
    unit: str | None = None
    alike: float | None = None

    @property
    def taken(self) -> bool:
        return self.how not in (How.MAYBE, How.ALIKE)


@lru_cache(maxsize=10_000)
def read_header(header: str) -> Guess | None:
    """What the header surely says, or None."""
    if header in columns():
        return Guess(header, How.SAME, header)
    plain = plain_letters(header)
    if plain in _own_names():
        return Guess(_own_names()[plain], How.NAME, header)
    if plain in _words():
        return Guess(_words()[plain], How.WORD, header)
    for bare, unit in _bared(header):
        name = _named(plain_letters(bare))
        if name is not None and (unit is None or _fits(columns()[name].kind, unit)):
            around = header.replace(bare, "", 1).strip()
            return Guess(name, How.PART, bare, around=around, unit=_currency_in(unit))
    return None


def suppose(header: str, free: set[str]) -> Guess | None:
    """What the header may say, of the columns that are still free. Never taken unless the partner says so."""
    forms = [header, *(bare for bare, _ in _bared(header)), header.rpartition("/")[2]]
    for bare in forms:
        plain = plain_letters(bare)
        may_be = [*_maybe().get(plain, ()), *([_named(plain)] if bare is not header else [])]
        for name in may_be:
            if name in free:
                return Guess(name, How.MAYBE, bare)
    spellings = _spellings(frozenset(free))
    for bare in dict.fromkeys(forms):
        found = process.extractOne(plain_letters(bare), spellings.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
        if found is not None:
            return Guess(spellings[found[0]], How.ALIKE, bare, alike=float(found[1]))
    return None


def say_guess(guess: Guess) -> str:
    """Why, as the partner reads it."""
    match guess.how:
        case How.TOLD:
            return "You said so."
        case How.SAME:
            return "It has exactly this name."
        case How.NAME:
            return "It has this name, written a little differently."
        case How.WORD:
            return f'"{guess.word}" is a known word for it.'
        case How.PART:
            unit = (
                ""
                if guess.unit is None
                else f" The currency {guess.unit} in it is asked about where its own column is blank."
            )
            return f'"{guess.word}" means it; "{guess.around}" around it was left out.{unit}'
        case How.MAYBE:
            return f'"{guess.word}" may mean it, or something else.'
        case How.ALIKE:
            return f"It looks like it ({guess.alike or 0:.0f} of 100 alike)."


def _bared(header: str) -> Iterator[tuple[str, str | None]]:
    """Shorter forms of a header, each with the unit that was left out of it."""
    bare = header.partition("::")[0].strip(" *:?")
    if "::" in header or bare != header:
        yield bare, None
    if (found := IN_GROUP.fullmatch(bare)) and _is_group(*found.groups()):
        bare = found[2]
        yield bare, None
    elif (found := IN_PATH.fullmatch(bare)) and found[1] in columns():
        bare = found[1]
        yield bare, None
    for pattern in (BRACKETED, IN_CURRENCY):
        if found := pattern.fullmatch(bare):
            yield found[1].rstrip(" *:?"), found[2]


def _is_group(group: str, name: str) -> bool:
    """Not an answer of a question with many (`payee_type/agency`), nor two things in one (`origin/destination`)."""
    if name in columns() and "_" in name:  # no answer has such a name
        return True
    plain = plain_letters(group.rpartition("/")[2])
    return _named(plain) is None and plain not in _maybe()


def _fits(kind: Kind, unit: str) -> bool:
    """Is this the unit, or the manner, of such a column, and not something that changes what it means?"""
    plain = plain_letters(unit)
    if plain in ALWAYS:
        return True
    if kind in MONEY_KINDS:
        periods = {word for word, code in local_words("*").items() if code in ("day", "week", "month", "year")}
        per_cent = "%" in unit or plain in local_words("per_cent")
        spoken = kind is Kind.WAGE and plain in periods | {"permonth", "monthly", "perday", "daily", "perweek"}
        return (per_cent and kind is Kind.RATE) or spoken or plain == "amount" or _currency_in(unit) is not None
    if kind in (Kind.DATE, Kind.MONTH):
        return re.fullmatch(r"[dmy\W]+", folded(unit)) is not None or bool(local_words("date_sign").get(plain))
    if kind is Kind.AGE:
        return plain in local_words("years") or plain in ("inyears", "atrecruitment")
    return plain in ("yesno", "yn", "yesorno") if kind in ANSWERED else plain in ("mf", "fm")


def _currency_in(unit: str | None) -> str | None:
    """The currency that a header names, as it is written; it may be several (`Rs`)."""
    bare = re.sub(r"^in\s+", "", (unit or "").strip(), flags=re.IGNORECASE)
    return bare if bare and (currency_code(bare) or ambiguous_currency(bare)) else None


def _named(plain: str) -> str | None:
    return _own_names().get(plain) or _words().get(plain)


@cache
def _own_names() -> Mapping[str, str]:
    return {plain_letters(name): name for name in columns()}


@cache
def _words() -> Mapping[str, str]:
    return {plain_letters(word): name for name, column in columns().items() for word in column.words}


@lru_cache(maxsize=8)  # a file's columns are all supposed with the same ones free
def _spellings(free: frozenset[str]) -> Mapping[str, str]:
    return {plain: name for plain, name in (*_words().items(), *_own_names().items()) if name in free}


@cache
def _maybe() -> Mapping[str, tuple[str, ...]]:
    """Words that can mean several columns, each with those it can mean, in their order."""
    meant: dict[str, list[str]] = {}
    for name in columns():
        for word in header_words(name, "maybe"):
            meant.setdefault(plain_letters(word), []).append(name)
    return {word: tuple(names) for word, names in meant.items()}
