"""Who may sign in, and as what."""

from datetime import datetime

from schemas.codes import Action, Role, Via
from schemas.person import Member
from schemas.trail import Entry
from schemas.viewer import Viewer
from vetting.disclosure.roles import require
from vetting.refusals import NotFound, Refusal
from vetting.store.act import Moment, act
from vetting.store.connect import Cursor, Store
from vetting.store.partners import fetch_partner
from vetting.store.settings import fetch_settings

COLUMNS = "email, name, role, organisation, state"
NEWEST = f"""
SELECT {COLUMNS}
FROM desk.member
QUALIFY row_number() OVER (PARTITION BY email ORDER BY recorded_at DESC) = 1
ORDER BY email
"""
INSERT = """
INSERT INTO desk.member (email, recorded_at, name, role, organisation, state)
VALUES ($email, $recorded_at, $name, $role, $organisation, $state)
"""


def fetch_member(db: Cursor, email: str) -> Member | None:
    """The member signing in with this address (capitals do not matter), suspended or not; None when unknown."""
    return next((member for member in _members(db) if member.email == _folded(email)), None)


def fetch_members(db: Cursor, viewer: Viewer) -> list[Member]:
    """All members, by address, for administrators."""
    require(viewer, Role.ADMIN)
    return _members(db)


def fetch_sample_persons(db: Cursor) -> list[Member]:
    """Active members of a sample database, for its marked choice of persons; nobody in any other."""
    return [member for member in _members(db) if member.state == "active"] if fetch_settings(db).sample else []


def add_member(
    store: Store,
    viewer: Viewer,
    *,
    email: str,
    name: str,
    role: Role,
    organisation: str,
    via: Via,
    now: datetime,
) -> Member:
    """Let a person sign in, or change what a member is; a suspended member is active again.

    A partner's member belongs to a registered partner: `organisation` is its code.
    """
    require(viewer, Role.ADMIN)
    address = _folded(email)
    if address.count("@") != 1 or address.startswith("@") or address.endswith("@") or " " in address:
        raise Refusal(f"{email!r} is no e-mail address.")
    if role is Role.PUBLIC:
        raise Refusal("Everybody may read the public pages: `public` is no role for a member.")
    wanted = Member(email=address, name=name.strip() or address, role=role, organisation=organisation.strip())

    def deed(moment: Moment) -> tuple[Entry, Member]:
        if role is Role.PARTNER:
            fetch_partner(moment.db, wanted.organisation)
        before = fetch_member(moment.db, address)
        if before == wanted:
            raise Refusal(f"{address} is a member already, as {role} of {wanted.organisation or 'no organisation'}.")
        return _append(moment, Action.MEMBER_ADD, before, wanted), wanted

    return act(store, deed, actor=viewer.actor, via=via, now=now)


def suspend_member(store: Store, viewer: Viewer, email: str, *, reason: str | None, via: Via, now: datetime) -> Member:
    """Stop a member from signing in. Adding the member again lifts it."""
    require(viewer, Role.ADMIN)

    def deed(moment: Moment) -> tuple[Entry, Member]:
        before = fetch_member(moment.db, email)
        if before is None:
            raise NotFound(f"There is no member {email!r}. `members list` shows who there is.")
        if before.state == "suspended":
            raise Refusal(f"{before.email} is suspended already.")
        after = before.model_copy(update={"state": "suspended"})
        return _append(moment, Action.MEMBER_SUSPEND, before, after, reason), after

    return act(store, deed, actor=viewer.actor, via=via, now=now)


def _append(moment: Moment, action: Action, before: Member | None, after: Member, reason: str | None = None) -> Entry:
    moment.db.execute(INSERT, after.model_dump(mode="json") | {"recorded_at": moment.recorded_at})
    return Entry(
        action=action,
        subject=after.email,
        before=None if before is None else before.model_dump(mode="json"),
        after=after.model_dump(mode="json"),
        reason=reason,
    )


def _members(db: Cursor) -> list[Member]:
    rows = db.execute(NEWEST).fetchall()
    return [Member.model_validate(dict(zip(COLUMNS.split(", "), row, strict=True))) for row in rows]


def _folded(email: str) -> str:
    return email.strip().casefold()
