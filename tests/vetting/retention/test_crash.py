"""A process killed in the middle of a purge leaves a valid state, and the purge is completed at the next start."""

from datetime import date, datetime
from pathlib import Path

import pytest

from schemas.codes import Role, Via
from schemas.score import Score
from schemas.viewer import Viewer
from tests.vetting.intake.conftest import ADMIN, make_desk
from tests.vetting.intake.files import TODAY, fee_csv
from tests.vetting.killed import killed
from vetting import daily, trail
from vetting.disclosure.live import live_scores
from vetting.intake.check import check
from vetting.intake.commit import commit
from vetting.intake.forget import forget
from vetting.refusals import Purged
from vetting.retention import purge
from vetting.scoring.score import newest_moment
from vetting.store import Store, open_store
from vetting.store.agencies import fetch_agencies
from vetting.store.migrate import migrate

NOW, LATER, PAST = datetime(2026, 11, 22, 9, 0), datetime(2027, 6, 1, 9, 0), date(2024, 3, 31)
REVIEWER = Viewer(role=Role.REVIEWER, actor="r@example.org")
OLD = {"interview_date": "2024-02-22", "recruited_month": "2023-01", "departed_month": "2023-05", "currency": "NPR"}


def purge_all(path: str) -> None:
    """What the killed process does, at a moment when one of three reports is too old and all texts are."""
    purge(open_store(Path(path)), ADMIN, via=Via.CLI, now=LATER, today=LATER.date())


def forget_one(path: str) -> None:
    store = open_store(Path(path))
    forget(store, "safe-steps", "R2", viewer=ADMIN, via=Via.CLI, now=LATER, today=TODAY, reason="Asked for it.")


# Where the process dies, and whether the purge was decided then. `kill` ends it; `then(f)` does so after f.
MOMENTS = {
    "before anything is kept": ("retention.keep = kill", False),
    "after the answers are kept": ("retention.keep = then(retention.keep)", False),
    "inside the act, after its row": ("retention.save_purge = then(retention.save_purge)", False),
    "inside the act, after the desk's texts": ("retention.purge_desk = then(retention.purge_desk)", False),
    "inside the act, after its trail": ("trail.append = then(trail.append)", False),
    "between the act and the rows": ("retention.purge_evidence = kill", True),
    "after the rows": ("retention.purge_evidence = then(retention.purge_evidence)", True),
    "before the scores are made again": ("live.evaluate_agencies = kill", True),
    "before it is ended": ("purges.drop_idle_repeats = then(purges.drop_idle_repeats)", True),
    "right after its end": ("retention.end_purge = then(retention.end_purge)", True),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with three reports, closed again."""
    path = tmp_path / "fair-passage.duckdb"
    store = open_store(path)
    migrate(store, NOW)
    make_desk(store, NOW)
    data = fee_csv(OLD | {"worker_ref": "W-1"}, {"worker_ref": "W-1"}, {"currency": "Rs"}, {})
    ready = check(data, "reports.csv", agencies=fetch_agencies(store.cursor()), today=TODAY)
    commit(store, ready, partner="safe-steps", viewer=ADMIN, via=Via.CLI, now=NOW)
    store.close()
    return path


def counted(store: Store, statement: str) -> int:
    return int(store.cursor().execute(statement).fetchall()[0][0])


def told(store: Store, as_of: date, known_at: datetime | None = None) -> list[Score] | None:
    """None where it is refused; the day an answer was kept, and by what the newest was known, are left out."""
    try:
        found = live_scores(store.cursor(), REVIEWER, as_of=as_of, known_at=known_at)
    except Purged:
        return None
    return [each.model_copy(update={"kept_on": None, "known_at": NOW}) for each in found]


OF_AGE = {name: moment for name, moment in MOMENTS.items() if "scores" not in name}


@pytest.mark.parametrize(("patch", "decided"), OF_AGE.values(), ids=OF_AGE)
def test_a_purge_by_age_killed_anywhere_is_completed(path: Path, patch: str, decided: bool):
    store = open_store(path)
    before, recent = told(store, PAST), told(store, TODAY)
    store.close()
    store = killed(path, patch, __name__, "purge_all")
    assert told(store, PAST) == before  # counted as long as nothing is decided, kept from then on
    assert told(store, TODAY) == recent
    assert counted(store, "SELECT count(*) FROM desk.trail WHERE action = 'purge'") == decided
    daily.clear_up(store, LATER, LATER.date())
    purge(store, ADMIN, via=Via.CLI, now=LATER, today=LATER.date())
    assert counted(store, "SELECT count(*) FROM desk.trail WHERE action = 'purge'") == 1
    assert counted(store, "SELECT count(*) FROM evidence.report WHERE raw = '{}'") == 2
    assert counted(store, "SELECT count(*) FROM evidence.report") == 2
    assert counted(store, "SELECT count(*) FROM evidence.quarantine") == 0
    assert counted(store, "SELECT count(*) FROM desk.purge_end") == 1
    assert counted(store, "SELECT count(*) FROM desk.repeat") == 1  # the key still has one report that bears it
    assert told(store, PAST) == before
    assert told(store, TODAY) == recent
    assert trail.verify(store.cursor())[1] is None
    store.close()


@pytest.mark.parametrize(("patch", "decided"), MOMENTS.values(), ids=MOMENTS)
def test_a_withdrawn_consent_killed_anywhere_is_completed(path: Path, patch: str, decided: bool):
    store = open_store(path)
    knew, day = newest_moment(store.cursor()), date(2026, 9, 30)
    before = told(store, day, knew)
    store.close()
    store = killed(path, patch, __name__, "forget_one")
    assert told(store, day, knew) == before
    ended = counted(store, "SELECT count(*) FROM desk.purge_end")
    if decided and not ended:  # neither with the report nor without it, until it is gone
        assert told(store, TODAY) is None
    daily.clear_up(store, LATER, TODAY)
    assert counted(store, "SELECT count(*) FROM evidence.report WHERE report_id = 'R2'") == 1 - decided
    if not decided:
        forget_one_in(store)
    now = told(store, TODAY)
    assert now is not None
    assert sum(each.workers for each in now) == 1
    assert told(store, day, knew) == before
    assert counted(store, "SELECT count(*) FROM desk.trail WHERE action = 'report_forget'") == 1
    assert counted(store, "SELECT count(*) FROM evidence.report WHERE report_id = 'R2'") == 0
    assert counted(store, "SELECT sum(workers) FROM desk.score") == 1
    store.close()


def forget_one_in(store: Store) -> None:
    forget(store, "safe-steps", "R2", viewer=ADMIN, via=Via.CLI, now=LATER, today=TODAY, reason="Asked for it.")
