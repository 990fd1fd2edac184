"""Which entries of the registers are one agency? As people decided and as known at a moment; an old id resolves always.

An entry that went into another keeps all its rows under its own id. Whoever reads asks here whose they are.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from schemas.agency import Agency, Merged
from vetting.store.act import Moment
from vetting.store.connect import Cursor
from vetting.store.rows import fetch_rows

INTO = """
SELECT agency_id, arg_max_null(into_id, recorded_at) AS goes_into
FROM desk.agency_merge
WHERE $known_at IS NULL OR recorded_at <= $known_at
GROUP BY agency_id
HAVING arg_max_null(into_id, recorded_at) IS NOT NULL
ORDER BY agency_id
"""
STANDING = """
WITH entries AS (
    SELECT agency_id, name, licence, aliases
    FROM desk.agency
    WHERE $known_at IS NULL OR recorded_at <= $known_at
    QUALIFY row_number() OVER (PARTITION BY agency_id ORDER BY recorded_at DESC) = 1
), newest AS (
    SELECT agency_id, into_id, recorded_at, actor, reason
    FROM desk.agency_merge
    WHERE $known_at IS NULL OR recorded_at <= $known_at
    QUALIFY row_number() OVER (PARTITION BY agency_id ORDER BY recorded_at DESC) = 1
)
SELECT newest.agency_id, entries.name, entries.licence, entries.aliases, newest.into_id, newest.recorded_at,
       newest.actor, newest.reason
FROM newest
JOIN entries ON entries.agency_id = newest.agency_id
WHERE newest.into_id IS NOT NULL
ORDER BY entries.name, newest.agency_id
"""
NAMES = """
SELECT agency_id, arg_max(name, recorded_at) AS name
FROM desk.agency
WHERE agency_id IN (SELECT unnest($agencies)) AND ($known_at IS NULL OR recorded_at <= $known_at)
GROUP BY agency_id
"""
INSERT = """
INSERT INTO desk.agency_merge (agency_id, recorded_at, into_id, actor, reason)
VALUES ($agency_id, $recorded_at, $into_id, $actor, $reason)
"""


def fetch_merged(db: Cursor, known_at: datetime | None = None) -> dict[str, str]:
    """Every entry that is part of another as known at `known_at` (default: now), and the agency that remains: chains
    are followed to their end. Empty as long as nothing was merged."""
    into = dict(db.execute(INTO, {"known_at": known_at}).fetchall())
    return {gone: _end(gone, into) for gone in into}


def resolve(db: Cursor, agency_id: str, known_at: datetime | None = None) -> str:
    """The agency that answers for this id: itself, or the one it went into."""
    return fetch_merged(db, known_at).get(agency_id, agency_id)


def fetch_gone(db: Cursor, known_at: datetime | None = None) -> list[str]:
    """The entries that are part of another agency as known at `known_at`: lists show that one alone."""
    return list(fetch_merged(db, known_at))


def members(merged: Mapping[str, str], agencies: Iterable[str]) -> list[str]:
    """These agencies with every entry that went into one of them."""
    wanted = set(agencies)
    return sorted(wanted | {gone for gone, remains in merged.items() if remains in wanted})


def entries_of(db: Cursor, agency_id: str | None, known_at: datetime | None = None) -> list[str] | None:
    """The ids under which rows about one agency are kept, its own and those that went into it; None asks for all."""
    if agency_id is None:
        return None
    merged = fetch_merged(db, known_at)
    return members(merged, [merged.get(agency_id, agency_id)])


def resolved(rows: Sequence[dict[str, Any]], merged: Mapping[str, str]) -> list[dict[str, Any]]:
    """Rows with an agency_id, each about the agency that remains."""
    if not merged:
        return list(rows)
    return [row | {"agency_id": merged.get(row["agency_id"], row["agency_id"])} for row in rows]


def fetch_standing(db: Cursor, known_at: datetime | None = None) -> list[Merged]:
    """Every entry that is part of another as known at `known_at` (default: now), by name; `into_id` is the agency that
    remains."""
    merged = fetch_merged(db, known_at)
    if not merged:
        return []
    return [each.model_copy(update={"into_id": merged[each.agency_id]}) for each in _standing(db, known_at)]


def fetch_recorded_as(db: Cursor, agency_id: str) -> Merged | None:
    """What became of an old id; None for one that is its own agency."""
    return next((each for each in fetch_standing(db) if each.agency_id == agency_id), None)


def recorded_as(db: Cursor, known_at: datetime | None = None) -> dict[str, str]:
    """By old id, the words that say what had become of it by `known_at` (default: now)."""
    standing = fetch_standing(db, known_at)
    values = {"agencies": [each.into_id for each in standing], "known_at": known_at}
    names = dict(db.execute(NAMES, values).fetchall()) if standing else {}
    return {
        each.agency_id: f"Recorded as {each.name}{f' ({each.licence})' if each.licence else ''} until "
        f"{each.recorded_at:%Y-%m-%d}, now {names[each.into_id]}"
        for each in standing
    }


def fetch_joined_at(db: Cursor, agency_id: str) -> datetime | None:
    """When the newest of the entries that are one agency with this one joined it; None when there is no other."""
    remains = resolve(db, agency_id)
    return max((each.recorded_at for each in fetch_standing(db) if each.into_id == remains), default=None)


def with_former_names(
    db: Cursor, rows: Sequence[dict[str, Any]], known_at: datetime | None = None
) -> list[dict[str, Any]]:
    """Register rows (agency_id, name, aliases as stored) with the names and licences of what went into them."""
    former: dict[str, list[str]] = defaultdict(list)
    for each in fetch_standing(db, known_at):
        former[each.into_id] += [each.name, *each.aliases, *([each.licence] if each.licence else [])]
    if not former:
        return list(rows)
    return [
        row | {"aliases": "|".join(more_names(row["name"], row["aliases"].split("|"), former[row["agency_id"]]))}
        if row["agency_id"] in former
        else row
        for row in rows
    ]


def joined(agencies: Iterable[Agency], merged: Mapping[str, str]) -> list[Agency]:
    """Only the agencies that remain, each with the ids, licences and names of the entries that went into it."""
    entries = list(agencies)
    gone: dict[str, list[Agency]] = defaultdict(list)
    for entry in entries:
        if entry.agency_id in merged:
            gone[merged[entry.agency_id]].append(entry)
    return [_with(entry, gone[entry.agency_id]) for entry in entries if entry.agency_id not in merged]


def more_names(name: str, aliases: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    """All other names, each once."""
    return tuple(dict.fromkeys(each for each in (*aliases, *others) if each and each != name))


def insert_merge(moment: Moment, agency_id: str, into_id: str | None, *, actor: str, reason: str) -> None:
    """`into_id` None splits it off again."""
    values = {"agency_id": agency_id, "into_id": into_id, "actor": actor, "reason": reason}
    moment.db.execute(INSERT, values | {"recorded_at": moment.recorded_at})


def _with(agency: Agency, gone: Collection[Agency]) -> Agency:
    if not gone:
        return agency
    names = [name for entry in gone for name in (entry.name, *entry.aliases)]
    return agency.model_copy(
        update={
            "aliases": more_names(agency.name, agency.aliases, names),
            "merged_ids": tuple(entry.agency_id for entry in gone),
            "merged_licences": tuple(dict.fromkeys(entry.licence for entry in gone if entry.licence)),
        }
    )


def _standing(db: Cursor, known_at: datetime | None) -> list[Merged]:
    rows = fetch_rows(db, STANDING, {"known_at": known_at})
    return [Merged.model_validate(row | {"aliases": tuple(filter(None, row["aliases"].split("|")))}) for row in rows]


def _end(agency_id: str, into: Mapping[str, str]) -> str:
    """Cycles are refused when a merge is written, so every chain ends."""
    while agency_id in into:
        agency_id = into[agency_id]
    return agency_id
