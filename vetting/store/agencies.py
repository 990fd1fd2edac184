"""Which agencies there are, as the licence registers know them; every version of each is kept.

An agency is the one licence number in its country. Where a register gives no number, it is the one folded name among
the agencies of that country without a number.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import polars as pl

from schemas.agency import Agency
from schemas.codes import Action, Role, Via
from schemas.register import ImportResult
from schemas.trail import Entry
from schemas.viewer import Viewer
from vetting.disclosure.roles import require
from vetting.ids import new_id
from vetting.names import fold_name
from vetting.refusals import NotFound, Refusal
from vetting.registers import Listing, read_register
from vetting.store.act import Moment, NothingNew, act
from vetting.store.connect import Cursor, Store
from vetting.store.merges import fetch_merged, joined

COLUMNS = "agency_id, register, licence, name, country, status, valid_from, valid_until, address, aliases, deployed_12m"
NEWEST = f"""
SELECT {COLUMNS}
FROM desk.agency
WHERE ($known_at IS NULL OR recorded_at <= $known_at)
  AND ($agency_id IS NULL OR agency_id = $agency_id)
QUALIFY row_number() OVER (PARTITION BY agency_id ORDER BY recorded_at DESC) = 1
ORDER BY name, agency_id
"""
VERSIONS = f"SELECT {COLUMNS}, recorded_at FROM desk.agency WHERE agency_id = $agency_id ORDER BY recorded_at"
INSERT = f"""
INSERT INTO desk.agency ({COLUMNS}, recorded_at)
SELECT {COLUMNS}, $recorded_at
FROM register_rows
ORDER BY agency_id
"""

TYPED: dict[str, Any] = {"valid_from": pl.Date, "valid_until": pl.Date, "deployed_12m": pl.Int64}

Key = tuple[str, str, str]  # country, licence, folded name where there is no licence


def fetch_agencies(db: Cursor, known_at: datetime | None = None) -> list[Agency]:
    """Every agency as known at `known_at` (default: now), by name; entries that went into another stand with it."""
    return joined(_entries(db, known_at, None), fetch_merged(db, known_at))


def fetch_agency(db: Cursor, agency_id: str, known_at: datetime | None = None) -> Agency:
    """One agency, by its own id or by one that went into it; NotFound when there is none of this id."""
    merged = fetch_merged(db, known_at)
    remains = merged.get(agency_id, agency_id)
    found = joined(_entries(db, known_at, None if remains in merged.values() else remains), merged)
    found = [agency for agency in found if agency.agency_id == remains]
    if not found:
        raise NotFound(f"There is no agency {agency_id!r}. `agencies list` and the register show which there are.")
    return found[0]


def fetch_versions(db: Cursor, agency_id: str) -> list[tuple[datetime, Agency]]:
    """What the registers have said of one entry, oldest first, each with the moment it was learned."""
    rows = db.execute(VERSIONS, {"agency_id": agency_id}).fetchall()
    return [(row[-1], _agency(row[:-1])) for row in rows]


def import_register(
    store: Store,
    viewer: Viewer,
    data: bytes,
    register: str,
    *,
    columns: Mapping[str, str] | None = None,
    country: str | None = None,
    file_name: str = "register.csv",
    via: Via,
    now: datetime,
) -> ImportResult:
    """Add and update agencies from a CSV register, in one act; a file that changes nothing is no act.

    `columns` maps ours to theirs ({"licence": "rlno"}) before their headers are understood by synonym; `country` is
    for rows that name none. Only an agency whose description changed gets a new version. A column the file does not
    have says nothing, so what was known stays; an empty cell says that it is not known. Raises Refusal when the file
    cannot be read or lacks a column that is needed; rows that cannot be taken come back as problems.
    """
    require(viewer, Role.ADMIN)
    if not register.strip():
        raise Refusal("A register needs a name, such as --register bd-bmet.")
    listing = read_register(data, file_name, columns=columns, country=country)

    def deed(moment: Moment) -> tuple[Entry, ImportResult]:
        fresh, result = _compared(listing, register.strip(), _entries(moment.db, None, None))
        if not fresh:
            raise NothingNew(result)
        _insert(moment, fresh)
        kept = result.model_dump(mode="json", exclude={"register", "problems"})
        return Entry(action=Action.AGENCIES_IMPORT, subject=register.strip(), after=kept | {"file": file_name}), result

    return act(store, deed, actor=viewer.actor, via=via, now=now)


def _compared(listing: Listing, register: str, known: Sequence[Agency]) -> tuple[list[Agency], ImportResult]:
    """The versions to append, and the count of everything."""
    by_key = {_key(agency.country, agency.licence, agency.name): agency for agency in known}
    fresh, added, changed = [], 0, 0
    for said in listing.rows:
        before = by_key.get(_key(said["country"], said["licence"], said["name"]))
        agency = (
            Agency.model_validate({"agency_id": new_id(), "status": "unknown", "register": register} | said)
            if before is None
            else Agency.model_validate(before.model_dump() | {"register": register} | said)
        )
        if agency != before:
            fresh.append(agency)
            added, changed = added + (before is None), changed + (before is not None)
    return fresh, ImportResult(
        register=register,
        rows=listing.total,
        added=added,
        changed=changed,
        unchanged=len(listing.rows) - added - changed,
        repeated=listing.repeated,
        unusable=listing.unusable,
        problems=listing.problems,
    )


def _key(country: str, licence: str, name: str) -> Key:
    return country, licence, "" if licence else fold_name(name)


def _insert(moment: Moment, agencies: Sequence[Agency]) -> None:
    told = set(COLUMNS.split(", "))
    rows = [
        agency.model_dump(mode="python", include=told) | {"aliases": "|".join(agency.aliases)} for agency in agencies
    ]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS.split(", "), pl.String) | TYPED)
    moment.db.register("register_rows", frame.to_arrow())
    try:
        moment.db.execute(INSERT, {"recorded_at": moment.recorded_at})
    finally:
        moment.db.unregister("register_rows")


def _entries(db: Cursor, known_at: datetime | None, agency_id: str | None) -> list[Agency]:
    """As the registers list them, whatever was merged: an import goes on describing each entry by itself."""
    rows = db.execute(NEWEST, {"known_at": known_at, "agency_id": agency_id}).fetchall()
    return [_agency(row) for row in rows]


def _agency(row: tuple[object, ...]) -> Agency:
    values = dict(zip(COLUMNS.split(", "), row, strict=True))
    values["aliases"] = tuple(alias for alias in str(values["aliases"]).split("|") if alias)
    return Agency.model_validate(values)
