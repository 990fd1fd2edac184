"""One agency: how it stands, why, and how much of reality that is."""

import streamlit as st

from pages.parts import agency_views, clocks, links, published, session, words
from schemas.codes import Role
from vetting.refusals import NotFound, Purged
from vetting.store.merges import recorded_as, resolve

viewer = session.require_role(Role.BUYER, Role.PARTNER, Role.REVIEWER)
agency_id = links.asked_agency()
links.to("agencies", "All agencies", icon=":material/arrow_back:")
then = clocks.asked(viewer, "agency", agency=agency_id)
clocks.banner(then, "agency", agency=agency_id)
if said := recorded_as(session.db(), then.known_at).get(agency_id):
    st.info(words.literal(said), icon=":material/merge:")
    agency_id = resolve(session.db(), agency_id, then.known_at)
try:
    if viewer.role is Role.REVIEWER:
        agency_views.live(viewer, agency_id, then)
    else:
        agency_views.as_released(viewer, agency_id)
    if not then.past:
        published.of_agency(viewer, agency_id)
except NotFound as refusal:
    st.title("No such agency", anchor=False)
    st.write(str(refusal))
except Purged as refusal:
    clocks.purged(refusal, "agency", agency=agency_id)
