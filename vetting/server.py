"""What runs beside the pages: the store this process owns, the command socket, the clock and its daily work.

One process owns the file. It is opened once, before the first visitor; commands given meanwhile come in through the
socket and are carried out here, by the very function that carries them out in a terminal.
"""

import contextlib
import logging
import os
import sys
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, date, datetime
from pathlib import Path

from schemas.codes import Via
from vetting import daily, jobs
from vetting.address import find_address
from vetting.command_socket import Door, Outcome
from vetting.commands.carry_out import carry_out
from vetting.commands.context import Counter, today_in
from vetting.faults import keep_words_out_of_logs
from vetting.opening import create_sample, open_or_create
from vetting.refusals import Refusal
from vetting.scoring.score import newest_moment
from vetting.store import Store
from vetting.store.connect import StoreLocked
from vetting.store.purges import rewrite_is_due
from vetting.store.rewrite import rewrite

ACTOR = "server"
SECONDS_BETWEEN_LOOKS_AT_THE_CLOCK = 20.0

log = logging.getLogger(__name__)
_opening = threading.RLock()
_store: Store | None = None


def now() -> datetime:
    """This moment, UTC without a zone."""
    return datetime.now(UTC).replace(tzinfo=None)


def store() -> Store:
    """The one store of this process, opened at the first call. Raises Refusal when it cannot be opened."""
    global _store
    with _opening:
        if _store is None:
            _store = _open()
        return _store


def close() -> None:
    """Let go of the file. The next call of `store` opens it again."""
    global _store
    with _opening:
        if _store is not None:
            _store.close()
            _store = None


def door() -> Callable[[object], AbstractAsyncContextManager[None]]:
    """Open the store before anybody can knock, and return the server's lifespan.

    A store that cannot be opened ends the server here with one sentence: inside the lifespan it would be a traceback.
    """
    keep_words_out_of_logs()
    try:
        store()
    except Refusal as refusal:
        sys.stderr.write(f"Fair Passage cannot start: {refusal}\n")
        raise SystemExit(1) from None
    return lifespan


@contextlib.asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[None]:
    """From before the first visitor until after the last."""
    owned = store()
    jobs.abandon_unfinished(owned, now())
    daily.clear_up(owned, now(), today_in(owned, now()))
    stopped = threading.Event()
    clock = threading.Thread(target=_watch_the_clock, args=(owned, stopped), name="clock", daemon=True)
    clock.start()
    listening = _listen(owned)
    try:
        yield
    finally:
        stopped.set()
        if listening is not None:
            listening.close()
        clock.join(timeout=30)
        close()


def _open() -> Store:
    address = find_address(os.environ)
    if not address.chosen and not address.desk.exists():
        sys.stderr.write(f"Filling {address.desk} with the sample country. This takes about half a minute, once.\n")
        create_sample(address, now(), now().date())
    try:
        opened = open_or_create(address, now(), actor=ACTOR, via=Via.CLOCK)
        if not rewrite_is_due(opened.cursor()):
            return opened
        opened.close()
        sys.stderr.write(f"Writing {address.desk} anew, so that nothing that was deleted is left in it.\n")
        rewrite(address, now())
        return open_or_create(address, now(), actor=ACTOR, via=Via.CLOCK)
    except StoreLocked:
        raise StoreLocked(
            f"{address.desk} is in use by another process, perhaps a dashboard that is running already. Use that one, "
            "stop it, or name another file in VETTING_DATABASE."
        ) from None


def _listen(owned: Store) -> Door | None:
    """Take commands; a dashboard that cannot is better than none, and says so in its log."""
    listening = Door(owned.path, lambda argv, folder: _carry_out(owned, argv, folder))
    try:
        listening.open()
    except (OSError, Refusal) as error:
        log.warning("commands beside the dashboard will not be answered: %s (%s)", error, listening.path)
        return None
    return listening


def _carry_out(owned: Store, argv: list[str], folder: Path) -> Outcome:
    return carry_out(argv, Counter(folder=folder, now=now(), environ=os.environ, owned=owned))


def _watch_the_clock(owned: Store, stopped: threading.Event) -> None:
    """Begin each day once, the first one at the start; and look at the gates whenever something has happened."""
    begun: date | None = None
    looked: datetime | None = None
    while not stopped.is_set():
        try:
            today, happened = today_in(owned, now()), newest_moment(owned.cursor())
            if today != begun:
                daily.begin_day(owned, now(), today)
                begun = today
            elif happened != looked:
                daily.look_at_gates(owned, now(), today)
            looked = happened
        except Exception:  # the clock must go on
            log.exception("the clock could not begin the day")
        stopped.wait(SECONDS_BETWEEN_LOOKS_AT_THE_CLOCK)
