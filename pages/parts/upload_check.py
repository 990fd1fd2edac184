"""The third step of sending a file: everything that is wrong at once, the ways to mend it here, and the button that
saves what is ready."""

from functools import partial
from typing import Any

import streamlit as st

from pages.parts import (
    beside,
    problems,
    session,
    terms_texts,
    upload_agencies,
    upload_answers,
    upload_draft,
    upload_mend,
    upload_questions,
    upload_ragged,
    upload_run,
    upload_steps,
    words,
)
from pages.parts.upload_draft import Draft
from schemas.codes import Via
from schemas.viewer import Viewer
from vetting import jobs
from vetting.intake.by_hand import lines_to_mend
from vetting.intake.commit import commit
from vetting.intake.copies import annotated, kind_of_copy, to_mend

PREVIEW_ROWS = 100


def show(viewer: Viewer, *, ready: bool) -> None:
    """`ready`: this partner has accepted the terms, so that what is ready may be committed."""
    kept = upload_draft.draft()
    if kept is None:
        return
    if kept.run is not None:
        upload_run.wait(viewer, kept, kept.run)
        return
    if kept.checked is None:
        return
    result = kept.checked.result
    upload_steps.say_what_was_read(kept.reading, result.rows)
    if result.file_refused:
        st.error(
            "The file is refused as a whole; no row of it can be taken while what refuses it stands. It comes first "
            "in the table row by row. Mend it here, or in your file and send that again.",
            icon=":material/block:",
        )
    problems.counts(result)
    _buttons(viewer, kept, ready=ready)
    _ways(kept)
    if not result.problems:
        st.success("Nothing is wrong with this file.", icon=":material/check_circle:")
    with st.container():  # in its place before the first answer too, so that what has the focus keeps it
        upload_answers.draw(kept)
    upload_questions.draw(kept)
    upload_agencies.read_by_likeness(kept)
    problems.draw_groups(upload_questions.without_asked(kept))
    severity, column = problems.row_by_row(result.problems, key="check")
    upload_mend.draw(kept, severity, column)
    upload_ragged.draw(kept)
    if kept.unchecked:
        _check_again(viewer, kept, "below")
    beside.draw(kept.checked.preview(PREVIEW_ROWS))


def _ways(kept: Draft) -> None:
    """Where to begin, on a page that may be long."""
    ways = [
        *(["[Answer once, mend many](#answer-once-mend-many)"] if kept.questions or kept.agencies else []),
        *(["[Row by row](#row-by-row)"] if kept.checked.result.problems else []),
        *(["[Mend here](#mend-here)"] if lines_to_mend(kept.checked) else []),
        *([f"[{upload_ragged.TITLE}](#rows-with-too-many-or-too-few-cells)"] if upload_ragged.waiting(kept) else []),
    ]
    if ways[1:]:
        st.caption("On this page: " + " · ".join(ways))


def _check_again(viewer: Viewer, kept: Draft, where: str) -> None:
    pressed = st.button("Check again", type="primary", icon=":material/fact_check:", key=f"check_again_{where}")
    if pressed:
        upload_run.start(viewer, kept)
        if (after := upload_draft.draft()) and after.run is None and after.checked:
            result = after.checked.result
            session.say(
                f"Checked again: {words.count(result.accepted, 'row')} ready, "
                f"{words.number(result.quarantined + result.refused)} still to mend."
            )
        st.rerun()


def _buttons(viewer: Viewer, kept: Draft, *, ready: bool) -> None:
    result, reading = kept.checked.result, kept.reading
    with st.container(horizontal=True):
        if kept.unchecked:
            _check_again(viewer, kept, "above")
        if st.button(
            f"Commit {words.number(result.accepted)} ready {'row' if result.accepted == 1 else 'rows'}",
            type="secondary" if kept.unchecked else "primary",
            icon=":material/check:",
            disabled=result.accepted == 0 or kept.unchecked or not ready,
        ):
            _commit(viewer, kept)
        name, (ending, kind) = reading.file_name.rsplit(".", 1)[0], kind_of_copy(reading)
        if result.problems:
            st.download_button(
                "My file with a column of problems",
                partial(annotated, reading, result.problems),
                f"{name}-checked.{ending}",
                kind,
                icon=":material/download:",
                on_click="ignore",
            )
        if result.refused or result.quarantined:
            st.download_button(
                "Only the rows to mend",
                partial(to_mend, reading, result.problems),
                f"{name}-to-mend.{ending}",
                kind,
                icon=":material/download:",
                on_click="ignore",
            )
    if not ready:
        st.caption(terms_texts.BEFORE)
    if kept.unchecked:
        st.caption("Your answers since the last check do not count yet: check again, and then commit.")
    elif result.quarantined or result.refused:
        st.caption(
            "Rows that are not ready count for nothing until you mend them, here or in your file. Rows you commit now "
            "are recognised when you send it again and not stored twice."
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
