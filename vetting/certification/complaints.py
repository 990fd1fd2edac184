"""Anybody complains about an agency, without signing in, and asks later what became of it with two codes.

Nobody's name is asked for, and a text that seems to name somebody is refused. What was written never reaches the trail.
"""

import hashlib
import hmac
import secrets
import unicodedata
from datetime import date, datetime

from schemas.agency import Agency
from schemas.codes import Action, Role, Via
from schemas.complaint import LONGEST_TEXT, Complaint, Draft, Receipt, Told
from schemas.lookup import countries
from schemas.trail import Entry
from schemas.viewer import Viewer
from vetting.certification.complaint_clock import month_of
from vetting.certification.complaint_rate import count
from vetting.certification.reviewers import folded
from vetting.disclosure.roles import require
from vetting.ids import new_id
from vetting.intake.personal_spots import require_unnamed
from vetting.refusals import NotPermitted, Refusal
from vetting.store import Moment, Store, act
from vetting.store.agencies import fetch_agency
from vetting.store.complaints import insert_complaint

SOMEBODY = "public"  # the trail's actor of what was done without signing in
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no letter looks like a digit
MISREAD = str.maketrans("OIL", "011")
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # of Unicode: they reverse what follows
REFERENCE, SECRET = 8, 16  # signs: 40 bits name a complaint, 80 bits open it
SHORTEST_TEXT = 10  # characters; assumed: less says nothing
LONGEST_AGO = 600  # months; assumed


def file_complaint(
    store: Store, viewer: Viewer, draft: Draft, *, visit: str, via: Via, now: datetime, today: date
) -> Receipt:
    """Keep a complaint for the reviewers, and give its two codes, of which the second is kept as a hash alone.

    Whoever has not signed in is nobody to the trail, and counted against the limits by `visit`. A reviewer may write
    down what somebody says by telephone or letter. Raises Refusal for a text that names a person or says nothing,
    TooMany at a limit, NotFound for an agency that no register names, NotPermitted for other roles.
    """
    require(viewer, Role.PUBLIC, Role.REVIEWER)
    taken_by = _writer(viewer)
    text = plain(draft.text)
    _check(draft, text, today)
    reference, secret = _code(REFERENCE), _code(SECRET)

    def deed(moment: Moment) -> tuple[Entry, Receipt]:
        agency = fetch_agency(moment.db, draft.agency_id)
        require_unnamed(text, "This complaint", own_names(agency))
        if taken_by is None:
            count(moment, visit)
        complaint = Complaint(
            complaint_id=new_id(),
            recorded_at=moment.recorded_at,
            agency_id=agency.agency_id,
            subject=draft.subject,
            received_in=month_of(today),
            reference=reference,
            taken_by=taken_by,
        )
        told = Told.model_validate(
            draft.model_dump(include=set(Told.model_fields) - {"text"})
            | {"complaint_id": complaint.complaint_id, "text": text}
        )
        insert_complaint(moment.db, complaint, told, secret_hash(reference, secret))
        after = {"agency": agency.agency_id, "subject": draft.subject.value}
        receipt = Receipt(complaint_id=complaint.complaint_id, reference=reference, secret=secret)
        return Entry(action=Action.COMPLAINT_FILE, subject=complaint.complaint_id, after=after), receipt

    return act(store, deed, actor=taken_by or SOMEBODY, via=via, now=now)


def own_names(agency: Agency) -> tuple[str, ...]:
    """What may be written of the agency itself, though a person could be called so."""
    return (agency.name, *agency.aliases)


def plain(text: str) -> str:
    """Without signs that steer a screen, and with one kind of line end. Joiners stay: scripts are written with them."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    steering = {sign for sign in set(lines) if unicodedata.category(sign) == "Cc" or sign in TURNING}
    return "".join(sign for sign in lines if sign == "\n" or sign not in steering).strip()


def secret_hash(reference: str, secret: str) -> str:
    """SHA-256 suffices: nobody chooses these codes, and 80 random bits are not guessed."""
    return hashlib.sha256(f"{reference}\n{secret}".encode()).hexdigest()


def opens(reference: str, secret: str, kept: str) -> bool:
    return hmac.compare_digest(secret_hash(reference, secret), kept)


def as_code(typed: str) -> str:
    """What somebody typed or read out, as the code it stands for."""
    return "".join(sign for sign in typed.upper().translate(MISREAD) if sign in SIGNS)


def grouped(code: str) -> str:
    """In fours, to be copied by hand: 7K4M-92QD."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def _writer(viewer: Viewer) -> str | None:
    if viewer.role is Role.PUBLIC:
        return None
    if not folded(viewer.actor):
        raise NotPermitted("Whoever writes down a complaint for somebody does so under a name: give --actor.")
    return folded(viewer.actor)


def _check(draft: Draft, text: str, today: date) -> None:
    if len(text) < SHORTEST_TEXT:
        raise Refusal("Write what happened, in a sentence or more: nobody can look into a complaint that says nothing.")
    if len(text) > LONGEST_TEXT:
        raise Refusal(
            f"This is {len(text):,} characters long; {LONGEST_TEXT:,} are the most. Leave out what is less important."
        )
    month = draft.happened_in
    if month is not None and (month.day != 1 or month > today or (today - month).days > LONGEST_AGO * 31):
        raise Refusal("When it happened is a month, and not one that is still to come.")
    unknown = [code for code in (draft.origin, draft.destination) if code is not None and code not in countries()]
    if unknown:
        raise Refusal(f"{unknown[0]!r} is no country's code. Write it as NPL.")


def _code(length: int) -> str:
    return "".join(secrets.choice(SIGNS) for _ in range(length))
