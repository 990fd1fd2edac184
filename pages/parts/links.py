"""Where every page is, for whom, and how to get there: the one place that knows addresses."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple
from urllib.parse import urlencode

import streamlit as st
from streamlit.errors import StreamlitAPIException

from schemas.codes import Role
from vetting.refusals import NotFound

EVERYBODY = tuple(Role)
SIGNED_IN = (Role.BUYER, Role.PARTNER, Role.REVIEWER)
# What an id, a certificate's number or a code looks like in an address; anything else is treated as not given.
PLAIN = r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,79}"


class Window(NamedTuple):
    """One page: its file in pages/, its name in the navigation, its icon, who is shown the way to it."""

    title: str
    icon: str
    roles: tuple[Role, ...]
    listed: bool = True  # False: reached from another page, so not in the navigation


WINDOWS = {
    "register": Window("Register", ":material/verified:", EVERYBODY),
    "agencies": Window("Agencies", ":material/travel_explore:", SIGNED_IN),
    "agency": Window("Agency", ":material/apartment:", SIGNED_IN, listed=False),
    "score": Window("How this score was made", ":material/account_tree:", (Role.REVIEWER,), listed=False),
    "sandbox": Window("Sandbox for weights", ":material/science:", (Role.REVIEWER,), listed=False),
    "upload": Window("Send fee reports", ":material/upload_file:", (Role.PARTNER,)),
    "batches": Window("Your batches", ":material/receipt_long:", (Role.PARTNER,)),
    "waiting": Window("Rows that wait", ":material/pending_actions:", (Role.PARTNER,)),
    "cases": Window("Cases", ":material/inbox:", (Role.REVIEWER,)),
    "case": Window("Case", ":material/folder_open:", (Role.REVIEWER,), listed=False),
    "actions": Window("Corrective actions", ":material/checklist:", (Role.REVIEWER,)),
    "reports": Window("Single reports", ":material/quick_reference:", (Role.REVIEWER,), listed=False),
    "complaints": Window("Complaints", ":material/report:", (Role.REVIEWER,)),
    "signals": Window("Signals", ":material/troubleshoot:", (Role.REVIEWER,)),
    "trail": Window("Trail", ":material/history:", (Role.REVIEWER, Role.ADMIN)),
    "releases": Window("Releases", ":material/new_releases:", (Role.REVIEWER,)),
    "members": Window("Members", ":material/group:", (Role.ADMIN,)),
    "false_alarms": Window("False alarms", ":material/notifications_off:", (Role.ADMIN,)),
    "terms": Window("Consent and terms", ":material/handshake:", (Role.PARTNER, Role.ADMIN)),
    "merges": Window("Merged agencies", ":material/merge:", (Role.ADMIN,)),
    "rates": Window("Exchange rates", ":material/currency_exchange:", (Role.ADMIN,)),
    "method": Window("How scores are made", ":material/function:", EVERYBODY),
    "privacy": Window("How workers are protected", ":material/shield_person:", EVERYBODY, listed=False),
    "complain": Window("Complain about an agency", ":material/campaign:", EVERYBODY),
    "legal_caps": Window("Legal caps", ":material/gavel:", EVERYBODY, listed=False),
    "sign_in": Window("Sign in", ":material/login:", EVERYBODY),
}
HOME, DOOR = "register", "sign_in"


def file_of(window: str) -> str:
    """A page's path as Streamlit wants it: from the folder of the signpost."""
    return f"../{window}.py"


def address(window: str, **params: str) -> str:
    """A page's address, relative to any other page's (so that a base path in front of the house does no harm)."""
    path = "./" if window == HOME else window
    return f"{path}?{urlencode(params)}" if params else path


def to(window: str, label: str, *, icon: str | None = None, **params: str) -> None:
    """Draw a link to a page; in a page that runs without the signpost, as a plain address."""
    try:
        st.page_link(file_of(window), label=label, icon=icon, query_params=params or None)
    except StreamlitAPIException:
        st.markdown(f"[{label}]({address(window, **params)})")


def go(window: str, **params: str) -> None:
    """Leave for another page at once."""
    st.switch_page(file_of(window), query_params=params or None)


def asked(name: str, pattern: str = PLAIN) -> str | None:
    """What the address asks for under `name`; None when it is absent or not of the expected form."""
    value = st.query_params.get(name)
    return value if value is not None and re.fullmatch(pattern, value) else None


def asked_agency() -> str:
    """The agency that the address names; without one, the run ends with a way to find it."""
    agency_id = asked("agency")
    if agency_id is None:
        st.title("Which agency?", anchor=False)
        st.write("This address names no agency. Find one in the directory.")
        to("agencies", "All agencies", icon=":material/arrow_back:")
        st.stop()
    return agency_id


def asked_case() -> str:
    """The case that the address names; without one, the run ends with a way to find it."""
    case_id = asked("case")
    if case_id is None:
        st.title("Which case?")
        st.write("This address names no case. The queue shows which there are.")
        to("cases", "To the queue", icon=WINDOWS["cases"].icon)
        st.stop()
    return case_id


@contextmanager
def no_such_case() -> Iterator[None]:
    """A case that is not there ends the run with a sentence and the way to those that are."""
    try:
        yield
    except NotFound as refusal:
        st.title("No such case")
        st.write(str(refusal))
        to("cases", "To the queue", icon=WINDOWS["cases"].icon)
        st.stop()


def say_in_address(**params: str | None) -> None:
    """Keep what is shown in the address, so that it can be sent to somebody; None takes a name out."""
    for name, value in params.items():
        if value is None:
            st.query_params.pop(name, None)
        elif st.query_params.get(name) != value:
            st.query_params[name] = value


def of_role(role: Role) -> list[str]:
    """The windows a role's work is done in, in the order of the navigation."""
    return [name for name, window in WINDOWS.items() if window.listed and role in window.roles and name != DOOR]
