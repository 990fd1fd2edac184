"""Releases: what buyers and partners read. A reviewer freezes the next one here."""

import streamlit as st

from pages.parts import release_forms, session
from schemas.codes import Role
from vetting.disclosure.release import list_releases, next_release

viewer = session.require_role(Role.REVIEWER)
db, today = session.db(), session.today()

st.title("Releases", anchor=False)
st.write(
    "Reviewers work on live figures. Everybody else reads releases: frozen as of a quarter's end, kept for ever, "
    "never recomputed."
)
release_forms.publish(viewer, next_release(db, viewer, today=today))
st.subheader("Published so far", anchor=False)
release_forms.listed(list_releases(db, viewer))
