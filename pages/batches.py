"""Partners: every batch they sent, its receipt, what it changed, and withdrawing one with a reason."""

import streamlit as st

from pages.parts import changes, consent_forms, forms, links, own_row_list, receipts, session, tables, words
from schemas.codes import Role
from vetting.disclosure.own import own_batches
from vetting.disclosure.own_terms import own_terms, sent_under

viewer = session.require_role(Role.PARTNER)
batch_id = links.asked("batch")

st.title("Your batches")
with forms.refusals():
    if batch_id and own_row_list.one(viewer, batch_id):
        st.stop()
    if batch_id:
        links.to("batches", "All your batches", icon=":material/arrow_back:")
        receipts.draw(viewer, batch_id)
        own_row_list.draw(viewer, batch_id)
        receipts.withdraw(viewer, batch_id)
        st.stop()

batches, waiting = own_batches(session.db(), viewer), receipts.still_waiting(viewer)
terms = own_terms(session.db(), viewer)
if any(waiting.values()):
    label = words.count(sum(waiting.values()), "row waits", "rows wait")
    links.to("waiting", f"{label} for your answer", icon=links.WINDOWS["waiting"].icon)
tables.show(
    batches,
    {
        "Sent": lambda b: tables.Two(
            tables.Link(b.file_name, links.address("batches", batch=b.batch_id)), b.recorded_at
        ),
        "Rows": lambda b: b.row_count,
        "Accepted": lambda b: b.accepted,
        "Set aside": lambda b: receipts.set_aside(b, waiting),
        "Refused": lambda b: b.refused,
        "Sent under": lambda b: sent_under(terms.get(b.batch_id)),
        "Standing": receipts.standing,
    },
    empty="You have sent nothing yet. Send your first file of fee reports, and its receipt will stand here.",
    numbers={"Rows", "Accepted", "Set aside", "Refused"},
    key="batches",
    page=20,
)
links.to("upload", "Send fee reports", icon=links.WINDOWS["upload"].icon)
if batches:
    changes.draw(viewer)
    consent_forms.withdraw(viewer)
