"""Signing in, and what one may do once signed in."""

import streamlit as st

from pages.parts import door, links, session, words

who = session.person()
if who is None:
    st.title("Sign in")
    st.write("The register is open to everybody. Sign in to send fee reports, to look for agencies or to review.")
    session.offer_sign_in()
    st.stop()

st.title(who.member.name if who.member else "You are a visitor here")
if who.member is None:
    st.warning(who.why_visitor, icon=":material/person_off:")
else:
    role = who.member.role
    st.write(f"Signed in as {who.email}: {words.ROLES[role]}, {who.member.organisation or 'no organisation'}.")
    st.subheader("Your work here")
    for name in links.of_role(role):
        links.to(name, links.WINDOWS[name].title, icon=links.WINDOWS[name].icon)
door.offer_sign_out(session.sign_out)
if session.sign_in_way() == "sample":
    session.offer_sign_in()
