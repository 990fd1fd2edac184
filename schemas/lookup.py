"""What does this code or word mean? The lists of `schemas/reference/`, typed and cached.

Functions ending in `_code` turn what people write into a code, or None: they never guess between two.
"""

import csv
import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from schemas.record import Record
from schemas.spelling import plain_letters, plain_words

FOLDER = Path(__file__).parent / "reference"
ANY = "*"


class Country(Record):
    alpha3: str
    alpha2: str
    numeric: str
    name: str
    source: str


class Currency(Record):
    code: str
    name: str
    minor_units: int
    source: str


class CostCode(Record):
    """`column`: partners report it in `cost_<code>`. `state_item`: paid to a state, or for a passport."""

    code: str
    label: str
    group: Literal["recruitment_fee", "related", "consequential", "illegitimate", "unclassified"]
    payer: Literal["employer", "employer_unless_prior"]
    state_item: bool
    column: bool
    local_words: str
    source: str


class Sector(Record):
    """A code of ISIC Rev. 4 at any of its levels; `section` is its letter."""

    code: str
    title: str
    level: Literal["section", "division", "group", "class"]
    section: str
    source: str


@cache
def countries() -> Mapping[str, Country]:
    """By alpha-3 code."""
    return MappingProxyType({row["alpha3"]: Country.model_validate(row) for row in listed("countries")})


@cache
def currencies() -> Mapping[str, Currency]:
    """By ISO 4217 code."""
    return MappingProxyType({row["code"]: Currency.model_validate(row) for row in listed("currencies")})


@cache
def cost_codes() -> Mapping[str, CostCode]:
    """By code, in the order of the list."""
    return MappingProxyType({row["code"]: CostCode.model_validate(row) for row in listed("cost_codes")})


@cache
def sectors() -> Mapping[str, Sector]:
    """By ISIC code, as text (leading zeros kept)."""
    return MappingProxyType({row["code"]: Sector.model_validate(row) for row in listed("sectors")})


def country_code(text: str) -> str | None:
    """Alpha-3 for an alpha-3 or alpha-2 code, an ISO name or a common short form; None when unknown."""
    return _country_names().get(_plain(text))


def currency_code(text: str) -> str | None:
    """ISO 4217 for a code, a sign or a local word that can mean one currency only; None else."""
    return _currency_names().get(_sign(text))


def ambiguous_currency(text: str) -> tuple[str, ...]:
    """The currencies a sign such as "Rs" or "$" may mean; empty when it is not one of those."""
    return _ambiguous_currencies().get(_sign(text), ())


def sector_code(text: str) -> str | None:
    """ISIC code for a code or a common word such as "domestic work"; None when unknown."""
    return _sector_names().get(_plain(text))


@cache
def local_words(name: str) -> Mapping[str, str]:
    """The words of one list of `local_words.csv`, as `plain_letters` folds them, to what each stands for.

    Lists: `answer`, `nothing`, `zero`, `unit`, `per_cent`, `years`, `month`, `bikram_sambat`, `date_sign`,
    `total`, `below` (what lines below a table begin with), a column's codes by its name, and `*` for codes that mean
    the same in every column that allows them.
    """
    rows = (row for row in listed("local_words") if row["list"] == name)
    return MappingProxyType({plain_letters(word): row["code"] for row in rows for word in row["words"].split("|")})


def header_words(column: str, certainty: Literal["known", "maybe"]) -> tuple[str, ...]:
    """What a column of ours is called in other languages. `maybe`: the word can mean other columns too, so that it is
    offered and never taken."""
    return _header_words().get((column, certainty), ())


@cache
def _header_words() -> Mapping[tuple[str, str], tuple[str, ...]]:
    words: dict[tuple[str, str], tuple[str, ...]] = {}
    for row in listed("header_words"):
        key = row["column"], row["certainty"]
        words[key] = (*words.get(key, ()), *row["words"].split("|"))
    return MappingProxyType(words)


@cache
def _country_names() -> dict[str, str]:
    names = {_plain(row["alias"]): row["alpha3"] for row in listed("country_aliases")}
    for country in countries().values():
        names |= dict.fromkeys((_plain(country.name), _plain(country.alpha2), _plain(country.alpha3)), country.alpha3)
    return names


@cache
def _currency_names() -> dict[str, str]:
    names = {_sign(row["alias"]): row["code"] for row in listed("currency_aliases") if " " not in row["code"]}
    return names | {_sign(code): code for code in currencies()}


@cache
def _ambiguous_currencies() -> dict[str, tuple[str, ...]]:
    return {_sign(row["alias"]): tuple(row["code"].split()) for row in listed("currency_aliases") if " " in row["code"]}


@cache
def _sector_names() -> dict[str, str]:
    names = {_plain(row["alias"]): row["code"] for row in listed("sector_aliases")}
    return names | {_plain(code): code for code in sectors()}


def _plain(text: str) -> str:
    """Case, accents, punctuation, a leading "the" and doubled spaces make no difference."""
    return plain_words(text.replace(".", "")).removeprefix("the ")


def _sign(text: str) -> str:
    """Currency signs are not letters, so only case, spaces and full stops go."""
    return re.sub(r"[\s.]+", "", unicodedata.normalize("NFKC", text).casefold())


def listed(name: str) -> list[dict[str, str]]:
    """The rows of a list of schemas/reference, by its name."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
