"""Any past answer, computed then and computed later, is the same to the byte, whatever happened in between."""

import json
import random
from collections.abc import Sequence
from datetime import date
from itertools import chain, islice
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from schemas.clocks import Clocks
from schemas.record import Record
from tests.vetting.certification.desks import ASHA
from tests.vetting.scoring.histories import ACTS, Act, History, beginning, caps, clear, rates
from vetting.disclosure.caps import compared_caps
from vetting.disclosure.live import live_making, live_scores
from vetting.disclosure.past import past_agency
from vetting.refusals import Refusal
from vetting.scoring.score import newest_moment
from vetting.store.agencies import fetch_agencies
from vetting.store.exchange_rates import fetch_rates
from vetting.store.fee_caps import fetch_caps

DAYS = (date(2025, 12, 31), date(2026, 2, 28), date(2026, 11, 22))
# Every act once and reports five times, in any order; what is refused where it falls is tried again at the end.
orders = st.permutations([*ACTS, *[ACTS[0]] * 4])


def answer(history: History, clocks: Clocks) -> dict[str, str]:
    """What is told of that pair, each part as canonical JSON: all agencies scored together, and as `score --json` says
    them; how one's score alone was made; what stands beside it; the register, rates and rules that were known."""
    db, one = history.store.cursor(), history.agencies[0]
    day, known_at = clocks.as_of, clocks.known_at
    scores = live_scores(db, ASHA, as_of=day, known_at=known_at)
    parts: dict[str, Sequence[Record]] = {
        "scores": scores,
        "making": [live_making(db, ASHA, one, as_of=day, known_at=known_at)],
        "beside": [past_agency(db, ASHA, one, as_of=day, known_at=known_at)],
        "compared": [compared_caps(db, ASHA, one, as_of=day, known_at=known_at)],
        "register": fetch_agencies(db, known_at),
        "rules": fetch_caps(db, known_at),
    }
    told = {name: [each.model_dump(mode="json") for each in part] for name, part in parts.items()}
    told["said"] = [each.as_json() for each in scores]
    told["rates"] = fetch_rates(db, known_at).added.to_dicts()
    return {name: json.dumps(part, sort_keys=True, default=str) for name, part in told.items()}


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
        answers: dict[Clocks, dict[str, str]] = {}
        refused: list[Act] = []
        for seed, act in enumerate(chain(order, refused), first):  # grows by what is refused, until all had their turn
            if happen(history, act, seed):
                clocks = Clocks(as_of=DAYS[seed % len(DAYS)], known_at=newest_moment(history.store.cursor()))
                answers[clocks] = answer(history, clocks)
            elif seed < first + len(order):
                refused.append(act)
        for clocks, then in answers.items():
            assert answer(history, clocks) == then, clocks


def test_each_kind_of_act_changes_what_is_answered(migrated: Path):
    """The scores at once; rates and rules are told at once, and count in scores for later reports alone."""
    with beginning(migrated) as history:
        for seed in range(9):
            happen(history, ACTS[0], seed)
        changed = {act: changes(history, act) for act in (clear, *(each for each in ACTS if each is not clear))}
    assert {act for act, parts in changed.items() if not parts & {"scores", "said"}} == {rates, caps}
    assert "rates" in changed[rates]
    assert "rules" in changed[caps]


def changes(history: History, act: Act) -> set[str]:
    """The parts of the answer as of one day that the act, done a few times, changes by more than their moment."""
    clocks = Clocks(as_of=DAYS[-1], known_at=newest_moment(history.store.cursor()))
    before = answer(history, clocks)
    done = islice((seed for seed in range(1, 40) if happen(history, act, seed)), 3)
    assert list(done), f"{act.__name__} is always refused"
    known_at = newest_moment(history.store.cursor())
    after = answer(history, clocks.model_copy(update={"known_at": known_at}))
    at, now = (moment.isoformat() for moment in (clocks.known_at, known_at))
    return {name for name, part in after.items() if part.replace(now, at) != before[name]}
