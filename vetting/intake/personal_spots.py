"""Where in a text is somebody named, or a way to find one? So that whoever wrote it can take it out and lose nothing.

The rules are those of `personal`; here each answer gets its place. A name has no pattern to point at, so its place is
the shortest run of words around it that the rules still take for a name.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from schemas.fee_report import Kind
from schemas.problem_codes import PROBLEMS
from schemas.record import Record
from vetting.intake.identity import long_numbers, national_numbers, passports
from vetting.intake.numbers import ascii_text
from vetting.intake.person_names import names_somebody
from vetting.intake.personal import DATE, EMAIL, codes, mask
from vetting.intake.phones import phones
from vetting.refusals import Refusal

WORD = re.compile(r"[^\s,;:!?()“”]+")
NEXT = re.compile(r"[ \t]+(\w)[\w'’-]*")
MOST_NAMES = 20  # places of names that are looked for in one text; assumed: more need no count
FILLER = "\N{HORIZONTAL ELLIPSIS}"


class Spot(Record):
    """`start` and `end` as Python slices a text; `code` of the catalogue of problems."""

    start: int
    end: int
    code: str


def spots(text: str, spare: Iterable[str] = ()) -> list[Spot]:
    """Every place in the text, in order and without overlaps. `spare`: names that may stand there, an agency's own."""
    text = _without(text, spare)
    return _joined(sorted(chain(_numbers(text), _names(text)), key=lambda spot: spot.start), text)


def require_unnamed(text: str, what: str, spare: Iterable[str] = ()) -> None:
    """Refuse a text that names or locates a person. The refusal holds the words masked, for it may be written down.

    `what` begins the sentence: "This answer"."""
    spare = tuple(spare)
    held = list(codes(Kind.TEXT, _without(text, spare)))
    if not held:
        return
    places = spots(text, spare)
    said = [f"{title(spot.code)} ({mask(text[spot.start : spot.end])})" for spot in places]
    listed = "; ".join(said or [title(code) for code in held])
    raise Refusal(
        f"{what} cannot be kept as it is, because it seems to name a person or a way to find one: {listed}. Take that "
        "out, or say it without it, such as “a person at the agency”. Nothing of it was stored."
    )


def title(code: str) -> str:
    """What was found, in lower case: "a phone number"; whoever is named may be no worker here."""
    words = "a person's name" if code == "personal_name" else PROBLEMS[code].title
    return words[0].lower() + words[1:]


def _joined(found: Iterable[Spot], text: str) -> list[Spot]:
    """What overlaps is one place; so are given name and family name, found one after the other."""
    joined: list[Spot] = []
    for spot in found:
        before = joined[-1] if joined else None
        if before and (spot.start < before.end or (before.code == spot.code and _beside(before, spot, text))):
            joined[-1] = before.model_copy(update={"end": max(before.end, spot.end)})
        else:
            joined.append(spot)
    return joined


def _beside(one: Spot, two: Spot, text: str) -> bool:
    return not text[one.end : two.start].strip()


def _without(text: str, spare: Iterable[str]) -> str:
    """The text with these names blanked, place by place. One word alone is never spared: it may be a person's name."""
    for name in spare:
        if len(name.split()) > 1:
            text = re.sub(re.escape(name), lambda found: FILLER * len(found[0]), text, flags=re.IGNORECASE)
    return text


def _numbers(text: str) -> Iterator[Spot]:
    """As `personal` goes through them: what one has explained, the next does not see."""
    plain = ascii_text(text)
    if len(plain) != len(text):
        return
    rest = DATE.sub(lambda found: " " * len(found[0]), plain)
    for code, search in (
        ("personal_email", EMAIL.finditer),
        ("personal_passport", passports),
        ("personal_number", national_numbers),
        ("personal_phone", phones),
        ("personal_number", long_numbers),
    ):
        found = list(search(rest))
        for each in found:
            yield Spot(start=each.start(), end=each.end(), code=code)
            rest = rest[: each.start()] + "#" * len(each[0]) + rest[each.end() :]


def _names(text: str) -> Iterator[Spot]:
    """One after the other, each looked for in what is left once those before it are taken out."""
    stood = list(range(len(text)))  # where each sign of what is left stands in the whole text
    for _ in range(MOST_NAMES):
        if not names_somebody(text):
            return
        start, end = _shortest(text)
        yield Spot(start=stood[start], end=stood[end - 1] + 1, code="personal_name")
        text, stood = text[:start] + FILLER + text[end:], stood[: start + 1] + stood[end:]


def _shortest(text: str) -> tuple[int, int]:
    words = [found.span() for found in WORD.finditer(text)]
    last = _least(len(words) - 1, lambda at: names_somebody(text[: words[at][1]]))
    end = words[last][1]
    back = _least(last, lambda at: names_somebody(text[words[last - at][0] : end]))
    return words[last - back][0], _with_family_name(text, end)


def _with_family_name(text: str, end: int) -> int:
    """A capitalised word that follows goes with the name, though it would pass by itself."""
    while (after := NEXT.match(text, end)) and after[1].isupper():
        end = after.end()
    return end


def _least(most: int, holds: Callable[[int], bool]) -> int:
    """A number from 0 for which it holds though not for the one before, by halving; it is known to hold for `most`."""
    low, high = 0, most
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return high
