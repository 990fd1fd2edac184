"""What stands at a locked page: a polite refusal, and the ways to sign in."""

from collections.abc import Callable, Sequence

import streamlit as st

from pages.parts import links, words
from schemas.codes import Role
from schemas.person import Member

WORK = {
    Role.BUYER: "looks for agencies on a corridor",
    Role.PARTNER: "sends fee reports of workers",
    Role.REVIEWER: "reviews cases and certifies",
    Role.ADMIN: "keeps members and partners",
    Role.PUBLIC: "",
}


def turn_away(roles: Sequence[Role], role: Role, why_visitor: str) -> None:
    """Say whom the page is for and who is asking; show nothing else of it."""
    known = role is not Role.PUBLIC or why_visitor
    st.title("This page is not open to you" if known else "Please sign in")
    allowed = words.listed([f"{words.ROLES[r]}s" for r in roles])
    st.write(f"It is for {allowed}.")
    if why_visitor:
        st.warning(why_visitor, icon=":material/person_off:")
    elif role is not Role.PUBLIC:
        st.write(f"You are signed in as a {words.ROLES[role]}. An administrator decides who may do what.")
    links.to(links.HOME, "To the public register", icon=links.WINDOWS[links.HOME].icon)


def offer_openid(providers: Sequence[str | None]) -> None:
    for provider in providers:
        label = f"Sign in with {provider.title()}" if provider else "Sign in"
        if st.button(label, type="primary", icon=":material/login:", key=f"sign_in_{provider}"):
            st.login(provider)
    st.caption("You sign in with your organisation's account. No password is kept here.")


def offer_sample_persons(persons: Sequence[Member], choose: Callable[[str], None]) -> None:
    """A marked choice, on sample data only."""
    with st.container(border=True):
        st.markdown("**Sample data: sit down as one of these invented persons.**")
        st.caption("This choice exists only on sample data on your own machine. A real desk signs in with OpenID.")
        for person in persons:
            left, right = st.columns([1, 2], vertical_alignment="center")
            left.button(
                person.name, key=f"become_{person.email}", on_click=choose, args=(person.email,), width="stretch"
            )
            right.markdown(f"{words.ROLES[person.role].capitalize()}, {person.organisation}: {WORK[person.role]}.")
        if not persons:
            st.write("There are no members yet.")


def offer_sign_out(sign_out: Callable[[], None]) -> None:
    st.button("Sign out", icon=":material/logout:", on_click=sign_out, key="sign_out")


def explain_closed() -> None:
    st.info(
        "Nobody can sign in here yet. The operator of this server has to configure an OpenID provider "
        "(the [auth] section of .streamlit/secrets.toml).",
        icon=":material/lock:",
    )
