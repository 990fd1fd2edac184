"""Whose word counts when a spelling was confirmed, and what does a file's sending confirm?

An alias counts for the partner that confirmed it at once. For everybody it counts when two partners that do not report
on themselves have confirmed the same: the mistake of one must not mislead all.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from vetting.intake.agencies import is_name
from vetting.intake.checked import Checked
from vetting.intake.lexicon import BETWEEN
from vetting.names import fold_name
from vetting.scoring.tally import SELF_DECLARED
from vetting.store.agencies import fetch_agencies
from vetting.store.aliases import fetch_aliases
from vetting.store.connect import Cursor
from vetting.store.partners import fetch_partners

TOGETHER = 2  # partners whose word counts for everybody; assumed


def known_aliases(db: Cursor, partner: str | None, known_at: datetime | None = None) -> Mapping[str, Collection[str]]:
    """The spellings that count for a partner (None: for everybody), folded, each with the agencies it was confirmed
    for. With more than one agency it is asked about again."""
    alone = {each.partner for each in fetch_partners(db, known_at) if each.kind in SELF_DECLARED}
    said: dict[tuple[str, str], set[str]] = defaultdict(set)
    for alias in fetch_aliases(db, known_at):
        said[alias.folded, alias.agency_id].add(alias.partner)
    counting: dict[str, set[str]] = defaultdict(set)
    for (folded, agency_id), partners in said.items():
        if partner in partners or len(partners - alone) >= TOGETHER:
            counting[folded].add(agency_id)
    return counting


def confirmed_spellings(db: Cursor, checked: Checked) -> Mapping[tuple[str, str], str]:
    """What the partner's answers confirm: a folded name and an agency's id, to the name as written.

    Never a licence, and never what a register itself calls an agency.
    """
    answers, read = checked.answers.agencies, checked.lexicon.frames.get("agency_id")
    if not answers or read is None:
        return {}
    agencies = fetch_agencies(db)
    ids = {agency.agency_id for agency in agencies}
    own = {fold_name(name) for agency in agencies for name in (agency.name, *agency.aliases)}
    confirmed: dict[tuple[str, str], str] = {}
    for key in set(read["text"]) & answers.keys():
        _, name, *_ = key.split(BETWEEN)
        folded = fold_name(name)
        if is_name(name) and folded not in own and answers[key] in ids:
            confirmed.setdefault((folded, answers[key]), name)
    return dict(sorted(confirmed.items()))
