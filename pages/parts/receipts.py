"""A batch's receipt: what was taken, which agencies it touched, how many of one's own workers count; and its end."""

from collections.abc import Sequence

import streamlit as st

from pages.parts import forms, problems, session, tables, words
from schemas.batch import Batch, TouchedAgency
from schemas.codes import Via
from schemas.standard import load_standard
from schemas.viewer import Viewer
from vetting.disclosure.own import own_batch, own_receipt
from vetting.intake.withdraw import withdraw as withdraw_batch


def draw(viewer: Viewer, batch_id: str) -> None:
    db = session.db()
    batch = own_batch(db, viewer, batch_id)
    receipt = own_receipt(db, viewer, batch_id, today=session.today())
    st.subheader(f"Receipt for {words.literal(batch.file_name)}")
    st.caption(f"Batch {batch.batch_id}, saved {words.moment(batch.recorded_at)} by {words.literal(batch.actor)}.")
    if batch.withdrawn_at:
        st.warning(
            f"Withdrawn {words.moment(batch.withdrawn_at)}: {words.literal(batch.withdrawal_reason or '')} "
            "It counts in no score.",
            icon=":material/undo:",
        )
    problems.counts(receipt.result)
    if receipt.superseded:
        st.caption(words.count(receipt.superseded, "report corrects an earlier one.", "reports correct earlier ones."))
    if receipt.duplicates:
        st.caption(words.count(receipt.duplicates, "row was stored already.", "rows were stored already."))
    _agencies(receipt.agencies)
    if receipt.result.problems:
        problems.by_remedy(receipt.result.problems)
        problems.row_by_row(receipt.result.problems, key="receipt")


def _agencies(touched: Sequence[TouchedAgency]) -> None:
    st.subheader("Agencies your reports touched")
    tables.show(
        touched,
        {
            "Agency": lambda a: tables.Two(a.name, f"licence {a.licence}"),
            "Reports in this batch": lambda a: a.reports,
            "Your workers who count now": lambda a: a.own_workers,
        },
        empty="No report of this batch names an agency.",
        numbers={"Reports in this batch", "Your workers who count now"},
        key="touched",
    )
    st.caption(
        "One worker counts once, however often interviewed, and interviews of the last "
        f"{load_standard().measuring.window_months} months count. What others see changes with the next release."
    )


def standing(batch: Batch) -> str:
    return f"withdrawn {words.day(batch.withdrawn_at.date())}" if batch.withdrawn_at else "kept"


def withdraw(viewer: Viewer, batch_id: str) -> None:
    """The way back out of a batch: with a reason, and only after saying what it does. There is one end only."""
    if own_batch(session.db(), viewer, batch_id).withdrawn_at:
        return
    with st.expander("Withdraw this batch", icon=":material/undo:"):
        st.write("Every report of it stops counting, and earlier versions of corrected reports count again.")
        reason = forms.with_reason(
            "withdraw",
            button="Withdraw the batch",
            label="Why do you withdraw it?",
            consequence="I withdraw the whole batch. It cannot be brought back; it can be sent again.",
        )
        if reason is not None:
            withdraw_batch(session.store(), batch_id, viewer=viewer, via=Via.PAGE, now=session.now(), reason=reason)
            forms.done("The batch is withdrawn.")
