"""After a purge no past answer is counted from fewer rows than it had: it is equal to the byte, kept, or refused."""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from schemas.clocks import Clocks, end_of
from schemas.codes import Via
from schemas.making import Making
from schemas.score import Score
from tests.vetting.certification.desks import ASHA
from tests.vetting.scoring.histories import ADMIN, History, beginning, change_kind, merge, send, withdraw
from tests.vetting.scoring.test_two_clocks import happen
from vetting.disclosure.live import live_making, live_scores
from vetting.intake.forget import forget
from vetting.refusals import Purged
from vetting.retention import purge
from vetting.scoring.score import newest_moment

DAYS = (
    date(2025, 6, 30),
    date(2025, 12, 31),
    date(2026, 2, 28),
    date(2026, 3, 31),
    date(2026, 6, 30),
    date(2027, 12, 31),
)
FATES = ("counted", "kept", "refused")


@pytest.fixture
def history(migrated: Path) -> Iterator[History]:
    with beginning(migrated) as begun:
        yield begun


def told(history: History, clocks: Clocks) -> list[Score | Making]:
    """Every agency's score, and how one was made."""
    db, when = history.store.cursor(), {"as_of": clocks.as_of, "known_at": clocks.known_at}
    scores = live_scores(db, ASHA, **when)
    return [*scores, live_making(db, ASHA, scores[0].agency_id, **when)]


def kept(answer: Score | Making) -> bool:
    return (answer.score if isinstance(answer, Making) else answer).kept_on is not None


def fates(history: History, answers: dict[Clocks, list[Score | Making]]) -> dict[Clocks, str]:
    """What has become of each answer; it fails for one that is told, and is another than it was."""
    found = {}
    for clocks, before in answers.items():
        try:
            after = told(history, clocks)
        except Purged:
            found[clocks] = "refused"
            continue
        found[clocks] = "kept" if any(map(kept, after)) else "counted"
        assert said(after) == said(before), (clocks, found[clocks])
    return found


def said(answers: Sequence[Score | Making]) -> list[str]:
    """To the byte, but for the day they were kept."""
    return [re.sub('"kept_on":"[^"]*"', '"kept_on":null', each.model_dump_json()) for each in answers]


def moments(history: History) -> list[datetime]:
    rows = history.store.cursor().execute("SELECT recorded_at FROM desk.trail ORDER BY seq").fetchall()
    return [moment for (moment,) in rows]


def live(history: History, rng: random.Random) -> None:
    """Batches with corrections that move reports, withdrawals, merges, in any order."""
    for act in (send, send, *rng.choices([send, send, withdraw, change_kind, merge], k=4)):
        happen(history, act, rng.randrange(10**6))


def forget_some(history: History, rng: random.Random) -> None:
    rows = history.store.cursor().execute("SELECT DISTINCT partner, report_id FROM evidence.report ORDER BY ALL")
    for partner, report_id in rng.sample(rows.fetchall(), 2):
        forget(history.store, partner, report_id, viewer=ADMIN, reason="Asked for it.", **history.when)


def age(history: History, today: date) -> None:
    history.now = max(history.now, datetime.combine(today, datetime.min.time()))
    purge(history.store, ADMIN, via=Via.CLI, now=history.now, today=today)


@pytest.mark.parametrize("seed", range(2))
def test_no_past_answer_is_counted_from_fewer_rows(history: History, seed: int):
    rng = random.Random(seed)
    live(history, rng)
    answers: dict[Clocks, list[Score | Making]] = {}
    purges: list[Callable[[], None]] = [
        lambda: forget_some(history, rng),
        lambda: age(history, date(2028, rng.choice([4, 9]), 20)),
        lambda: forget_some(history, rng),
        lambda: age(history, date(2028, 11, 2)),
    ]
    for each in purges:
        answers |= {clocks: made for clocks, made in asked(history, rng).items() if clocks not in answers}
        each()
        live(history, rng)
    seen = set(fates(history, answers).values())
    assert seen == set(FATES)


def asked(history: History, rng: random.Random) -> dict[Clocks, list[Score | Making]]:
    """What can be asked after earlier purges; what was kept of it then is no answer of now."""
    known = rng.sample(moments(history), 4) + [newest_moment(history.store.cursor())]
    known = [moment + rng.choice([0, 1]) * timedelta(hours=3) for moment in known]
    newest = newest_moment(history.store.cursor())
    known += [end_of(day) for day in DAYS[2:5] if end_of(day) <= newest]
    first, found = moments(history)[12], {}
    pairs = [Clocks(as_of=day, known_at=moment) for day in DAYS for moment in known if first < moment]
    last = [Clocks(as_of=day, known_at=newest) for day in (DAYS[1], DAYS[5])]  # what purges keep
    for clocks in [*last, *rng.sample(pairs, 6)]:
        try:
            made = told(history, clocks)
        except Purged:
            continue
        if not any(map(kept, made)):
            found[clocks] = made
    return found
