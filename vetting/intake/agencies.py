"""Which agency of the register does a row mean? By licence, else by exact name or alias; else a person decides."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from schemas.agency import Agency
from vetting.intake.meaning import Meaning
from vetting.names import fold_name

SHOWN = 3  # agencies named in a question; assumed enough to choose from


class Register:
    """The agencies as they can be looked up. Names are compared folded (vetting.names); licences as they are."""

    def __init__(self, agencies: Sequence[Agency]) -> None:
        self._licences: dict[str, list[Agency]] = defaultdict(list)
        self._names: dict[str, list[Agency]] = defaultdict(list)
        self._ids = {agency.agency_id for agency in agencies}
        for agency in agencies:
            if agency.licence:
                self._licences[agency.licence.strip()].append(agency)
            for name in {fold_name(name) for name in (agency.name, *agency.aliases)} - {""}:
                self._names[name].append(agency)

    def confirmed(self, agency_id: str) -> Meaning:
        """What the partner said a row means; an agency that is no more is asked about again."""
        return Meaning(agency_id) if agency_id in self._ids else Meaning(fault="unmatched_agency")

    def match(self, licence: str | None, name: str | None, countries: Collection[str]) -> Meaning:
        """`countries`: the row's origin and destination; they decide between agencies that share a licence or name."""
        licensed = self._licences.get(licence, []) if licence else []
        named = self._names.get(fold_name(name), []) if name else []
        if licensed:
            return self._by_licence(licensed, named, countries)
        if named:
            return _only(_nearest(named, countries))
        return Meaning(fault="unmatched_agency")

    def _by_licence(self, licensed: list[Agency], named: list[Agency], countries: Collection[str]) -> Meaning:
        both = [agency for agency in licensed if agency in named]
        if named and not both:
            return Meaning(fault="agency_conflict", detail=f"{_say(licensed)} and {_say(named)}")
        return _only(_nearest(both or licensed, countries))


def _nearest(agencies: list[Agency], countries: Collection[str]) -> list[Agency]:
    there = [agency for agency in agencies if agency.country in countries]
    return there or agencies


def _only(agencies: list[Agency]) -> Meaning:
    if len(agencies) == 1:
        return Meaning(agencies[0].agency_id)
    return Meaning(fault="ambiguous_agency", detail=_say(agencies))


def _say(agencies: list[Agency]) -> str:
    said = [f"{agency.name} ({agency.country} {agency.licence or 'without licence'})" for agency in agencies[:SHOWN]]
    return " or ".join(said) + (" and others" if len(agencies) > SHOWN else "")
