"""Administrators: two entries of the registers are one agency, or are two again."""

import streamlit as st

from pages.parts import merge_forms, session, tables, words
from schemas.codes import Role
from vetting.merging import list_merges
from vetting.store.agencies import fetch_agency

viewer = session.require_role(Role.ADMIN)
db = session.db()
standing = list_merges(db, viewer)

st.title("Merged agencies")
st.write(
    "Registers sometimes list one agency twice: before and after it got a licence number, or when it registers again. "
    "Merge the two, and their reports count together. The old id, name and licence go on being understood."
)
st.subheader("Merge two entries")
merge_forms.merge_two(viewer)

st.subheader("Merged now")
tables.show(
    standing,
    {
        "Recorded as": lambda m: tables.Two(m.name, f"licence {m.licence}" if m.licence else "no licence number"),
        "Part of": lambda m: fetch_agency(db, m.into_id).name,
        "Since": lambda m: words.day(m.recorded_at.date()),
        "By": lambda m: m.actor,
        "Why": lambda m: m.reason,
    },
    empty="Nothing is merged. Every entry of the registers is an agency of its own.",
    key="merged",
)
if standing:
    st.subheader("Split one off again")
    merge_forms.split_one(viewer, standing)
