"""One act: read, judge, write and trail in one transaction; on a clash, all of it again from its reads."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar, cast

import duckdb

from schemas.codes import Via
from schemas.trail import Entry
from vetting import trail
from vetting.refusals import ChangedMeanwhile
from vetting.store.connect import Cursor, Store

T = TypeVar("T")
ATTEMPTS = 20  # assumed: far above what people at desks can cause


@dataclass(frozen=True)
class Moment:
    """Inside an act: the cursor its transaction runs on, and the act's knowledge time (strictly increasing, UTC)."""

    db: Cursor
    recorded_at: datetime


class NothingNew(Exception):
    """Raised by a deed that would change nothing: its act leaves no trace, and `result` is what comes back."""

    def __init__(self, result: object) -> None:
        super().__init__("nothing new")
        self.result = result


def act(store: Store, deed: Callable[[Moment], tuple[Entry, T]], *, actor: str, via: Via, now: datetime) -> T:
    """Carry out `deed` and its one trail row together, or neither.

    `deed` reads what it needs, refuses by raising, writes to `desk` only, and returns its entry and its result. It may
    run several times, so it must have no effect outside the transaction. Every row it writes bears
    `moment.recorded_at`. A deed may raise NothingNew instead, with the result. Raises what else the deed raises;
    ChangedMeanwhile when others were faster ATTEMPTS times.
    """
    db = store.cursor()
    for _ in range(ATTEMPTS):
        with store.acts:
            db.execute("BEGIN")
            try:
                head = trail.head(db)
                moment = Moment(db, now if head is None else max(head.recorded_at + timedelta(microseconds=1), now))
                entry, result = deed(moment)
                trail.append(db, head, entry, recorded_at=moment.recorded_at, actor=actor, via=via)
                db.execute("COMMIT")
                return result
            except (duckdb.TransactionException, duckdb.ConstraintException):
                _roll_back(db)
            except NothingNew as nothing:
                _roll_back(db)
                return cast(T, nothing.result)
            except BaseException:
                _roll_back(db)
                raise
    raise ChangedMeanwhile("Somebody else changed this at the same moment. Reload the page and try again.")


def _roll_back(db: Cursor) -> None:
    """A COMMIT that failed has already ended its transaction; then there is nothing to roll back."""
    try:
        db.execute("ROLLBACK")
    except duckdb.TransactionException:
        return
