"""Laws of counting, on random reports in a store: what must not move a score does not move a byte of it."""

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.score import Score
from tests.vetting.scoring.evidence import ANSWERS, AS_OF, KINDS, NOW, clean, report, scored, send, settle
from vetting.scoring.score import score
from vetting.store import Store, open_store

COUNTING = [partner for partner, kind in KINDS.items() if kind != "employer"]
SEEDS = st.integers(0, 2**32 - 1)
few_examples = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
Reports = list[dict[str, Any]]
Fresh = Callable[[], AbstractContextManager[Store]]


@pytest.fixture
def fresh(migrated: Path) -> Fresh:
    """A store of its own for each example, with two agencies and the partners in it."""

    @contextmanager
    def opened() -> Iterator[Store]:
        with TemporaryDirectory() as folder:
            store = open_store(Path(shutil.copy(migrated / "fair-passage.duckdb", folder)))
            try:
                settle(store, "river", "hill", kinds=KINDS | {"office": "agency"})
                yield store
            finally:
                store.close()

    return opened


def reports(rng: random.Random, prefix: str, agency: str) -> Reports:
    """Up to sixty reports of an agency, some of the same workers on other days, with answers left out."""
    mood, size = rng.choice([0.0, 0.02, 0.2, 0.6]), rng.choice([3, 15, 40, 60])
    days = rng.sample(range(700), size)  # no worker is asked twice on a day
    made = []
    for number, day in enumerate(days):
        answers = {code: rng.choice([None, *[rng.random() < mood] * 6]) for code in ANSWERS}
        answers |= {"charged": answers["w01"], "months": rng.choice([None, 0.0, rng.random() * 3 * mood])}
        answers |= {"known_w04": answers["w04"] is not None, "known_w05": answers["w05"] is not None}
        made.append(
            report(
                f"{prefix}{number}",
                agency,
                interview_date=date(2026, 9, 1) - timedelta(days=day),
                worker_ref=rng.choice([None, f"worker-{rng.randrange(30)}"]),
                verification=rng.choice(["self_report"] * 8 + ["receipt_seen", "investigated"]),
                destination_country=rng.choice(["QAT", "JPN"]),
                **answers,
            )
        )
    return made


def hand_in(store: Store, sent: dict[str, Reports], rng: random.Random) -> None:
    """Each partner's reports, in a random order, in random batches, at random moments."""
    batches = []
    for partner, rows in sent.items():
        rows = rng.sample(rows, len(rows))
        cuts = sorted(rng.sample(range(len(rows) + 1), rng.randrange(min(4, len(rows)) + 1)))
        pieces = [rows[a:b] for a, b in zip([0, *cuts], [*cuts, len(rows)], strict=True)]
        batches += [(partner, piece) for piece in pieces if piece]
    rng.shuffle(batches)
    for minutes, (partner, piece) in enumerate(batches, start=1):
        send(store, partner, piece, NOW - timedelta(days=3) + timedelta(minutes=minutes))


def by_partner(rng: random.Random, agency: str) -> dict[str, Reports]:
    return {partner: reports(rng, f"{agency}-", agency) for partner in rng.sample(COUNTING, rng.randrange(1, 4))}


@few_examples
@given(SEEDS)
def test_reports_of_one_agency_never_move_another(fresh: Fresh, seed: int):
    rng = random.Random(seed)
    with fresh() as store:
        hand_in(store, by_partner(rng, "river"), rng)
        before = scored(store).model_dump_json()
        for partner in COUNTING:
            others = reports(rng, "other-", "hill") + clean(3, "more-", agency_id="hill", verification="investigated")
            send(store, partner, others, NOW - timedelta(days=1))
        hill, river = score(store.cursor(), as_of=AS_OF, known_at=NOW)
        assert hill.workers > 0
        assert river.model_dump_json() == scored(store).model_dump_json() == before


@few_examples
@given(SEEDS)
def test_order_and_partition_of_batches_do_not_matter(fresh: Fresh, seed: int):
    """No report_id comes twice, and no worker is asked twice on one day: there the later word counts."""
    rng = random.Random(seed)
    sent, told = by_partner(rng, "river"), []
    for _ in range(3):
        with fresh() as store:
            hand_in(store, sent, rng)
            told.append(scored(store).model_dump_json())
    assert told[0] == told[1] == told[2]


@few_examples
@given(SEEDS, st.sampled_from(["depot", "office"]))
def test_what_an_agency_or_an_employer_says_of_itself_never_changes_a_score(fresh: Fresh, seed: int, partner: str):
    rng = random.Random(seed)
    with fresh() as store:
        hand_in(store, by_partner(rng, "river"), rng)
        before = scored(store)
        own = reports(rng, "own-", "river") + clean(20, "praise-")
        send(store, partner, own, NOW - timedelta(days=1))
        after = scored(store)
    assert after.self_declared_workers > before.self_declared_workers
    assert but_for_what_is_told_apart(after) == but_for_what_is_told_apart(before)


def but_for_what_is_told_apart(found: Score) -> str:
    """The score as JSON, without the counts of the self-declared and without the reviewers' queue."""
    indicators = tuple(each.model_copy(update={"self_declared": 0}) for each in found.indicators)
    return found.model_copy(
        update={"indicators": indicators, "self_declared_workers": 0, "queue": ()}
    ).model_dump_json()
