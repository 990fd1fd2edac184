"""What has to happen because time passes, and not because somebody did something."""

import logging
from collections.abc import Callable
from datetime import date, datetime

from vetting.certification.clock import tick
from vetting.certification.holds import watch
from vetting.intake.sweep import sweep
from vetting.scoring.live import rescore
from vetting.store import Store

log = logging.getLogger(__name__)


def clear_up(store: Store) -> None:
    """At the server's start: worker reports whose batch never committed count nowhere, and go."""
    _safely("sweeping", lambda: sweep(store))


def begin_day(store: Store, now: datetime, today: date) -> None:
    """Certificates expire and lapse; every agency's live score moves on with its window, and gates with it."""
    _safely("the clock of certification", lambda: tick(store, now=now, today=today))
    _safely("rescoring", lambda: rescore(store, None, today))
    look_at_gates(store, now, today)


def look_at_gates(store: Store, now: datetime, today: date) -> None:
    """After every act too: a gate may have opened or closed, and the next weekly hour may be near."""
    _safely("looking at the gates", lambda: watch(store, now=now, today=today))


def _safely(what: str, work: Callable[[], object]) -> None:
    """One of them failing must not keep the others from happening, nor end the clock."""
    try:
        work()
    except Exception:
        log.exception("%s failed and will be tried again tomorrow, or at the next start", what)
