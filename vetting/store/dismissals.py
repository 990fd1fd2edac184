"""Rows that wait for their partner and were left out by it, or taken up again: each a row of its own, never changed."""

from collections.abc import Sequence

from vetting.store.act import Moment

INSERT = """
INSERT INTO desk.quarantine_dismissal (batch_id, line, recorded_at, actor, dismissed, reason)
SELECT $batch_id, unnest($lines), $recorded_at, $actor, $dismissed, $reason
"""


def save_dismissals(
    moment: Moment, batch_id: str, lines: Sequence[int], *, actor: str, dismissed: bool, reason: str
) -> None:
    """Inside an act."""
    values = {"batch_id": batch_id, "lines": list(lines), "recorded_at": moment.recorded_at, "actor": actor}
    moment.db.execute(INSERT, values | {"dismissed": dismissed, "reason": reason})
