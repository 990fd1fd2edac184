"""How much each partner sent and how much of it waits on them: counts, which is all that reviewers see of batches."""

import streamlit as st

from pages.parts import session, tables, words
from schemas.viewer import Viewer
from vetting.disclosure.own import partner_counts
from vetting.disclosure.waiting import waiting_counts
from vetting.store.partners import fetch_partners


def draw(viewer: Viewer) -> None:
    db = session.db()
    names = {partner.partner: partner for partner in fetch_partners(db)}
    waits = {each.partner: each for each in waiting_counts(db, viewer)}
    tables.show(
        partner_counts(db, viewer),
        {
            "Partner": lambda p: tables.Two(names[p.partner].name, words.PARTNER_KINDS[names[p.partner].kind]),
            "Newest file": lambda p: p.newest.date(),
            "Files": lambda p: tables.Two(p.batches, f"{words.number(p.withdrawn)} withdrawn" if p.withdrawn else ""),
            "Rows": lambda p: p.rows,
            "Accepted": lambda p: p.accepted,
            "Refused": lambda p: p.refused,
            "Wait on the partner": lambda p: waits[p.partner].waiting if p.partner in waits else 0,
        },
        empty="No partner has sent reports yet. An administrator names a partner's members, and they send files.",
        numbers={"Rows", "Accepted", "Refused", "Wait on the partner"},
        key="partners",
    )
    st.caption("Rows that wait count for nothing until their partner mends them. Only the partner sees which they are.")
