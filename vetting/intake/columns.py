"""Which of the partner's columns is which of ours? Each guess has its reason, to be shown and confirmed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from schemas.fee_report import columns
from vetting.intake.headers import Guess, How, read_header, suppose

AGENCY = ("agency_licence", "agency_name")
SUREST = tuple(How)


@dataclass(frozen=True)
class Mapped:
    """`places`: our column to the place of theirs. `ignored`: places nothing was made of, with what they may mean.

    `missing`: required columns nobody gave, with the place of an ignored column that looks like it. `twice`: ours to
    the places that claim it. `guesses`: a place to why it was taken, or to what it may mean (`Guess.taken`; say it with
    `vetting.intake.headers.say_guess`).
    """

    places: Mapping[str, int]
    ignored: Mapping[int, str | None]
    missing: Mapping[str, int | None]
    twice: Mapping[str, tuple[int, ...]]
    guesses: Mapping[int, Guess] = field(default_factory=dict)

    @property
    def units(self) -> Mapping[str, str]:
        """Ours to the currency that its header names: asked about, never taken."""
        said = {name: self.guesses[place].unit for name, place in self.places.items() if place in self.guesses}
        return {name: unit for name, unit in said.items() if unit is not None}


def _told(name: str, header: str) -> Guess:
    """As the partner said; a currency in the header is still in it."""
    read = read_header(header)
    return Guess(name, How.TOLD, header, unit=None if read is None else read.unit)


def recognised(header: str) -> bool:
    """Is this the header of one of our columns?"""
    return read_header(header) is not None


def map_columns(headers: Sequence[str], answers: Mapping[int, str] = MappingProxyType({})) -> Mapped:
    """`answers`: the place of a column to ours, or to "" where it is to be left out; they win over every guess, and of
    guesses the surest wins."""
    guesses = {place: guess for place, header in enumerate(headers) if (guess := read_header(header)) is not None}
    guesses = {place: guess for place, guess in guesses.items() if place not in answers}
    guesses |= {place: _told(name, headers[place]) for place, name in answers.items() if name}
    claims: dict[str, list[int]] = {}
    for place, guess in sorted(guesses.items()):
        claims.setdefault(guess.name, []).append(place)
    for name, claimants in claims.items():
        surest = min(SUREST.index(guesses[place].how) for place in claimants)
        claims[name] = [place for place in claimants if SUREST.index(guesses[place].how) == surest]
    places = {name: claims[name][0] for name in columns() if name in claims}
    taken = {place for claimants in claims.values() for place in claimants}
    free = set(columns()) - set(places)
    supposed = {place: suppose(header, free) for place, header in enumerate(headers) if place not in taken}
    ignored = {place: None if guess is None else guess.name for place, guess in supposed.items()}
    wanted = [name for name, column in columns().items() if column.required and name not in places]
    if not set(AGENCY) & set(places):
        wanted.append(AGENCY[0])
    return Mapped(
        places=places,
        ignored=ignored,
        missing={name: next((place for place, meant in ignored.items() if meant == name), None) for name in wanted},
        twice={name: tuple(claimants) for name, claimants in claims.items() if len(claimants) > 1},
        guesses={place: guesses[place] for place in sorted(taken)}
        | {place: guess for place, guess in supposed.items() if guess is not None},
    )
