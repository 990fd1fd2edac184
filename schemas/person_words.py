"""Very common names of the corridors, and the words that stand beside names: what a text is searched for names with.

Only names that thousands bear are listed: a list that finds many and identifies nobody.
"""

import unicodedata
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Literal

from schemas.lookup import listed
from schemas.record import Record

Part = Literal["given", "family", "middle"]
Use = Literal["title", "follower", "kin", "introducer", "company", "place", "stop"]


class CommonName(Record):
    """`clear`: hardly ever anything but a person's name. `where`: alpha-3 codes, | between; MUS is any Muslim name."""

    name: str
    part: Part
    clear: bool
    where: str
    source: str


class NameWord(Record):
    """A word that says something of the capitalised or listed word beside it.

    title: stands before a name (Mr); follower: after one (didi); kin: whose name follows (brother); introducer: says
    that a name comes (my name is); company and place: what looks like a name there is none; stop: never a name.
    """

    word: str
    use: Use
    source: str


@cache
def common_names() -> Mapping[str, CommonName]:
    """By `plain` name: Nguyễn and Nguyen are one."""
    names: dict[str, CommonName] = {}
    for row in listed("common_names"):
        name = CommonName.model_validate(row)
        names.setdefault(plain(name.name), name)
    return MappingProxyType(names)


@cache
def name_words(use: Use) -> frozenset[str]:
    """Casefolded, accents kept: `bà` is a title and `ba` is not."""
    words = map(NameWord.model_validate, listed("person_words"))
    return frozenset(each.word.casefold() for each in words if each.use == use)


def plain(word: str) -> str:
    """Without case, and in Latin script without accents; other scripts' vowel signs are kept, unseen joiners not."""
    folded = word.casefold().replace("\u200c", "").replace("\u200d", "")
    if folded.isascii():
        return folded
    apart = unicodedata.normalize("NFD", folded.replace("đ", "d"))
    bare = "".join(sign for sign in apart if not "\u0300" <= sign <= "\u036f")
    return unicodedata.normalize("NFC", bare)
