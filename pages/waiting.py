"""Partners: every row of theirs that waits for an answer, why, and mending it here or leaving it out."""

import streamlit as st

from pages.parts import filters, forms, links, session, waiting_rows
from schemas.codes import Role
from vetting.disclosure.own import own_retention
from vetting.disclosure.waiting import own_waiting, own_waiting_files

viewer = session.require_role(Role.PARTNER)
files = own_waiting_files(session.db(), viewer)
asked = next(iter(filters.chosen("batch")), None)
one = files[0] if len(files) == 1 else next((each for each in files if each.batch_id == asked), None)

st.title("Rows that wait")
st.write(
    "Only you can decide about these rows of yours, and they count for nothing until then. A row leaves this list when "
    "you send its report again and it is accepted, when you withdraw its batch, or when you leave it out. After "
    f"{own_retention(session.db(), viewer).upload_days} days it is deleted with everything else you wrote in the file; "
    "your own file can be sent again."
)
with forms.refusals():
    if len(files) > 1:
        waiting_rows.choose_file(files, one)
    if one is not None:
        waiting_rows.mend(viewer, one)
    waiting_rows.draw(own_waiting(session.db(), viewer, batch_id=one and one.batch_id, page=filters.page()), one)
    if one is not None:
        waiting_rows.leave_out_some(viewer, one)
        waiting_rows.left_out(viewer, one)
links.to("batches", "Your batches", icon=links.WINDOWS["batches"].icon)
