"""The third step of sending a file: everything that is wrong at once, and the button that saves what is ready."""

from functools import partial
from typing import Any

import streamlit as st

from pages.parts import beside, problems, session, upload_steps, words
from pages.parts.upload_steps import Draft
from schemas.codes import Via
from schemas.viewer import Viewer
from vetting import jobs
from vetting.intake.commit import commit
from vetting.intake.copies import annotated, to_mend

PREVIEW_ROWS = 100


def show(viewer: Viewer) -> None:
    kept = upload_steps.draft()
    if kept is None or kept.checked is None:
        return
    result = kept.checked.result
    upload_steps.say_what_was_read(kept.reading, result.rows)
    if result.file_refused:
        st.error(
            "The file was refused as a whole; no row of it can be taken. Mend what stands below and send it again.",
            icon=":material/block:",
        )
    problems.counts(result)
    _buttons(viewer, kept)
    problems.by_remedy(result.problems)
    problems.row_by_row(result.problems, key="check")
    beside.draw(kept.checked.preview(PREVIEW_ROWS))


def _buttons(viewer: Viewer, kept: Draft) -> None:
    result, reading = kept.checked.result, kept.reading
    with st.container(horizontal=True):
        if st.button(
            f"Commit {words.number(result.accepted)} ready {'row' if result.accepted == 1 else 'rows'}",
            type="primary",
            icon=":material/check:",
            disabled=result.accepted == 0,
        ):
            _commit(viewer, kept)
        if result.problems:
            name = reading.file_name.rsplit(".", 1)[0]
            st.download_button(
                "My file with a column of problems",
                partial(annotated, reading, result.problems),
                f"{name}-checked.csv",
                "text/csv",
                icon=":material/download:",
                on_click="ignore",
            )
        if result.refused or result.quarantined:
            st.download_button(
                "Only the rows to mend",
                partial(to_mend, reading, result.problems),
                f"{name}-to-mend.csv",
                "text/csv",
                icon=":material/download:",
                on_click="ignore",
            )
    if result.quarantined or result.refused:
        st.caption(
            "Rows that are not ready count for nothing until you send them again, mended. Rows you commit now are "
            "recognised then and not stored twice."
        )


def _commit(viewer: Viewer, kept: Draft) -> None:
    """Hand the file to the job worker, and wait at an address that can be opened again."""
    store, now, checked, reading = session.store(), session.now(), kept.checked, kept.reading

    def work(progress: jobs.Progress) -> dict[str, Any]:
        receipt = commit(
            store,
            checked,
            partner=viewer.organisation,
            viewer=viewer,
            via=Via.PAGE,
            now=now,
            file_name=reading.file_name,
            file_hash=checked.file_hash,
            progress=progress,
        )
        return {"batch_id": receipt.batch_id, "duplicates": receipt.duplicates}

    job_id = jobs.submit(store, kind="commit", subject=reading.file_name, actor=viewer.actor, work=work, now=now)
    upload_steps.hand_over(job_id)
