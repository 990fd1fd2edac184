"""A batch's receipt: what was taken, which agencies it touched, what it changed, what was answered; and its end."""

from collections.abc import Mapping, Sequence

import streamlit as st

from pages.parts import changes, forms, links, problems, session, tables, words
from schemas.batch import Batch, TouchedAgency
from schemas.codes import Via
from schemas.consent import BatchTerms
from schemas.standard import load_standard
from schemas.viewer import Viewer
from vetting.disclosure.own import own_batch, own_receipt
from vetting.disclosure.own_answers import own_answers
from vetting.disclosure.own_terms import own_terms, sent_under
from vetting.disclosure.receipt_text import receipt_text
from vetting.disclosure.waiting import own_waiting_files
from vetting.intake.withdraw import withdraw as withdraw_batch


def draw(viewer: Viewer, batch_id: str) -> None:
    """Everything a receipt says: counts, what the next release made of it, agencies, answers, and what was wrong."""
    db = session.db()
    batch = own_batch(db, viewer, batch_id)
    receipt = own_receipt(db, viewer, batch_id, today=session.today())
    st.subheader(f"Receipt for {words.literal(batch.file_name)}")
    st.caption(
        f"Saved {words.moment(batch.recorded_at)} by {words.literal(batch.actor)}. Batch `{batch.batch_id}`, SHA-256 "
        f"of the file `{batch.file_hash}`."
    )
    _terms(own_terms(db, viewer).get(batch_id))
    if batch.withdrawn_at:
        st.warning(
            f"Withdrawn {words.moment(batch.withdrawn_at)}: {words.literal(batch.withdrawal_reason or '')} "
            "It counts in no score.",
            icon=":material/undo:",
        )
    _counts(viewer, batch)
    st.download_button(
        "Receipt as a text",
        lambda: receipt_text(session.db(), viewer, batch_id, today=session.today(), now=session.now()),
        f"receipt-{batch.recorded_at:%Y-%m-%d}-{batch_id[-6:]}.txt",
        "text/plain",
        icon=":material/download:",
        on_click="ignore",
    )
    _agencies(receipt.agencies)
    if not batch.withdrawn_at and batch.accepted:
        changes.draw(viewer, batch_id)
    if answers := own_answers(db, viewer, batch_id):
        st.subheader("What you answered")
        st.markdown("\n".join(f"- {words.literal(answer)}" for answer in answers))
    if receipt.result.problems:
        problems.by_remedy(receipt.result.problems)
        problems.row_by_row(receipt.result.problems, key="receipt")


def _terms(said: BatchTerms | None) -> None:
    """Which consent wording and terms it was sent under: the version, and the beginning of the hash of its text."""
    hashes = "" if said is None else f" (`{said.consent_hash[:8]}`, `{said.sharing_hash[:8]}`)"
    st.caption(f"Consent wording and data-sharing terms: {sent_under(said)}{hashes}.")


def _counts(viewer: Viewer, batch: Batch) -> None:
    """What became of the rows on the day they were sent, and how many of them still wait today."""
    shown = {
        "Accepted": batch.accepted,
        "Set aside": batch.quarantined,
        "Refused": batch.refused,
        "Warnings": batch.warnings,
    }
    for column, (label, value) in zip(st.columns(4), shown.items(), strict=True):
        column.metric(label, words.number(value), border=True)
    told = []
    if batch.superseded:
        told.append(words.count(batch.superseded, "report corrects an earlier one.", "reports correct earlier ones."))
    if batch.duplicates:
        told.append(words.count(batch.duplicates, "row was stored already.", "rows were stored already."))
    if told:
        st.caption(" ".join(told))
    waiting = still_waiting(viewer).get(batch.batch_id, 0)
    if waiting:
        label = words.count(waiting, "row still waits for your answer", "rows still wait for your answer")
        links.to("waiting", f"{label}: mend or leave out", icon=links.WINDOWS["waiting"].icon, batch=batch.batch_id)
    elif batch.quarantined and not batch.withdrawn_at:
        st.caption(
            "None of the rows set aside waits any more: answered, left out, or deleted when their time was over."
        )


def still_waiting(viewer: Viewer) -> dict[str, int]:
    """How many rows of each batch wait today."""
    return {each.batch_id: each.waiting for each in own_waiting_files(session.db(), viewer)}


def _agencies(touched: Sequence[TouchedAgency]) -> None:
    st.subheader("Agencies your reports touched")
    tables.show(
        touched,
        {
            "Agency": lambda a: tables.Two(a.name, a.recorded_as or f"licence {a.licence}"),
            "Reports in this batch": lambda a: a.reports,
            "Your workers who count now": lambda a: a.own_workers,
        },
        empty="No report of this batch names an agency.",
        numbers={"Reports in this batch", "Your workers who count now"},
        key="touched",
    )
    st.caption(
        "One worker counts once, however often interviewed, and interviews of the last "
        f"{load_standard().measuring.window_months} months count. These are your own workers only."
    )


def standing(batch: Batch) -> str:
    return f"withdrawn {words.day(batch.withdrawn_at.date())}" if batch.withdrawn_at else "kept"


def set_aside(batch: Batch, waiting: Mapping[str, int]) -> object:
    """How many rows were set aside, and how many of them wait today."""
    still = waiting.get(batch.batch_id, 0)
    if not still:
        return batch.quarantined
    return tables.Two(
        batch.quarantined, tables.Link(f"{words.number(still)} waiting", links.address("waiting", batch=batch.batch_id))
    )


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
