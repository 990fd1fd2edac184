"""Who is at the desk, what time it is, which store is open, and what this visit remembers. Nothing else keeps state.

Everything here is safe in a page that was opened first, alone, on a server that has only just started.
"""

import ipaddress
import json
import secrets
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, Literal, NamedTuple
from zoneinfo import ZoneInfo

import streamlit as st

from pages.parts import door
from schemas.codes import Role
from schemas.person import Member
from schemas.viewer import PUBLIC, Viewer
from vetting import server
from vetting.store import Cursor, Store
from vetting.store.members import fetch_member, fetch_sample_persons
from vetting.store.settings import fetch_settings

SignIn = Literal["openid", "sample"]
SAMPLE_PERSON = "sample_person"
COOKIE = "fair_passage_sample_person"
OPEN_REPORT = "open_report"
OPEN_COMPLAINT = "open_complaint"
COMPLAINT_RECEIPT = "complaint_receipt"
WHILE_LOOKED_AT = (OPEN_REPORT, OPEN_COMPLAINT, COMPLAINT_RECEIPT)


class Person(NamedTuple):
    """Somebody who said who they are. `member` is None when that gives them no more than a visitor has."""

    email: str
    member: Member | None
    why_visitor: str

    @property
    def name(self) -> str:
        return self.member.name if self.member else self.email


def store() -> Store:
    """The one store of this process."""
    return server.store()


def db() -> Cursor:
    """A cursor of this run's own: a DuckDB connection must not be shared between threads."""
    return store().cursor()


def now() -> datetime:
    """This moment, UTC without a zone, as everything below the pages takes it."""
    return datetime.now(UTC).replace(tzinfo=None)


def today() -> date:
    """Today is a day where the operating body works: the setting `time_zone`."""
    return datetime.now(ZoneInfo(fetch_settings(db()).time_zone)).date()


# What a visit remembers, under our own keys: widgets forget when their page is left.


def recall(key: str, default: Any = None) -> Any:
    return st.session_state.get(f"kept_{key}", default)


def keep(key: str, value: Any) -> None:
    st.session_state[f"kept_{key}"] = value


def seen(subject: str, now: int) -> int:
    """What was on the screen when the person acted: the run that carries an act out has read the case anew already."""
    return int(recall(f"seen_{subject}", now))


def show(subject: str, now: int) -> None:
    """Remember what this run shows of a case, at its end; for `seen`."""
    keep(f"seen_{subject}", now)


def forget(*keys: str) -> None:
    for key in keys:
        st.session_state.pop(f"kept_{key}", None)


def visit() -> str:
    """A random number of this visit's own: it is held in memory alone, and leads to no person."""
    if recall("visit") is None:
        keep("visit", secrets.token_hex(16))
    return str(recall("visit"))


def arrive(page: str) -> None:
    """Somebody comes to a page: what was kept only while the page before was looked at is forgotten."""
    if recall("page") != page:
        forget(*WHILE_LOOKED_AT)
        keep("page", page)


def picked(key: str) -> Any:
    """What was just chosen in the widget of this key; for its callback, which runs before the page does."""
    return st.session_state.get(key)


def say(message: str) -> None:
    """Something done, to be said on the next run."""
    keep("said", message)


def say_what_was_done() -> None:
    """Say it, once."""
    if message := recall("said"):
        forget("said")
        st.toast(message, icon=":material/check:", duration="long")


# Who it is.


def is_sample() -> bool:
    """Whether this is the sample database: an invented country, nobody's real data."""
    return fetch_settings(db()).sample


def sign_in_way() -> SignIn | None:
    """OpenID where it is configured; the sample persons only on the sample database, only on loopback; else none."""
    if _openid():
        return "openid"
    return "sample" if is_sample() and _is_loopback(st.get_option("server.address")) else None


def person() -> Person | None:
    """Who signed in, if anybody did, and whether that person is an active member now."""
    email, verified = _claimed()
    if not email:
        return None
    if not verified:
        return Person(email, None, f"Your provider has not verified {email}, so we cannot take it for you.")
    member = fetch_member(db(), email)
    if member is None:
        return Person(email, None, f"{email} is not a member here. An administrator can add you.")
    if member.state != "active":
        return Person(email, None, f"The membership of {email} is suspended. An administrator can tell you why.")
    return Person(email, member, "")


def viewer() -> Viewer:
    """How the data layer knows this person: whoever is not an active member is the public."""
    who = person()
    if who is None or who.member is None:
        return PUBLIC
    return Viewer(role=who.member.role, organisation=who.member.organisation, actor=who.member.email)


def require_role(*roles: Role) -> Viewer:
    """The page's lock: let these roles in, and end the run politely, with a way on, for everybody else."""
    asking = viewer()
    if asking.role not in roles:
        who = person()
        door.turn_away(roles, asking.role, who.why_visitor if who else "")
        if asking.role is Role.PUBLIC:
            offer_sign_in()
        st.stop()
    say_what_was_done()
    return asking


def offer_sign_in() -> None:
    """What a person can do here to sign in, or the sentence that says why nobody can."""
    match sign_in_way():
        case "openid" if person():
            door.offer_sign_out(sign_out)
        case "openid":
            door.offer_openid(_providers())
        case "sample":
            door.offer_sample_persons(fetch_sample_persons(db()), become)
        case None:
            door.explain_closed()


def become(email: str) -> None:
    """Sit down as a sample person; the choice lasts for the browser, so that a link can be opened in a new tab."""
    keep(SAMPLE_PERSON, email)


def sign_out() -> None:
    if sign_in_way() == "openid":
        st.logout()
    else:
        become("")


def remember_sample_person() -> None:
    """Let the browser remember which sample person was chosen. It is no secret: here anybody may be any of them."""
    if sign_in_way() != "sample" or recall(SAMPLE_PERSON) is None:
        return
    email = recall(SAMPLE_PERSON)
    age = "" if email else "; max-age=0"
    script = f"document.cookie = {json.dumps(f'{COOKIE}={email}; path=/; SameSite=Strict{age}')}"
    st.html(f"<script>{script.replace('<', '')}</script>", unsafe_allow_javascript=True)


def _claimed() -> tuple[str, bool]:
    """The e-mail address somebody came in with, lower case ("": nobody), and whether it can be relied on."""
    match sign_in_way():
        case "openid":
            claims = st.user.to_dict()
            email = str(claims.get("email") or "").strip().lower() if claims.get("is_logged_in") else ""
            return email, claims.get("email_verified") is not False
        case "sample":
            chosen = recall(SAMPLE_PERSON, st.context.cookies.get(COOKIE))
            return (chosen if isinstance(chosen, str) else ""), True
    return "", False


def _openid() -> Mapping[str, Any]:
    return st.secrets.get("auth", {}) if st.secrets.load_if_toml_exists() else {}


def _providers() -> list[str | None]:
    """The names under [auth.NAME], or only the unnamed one."""
    return [name for name, value in _openid().items() if isinstance(value, Mapping)] or [None]


def _is_loopback(configured: str | None) -> bool:
    """Judged by the address the server was told to listen on, never by where a visitor seems to come from."""
    try:
        return configured == "localhost" or ipaddress.ip_address(configured or "").is_loopback
    except ValueError:
        return False
