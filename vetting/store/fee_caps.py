"""Which legal rules on fees are there, as known at a moment: the reference, and what administrators added to it."""

from collections.abc import Sequence
from datetime import datetime

from schemas.codes import Action, Role, Via
from schemas.fee_cap import CapsAdded, FeeCap, fee_caps
from schemas.trail import Entry
from schemas.viewer import Viewer
from vetting.cap_file import read_caps
from vetting.disclosure.roles import require
from vetting.store.act import Moment, NothingNew, act
from vetting.store.connect import Cursor, Store
from vetting.store.rows import fetch_records

COLUMNS = ", ".join(FeeCap.model_fields)
ADDED = f"""
SELECT {COLUMNS}
FROM desk.fee_cap
WHERE $known_at IS NULL OR recorded_at <= $known_at
QUALIFY row_number() OVER (PARTITION BY rule ORDER BY recorded_at DESC) = 1
ORDER BY rule
"""
NEWEST = "SELECT max(recorded_at) AS newest FROM desk.fee_cap"
INSERT = f"""
INSERT INTO desk.fee_cap ({COLUMNS}, recorded_at, actor)
VALUES ({", ".join(f"${name}" for name in FeeCap.model_fields)}, $recorded_at, $actor)
"""


def fetch_caps(db: Cursor, known_at: datetime | None = None) -> tuple[FeeCap, ...]:
    """The rules of the reference in their order, each replaced by the newest added under its name as known at
    `known_at` (default: now), then the others by their names."""
    rules = {cap.rule: cap for cap in fee_caps()}
    rules |= {cap.rule: cap for cap in fetch_records(db, FeeCap, ADDED, {"known_at": known_at})}
    return tuple(rules.values())


def newest_cap_added(db: Cursor) -> datetime | None:
    """Two equal answers mean that no rule was added in between."""
    [(newest,)] = db.execute(NEWEST).fetchall()
    return newest if isinstance(newest, datetime) else None


def add_caps(store: Store, viewer: Viewer, data: bytes, file_name: str, *, via: Via, now: datetime) -> CapsAdded:
    """Add the rules of a file, in one act; with any problem nothing is taken, and what is known already is left out.

    Stored comparisons stay as they are; reports stored from now on are compared with the new rules. Raises
    NotPermitted, and Refusal when the file cannot be read or lacks a column.
    """
    require(viewer, Role.ADMIN)

    def deed(moment: Moment) -> tuple[Entry, CapsAdded]:
        fresh, result = _compared(fetch_caps(moment.db), data, file_name)
        if not fresh:
            raise NothingNew(result)
        for cap in fresh:
            row = cap.model_dump() | {"includes": "|".join(cap.includes)}
            moment.db.execute(INSERT, row | {"recorded_at": moment.recorded_at, "actor": viewer.actor})
        kept = result.model_dump(mode="json", exclude={"problems"}) | {"rules": [cap.rule for cap in fresh]}
        return Entry(action=Action.CAPS_ADD, subject=file_name, after=kept), result

    return act(store, deed, actor=viewer.actor, via=via, now=now)


def _compared(known: Sequence[FeeCap], data: bytes, file_name: str) -> tuple[list[FeeCap], CapsAdded]:
    """The rules to append, and the count of everything."""
    listing = read_caps(data, file_name, known=known)
    if listing.problems:
        return [], CapsAdded(rows=listing.total, added=0, replaced=0, unchanged=0, problems=listing.problems)
    before = {cap.rule: cap for cap in known}
    fresh = [cap for cap in listing.caps if before.get(cap.rule) != cap]
    replaced = sum(cap.rule in before for cap in fresh)
    return fresh, CapsAdded(
        rows=listing.total,
        added=len(fresh) - replaced,
        replaced=replaced,
        unchanged=listing.total - len(fresh),
    )
