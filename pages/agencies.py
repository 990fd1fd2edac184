"""The directory: which agencies are there on a corridor, how do they stand, and how sure are we?"""

import streamlit as st

from pages.parts import directory, filters, released, session
from schemas.codes import Role
from vetting.disclosure.directory import directory as released_directory
from vetting.disclosure.live_directory import live_directory

viewer = session.require_role(Role.BUYER, Role.PARTNER, Role.REVIEWER)
reviewing = viewer.role is Role.REVIEWER
db, today = session.db(), session.today()

st.title("Agencies", anchor=False)
name, *choices = st.columns([3, 2, 2] if reviewing else [3, 2, 2, 2])
text = name.text_input(
    "Name, licence or alias",
    key="text",
    bind="query-params",
    icon=":material/search:",
    placeholder="As you heard it: small misspellings are found",
    max_chars=100,
)
asked = directory.asked(text or "")
find = live_directory if reviewing else released_directory
when = {"today": today} if reviewing else {"today": today, "now": session.now()}
found = find(db, viewer, filters=asked, page=filters.page(), **when)
ask = (directory.certificates, directory.licences)
for column, choose in zip(choices, ask if reviewing else (directory.corridors, *ask), strict=True):
    with column:
        choose(found)
directory.conduct(found)

any_chosen = any((asked.text, asked.corridor, asked.band, asked.certificate, asked.licence))
if reviewing:
    st.caption("Live: what reviewers see. Everybody else reads the newest release.")
    directory.live_rows(found.entries, any_chosen=any_chosen)
else:
    st.caption(released.stamp(found.release))
    directory.released_rows(found.entries, any_chosen=any_chosen)
if found.total:
    directory.legend(found.total)
filters.turn(found.page, found.pages)
