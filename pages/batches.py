"""Partners: every batch they sent, its receipt, and withdrawing one with a reason."""

import streamlit as st

from pages.parts import forms, links, receipts, session, tables
from schemas.codes import Role
from vetting.disclosure.own import own_batches

viewer = session.require_role(Role.PARTNER)
batch_id = links.asked("batch")

st.title("Your batches")
with forms.refusals():
    if batch_id:
        links.to("batches", "All your batches", icon=":material/arrow_back:")
        receipts.draw(viewer, batch_id)
        receipts.withdraw(viewer, batch_id)
        st.stop()

batches = own_batches(session.db(), viewer)
tables.show(
    batches,
    {
        "Sent": lambda b: tables.Two(
            tables.Link(b.file_name, links.address("batches", batch=b.batch_id)), b.recorded_at
        ),
        "Rows": lambda b: b.row_count,
        "Accepted": lambda b: b.accepted,
        "Need your answer": lambda b: b.quarantined,
        "Refused": lambda b: b.refused,
        "Standing": receipts.standing,
    },
    empty="You have sent nothing yet. Send your first file of fee reports, and its receipt will stand here.",
    numbers={"Rows", "Accepted", "Need your answer", "Refused"},
    key="batches",
)
links.to("upload", "Send fee reports", icon=links.WINDOWS["upload"].icon)
