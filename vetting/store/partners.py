"""Who sends fee reports: partners and their kinds, kept as known at any moment."""

import re
from datetime import datetime

from schemas.codes import Action, PartnerKind, Role, Via
from schemas.person import Partner
from schemas.trail import Entry
from schemas.viewer import Viewer
from vetting.disclosure.roles import require
from vetting.refusals import NotFound, Refusal
from vetting.store.act import Moment, act
from vetting.store.connect import Cursor, Store

COLUMNS = "partner, kind, name"
NEWEST = f"""
SELECT {COLUMNS}
FROM desk.partner
WHERE $known_at IS NULL OR recorded_at <= $known_at
QUALIFY row_number() OVER (PARTITION BY partner ORDER BY recorded_at DESC) = 1
ORDER BY partner
"""
INSERT = "INSERT INTO desk.partner (partner, recorded_at, kind, name) VALUES ($partner, $recorded_at, $kind, $name)"
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


def fetch_partners(db: Cursor, known_at: datetime | None = None) -> list[Partner]:
    """Every partner as known at `known_at` (default: now), by code."""
    rows = db.execute(NEWEST, {"known_at": known_at}).fetchall()
    return [Partner.model_validate(dict(zip(COLUMNS.split(", "), row, strict=True))) for row in rows]


def fetch_partner(db: Cursor, partner: str, known_at: datetime | None = None) -> Partner:
    """One partner by code; NotFound with the codes there are."""
    known = {found.partner: found for found in fetch_partners(db, known_at)}
    if partner not in known:
        there = f"Known are: {', '.join(known)}." if known else "None is registered yet."
        raise NotFound(f"There is no partner {partner!r}. {there} Register one with `partners add`.")
    return known[partner]


def add_partner(
    store: Store, viewer: Viewer, *, partner: str, kind: PartnerKind, name: str, via: Via, now: datetime
) -> Partner:
    """Register a partner, or append a new kind or name to one. A changed kind counts from this moment on."""
    require(viewer, Role.ADMIN)
    if CODE.fullmatch(partner) is None:
        raise Refusal(
            f"{partner!r} cannot be a partner's code: use up to 64 letters, digits, points, hyphens and underscores."
        )
    if not name.strip():
        raise Refusal("A partner needs a name.")
    wanted = Partner(partner=partner, kind=kind, name=name.strip())

    def deed(moment: Moment) -> tuple[Entry, Partner]:
        before = next((found for found in fetch_partners(moment.db) if found.partner == partner), None)
        if before == wanted:
            raise Refusal(f"{partner} is registered already, with this kind and name.")
        moment.db.execute(INSERT, wanted.model_dump(mode="json") | {"recorded_at": moment.recorded_at})
        entry = Entry(
            action=Action.PARTNER_ADD,
            subject=partner,
            before=None if before is None else before.model_dump(mode="json"),
            after=wanted.model_dump(mode="json"),
        )
        return entry, wanted

    return act(store, deed, actor=viewer.actor, via=via, now=now)
