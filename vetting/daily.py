"""What has to happen because time passes, and not because somebody did something."""

import logging
import os
from collections.abc import Callable
from datetime import date, datetime

from schemas.codes import Role, Via
from schemas.viewer import Viewer
from vetting.certification.clock import ACTOR, tick
from vetting.certification.holds import watch
from vetting.intake.sweep import sweep
from vetting.retention import finish, purge
from vetting.scoring.live import rescore
from vetting.store import Store
from vetting.store.settings import fetch_settings
from vetting.trail.publish import send_daily

CLOCK = Viewer(role=Role.ADMIN, organisation="", actor=ACTOR)

log = logging.getLogger(__name__)


def clear_up(store: Store, now: datetime, today: date) -> None:
    """At the server's start: worker reports whose batch never committed count nowhere, and go; a purge that was
    interrupted comes to its end."""
    _safely("sweeping", lambda: sweep(store))
    _safely("completing a purge", lambda: finish(store, now, today))


def begin_day(store: Store, now: datetime, today: date) -> None:
    """Certificates expire and lapse; every agency's live score moves on with its window, and gates with it; what has
    passed its time is deleted, but of the sample country; the trail's head goes to those who are to keep it."""
    _safely("the clock of certification", lambda: tick(store, now=now, today=today))
    _safely("rescoring", lambda: rescore(store, None, today))
    look_at_gates(store, now, today)
    if not fetch_settings(store.cursor()).sample:  # its workers are invented, and its history is there to be looked at
        _safely("deleting what has passed its time", lambda: purge(store, CLOCK, via=Via.CLOCK, now=now, today=today))
    _safely("sending the trail's head", lambda: send_daily(store, CLOCK, os.environ, now, today))


def look_at_gates(store: Store, now: datetime, today: date) -> None:
    """After every act too: a gate may have opened or closed, and the next weekly hour may be near."""
    _safely("looking at the gates", lambda: watch(store, now=now, today=today))


def _safely(what: str, work: Callable[[], object]) -> None:
    """One of them failing must not keep the others from happening, nor end the clock."""
    try:
        work()
    except Exception:
        log.exception("%s failed and will be tried again tomorrow, or at the next start", what)
