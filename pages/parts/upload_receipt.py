"""The last step of sending a file: waiting for it to be saved, and the receipt that can be opened again."""

import streamlit as st

from pages.parts import links, receipts, session, upload_steps
from schemas.codes import JobState
from schemas.job import Job
from schemas.viewer import Viewer
from vetting import jobs

SECONDS_BETWEEN_LOOKS = 1.0


def wait(viewer: Viewer, job_id: str) -> None:
    """Say how far it is; then go to the receipt, or say why there is none."""
    job = jobs.fetch_job(session.db(), viewer, job_id)
    if not job.ended:
        _watch(viewer, job_id)
        return
    if job.state is not JobState.DONE:
        st.error(job.message, icon=":material/block:")
    elif batch_id := (job.result or {}).get("batch_id"):
        links.say_in_address(batch=batch_id, job=None)
        st.rerun()
    else:
        st.info(
            "Every ready row of this file is stored already, so nothing was saved and nothing changed.",
            icon=":material/content_copy:",
        )
    _send_another()


def show(viewer: Viewer, batch_id: str) -> None:
    receipts.draw(viewer, batch_id)
    _send_another()


def _send_another() -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Send another file", icon=":material/upload_file:", on_click=upload_steps.walk, args=(1,))
        links.to("batches", "All your batches", icon=links.WINDOWS["batches"].icon)


@st.fragment(run_every=SECONDS_BETWEEN_LOOKS)
def _watch(viewer: Viewer, job_id: str) -> None:
    job = jobs.fetch_job(session.db(), viewer, job_id)
    if job.ended:
        st.rerun()
    st.progress(_share(job), text=job.message)
    st.caption("You may leave this page: saving goes on, and the receipt will stand among your batches.")


def _share(job: Job) -> float:
    return min(1.0, job.done / job.total) if job.total else 0.0
