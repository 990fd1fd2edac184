"""The first step of sending a file: choosing it."""

import streamlit as st

from pages.parts import session, upload_draft, upload_reading, upload_steps
from pages.parts.upload_draft import Unread
from pages.parts.upload_steps import Step
from schemas.answers import Answers, Reads
from schemas.person import Partner
from schemas.viewer import Viewer
from vetting.intake.dialect import UnreadableFile
from vetting.intake.template import template_csv
from vetting.intake.template_workbook import template_xlsx
from vetting.scoring.tally import SELF_DECLARED
from vetting.store.settings import fetch_settings


def choose(viewer: Viewer, partner: Partner) -> None:
    if partner.kind in SELF_DECLARED:
        st.info(
            "Reports that agencies and employers send about their own recruitment are kept and shown apart. They never "
            "count in a score.",
            icon=":material/info:",
        )
    st.write(
        "One row is one worker's account of one recruitment. Send a CSV file or an Excel workbook (XLSX). Everything "
        "that is wrong is shown at once, most of it can be mended here, and nothing is saved until you commit."
    )
    with st.container(horizontal=True):
        st.download_button(
            "Download the template",
            template_csv,
            "fee-reports-template.csv",
            "text/csv",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            "The template as a workbook",
            template_xlsx,
            "fee-reports-template.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            icon=":material/download:",
            on_click="ignore",
        )
    if unread := upload_draft.unread():
        upload_reading.retry(viewer, unread)
    if kept := upload_draft.draft():
        upload_steps.say_what_was_read(kept.reading)
        st.caption("Choose another file to put in its place, or go on with this one.")
        st.button("Go on with this file", on_click=upload_steps.walk, args=(Step.COLUMNS,))
        upload_reading.draw(viewer, kept)
    sent = st.file_uploader(
        "Your file of fee reports", key="fee_reports", max_upload_size=fetch_settings(session.db()).largest_file_mb
    )
    st.caption(
        "A pseudonym for the worker is welcome. Names, phone, passport or identity numbers are not: a file with "
        "one of them is refused as a whole until it is taken out. Reloading this page forgets a file that is not "
        "committed, and so does closing the browser; nothing of it, nor of your answers, is stored."
    )
    if sent is not None and sent.file_id != session.recall("file_taken"):
        session.keep("file_taken", sent.file_id)
        _take(viewer, sent.getvalue(), sent.name)
        st.rerun()


def _take(viewer: Viewer, data: bytes, file_name: str) -> None:
    reads = Reads()
    try:
        with st.spinner("Reading the file…"):
            upload_draft.take(viewer, data, file_name, Answers(read=reads))
    except UnreadableFile as error:
        session.keep("unread", Unread(data, file_name, reads, str(error)))
    else:
        upload_steps.walk(Step.COLUMNS)
