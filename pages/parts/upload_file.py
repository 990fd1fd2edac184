"""The first two steps of sending a file: choosing it, and seeing which column was taken for what."""

import streamlit as st

from pages.parts import session, tables, upload_steps, words
from pages.parts.upload_steps import Step
from schemas.fee_report import columns as canonical
from schemas.person import Partner
from vetting.intake.check import check
from vetting.intake.columns import map_columns
from vetting.intake.read import column_letter, read
from vetting.intake.template import template_csv
from vetting.scoring.tally import SELF_DECLARED
from vetting.store.agencies import fetch_agencies

LARGEST_MB = 500


def choose(partner: Partner) -> None:
    if partner.kind in SELF_DECLARED:
        st.info(
            "Reports that agencies and employers send about their own recruitment are kept and shown apart. They never "
            "count in a score.",
            icon=":material/info:",
        )
    st.write(
        'One row is one worker\'s account of one recruitment. Send a CSV file; in Excel, save as "CSV UTF-8". '
        "Everything that is wrong is shown at once, and nothing is saved until you commit."
    )
    st.download_button(
        "Download the template",
        template_csv,
        "fee-reports-template.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
    )
    kept = upload_steps.draft()
    if kept:
        upload_steps.say_what_was_read(kept.reading)
        st.caption("Choose another file to put in its place, or go on with this one.")
        st.button("Go on with this file", on_click=upload_steps.walk, args=(Step.COLUMNS,))
    sent = st.file_uploader("Your file of fee reports", key="fee_reports", max_upload_size=LARGEST_MB)
    st.caption(
        "A pseudonym for the worker is welcome. Names, phone, passport or identity numbers are not: a file with "
        "one of them is refused as a whole. Reloading this page forgets a file that is not committed."
    )
    if sent is not None and sent.file_id != session.recall("file_taken"):
        with st.spinner("Reading the file…"):
            reading = read(sent.getvalue(), sent.name)
        session.keep("file_taken", sent.file_id)
        upload_steps.take(reading)
        st.rerun()


def columns() -> None:
    """What each of their columns was taken for, and the way to the check."""
    kept = upload_steps.draft()
    if kept is None:
        return
    reading = kept.reading
    upload_steps.say_what_was_read(reading)
    mapped = map_columns(reading.columns)
    taken = {place: name for name, place in mapped.places.items()}
    for name, near in mapped.missing.items():
        hint = f" Is it your column {column_letter(near)}, {reading.columns[near]}?" if near is not None else ""
        st.error(f"The column {name} is missing, and every report needs it.{hint}", icon=":material/view_column:")
    if st.button("Check the file", type="primary", icon=":material/fact_check:"):
        with st.spinner("Checking every row…"):
            checked = check(
                reading.data, reading.file_name, agencies=fetch_agencies(session.db()), today=session.today()
            )
        upload_steps.keep_check(reading, checked)
        st.rerun()
    tables.show(
        list(enumerate(reading.columns)),
        {
            "Column": lambda c: words.column(column_letter(c[0]), c[1]),
            "Taken for": lambda c: taken.get(c[0]) or _not_used(mapped.ignored.get(c[0])),
            "What belongs in it": lambda c: canonical()[taken[c[0]]].rule if c[0] in taken else None,
        },
        empty="The file has no columns.",
        key="columns",
        page=100,
    )
    st.caption(f"{words.count(len(taken), 'column')} of yours used, {words.number(len(mapped.ignored))} left out.")


def _not_used(meant: str | None) -> str:
    return "not used" if meant is None else f"not used; did you mean {meant}?"
