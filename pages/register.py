"""The public register: is this agency licensed and certified today, and is this certificate real?"""

import streamlit as st

from pages.parts import (
    bands,
    certificates,
    complaint_rows,
    forms,
    licences,
    links,
    published,
    scores,
    session,
    tables,
    words,
)
from schemas.codes import LicenceStatus
from vetting.disclosure.complaints import published_complaints
from vetting.disclosure.register import register_countries, search_register

session.say_what_was_done()
db, viewer, today = session.db(), session.viewer(), session.today()
st.title("Register of recruitment agencies")
st.write(f"As it stands on {words.day(today)}. Open to everybody, without signing in.")

if certificates.came_with_one():
    check, search = st.columns([3, 5], gap="large")
else:
    search, check = st.columns([5, 3], gap="large")
with check:
    st.subheader("Is this certificate real?")
    certificates.ask()

with search:
    st.subheader("Is this agency licensed and certified?")
    text = st.text_input(
        "Name, licence or alias",
        key="search",
        bind="query-params",
        max_chars=100,
        placeholder="As you heard it: small misspellings are found",
        icon=":material/search:",
    )
    by_country = register_countries(db, viewer, today=today)
    where, standing, only = st.columns([2, 2, 2], vertical_alignment="bottom")
    country = where.selectbox(
        "Country",
        [None, *by_country],
        format_func=lambda c: f"{scores.country(c)} {words.number(by_country[c])}" if c else "Any country",
    )
    status = standing.selectbox(
        "Licence", [None, *LicenceStatus], format_func=lambda s: bands.LICENCES[s].word if s else "Any licence"
    )
    certified = only.toggle("Certified today", key="certified", bind="query-params")

shown = session.recall("register_page", 1)
found = search_register(
    db, viewer, today=today, text=text or "", country=country, status=status, certified=certified, page=shown
)
if found.total:
    st.caption(words.count(found.total, "agency", "agencies"))
complained = published_complaints(db, viewer, today=today)
tables.show(
    found.entries,
    {
        "Agency": lambda e: tables.Two(e.name, ", ".join([f"licence {e.licence}", *e.aliases])),
        "Country": lambda e: scores.country(e.country),
        "Licence": licences.licence,
        "Certificate": licences.certificate,
        "Complaints": lambda e: complaint_rows.in_a_row(e.agency_id, complained),
    },
    empty="No agency fits. Try another spelling, or take a filter away. An agency that is not here is not licensed in "
    "a register we hold.",
)
forms.turn("register_page", found.page, found.pages)
published.all_of_them(viewer)
links.to("privacy", "How workers who report are protected", icon=links.WINDOWS["privacy"].icon)
