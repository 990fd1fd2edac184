"""How alike are two names of agencies, and in what do they differ? Word by word, after folding.

Legal forms weigh nothing, words that half the field bears weigh a quarter, and every other word (above all places,
numbers and branch names, which tell sister firms apart) weighs by its letters. docs/matching.md has the measurement.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import OSA

from schemas.agency_words import agency_words
from vetting.names import fold_name

APOSTROPHE = re.compile(r"(?<=\w)['’‘`´](?=\w)")
LONGEST = max(len(words) for words in agency_words())
ANY_FORM = {"co"}  # "company" is said of every form
FIELD_WEIGHT = 0.25  # measured: docs/matching.md
SHORTEST = 4  # letters a word weighs at least: "KL" and "2" tell firms apart; assumed
SAME_WORD = 0.75  # from here two words are spellings of one: measured, docs/matching.md


@dataclass(frozen=True)
class Word:
    """`text` as folded; `plain`: what it stands for, by which it is compared; `weight` in letters."""

    text: str
    plain: str
    weight: float
    field: bool
    number: bool  # numbers tell firms apart: 2 is not nearly 3


@dataclass(frozen=True)
class Name:
    """A name taken apart. `words` carry weight; `legal` are the legal forms as written; `shut`: no spaces between."""

    words: tuple[Word, ...]
    legal: tuple[str, ...]
    forms: frozenset[str]  # the legal forms by the one word that stands for them
    core: str  # the telling words, sorted: what is searched by
    shut: str
    initials: str


@dataclass(frozen=True)
class Likeness:
    """`score`: 0 to 1. `telling`: a word that tells firms apart, or another legal form, stands in one name only."""

    score: float
    telling: bool


@dataclass(frozen=True)
class Pair:
    """Two spellings of one word: `near` 0 to 1, the weight of both, and how many letters differ."""

    near: float
    weight: float
    letters: int


@lru_cache(maxsize=200_000)
def take_apart(text: str) -> Name:
    """Where nothing would be left, the name is kept whole."""
    tokens = _letters_joined(fold_name(APOSTROPHE.sub("", text)).split())
    known, words, legal, forms, place = agency_words(), list[Word](), list[str](), set[str](), 0
    while place < len(tokens):
        rest = min(LONGEST, len(tokens) - place)
        width = next((w for w in range(rest, 1, -1) if tuple(tokens[place : place + w]) in known), 1)
        taken = tuple(tokens[place : place + width])
        entry, said = known.get(taken), " ".join(taken)
        if entry is None or (entry.kind == "prefix" and place and width == 1):
            words.append(_word(said))
        elif entry.kind == "field":
            words.append(_word(said, entry.stands_for or said, share=FIELD_WEIGHT))
        elif entry.kind == "legal":
            legal.append(said)
            forms |= {entry.stands_for} - ANY_FORM
        place += width
    if all(word.field for word in words):
        words = [_word(word.text, word.plain) for word in words]
    if not words:
        words, legal, forms = [_word(token) for token in tokens], [], set()
    return Name(
        words=tuple(words),
        legal=tuple(legal),
        forms=frozenset(forms),
        core=" ".join(sorted(word.plain for word in words if not word.field)),
        shut="".join(word.plain for word in words),
        initials="".join(word.text[0] for word in words),
    )


def compare(said: Name, known: Name) -> Likeness:
    """`said` in the file, `known` in the register."""
    other_form = bool(said.forms and known.forms and not said.forms & known.forms)
    if said.shut == known.shut:
        return Likeness(1.0, other_form)
    pairs, alone, lone = _side_by_side(said, known)
    kept = sum(pair.weight * pair.near for pair in pairs)
    total = sum(pair.weight for pair in pairs) + sum(word.weight for word in (*alone, *lone))
    return Likeness(kept / total, other_form or any(not word.field for word in (*alone, *lone)))


def why(said: Name, known: Name) -> str:
    """In what the two differ, as it is told to a person."""
    pairs, alone, lone = _side_by_side(said, known)
    letters = sum(pair.letters for pair in pairs)
    parts = []
    if letters:
        parts.append("one letter differs" if letters == 1 else f"{letters} letters differ")
    if alone:
        parts.append(f"{_quoted(word.text for word in alone)} only in your file")
    if lone:
        parts.append(f"{_quoted(word.text for word in lone)} only in the register")
    return ", ".join(parts) or _same_but_for(said, known)


def _word(text: str, plain: str | None = None, share: float = 1.0) -> Word:
    plain = plain or text
    number = any(sign.isdigit() for sign in text)
    return Word(text, plain, share * max(len(plain), SHORTEST), share < 1, number)


def _letters_joined(tokens: Sequence[str]) -> list[str]:
    """`j h` of J&H and `s r l` of S.R.L. become one word each."""
    joined: list[str] = []
    single = False
    for token in tokens:
        if len(token) == 1 and single:
            joined[-1] += token
        else:
            joined.append(token)
        single = len(token) == 1
    return joined


def _side_by_side(said: Name, known: Name) -> tuple[list[Pair], list[Word], list[Word]]:
    """Each word with the nearest of the other name, the nearest first; and the words left alone on either side."""
    ours = _spaced_as(said.words, known.words)
    theirs = _spaced_as(known.words, ours)
    near = [
        (nearness, a, b)
        for a, one in enumerate(ours)
        for b, other in enumerate(theirs)
        if (nearness := _nearness(one, other)) >= SAME_WORD
    ]
    near.sort(key=lambda found: (-found[0], abs(found[1] - found[2])))
    left, right, pairs = dict(enumerate(ours)), dict(enumerate(theirs)), list[Pair]()
    for nearness, a, b in near:
        if a in left and b in right:
            one, other = left.pop(a), right.pop(b)
            # "recruting" is on no list: beside "recruiting" it weighs as that does.
            weight = one.weight + other.weight if one.field == other.field else 2 * min(one.weight, other.weight)
            pairs.append(Pair(nearness, weight, 0 if nearness == 1 else OSA.distance(one.text, other.text)))
    return pairs, list(left.values()), list(right.values())


def _spaced_as(ours: Sequence[Word], theirs: Sequence[Word]) -> Sequence[Word]:
    """Two of our neighbours that are one word of theirs become one: `visa works` beside `visaworks`."""
    whole = {word.plain for word in theirs}
    if not any(one.plain + other.plain in whole for one, other in pairwise(ours)):
        return ours
    kept: list[Word] = []
    for word in ours:
        joined = _word(kept[-1].text + word.text, kept[-1].plain + word.plain) if kept else word
        if kept and joined.plain in whole:
            kept[-1] = joined
        else:
            kept.append(word)
    return kept


def _nearness(one: Word, other: Word) -> float:
    if one.plain == other.plain:
        return 1.0
    if one.number or other.number:
        return 0.0
    short, long = sorted((len(one.text), len(other.text)))
    if short < SAME_WORD * long:
        return 0.0
    return OSA.normalized_similarity(one.text, other.text)


def _same_but_for(said: Name, known: Name) -> str:
    odd = [form for form in (*said.legal, *known.legal) if (form in said.legal) != (form in known.legal)]
    if odd:
        return f"same but for {_quoted(odd)}"
    if [word.text for word in said.words] == [word.text for word in known.words]:
        return "same name"
    return "same words in another order" if said.shut != known.shut else "same but for spaces or short forms"


def _quoted(words: Iterable[str]) -> str:
    return " and ".join(f"“{word}”" for word in words)
