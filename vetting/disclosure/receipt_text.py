"""The receipt of a batch as a plain text: to print, to file, and to compare with the file that was sent."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from schemas.batch import Batch, Receipt
from schemas.codes import Severity
from schemas.consent import BatchTerms
from schemas.viewer import Viewer
from vetting.disclosure.own import own_batch, own_receipt
from vetting.disclosure.own_answers import own_answers
from vetting.disclosure.own_terms import own_terms, sent_under
from vetting.intake.groups import group
from vetting.store import Cursor
from vetting.store.partners import fetch_partner
from vetting.store.settings import fetch_settings

WHAT = {
    Severity.REFUSE_FILE: "Refused",
    Severity.REFUSE_ROW: "Refused",
    Severity.QUARANTINE: "Waiting for your answer",
    Severity.WARNING: "Accepted, please look",
}
LINES_SHOWN = 20


def receipt_text(db: Cursor, viewer: Viewer, batch_id: str, *, today: date, now: datetime) -> bytes:
    """UTF-8, one fact a line. Raises NotPermitted, NotFound for a batch that is not the viewer's own."""
    batch = own_batch(db, viewer, batch_id)
    receipt = own_receipt(db, viewer, batch_id, today=today)
    who = fetch_partner(db, viewer.organisation).name
    body = fetch_settings(db).operating_body
    lines = [
        *_head(batch, own_terms(db, viewer).get(batch_id), who, body),
        *_counts(batch, receipt),
        *_agencies(receipt, today),
        *_part("What you answered", own_answers(db, viewer, batch_id)),
        *_part("What was wrong", list(_problems(receipt))),
        "",
        f"Written {_moment(now)}.",
    ]
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8-sig")


def _head(batch: Batch, terms: BatchTerms | None, who: str, body: str) -> Iterator[str]:
    yield from ("Receipt for fee reports", f"to {who}", *([f"from {body}"] if body else []), "")
    yield f"Batch         {batch.batch_id}"
    yield f"Saved         {_moment(batch.recorded_at)} by {batch.actor}"
    yield f"File          {batch.file_name}"
    yield f"SHA-256       {batch.file_hash}"
    yield f"Method        {batch.method}"
    yield f"Sent under    {sent_under(terms)}"
    if terms is not None:
        yield f"  wording     SHA-256 {terms.consent_hash}"
        yield f"  terms       SHA-256 {terms.sharing_hash}"
    if batch.withdrawn_at is not None:
        yield f"Withdrawn     {_moment(batch.withdrawn_at)}: {batch.withdrawal_reason}"


def _counts(batch: Batch, receipt: Receipt) -> Iterator[str]:
    yield ""
    for label, number in (
        ("Rows", batch.row_count),
        ("Accepted", batch.accepted),
        ("  corrections of earlier reports", receipt.superseded),
        ("  stored already", receipt.duplicates),
        ("Waiting for your answer", batch.quarantined),
        ("Refused", batch.refused),
        ("Warnings", batch.warnings),
    ):
        yield f"{label:<34}{number:>9}"


def _agencies(receipt: Receipt, today: date) -> Iterator[str]:
    told = [
        f"{each.name} (licence {each.licence or 'without a number'}): {each.reports} reports; workers of yours who "
        f"count on {today.isoformat()}: {each.own_workers}"
        for each in receipt.agencies
    ]
    return _part("Agencies your reports touched", told)


def _problems(receipt: Receipt) -> Iterator[str]:
    for each in group(receipt.result.problems):
        where = f" in column {each.letter} {each.column}" if each.letter and each.column else ""
        more = f" and {len(each.lines) - LINES_SHOWN} more" if len(each.lines) > LINES_SHOWN else ""
        lines = f", lines {', '.join(map(str, each.lines[:LINES_SHOWN]))}{more}" if each.lines else ""
        yield f"{WHAT[each.severity]}: {each.title}{where}{lines}. {each.message}"


def _part(title: str, told: Sequence[str]) -> Iterator[str]:
    if told:
        yield from ("", title, "-" * len(title), *told)


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
