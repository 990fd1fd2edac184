"""Which of the partner's columns is which of ours? Headers compared without case, accents, punctuation and spaces."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from rapidfuzz import fuzz, process

from schemas.fee_report import columns

ALIKE = 80.0  # rapidfuzz ratio from which a header is offered as "did you mean"; assumed
AGENCY = ("agency_licence", "agency_name")


@dataclass(frozen=True)
class Mapped:
    """`places`: our column to the place of theirs. `ignored`: places nothing was made of, with what they may mean.

    `missing`: required columns nobody gave, with the place of an ignored column that looks like it. `twice`: ours to
    the places that claim it.
    """

    places: Mapping[str, int]
    ignored: Mapping[int, str | None]
    missing: Mapping[str, int | None]
    twice: Mapping[str, tuple[int, ...]]


def recognised(header: str) -> bool:
    """Is this the header of one of our columns?"""
    return plain_header(header) in _names()


def map_columns(headers: Sequence[str], answers: Mapping[int, str] = MappingProxyType({})) -> Mapped:
    """`answers`: the place of a column to ours, or to "" where it is to be left out; they win over every guess."""
    claims: dict[str, list[int]] = {}
    unknown: list[int] = []
    exact = {name: place for place, name in reversed(list(enumerate(headers))) if name in columns()}
    answered = {name for name in answers.values() if name}
    for place, header in enumerate(headers):
        name = answers.get(place, _names().get(plain_header(header)))
        if place in answers and name:
            claims.setdefault(name, []).append(place)
        elif not name or name in answered:
            unknown.append(place)
        elif exact.get(name, place) == place or header == name:
            claims.setdefault(name, []).append(place)
        else:
            unknown.append(place)  # a synonym beside the canonical header itself
    places = {name: claims[name][0] for name in columns() if name in claims}
    ignored = {place: _meant(headers[place], set(columns()) - set(places)) for place in unknown}
    wanted = [name for name, column in columns().items() if column.required and name not in places]
    if not set(AGENCY) & set(places):
        wanted.append(AGENCY[0])
    return Mapped(
        places=places,
        ignored=ignored,
        missing={name: next((place for place, meant in ignored.items() if meant == name), None) for name in wanted},
        twice={name: tuple(places) for name, places in claims.items() if len(places) > 1},
    )


def plain_header(text: str) -> str:
    """`Interview  Date*` and `interview_date` are the same header; letters and digits of every script count."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not "\u0300" <= sign <= "\u036f")
    return re.sub(r"[\W_]+", "", bare.casefold())


@cache
def _names() -> Mapping[str, str]:
    """Plain spelling to our name; a canonical name wins over a synonym."""
    words = {plain_header(word): name for name, column in columns().items() for word in column.words}
    return words | {plain_header(name): name for name in columns()}


def _meant(header: str, free: set[str]) -> str | None:
    """The free column whose name or word the header nearly is."""
    spellings = {plain: name for plain, name in _names().items() if name in free}
    found = process.extractOne(plain_header(header), spellings.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
    return None if found is None else spellings[found[0]]
