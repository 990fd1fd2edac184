"""Which agencies bear a name most like this one? For thousands of texts at once, against the whole register.

Cheap searches propose, and the comparison word by word (vetting.intake.likeness) decides among what they propose:
rapidfuzz over all names, names that share a rare word, and names of which the text is the initials or that differ in
spaces only.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest

import numpy as np
from rapidfuzz import fuzz, process

from vetting.intake.likeness import Likeness, Name, compare, take_apart, why

NEAREST = 10  # proposals of the search over all names: measured, docs/matching.md
BEHIND = 25  # per cent below the best of that search: farther ones are proposed by the others, if at all; assumed
SHARING = 6  # proposals of those that share a rare word: measured, docs/matching.md
RARE = 60  # a word more names bear than this proposes nothing; assumed
AT_ONCE = 512  # texts searched for together: a table of 512 x 20,000 bytes is 10 MB
INITIALS = 3  # fewer letters are nobody's initials; assumed
SURE = 0.92  # measured: docs/matching.md
AHEAD = 0.05  # measured: docs/matching.md
OF_INITIALS = 0.5  # how alike initials and name are called; assumed: never certain, before what shares a word or two


@dataclass(frozen=True)
class Spelling:
    """One way an agency's name is written."""

    name: str
    agency: int  # its place in the register


@dataclass(frozen=True)
class Found:
    """`agency`: its place in the register; `name`: the spelling of it that is nearest to what was `said`."""

    agency: int
    name: str
    said: str
    likeness: Likeness

    @property
    def why(self) -> str:
        one, other = take_apart(self.said), take_apart(self.name)
        if self.likeness.score == OF_INITIALS and _are_initials(one, other):
            return "the one reads as the initials of the other"
        return why(one, other)


class Lookalikes:
    """Built once for a check, and only when some name is neither exact nor known."""

    def __init__(self, spellings: Sequence[Spelling]) -> None:
        self._spellings = spellings
        self._names = [take_apart(spelling.name) for spelling in spellings]
        self._cores = [name.core for name in self._names]
        self._weights = [sum(word.weight for word in name.words) or 1.0 for name in self._names]
        self._bearing: dict[str, list[int]] = defaultdict(list)
        self._initials: dict[str, list[int]] = defaultdict(list)
        self._shut: dict[str, list[int]] = defaultdict(list)  # without spaces
        for place, name in enumerate(self._names):
            for word in {word.plain for word in name.words if not word.field}:
                self._bearing[word].append(place)
            self._initials[name.initials].append(place)
            self._shut[name.shut].append(place)

    def nearest(self, texts: Sequence[str]) -> Mapping[str, list[Found]]:
        """For each text the agencies that may be meant, the likeliest first, each once."""
        found: dict[str, list[Found]] = {}
        for start in range(0, len(texts), AT_ONCE):
            said = [take_apart(text) for text in texts[start : start + AT_ONCE]]
            for text, name, places in zip(texts[start : start + AT_ONCE], said, self._proposed(said), strict=True):
                found[text] = self._ranked(text, name, places)
        return found

    def _proposed(self, said: Sequence[Name]) -> Iterator[set[int]]:
        if not self._names:
            yield from (set() for _ in said)
            return
        cores = [name.core for name in said]
        table = process.cdist(cores, self._cores, scorer=fuzz.ratio, dtype=np.uint8, workers=-1)
        for name, scores in zip(said, table, strict=True):
            # Only those not far below the best are sorted: sorting all takes longer than comparing all.
            near = np.flatnonzero(scores >= max(int(scores.max()) - BEHIND, 1))
            near = near[np.argsort(scores[near])[-NEAREST:]]
            yield {*near.tolist(), *self._sharing(name), *self._by_initials(name), *self._shut.get(name.shut, ())}

    def _sharing(self, name: Name) -> Sequence[int]:
        """Those that share most: words that few bear, beside what else their names say."""
        shared: dict[int, float] = defaultdict(float)
        for word in name.words:
            bearing = self._bearing.get(word.plain, ())
            if len(bearing) <= RARE:
                for place in bearing:
                    shared[place] += word.weight / self._weights[place]
        return nlargest(SHARING, shared, key=shared.__getitem__)

    def _by_initials(self, name: Name) -> Iterator[int]:
        if len(name.words) == 1 and len(name.words[0].text) >= INITIALS:
            yield from self._initials.get(name.words[0].text, ())
        if len(name.initials) >= INITIALS:
            yield from self._bearing.get(name.initials, ())

    def _ranked(self, text: str, said: Name, places: set[int]) -> list[Found]:
        best: dict[int, Found] = {}
        for place in places:
            known, agency = self._names[place], self._spellings[place].agency
            likeness = compare(said, known)
            if likeness.score < OF_INITIALS and _are_initials(said, known):
                likeness = Likeness(OF_INITIALS, telling=True)
            if agency not in best or likeness.score > best[agency].likeness.score:
                best[agency] = Found(agency, self._spellings[place].name, text, likeness)
        return sorted(best.values(), key=lambda found: (-found.likeness.score, found.name, found.agency))


def _are_initials(one: Name, other: Name) -> bool:
    return any(
        len(short.words) == 1 and len(short.shut) >= INITIALS and short.words[0].text == long.initials
        for short, long in ((one, other), (other, one))
    )


def sure(ranked: Sequence[Found], threshold: float = SURE, ahead: float = AHEAD) -> Found | None:
    """The one that may be taken without asking: alike enough, in every telling word, and clearly before the next."""
    if not ranked or ranked[0].likeness.telling or ranked[0].likeness.score < threshold:
        return None
    second = ranked[1].likeness.score if len(ranked) > 1 else 0.0
    return ranked[0] if ranked[0].likeness.score - second >= ahead else None
