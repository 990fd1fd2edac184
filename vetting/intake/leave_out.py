"""What of the rows that wait does the partner give up? Each with a reason, in one act; and it can be taken up again."""

from collections.abc import Collection
from datetime import datetime

from schemas.codes import Action, Role, Via
from schemas.trail import Entry
from schemas.viewer import Viewer
from vetting.disclosure.own import own_batch
from vetting.disclosure.roles import require
from vetting.disclosure.waiting import own_waiting_lines
from vetting.refusals import Refusal
from vetting.store.act import Moment, act
from vetting.store.connect import Store
from vetting.store.dismissals import save_dismissals


def leave_out(
    store: Store, batch_id: str, lines: Collection[int], *, viewer: Viewer, via: Via, now: datetime, reason: str
) -> int:
    """Leave waiting rows of one's own batch out for good, and return how many. They never counted, so no score moves.

    Raises NotPermitted, NotFound for a batch that is not one's own, Refusal without a reason or with a line that does
    not wait.
    """
    return _decide(store, batch_id, lines, viewer, via, now, reason, dismissed=True)


def take_up(
    store: Store, batch_id: str, lines: Collection[int], *, viewer: Viewer, via: Via, now: datetime, reason: str
) -> int:
    """Let rows that were left out wait again. Raises as `leave_out` does."""
    return _decide(store, batch_id, lines, viewer, via, now, reason, dismissed=False)


def _decide(
    store: Store,
    batch_id: str,
    lines: Collection[int],
    viewer: Viewer,
    via: Via,
    now: datetime,
    reason: str,
    *,
    dismissed: bool,
) -> int:
    require(viewer, Role.PARTNER)
    reason, chosen = reason.strip(), sorted(set(lines))
    if not reason:
        raise Refusal("This needs a reason. Say why, for whoever asks later where the rows went.")
    if not chosen:
        raise Refusal("No row is chosen. Choose at least one.")

    def deed(moment: Moment) -> tuple[Entry, int]:
        batch = own_batch(moment.db, viewer, batch_id)
        there = own_waiting_lines(moment.db, viewer, batch_id, left_out=not dismissed)
        if missing := sorted(set(chosen) - set(there)):
            raise Refusal(
                f"Line {missing[0]} of {batch.file_name} is not among the rows "
                f"{'that wait' if dismissed else 'left out'} any more. Reload the page to see which are."
            )
        save_dismissals(moment, batch_id, chosen, actor=viewer.actor, dismissed=dismissed, reason=reason)
        said = {"partner": batch.partner, "lines": chosen}
        action = Action.ROWS_LEAVE_OUT if dismissed else Action.ROWS_TAKE_UP
        return Entry(action=action, subject=batch_id, after=said, reason=reason), len(chosen)

    return act(store, deed, actor=viewer.actor, via=via, now=now)
