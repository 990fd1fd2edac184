"""Invented agencies, and 500 labelled spellings: of them, and of firms that are not in the register but sound like it.

Every name is made of invented words by a seeded draw; none is of a firm that exists.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from schemas.agency import Agency
from tests.vetting.intake.files import agency

SEED, FIRMS, OF_THE_REGISTER, OF_OTHERS = 20261122, 300, 350, 150
SYLLABLES = [
    "bi",
    "cha",
    "do",
    "fe",
    "ga",
    "hu",
    "jo",
    "ka",
    "lu",
    "mi",
    "na",
    "pe",
    "ro",
    "si",
    "ta",
    "vu",
    "wa",
    "yo",
    "zi",
    "kha",
    "sho",
    "dri",
    "mau",
]
PLACES = ["Tarabir", "Golmanda", "Sivapur", "Kelanga", "Nordau", "Miraluz", "Bantaro", "Osterwen"]
FIELD = ("Overseas", "International", "Manpower", "Recruitment Services", "Employment Agency", "Placement")
LEGAL = ("Pvt. Ltd.", "Private Limited", "Ltd", "Sdn Bhd", "LLC", "Co., Ltd.", "")
SAME_FORM = {  # ways to write one legal form
    "Pvt. Ltd.": ("Private Limited", "pvt ltd", "P. Ltd.", "Limited", ""),
    "Private Limited": ("Pvt. Ltd.", "PVT LTD", ""),
    "Ltd": ("Limited", "Ltd.", ""),
    "Sdn Bhd": ("Sdn. Bhd.", "SDN BHD", ""),
    "LLC": ("L.L.C.", ""),
    "Co., Ltd.": ("Co Ltd", "Company Limited", ""),
    "": ("Ltd", "Pvt. Ltd."),
}
TRANSLITERATED = (
    ("kh", "k"),
    ("sh", "s"),
    ("ch", "chh"),
    ("v", "b"),
    ("ee", "i"),
    ("au", "ou"),
    ("w", "v"),
    ("z", "j"),
)


@dataclass(frozen=True)
class Firm:
    words: tuple[str, ...]  # what tells it apart
    field: str
    legal: str

    @property
    def name(self) -> str:
        return " ".join([*self.words, self.field, self.legal]).strip()


@dataclass(frozen=True)
class Labelled:
    """`right`: the id of the agency that is meant; None when its firm is not in the register."""

    spelling: str
    right: str | None


def lookalike_names() -> tuple[tuple[Agency, ...], list[Labelled]]:
    draw = random.Random(SEED)  # noqa: S311
    firms = list(_firms(draw))
    register = tuple(agency(f"a{place}", licence=f"{place:04d}", name=firm.name) for place, firm in enumerate(firms))
    changes: tuple[Callable[[random.Random, Firm], str], ...] = (
        _other_form, _one_letter, _transliterated, _without_field, _turned, _closed_up, _other_form,
    )  # fmt: skip
    labelled = [
        Labelled(changes[place % len(changes)](draw, firms[chosen]), f"a{chosen}")
        for place, chosen in enumerate(draw.choices(range(FIRMS), k=OF_THE_REGISTER))
    ]
    taken = {firm.words for firm in firms}
    while len(labelled) < OF_THE_REGISTER + OF_OTHERS:
        other = _sister(draw, draw.choice(firms))
        if other.words not in taken:
            labelled.append(Labelled(other.name, None))
    return register, labelled


def _firms(draw: random.Random) -> Iterator[Firm]:
    """Every third is a sister of the one before: another place, number or word."""
    made: set[tuple[str, ...]] = set()
    last: Firm | None = None
    while len(made) < FIRMS:
        firm = _sister(draw, last) if last and len(made) % 3 == 2 else _firm(draw)
        if firm.words not in made:
            made.add(firm.words)
            last = firm
            yield firm


def _firm(draw: random.Random) -> Firm:
    words = tuple(_word(draw) for _ in range(draw.choice((1, 2, 2, 3))))
    return Firm(words, draw.choice(FIELD), draw.choice(LEGAL))


def _word(draw: random.Random) -> str:
    return "".join(draw.choices(SYLLABLES, k=draw.choice((2, 3, 3, 4)))).title()


def _sister(draw: random.Random, firm: Firm) -> Firm:
    """A different firm with a near name. Now and then one letter apart, which nobody can tell from a slip."""
    match draw.choices(range(5), weights=(10, 10, 10, 10, 1))[0]:
        case 0:
            return Firm((*firm.words, draw.choice(PLACES)), firm.field, firm.legal)
        case 1:
            return Firm((*firm.words, str(draw.randrange(2, 9))), firm.field, firm.legal)
        case 2:
            return Firm((*firm.words[:-1], _word(draw)), firm.field, firm.legal)
        case 3:
            return Firm((_word(draw), *firm.words), firm.field, firm.legal)
        case _:
            word = firm.words[-1]
            return Firm((*firm.words[:-1], word[:-1] + draw.choice("bdgkmnpr")), firm.field, firm.legal)


def _other_form(draw: random.Random, firm: Firm) -> str:
    return Firm(firm.words, firm.field, draw.choice(SAME_FORM[firm.legal])).name


def _one_letter(draw: random.Random, firm: Firm) -> str:
    """Swapped, left out, doubled or mistyped."""
    name = firm.name
    place = draw.choice([i for i in range(1, len(name) - 1) if name[i].isalpha() and name[i + 1].isalpha()])
    before, letter, after = name[:place], name[place], name[place + 1 :]
    return draw.choice(
        (before + after, before + letter * 2 + after, before + draw.choice("aeioklmnrst") + after,
         before + after[0] + letter + after[1:])
    )  # fmt: skip


def _transliterated(draw: random.Random, firm: Firm) -> str:
    name = firm.name.lower()
    found = [pair for pair in TRANSLITERATED if pair[0] in " ".join(firm.words).lower()]
    if found:
        name = name.replace(*draw.choice(found))
    return name


def _without_field(draw: random.Random, firm: Firm) -> str:
    return Firm(firm.words, "", firm.legal).name.replace("  ", " ")


def _turned(draw: random.Random, firm: Firm) -> str:
    return f"{firm.field} {' '.join(reversed(firm.words))} {firm.legal}".strip().upper()


def _closed_up(draw: random.Random, firm: Firm) -> str:
    return f"{'-'.join(firm.words)} {firm.field}" if draw.random() < 0.5 else f"{''.join(firm.words)} {firm.field}"
