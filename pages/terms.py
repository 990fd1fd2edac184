"""Consent wording and data-sharing terms: partners read and accept theirs, administrators publish new versions."""

import streamlit as st

from pages.parts import forms, session, terms_texts, terms_versions
from schemas.codes import Role
from vetting.store.partners import fetch_partner, fetch_partners

viewer = session.require_role(Role.PARTNER, Role.ADMIN)

st.title("Consent and terms")
with forms.refusals():
    if viewer.role is Role.PARTNER:
        terms_texts.own(viewer, fetch_partner(session.db(), viewer.organisation))
        st.stop()

partners = fetch_partners(session.db())
st.write(
    "What partners read to a worker before they ask, and what a partner and the operating body promise each other. A "
    "published version is never changed: a new one takes its place, for all partners or for one, and each partner "
    "accepts it once before it sends the next file. The newest version that is for a partner counts."
)
terms_versions.draw(viewer, partners)
st.subheader("Publish a new version")
terms_versions.publish(viewer, partners)
