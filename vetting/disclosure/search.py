"""Which agencies may somebody mean by these words? Licence, name and alias, and what is nearly spelt like them."""

from collections.abc import Iterable
from typing import NamedTuple

from rapidfuzz import fuzz, process

from vetting.names import fold_name

NEARLY = 72.0  # assumed: one letter wrong in a short name still counts
SURELY = 85.0  # assumed: beside names that hold the very words, only closer misspellings are worth showing
LICENCE, SAME, BEGINS, HOLDS = 103.0, 102.0, 101.0, 100.0


class Named(NamedTuple):
    """What one agency is called."""

    agency_id: str
    licence: str
    name: str
    aliases: tuple[str, ...]


def best_matches(text: str, agencies: Iterable[Named]) -> list[str]:
    """The agencies that may be meant, best first; equally good ones in the order given. Nobody is meant by nothing."""
    wanted = fold_name(text)
    if not wanted:
        return []
    owners, spellings, licences = list[str](), list[str](), dict[str, str]()
    for agency in agencies:
        licences[agency.agency_id] = agency.licence
        for spelling in (agency.name, *agency.aliases):
            owners.append(agency.agency_id)
            spellings.append(fold_name(spelling))
    scores = dict.fromkeys(licences, 0.0)
    for _, score, at in process.extract(wanted, spellings, scorer=fuzz.WRatio, score_cutoff=NEARLY, limit=None):
        scores[owners[at]] = max(scores[owners[at]], min(score, HOLDS - 1))
    for at, spelling in enumerate(spellings):
        scores[owners[at]] = max(scores[owners[at]], _told(wanted, spelling))
    for agency_id, licence in licences.items():
        if licence and licence.casefold() == text.strip().casefold():
            scores[agency_id] = LICENCE
    least = SURELY if max(scores.values(), default=0.0) >= HOLDS else NEARLY
    found = [agency_id for agency_id, score in scores.items() if score >= least]
    return sorted(found, key=lambda agency_id: -scores[agency_id])


def _told(wanted: str, spelling: str) -> float:
    """How well a spelling holds the very words."""
    if spelling == wanted:
        return SAME
    if spelling.startswith(wanted):
        return BEGINS
    return HOLDS if wanted in spelling else 0.0
