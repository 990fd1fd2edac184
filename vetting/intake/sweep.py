"""Which stored rows belong to no batch? Those of commits that a crash cut in two: nobody ever counted them."""

from datetime import datetime, timedelta
from uuid import UUID

from vetting.store.connect import Store
from vetting.store.reports import drop_rows, fetch_orphans

A_COMMIT_LASTS = timedelta(days=1)  # assumed: far longer than any


def sweep(store: Store, *, now: datetime | None = None) -> int:
    """Delete them, and return how many batches' worth there were.

    Without `now` all go: right at the start of a process that alone owns the store. With `now` (UTC) only those begun
    more than a day before, so that another server's commit under way is left alone.
    """
    orphans = [batch_id for batch_id in fetch_orphans(store.cursor()) if now is None or _old(batch_id, now)]
    for batch_id in orphans:
        drop_rows(store.cursor(), batch_id)
    return len(orphans)


def _old(batch_id: str, now: datetime) -> bool:
    """A UUIDv7 bears the millisecond it was made in."""
    began = datetime(1970, 1, 1) + timedelta(milliseconds=UUID(batch_id).int >> 80)  # noqa: DTZ001  # UTC, as `now`
    return began < now - A_COMMIT_LASTS
