"""Anybody complains about an agency, reads the complaints that are published, and asks what became of one's own."""

import streamlit as st

from pages.parts import complaint_form, complaint_rows, complaint_search, links, session, words
from vetting.disclosure.complaints import published_complaints
from vetting.disclosure.register import register_entry
from vetting.refusals import NotFound
from vetting.store.settings import fetch_settings

session.say_what_was_done()
db, viewer, today = session.db(), session.viewer(), session.today()
settings, agency_id = fetch_settings(db), links.asked("agency")

st.title("Complain about an agency", anchor=False)
st.write(
    f"Open to everybody, without signing in. {words.literal(settings.operating_body)} reads every complaint and "
    "answers. What you write is read by its reviewers alone and deleted after "
    f"{words.count(settings.complaint_months, 'month')}; others read only what it is about, the month and the answer."
)
kept = session.recall(session.COMPLAINT_RECEIPT)
if kept is not None:
    complaint_form.receipt(kept)
entry = None
if agency_id is not None:
    try:
        entry = register_entry(db, viewer, agency_id, today=today)
    except NotFound as refusal:
        st.warning(str(refusal), icon=":material/search_off:")
if entry is None:
    complaint_form.at_once(settings, urgent=False)
    complaint_search.find_agency(viewer, today)
    complaint_search.ask(viewer, today)
else:
    links.to("complain", "Another agency, or what became of a complaint", icon=":material/arrow_back:")
    st.header(words.literal(entry.name), anchor=False)
    st.caption(words.literal(f"Licence {entry.licence}"))
    if kept is None:
        complaint_form.draw(entry, settings)
    st.subheader("Published complaints about it", anchor=False)
    complaint_rows.draw(published_complaints(db, viewer, entry.agency_id, today=today))
