"""Does a newer agency share its address or telephone with one that lost its licence? Perhaps it registered again under
another name. Many agencies share a building honestly, so this is only a reason to look.

By chance: newer agencies of the country, times how often any two agencies of its register share the same; where an
address is shared by several, as many as share it beside this pair.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from math import comb

import phonenumbers
from rapidfuzz import fuzz

from schemas.agency import Agency
from schemas.codes import LicenceStatus
from schemas.lookup import countries
from schemas.signal import Scope, Signal, SignalKind
from vetting.names import fold_name
from vetting.signals.chance import poisson_tail
from vetting.store import Cursor
from vetting.store.agencies import fetch_agencies

GONE = (LicenceStatus.CANCELLED, LicenceStatus.SUSPENDED, LicenceStatus.EXPIRED)
ALIKE = 90  # of 100, by rapidfuzz, with every number of the address the same (assumed)
FEWEST_WORDS = 2  # beside a number: "12, Kathmandu" says too little (assumed)
CROWD = 1.0  # expected at most so many, else the address is a building of agencies (assumed)
# Words that addresses are written with and that tell no house from another.
PLAIN = frozenset({
    "road", "rd", "street", "st", "avenue", "ave", "lane", "floor", "fl", "level", "room", "rm", "suite", "house",
    "building", "bldg", "tower", "block", "near", "opp", "opposite", "no", "number", "po", "box", "gpo", "tel", "phone",
    "mobile", "fax", "email", "and", "the", "of",
})  # fmt: skip


def find(db: Cursor, scope: Scope) -> list[Signal]:
    """One signal per pair: the agency that lost its licence first, then the newer one."""
    registers: dict[str, list[Agency]] = defaultdict(list)
    for agency in fetch_agencies(db, scope.known_at):
        registers[agency.country].append(agency)
    wanted = None if scope.agencies is None else set(scope.agencies)
    return [
        signal
        for register in registers.values()
        for signal in _of_register(register)
        if wanted is None or wanted & set(signal.agencies)
    ]


def house(agency: Agency) -> tuple[frozenset[str], str] | None:
    """The numbers and the telling words of an address, without its telephones; None where they say too little."""
    text = agency.address or ""
    for found in reversed(list(_matches(text, agency.country))):
        text = text[: found.start] + " " + text[found.end :]
    left_out = PLAIN | {agency.country.lower(), *fold_name(countries()[agency.country].name).split()}
    words = [word for word in fold_name(text).split() if word not in left_out]
    numbers = frozenset(word for word in words if re.search(r"\d", word))
    telling = sorted({word for word in words if word not in numbers})
    return (numbers, " ".join(telling)) if numbers and len(telling) >= FEWEST_WORDS else None


def telephones(agency: Agency) -> frozenset[str]:
    """Every telephone number in the address or an alias, with its country code."""
    texts = (agency.address or "", *agency.aliases)
    return frozenset(
        phonenumbers.format_number(found.number, phonenumbers.PhoneNumberFormat.E164)
        for text in texts
        for found in _matches(text, agency.country)
    )


def _matches(text: str, country: str) -> Iterator[phonenumbers.PhoneNumberMatch]:
    return iter(phonenumbers.PhoneNumberMatcher(text, countries()[country].alpha2) if text else ())


def _of_register(register: Sequence[Agency]) -> Iterator[Signal]:
    by_id = {agency.agency_id: agency for agency in register}
    phones, houses = _sharing_phones(register), _sharing_houses(register)
    pairs = comb(len(register), 2)
    for one, other in sorted(phones | houses):
        for gone, newer in ((by_id[one], by_id[other]), (by_id[other], by_id[one])):
            if not _came_after(gone, newer):
                continue
            candidates = sum(_came_after(gone, each) for each in register)
            expected = 1.0
            same = []
            for shared, word in ((houses, "address"), (phones, "telephone number")):
                if (one, other) in shared:
                    crowd = sum(gone.agency_id in pair for pair in shared) - 1
                    expected *= max(candidates * len(shared) / pairs, crowd)
                    same.append(word)
            if expected <= CROWD:
                yield Signal(
                    kind=SignalKind.REGISTERED_AGAIN,
                    agencies=(gone.agency_id, newer.agency_id),
                    count=1,
                    among=candidates,
                    expected=expected,
                    chance=poisson_tail(1, expected),
                    sentence=f"{newer.name} has the {' and '.join(same)} of {gone.name}, whose licence is "
                    f"{gone.status.value}.",
                )


def _came_after(gone: Agency, newer: Agency) -> bool:
    """A licence whose first day is not known may be the newer one."""
    if gone.status not in GONE or newer.status in GONE or gone.agency_id == newer.agency_id:
        return False
    return gone.valid_from is None or newer.valid_from is None or newer.valid_from > gone.valid_from


def _sharing_phones(register: Sequence[Agency]) -> set[tuple[str, str]]:
    by_phone: dict[str, list[str]] = defaultdict(list)
    for agency in register:
        for phone in telephones(agency):
            by_phone[phone].append(agency.agency_id)
    return {(min(pair), max(pair)) for shared in by_phone.values() for pair in combinations(shared, 2)}


def _sharing_houses(register: Sequence[Agency]) -> set[tuple[str, str]]:
    by_numbers: dict[frozenset[str], list[tuple[str, str]]] = defaultdict(list)
    for agency in register:
        if (told := house(agency)) is not None:
            by_numbers[told[0]].append((agency.agency_id, told[1]))
    return {
        (min(one, other), max(one, other))
        for there in by_numbers.values()
        for (one, its), (other, others) in combinations(there, 2)
        if fuzz.ratio(its, others) >= ALIKE
    }
