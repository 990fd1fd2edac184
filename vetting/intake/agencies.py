"""Which agency of the register does a row mean? By licence, by name, by a confirmed spelling; else by likeness.

Only what is nearly certain is taken by likeness, and the partner is told as what it was read. Everything else is asked
about, with the likeliest agencies and why (vetting.intake.agency_questions).
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from schemas.agency import Agency
from schemas.answers import AgencyCandidate
from vetting.intake.lookalikes import Found, Lookalikes, Spelling, sure
from vetting.intake.meaning import Meaning
from vetting.names import fold_name

SHOWN = 3  # agencies named in a question; assumed enough to choose from
FARTHEST = 0.3  # who is less alike is not offered; assumed: below it no right one stood in the measurement
UNMATCHED = Meaning(fault="unmatched_agency")
READ_AS = "agency_read_as"
NOBODY = frozenset({"n a", "na", "nil", "none", "no", "unknown", "not known", "individual", "self", "x", "xx", "xxx"})
STROKES = re.compile(r"[\u2010-\u2015\u2212\u2044\u2215\\/_-]+")
NO_ALIASES: Mapping[str, Collection[str]] = {}


@dataclass(frozen=True)
class Said:
    """What a row says of its agency. `countries`: its origin and destination, as far as they were understood."""

    licence: str | None
    name: str | None
    countries: Collection[str] = ()


@dataclass
class Matched:
    """By the rows' own words: what they mean, and the likeliest agencies where that was not certain."""

    meanings: dict[str, Meaning] = field(default_factory=dict)
    candidates: dict[str, tuple[AgencyCandidate, ...]] = field(default_factory=dict)


class Register:
    """The agencies as they can be looked up. Names are compared folded (vetting.names); licences as they are.

    `aliases`: spellings that people confirmed, folded, and the agencies they confirmed them for. The register's own
    names win over them.
    """

    def __init__(self, agencies: Sequence[Agency], aliases: Mapping[str, Collection[str]] = NO_ALIASES) -> None:
        self._agencies = agencies
        self._licences: dict[str, list[Agency]] = defaultdict(list)
        self._loose: dict[str, list[Agency]] = defaultdict(list)
        self._names: dict[str, list[Agency]] = defaultdict(list)
        self._ids = {key: agency for agency in agencies for key in (agency.agency_id, *agency.merged_ids)}
        for agency in agencies:
            licences = {each.strip() for each in (agency.licence, *agency.merged_licences)} - {""}
            for licence in licences:
                self._licences[licence].append(agency)
            for licence in {loosened(each) for each in licences}:
                self._loose[licence].append(agency)
            for name in {fold_name(name) for name in (agency.name, *agency.aliases)} - {""}:
                self._names[name].append(agency)
        self._aliases = {
            spelling: self._standing(ids) for spelling, ids in aliases.items() if spelling not in self._names
        }

    def _standing(self, ids: Collection[str]) -> list[Agency]:
        """The agencies of these ids, each once: two of them may have become one."""
        return list({found.agency_id: found for each in sorted(ids) if (found := self._ids.get(each))}.values())

    def confirmed(self, agency_id: str) -> Meaning:
        """What the partner said a row means, under an old id too; an agency that is no more is asked about again."""
        return Meaning(self._ids[agency_id].agency_id) if agency_id in self._ids else UNMATCHED

    def match(self, licence: str | None, name: str | None, countries: Collection[str]) -> Meaning:
        """One row's agency, without likeness of names. `countries` decide between agencies that share a licence or
        name."""
        licensed = self._licences.get(licence, []) if licence else []
        named = self._names.get(fold_name(name), []) if name else []
        if licensed:
            return self._by_licence(licensed, named, countries)
        loose = self._loose.get(loosened(licence), []) if licence else []
        if len(loose) == 1 and _there(loose[0], countries) and (not named or loose[0] in named):
            return _read_as(
                loose[0], f"the licence is the same but for spaces, capitals or strokes: {loose[0].licence}"
            )
        if named:
            return _only(_nearest(named, countries))
        known = self._aliases.get(fold_name(name), []) if name else []
        if len(known) == 1 and _there(known[0], countries):
            return Meaning(known[0].agency_id)
        if len(known) > 1:  # people do not agree: asked about again
            return Meaning(fault="ambiguous_agency", detail=_say(known))
        return UNMATCHED

    def match_all(self, said: Mapping[str, Said], answered: Mapping[str, str]) -> Matched:
        """Every row's agency; what the partner `answered` wins. The register is searched for look-alikes only when a
        name needs it."""
        matched = Matched(
            {
                key: self.confirmed(answered[key])
                if key in answered
                else self.match(each.licence, each.name, each.countries)
                for key, each in said.items()
            }
        )
        waiting = {key: said[key] for key, meaning in matched.meanings.items() if meaning.fault is not None}
        unmatched = {key for key in waiting if matched.meanings[key].fault == UNMATCHED.fault}
        nearest = self._lookalikes({each.name for key in unmatched if (each := waiting[key]).name})
        for key, each in waiting.items():
            ranked = nearest.get(each.name or "", [])
            taken = self._taken(each, ranked) if key in unmatched - answered.keys() else None
            if taken is not None:
                matched.meanings[key] = _read_as(self._agencies[taken.agency], taken.why)
            matched.candidates[key] = self._candidates(each, ranked)
        return matched

    def _by_licence(self, licensed: list[Agency], named: list[Agency], countries: Collection[str]) -> Meaning:
        both = [agency for agency in licensed if agency in named]
        if named and not both:
            return Meaning(fault="agency_conflict", detail=f"{_say(licensed)} and {_say(named)}")
        return _only(_nearest(both or licensed, countries))

    def _lookalikes(self, names: Collection[str]) -> Mapping[str, list[Found]]:
        wanted = sorted(name for name in names if is_name(name))
        if not wanted:
            return {}
        spellings = [
            Spelling(name, place)
            for place, agency in enumerate(self._agencies)
            for name in dict.fromkeys((agency.name, *agency.aliases))
        ]
        return Lookalikes(spellings).nearest(wanted)

    def _taken(self, said: Said, ranked: Sequence[Found]) -> Found | None:
        """The sure one, unless a licence that fits nobody speaks against it, or its country, or people who confirmed
        the spelling for another."""
        if (said.licence and not _is_nobody(said.licence)) or fold_name(said.name or "") in self._aliases:
            return None
        there = [found for found in ranked if _there(self._agencies[found.agency], said.countries)]
        chosen = sure(there)
        return chosen if chosen is None or ranked[0].likeness.score <= chosen.likeness.score else None

    def _candidates(self, said: Said, ranked: Sequence[Found]) -> tuple[AgencyCandidate, ...]:
        licensed = self._licences.get(said.licence or "", [])
        folded = fold_name(said.name or "")
        named, known = self._names.get(folded, []), self._aliases.get(folded, [])
        offered: dict[str, AgencyCandidate] = {}

        def offer(agencies: Sequence[Agency], alike: float, why: str) -> None:
            for agency in sorted(agencies, key=lambda each: not _there(each, said.countries)):
                offered.setdefault(agency.agency_id, _candidate(agency, alike, why, said))

        loose = [] if licensed else self._loose.get(loosened(said.licence or ""), [])
        offer([agency for agency in licensed if agency in named], 100, "licence and name match")
        offer(licensed, 100, "licence matches, name differs" if said.name else "licence matches")
        offer(loose, 100, "licence is the same but for spaces, capitals or strokes")
        offer(named, 100, "name matches, licence differs" if said.licence else "same name")
        offer(known, 100, "this spelling was confirmed for it before")
        here = sorted(
            ranked, key=lambda each: (-each.likeness.score, not _there(self._agencies[each.agency], said.countries))
        )
        for found in here[:SHOWN]:
            if found.likeness.score >= FARTHEST:
                differs = ", licence differs" if said.licence and not _is_nobody(said.licence) else ""
                offer([self._agencies[found.agency]], 100 * found.likeness.score, found.why + differs)
        return tuple(offered.values())[:SHOWN]


def loosened(licence: str) -> str:
    """Without spaces and capitals, and with one stroke for every dash and slash. Leading zeros stay: they count."""
    plain = unicodedata.normalize("NFKC", licence).casefold()
    return STROKES.sub("/", "".join(plain.split()))


def is_name(text: str) -> bool:
    """Does the text name anybody at all?"""
    return bool(fold_name(text)) and not _is_nobody(text)


def _is_nobody(text: str) -> bool:
    return fold_name(text) in NOBODY | {""}


def _there(agency: Agency, countries: Collection[str]) -> bool:
    """Nothing in the row speaks against the agency's country."""
    return not countries or agency.country in countries


def _nearest(agencies: list[Agency], countries: Collection[str]) -> list[Agency]:
    there = [agency for agency in agencies if agency.country in countries]
    return there or agencies


def _only(agencies: list[Agency]) -> Meaning:
    if len(agencies) == 1:
        return Meaning(agencies[0].agency_id)
    return Meaning(fault="ambiguous_agency", detail=_say(agencies))


def _read_as(agency: Agency, why: str) -> Meaning:
    return Meaning(agency.agency_id, fault=READ_AS, detail=f"{_say([agency])}: {why}")


def _candidate(agency: Agency, alike: float, why: str, said: Said) -> AgencyCandidate:
    elsewhere = "" if _there(agency, said.countries) else f", but licensed in {agency.country}"
    return AgencyCandidate(
        agency_id=agency.agency_id,
        name=agency.name,
        licence=agency.licence or None,
        country=agency.country,
        alike=round(alike, 1),
        why=why + elsewhere,
    )


def _say(agencies: Sequence[Agency]) -> str:
    said = [f"{agency.name} ({agency.country} {agency.licence or 'without licence'})" for agency in agencies[:SHOWN]]
    return " or ".join(said) + (" and others" if len(agencies) > SHOWN else "")
