"""Checking the file: a small one at once, a large one beside the pages with a bar that says how far it is."""

from functools import partial
from typing import Any

import streamlit as st

from pages.parts import session, upload_draft, upload_steps
from pages.parts.upload_draft import Draft, Run
from pages.parts.upload_steps import Step
from schemas.codes import JobState
from schemas.viewer import Viewer
from vetting import jobs
from vetting.intake.check import check
from vetting.intake.known import known_to
from vetting.refusals import Refusal

AT_ONCE_BYTES = 3 << 20  # checked while the page waits: about two seconds; assumed to be what a person waits for
SECONDS_BETWEEN_LOOKS = 1.0


def start(viewer: Viewer, kept: Draft) -> None:
    """Check the file with the answers so far. A large file leaves a `Run` to wait for."""
    reading = kept.reading
    checking = partial(
        check,
        reading.data,
        reading.file_name,
        today=session.today(),
        answers=kept.answers,
        **known_to(session.db(), viewer.organisation),
    )
    if len(reading.data) <= AT_ONCE_BYTES:
        with st.spinner("Checking every row…"):
            upload_draft.found(checking())
        upload_steps.walk(Step.CHECK)
        return
    run = Run()

    def work(progress: jobs.Progress) -> dict[str, Any]:
        def say(done: int, total: int | None, message: str | None) -> None:
            if run.stopped:
                raise Refusal("The check was stopped. Nothing was saved.")
            progress(done, total, message)

        run.checked = checking(progress=say)
        return {"rows": run.checked.rows}

    run.job_id = jobs.submit(
        session.store(),
        kind="check",
        subject=reading.file_name,
        actor=viewer.actor,
        work=work,
        now=session.now(),
        lane=jobs.Lane.CHECKS,
    )
    upload_draft.change(run=run)
    upload_steps.walk(Step.CHECK)


def wait(viewer: Viewer, kept: Draft, run: Run) -> None:
    """Say how far the check is; when it has ended, show what it found or why there is nothing."""
    upload_steps.say_what_was_read(kept.reading)
    job = jobs.fetch_job(session.db(), viewer, run.job_id)
    if not job.ended:
        _watch(viewer, run.job_id)
        st.button("Stop the check", on_click=_stop)
    elif job.state is JobState.DONE and run.checked is not None:
        upload_draft.found(run.checked)
        st.rerun()
    else:
        st.error(job.message, icon=":material/block:")
        st.button("Go back to the columns", on_click=_stop)


def _stop() -> None:
    upload_draft.stop()
    if (kept := upload_draft.draft()) and kept.checked is None:
        upload_steps.walk(Step.COLUMNS)


@st.fragment(run_every=SECONDS_BETWEEN_LOOKS)
def _watch(viewer: Viewer, job_id: str) -> None:
    job = jobs.fetch_job(session.db(), viewer, job_id)
    if job.ended:
        st.rerun()
    st.progress(min(1.0, job.done / job.total) if job.total else 0.0, text=job.message)
    st.caption(
        "You may look at other pages meanwhile and come back: the check goes on. Closing or reloading the browser "
        "forgets it and the file; nothing of a check is ever saved."
    )
