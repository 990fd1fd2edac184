"""How is a batch taken back? With a reason, in one act; its rows stay and no longer count."""

from datetime import date, datetime

from schemas.batch import Batch
from schemas.codes import Action, Role, Via
from schemas.trail import Entry
from schemas.viewer import Viewer
from vetting.disclosure.roles import require
from vetting.refusals import NotFound, Refusal
from vetting.scoring.live import rescore
from vetting.store.act import Moment, act
from vetting.store.batches import fetch_batch, fetch_touched, save_withdrawal
from vetting.store.connect import Store


def withdraw(
    store: Store, batch_id: str, *, viewer: Viewer, via: Via, now: datetime, reason: str, today: date | None = None
) -> None:
    """Withdraw a batch: scores return to what they were without it, and earlier versions of its reports come back.

    Partners withdraw their own, administrators any. `today` (default: the day of `now`) is what scores are as of.
    """
    require(viewer, Role.PARTNER, Role.ADMIN)
    reason = reason.strip()
    if not reason:
        raise Refusal("A withdrawal needs a reason. Say why the batch is taken back.")

    def deed(moment: Moment) -> tuple[Entry, list[str]]:
        batch = fetch_batch(moment.db, batch_id)
        if viewer.role is Role.PARTNER and batch.partner != viewer.organisation:
            raise NotFound("You have sent no such batch. Choose one from your list of batches.")
        if batch.withdrawn_at is not None:
            raise Refusal(f"This batch was withdrawn already, on {batch.withdrawn_at:%Y-%m-%d}. Nothing is left to do.")
        save_withdrawal(moment, batch_id, actor=viewer.actor, reason=reason)
        entry = Entry(
            action=Action.BATCH_WITHDRAW, subject=batch_id, before=_said(batch, "counted"),
            after=_said(batch, "withdrawn"), reason=reason,
        )  # fmt: skip
        return entry, fetch_touched(moment.db, batch_id)

    touched = act(store, deed, actor=viewer.actor, via=via, now=now)
    if touched:
        rescore(store, touched, today or now.date())


def _said(batch: Batch, state: str) -> dict[str, object]:
    return {"partner": batch.partner, "state": state, "accepted": batch.accepted}
