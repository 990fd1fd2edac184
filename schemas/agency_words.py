"""Which words of an agency's name say little about which agency it is? The list of `reference/agency_words.csv`.

`legal`: legal forms. `prefix`: what stands before a name (M/S). `link`: and, the, of. `field`: words that many firms
of the field bear, with the one word that stands for their variants. Places, numbers and branch names are in no list:
they tell sister firms apart.
"""

import csv
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Literal

from schemas.lookup import FOLDER
from schemas.record import Record


class AgencyWord(Record):
    """Words that belong together, folded (vetting.names). `stands_for` is "" where it is the word itself."""

    words: str
    kind: Literal["legal", "prefix", "link", "field"]
    stands_for: str
    note: str
    source: str


@cache
def agency_words() -> Mapping[tuple[str, ...], AgencyWord]:
    """By their words."""
    with (FOLDER / "agency_words.csv").open(encoding="utf-8", newline="") as lines:
        read = [AgencyWord.model_validate(row) for row in csv.DictReader(lines)]
    return MappingProxyType({tuple(word.words.split()): word for word in read})
