"""A worker takes back the consent to a report: its partner has it deleted, for good."""

import streamlit as st

from pages.parts import forms, session
from schemas.codes import Via
from schemas.viewer import Viewer
from vetting.disclosure.own import own_retention
from vetting.intake.forget import forget

LONGEST_ID = 64


def withdraw(viewer: Viewer) -> None:
    """Which report, why, and what it means; there is no way back."""
    with st.expander("A worker withdraws consent", icon=":material/person_remove:"):
        days = own_retention(session.db(), viewer).backup_days
        st.write(
            "The one report is deleted in all its versions and counts in no score from now on. What was published "
            f"before stays published, in figures of ten workers or more. Backups may hold it for {days} days."
        )
        report_id = st.text_input(
            "report_id, as it stands in your file", max_chars=LONGEST_ID, key=forms.fresh("forget_id")
        )
        reason = forms.with_reason(
            "forget",
            button="Delete the report",
            label="Why? Do not name the worker or the report",
            help="The reason is kept for ever. “The worker asked for it” is enough.",
            consequence="I delete this report for good. It cannot be brought back or sent again under this report_id.",
        )
        if reason is not None:
            with forms.refusals(), st.spinner("Deleting the report, and scoring its agency again…"):
                forget(
                    session.store(),
                    viewer.organisation,
                    report_id,
                    viewer=viewer,
                    via=Via.PAGE,
                    now=session.now(),
                    today=session.today(),
                    reason=reason,
                )
                forms.done("The report is deleted. It counts in no score from now on.")
