"""Words for tests of holds: an agency that a release shows, gates that open and close, and what buyers read of it."""

from datetime import date, datetime, timedelta

from schemas.codes import Action, Band, Role, Via
from schemas.hold import Confirmation, Look
from schemas.release import ReleasedAgency, ReleaseSummary
from schemas.viewer import Viewer
from tests.vetting.certification.desks import AGENCY, ASHA, Desk
from vetting.certification.holds import watch
from vetting.certification.notices import confirm_gate
from vetting.disclosure.release import publish
from vetting.disclosure.released import released_agency
from vetting.scoring.live import rescore

BUYER = Viewer(role=Role.BUYER, organisation="Brand", actor="bo@brand.example")
MAY = date(2026, 5, 4)  # inside the newest release that can be published at the desk's day
FIRST_MONDAY = datetime(2026, 11, 23, 9, 0)  # the desk's day is the Sunday before
WITHDRAW = "INSERT INTO desk.batch_withdrawal VALUES ($batch, $recorded_at, 'a', 'r')"


def report(desk: Desk, partner: str, reports: int, interviewed: date | None = None, **adverse: int) -> str:
    """So many workers, each another one; returns the batch."""
    said = {"verification": adverse.pop("verification", "self_report")}
    desk.report(partner, reports=reports, interviewed=interviewed, **said, **adverse)
    desk.store.cursor().execute("UPDATE evidence.report SET worker_ref = report_id")
    newest = "SELECT arg_max(batch_id, recorded_at) FROM desk.batch"
    return desk.store.cursor().execute(newest).fetchall()[0][0]


def shown(desk: Desk, reports: int = 60) -> ReleaseSummary:
    """Two partners' workers speak well of the agency, and a release shows it."""
    report(desk, "sunrise", reports, MAY)
    report(desk, "dockers", reports, MAY)
    return published(desk)


def published(desk: Desk, as_of: date = date(2026, 6, 30)) -> ReleaseSummary:
    when = desk.when
    return publish(desk.store, ASHA, as_of=as_of, via=when["via"], now=when["now"], today=when["today"])


def gated(desk: Desk, indicator: str = "w07") -> str:
    """An investigated report opens a gate, and the clock has seen it; returns the batch."""
    batch = report(desk, "dockers", 20, **{"verification": "investigated", indicator: 1})
    look(desk)
    return batch


def look(desk: Desk) -> list[Look]:
    """What the server does when something has happened, and each day."""
    rescore(desk.store, None, desk.today)
    return watch(desk.store, now=desk.when["now"], today=desk.today)


def confirmed(desk: Desk, indicator: str = "W07") -> Confirmation:
    desk.declare(ASHA)
    return confirm_gate(desk.store, ASHA, AGENCY, indicator, "Two of them showed me.", **desk.when)


def withdrawn(desk: Desk, batch: str) -> None:
    desk.learn(Action.BATCH_WITHDRAW, (WITHDRAW, {"batch": batch}))


def pass_days(desk: Desk, days: int) -> None:
    """Days on which nobody does anything: the clock alone looks, once a day."""
    for _ in range(days):
        desk.wait(1)
        watch(desk.store, now=desk.when["now"], today=desk.today)


def read(desk: Desk, at: datetime | None = None) -> ReleasedAgency:
    """What a buyer is shown, now or at a moment."""
    now = desk.now if at is None else at
    return released_agency(desk.store.cursor(), BUYER, AGENCY, today=now.date(), now=now)


def on_hold(desk: Desk, at: datetime | None = None) -> bool:
    figure = read(desk, at).figure
    assert figure is not None
    return figure.band is Band.ON_HOLD and figure.band_reason is None


def hours_around(moment: datetime) -> tuple[datetime, datetime]:
    """The last moment before, and the moment itself."""
    return moment - timedelta(microseconds=1), moment


def at_the_line(desk: Desk) -> dict:
    return {"via": Via.CLI, "now": desk.when["now"]}
