"""How does a date stand there? Its figures and the names of its months, before anybody says by which calendar."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from types import MappingProxyType

from schemas.answers import Calendar
from schemas.lookup import local_words
from schemas.spelling import plain_letters
from vetting.intake.numbers import ascii_text

ENGLISH = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
           "december")  # fmt: skip
NUMBERED = (Calendar.GREGORIAN, Calendar.BIKRAM_SAMBAT, Calendar.BUDDHIST)
NAMED = (Calendar.GREGORIAN, Calendar.BUDDHIST)  # Thai years keep the Gregorian months
UNKNOWN = "unknown"
LONGEST = 60  # signs that a date can have; assumed

TIME = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s?[AaPp][Mm])?\s?(?:Z|[+-]\d{2}:?\d{2})?)?"
YEAR = r"(\d{4}|0\d{2})"  # 082 is how Nepal's offices shorten 2082
YEAR_FIRST = re.compile(rf"{YEAR}([-/. ])(\d{{1,2}})\2(\d{{1,2}})")
COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
YEAR_LAST = re.compile(rf"(\d{{1,2}})([-/. ])(\d{{1,2}})\2{YEAR}")
TWO_DIGITS = re.compile(r"\d{1,2}([-/. ])\d{1,2}\1\d{2}|\d{2}([-/.])\d{1,2}\2\d{1,2}")
SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
YEAR_MONTH = re.compile(rf"{YEAR}[-/. ](\d{{1,2}})")
MONTH_YEAR = re.compile(rf"(\d{{1,2}})[-/. ]{YEAR}")
TOKEN = re.compile(r"\d+|[^\d\s,()./-]+")


@dataclass(frozen=True)
class Form:
    """One way to order the figures. `year` stands as it is written: its length tells how. `shows`: this order."""

    year: str
    month: int
    day: int
    shows: str | None = None


@dataclass(frozen=True)
class Written:
    """`forms`: one, or two where day or month may come first. `serial`: a bare number of days, as spreadsheets keep
    dates. `by`: the calendars whose date it can be. `ambiguous`: a year of two digits among figures."""

    forms: tuple[Form, ...] = ()
    serial: int | None = None
    by: tuple[Calendar, ...] = NUMBERED
    ambiguous: bool = False


def written_day(text: str) -> Written | None:
    """The figures of a day; None when it is none."""
    plain = re.sub(r"(?<=\d)" + TIME + "$", "", _close(text))
    return _figures(plain) or (_in_words(plain, numbers=2) if len(plain) <= LONGEST else None)


def written_month(text: str) -> Written | None:
    """The figures of a month, as its first day; None when there is no year and month alone."""
    plain = _close(text)
    if found := YEAR_MONTH.fullmatch(plain):
        return Written((Form(found[1], int(found[2]), 1),))
    if found := MONTH_YEAR.fullmatch(plain):
        return Written((Form(found[2], int(found[1]), 1),))
    return _in_words(plain, numbers=1) if len(plain) <= LONGEST else None


def _close(text: str) -> str:
    """`5 / 6 / 2024` as `5/6/2024`."""
    return re.sub(r"(?<=\d)\s*([-/.])\s*(?=\d)", r"\1", ascii_text(text))


def _figures(plain: str) -> Written | None:
    if found := YEAR_FIRST.fullmatch(plain):
        return Written((Form(found[1], int(found[3]), int(found[4])),))
    if found := COMPACT.fullmatch(plain):
        return Written((Form(found[1], int(found[2]), int(found[3])),))
    if found := YEAR_LAST.fullmatch(plain):
        first, second, year = int(found[1]), int(found[3]), found[4]
        return Written((Form(year, second, first, "day"), Form(year, first, second, "month")))
    if found := SERIAL.fullmatch(plain):
        return Written(serial=int(found[1]), by=(Calendar.EXCEL_SERIAL,))
    return Written(ambiguous=True) if TWO_DIGITS.fullmatch(plain) else None


def _in_words(plain: str, numbers: int) -> Written | None:
    """A date with the name of its month or of its calendar, and nothing else that is not understood."""
    plain = re.sub(r"(?<=[^\d\s])\.", "", plain)  # the points of `พ.ค.` are part of it
    tokens = TOKEN.findall(plain)
    signs = list(_signs(tokens))
    if UNKNOWN in signs or all(token.isdigit() for token in tokens):
        return None
    eras = {Calendar(sign) for sign in signs if sign in set(Calendar)}
    months = [place for place, sign in enumerate(signs) if sign.startswith("month ")]
    if not months:
        bare = re.sub(r"[^\d/.-]+", " ", plain).strip()
        found = _figures(bare) if numbers == 2 else written_month(bare)
        return None if found is None else _by(found, eras)
    figures = [sign for sign in signs if sign.isdigit()]
    if len(months) != 1 or len(figures) != numbers:
        return None
    _, calendar, month = signs[months[0]].split()
    by = NUMBERED if calendar == "figure" else (Calendar.BIKRAM_SAMBAT,) if calendar == "bikram_sambat" else NAMED
    form = _form(figures, int(month), between=signs.index(figures[0]) < months[0] < len(signs) - 1)
    return None if form is None else _by(Written((form,), by=by), eras)


def _signs(tokens: list[str]) -> Iterator[str]:
    """What each token says: its digits, `month <calendar> <n>`, a calendar, UNKNOWN. Noise is left out."""
    counted = iter([list(group) for _, group in groupby(tokens, str.isdigit)])
    marked = False
    for group in counted:
        if group[0].isdigit():
            for token in group:
                is_month = marked and token is group[0]
                yield f"month figure {int(token)}" if is_month and len(token) <= 2 else token
            marked = False
            continue
        whole = _word("".join(group))
        for said in [whole] if whole is not None else [_word(token) for token in group]:
            marked = said == "month"
            if said != "" and not marked:
                yield said or UNKNOWN


def _word(token: str) -> str | None:
    return _date_words().get(plain_letters(token))


def _form(figures: list[str], month: int, *, between: bool) -> Form | None:
    """`between`: the month stands between the two figures, so that the last may be a year of two digits."""
    years = [figure for figure in figures if re.fullmatch(YEAR, figure)]
    if len(years) == 1:
        others = [figure for figure in figures if figure is not years[0]]
        if all(len(figure) <= 2 for figure in others):
            return Form(years[0], month, int(others[0]) if others else 1)
    elif len(figures) == 2 and between and len(figures[0]) <= 2 and len(figures[1]) == 2:
        return Form(figures[1], month, int(figures[0]))
    return None


def _by(found: Written, eras: set[Calendar]) -> Written:
    """Where a calendar is named, only that one can be meant."""
    return replace(found, by=tuple(calendar for calendar in found.by if calendar in eras)) if eras else found


@cache
def _date_words() -> Mapping[str, str]:
    names = {
        name[:length]: f"month gregorian {n}" for n, name in enumerate(ENGLISH, 1) for length in range(3, len(name) + 1)
    }
    for calendar, words in (("gregorian", local_words("month")), ("bikram_sambat", local_words("bikram_sambat"))):
        names |= {word: f"month {calendar} {month}" for word, month in words.items()}
    return MappingProxyType(dict(local_words("date_sign")) | names)
