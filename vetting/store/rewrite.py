"""Writing the database's files anew, so that deleted rows are not left in them.

DuckDB frees the blocks of deleted rows and leaves their bytes until something else is written there; neither CHECKPOINT
nor writing a table again changes that (measured on 1.5.5). A copy holds only what is there. What the disk itself keeps
of a file that was replaced is not in our hands: docs/operations.md says what to do about it.
"""

import contextlib
from datetime import datetime

from vetting.address import Address
from vetting.ids import new_id
from vetting.store.backup import back_up
from vetting.store.connect import open_store
from vetting.store.purges import note_rewrite


def rewrite(address: Address, now: datetime) -> None:
    """Put a checked copy in the place of the database, which stays open, and so locked, until that is done.

    Raises StoreLocked while another process has it. A crash leaves the old file or the new one, each whole; of two
    files the desk's, which says that it was done, comes last.
    """
    with contextlib.closing(open_store(address.desk, address.evidence)) as store:
        db = store.cursor()
        for catalog in ("CHECKPOINT desk", "CHECKPOINT evidence") if store.attached else ("CHECKPOINT",):
            db.execute(catalog)
        copies, _ = back_up(store, address.desk.with_name(f".rewrite-{new_id()}.duckdb"))
        try:
            with contextlib.closing(open_store(*copies)) as copy:
                note_rewrite(copy.cursor(), now)
            places = [address.desk, *([address.evidence] if address.evidence else [])]
            for copied, place in reversed(list(zip(copies, places, strict=True))):
                copied.replace(place)
        finally:
            for copied in copies:
                copied.unlink(missing_ok=True)
