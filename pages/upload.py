"""Partners: send a spreadsheet of fee reports in one sitting. File, columns, check, receipt; nothing saved before."""

import streamlit as st

from pages.parts import (
    forms,
    links,
    session,
    terms_texts,
    upload_check,
    upload_columns,
    upload_file,
    upload_receipt,
    upload_steps,
    words,
)
from pages.parts.upload_steps import Step
from schemas.codes import Role
from vetting.store.partners import fetch_partner

viewer = session.require_role(Role.PARTNER)
partner = fetch_partner(session.db(), viewer.organisation)
batch_id, job_id = links.asked("batch"), links.asked("job")
step = upload_steps.current(receipt_asked=bool(batch_id or job_id))

st.title("Send fee reports")
st.caption(f"{words.literal(partner.name)}, step {step} of {len(Step)}")
upload_steps.draw(step)

with forms.refusals():
    ready = step is Step.RECEIPT or terms_texts.ask(viewer, partner)
    match step:
        case Step.FILE:
            upload_file.choose(viewer, partner)
        case Step.COLUMNS:
            upload_columns.draw(viewer)
        case Step.CHECK:
            upload_check.show(viewer, ready=ready)
        case Step.RECEIPT if batch_id:
            upload_receipt.show(viewer, batch_id)
        case Step.RECEIPT if job_id:
            upload_receipt.wait(viewer, job_id)
