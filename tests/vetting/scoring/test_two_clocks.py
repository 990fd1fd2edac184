"""Any past answer, computed then and computed later, is the same to the byte, whatever happened in between."""

import random
from datetime import date
from itertools import islice
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from schemas.clocks import Clocks
from tests.vetting.certification.desks import ASHA
from tests.vetting.scoring.histories import ACTS, Act, History, beginning, caps, clear, rates
from vetting.disclosure.past import past_agency
from vetting.refusals import Refusal
from vetting.scoring.score import newest_moment, score
from vetting.store.agencies import fetch_agencies

DAYS = (date(2025, 12, 31), date(2026, 2, 28), date(2026, 11, 22))
# Every act once and reports five times, in any order; what is refused where it falls changes nothing.
orders = st.permutations([*ACTS, *[ACTS[0]] * 4])


def answer(history: History, clocks: Clocks) -> bytes:
    """What is told of that pair: all agencies scored together, one alone, what stands beside it, and the register."""
    db, (day, known_at) = history.store.cursor(), (clocks.as_of, clocks.known_at)
    told = [each.model_dump_json() for each in score(db, as_of=day, known_at=known_at)]
    one = history.agencies[0]
    told += [each.model_dump_json() for each in score(db, as_of=day, known_at=known_at, agencies=[one])]
    told.append(past_agency(db, ASHA, one, as_of=day, known_at=known_at).model_dump_json())
    told += [each.model_dump_json() for each in fetch_agencies(db, known_at)]
    return "\n".join(told).encode()


def happen(history: History, act: Act, seed: int) -> bool:
    """Whether it was done; a refused act changes nothing."""
    try:
        act(history, random.Random(seed))
    except Refusal:
        return False
    return True


@settings(
    max_examples=4,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],  # a history is long to retell: it is printed as it was drawn
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(order=orders, first=st.integers(1, 10**6))
def test_what_was_answered_once_is_answered_again_to_the_byte(migrated: Path, order: list[Act], first: int):
    with beginning(migrated) as history:
        answers: dict[Clocks, bytes] = {}
        for seed, act in enumerate(order, first):
            done = any(happen(history, act, attempt) for attempt in range(seed, seed + 20 * len(order), len(order)))
            if done:
                clocks = Clocks(as_of=DAYS[seed % len(DAYS)], known_at=newest_moment(history.store.cursor()))
                answers[clocks] = answer(history, clocks)
        for clocks, then in answers.items():
            assert answer(history, clocks) == then, clocks


def test_each_kind_of_act_changes_what_is_answered(migrated: Path):
    """At once; or, where it counts for later reports alone, with these."""
    with beginning(migrated) as history:
        for seed in range(9):
            happen(history, ACTS[0], seed)
        silent = {act for act in (clear, *(each for each in ACTS if each is not clear)) if not changes(history, act)}
    assert silent == {rates, caps}


def changes(history: History, act: Act) -> bool:
    """Whether the act, done a few times, ever changes the answer as of one day by more than its moment."""
    clocks = Clocks(as_of=DAYS[-1], known_at=newest_moment(history.store.cursor()))
    before = answer(history, clocks)
    done = islice((seed for seed in range(1, 40) if happen(history, act, seed)), 3)
    assert list(done), f"{act.__name__} is always refused"
    known_at = newest_moment(history.store.cursor())
    after = answer(history, clocks.model_copy(update={"known_at": known_at}))
    at, now = (moment.isoformat().encode() for moment in (clocks.known_at, known_at))
    return after.replace(now, at) != before
