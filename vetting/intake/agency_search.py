"""Which agencies of the register may somebody mean who types this? For the partner who looks for one by hand."""

from collections.abc import Sequence

from rapidfuzz import fuzz, process

from schemas.agency import Agency
from vetting.names import fold_name

FOUND = 10  # agencies offered; assumed enough to see that the right one is not there
ALIKE = 60.0  # rapidfuzz score from which a name is offered; assumed


def find_agencies(agencies: Sequence[Agency], typed: str, limit: int = FOUND) -> list[Agency]:
    """Those whose licence holds what was typed, then those whose name or alias is most like it."""
    licence, name = typed.strip().casefold(), fold_name(typed)
    if not licence:
        return []
    licensed = [agency for agency in agencies if licence in agency.licence.casefold()]
    spelled = [(fold_name(spelling), place) for place, agency in enumerate(agencies)
               for spelling in (agency.name, *agency.aliases)]  # fmt: skip
    alike = process.extract(
        name, [text for text, _ in spelled], scorer=fuzz.WRatio, limit=3 * limit, score_cutoff=ALIKE
    )
    found = [*licensed, *(agencies[spelled[place][1]] for _, _, place in alike)]
    return list({agency.agency_id: agency for agency in found}.values())[:limit]
