"""Random small countries, two releases each: whatever buyers are told is on the grid, and rests on enough workers."""

import random
import re
import tempfile
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.codes import Band, Outcome, Via
from schemas.release import TOO_FEW, ReleaseSummary, Word
from tests.vetting.disclosure.country import AGENCIES, BUYER, NOW, REVIEWER, D, found, send, withdraw, worker
from vetting.disclosure.directory import directory
from vetting.disclosure.release import publish
from vetting.disclosure.released import past_bands, released_agency, released_json
from vetting.scoring.indicators import CODES
from vetting.store import Store, open_store
from vetting.store.migrate import migrate
from vetting.store.rows import fetch_rows

COUNTS = {"10–19", "20–49", "50–99", "100–499", "500+"}
JOINED = re.compile(r"(10|20|50|100|500)(–(19|49|99|499)|\+)")  # of two classes, where cells reach over a line
SHARE = re.compile(r"under (\d+) %|(\d+) % or over|(\d+)–(\d+) %|range too wide to tell")
WORDS = {word.value for word in Word}
SECOND = date(2026, 9, 30)
LATER = datetime(2027, 1, 10)
MEMBERS = """
SELECT blocks.block_id, reports.*
FROM desk.release_block AS standing
JOIN desk.block AS blocks ON blocks.block_id = standing.block_id
JOIN desk.block_report AS named ON named.block_id = blocks.block_id
JOIN evidence.report AS reports ON reports.batch_id = named.batch_id AND reports.report_id = named.report_id
WHERE standing.release_id = $release_id
ORDER BY blocks.block_id
"""


def reports(rng: random.Random, size: int, first: int) -> list[tuple[str, dict[str, Any]]]:
    """Reports with the partner who sends each; `mood` is how often something is adverse."""
    mood = rng.choice([0.0, 0.02, 0.2, 0.6])
    return [
        (
            rng.choice(["sunrise", "sunrise", "dockers", "ledger", "owner"]),
            worker(
                number,
                agency_id=rng.choice(["a1", "a1", "a1", "a2"]),
                destination_country=rng.choice(["QAT", "QAT", "QAT", "SAU"]),
                interview_date=date(2024, 5, 1) + timedelta(days=rng.randrange(880)),
                worker_ref=rng.choice([None, f"w{rng.randrange(80)}", f"w{number}", f"w{number}"]),
                age_at_recruitment=rng.choice([None, 16, 20, 30, 40]),
                months=rng.choice([None, 0.0, 0.4, 1.3, 7.0]),
                verification=rng.choice(["self_report"] * 9 + ["investigated"]),
            )
            | {code.lower(): rng.random() < mood for code in CODES}
            | {code.lower(): None for code in rng.sample(CODES, rng.choice([0, 0, 4, 12]))},
        )
        for number in range(first, first + size)
    ]


def send_all(store: Store, drawn: list[tuple[str, dict[str, Any]]], at: datetime) -> list[str]:
    by_partner: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for partner, row in drawn:
        by_partner[partner].append(row)
    return [
        send(store, partner, batch, at + timedelta(minutes=number))
        for number, (partner, batch) in enumerate(sorted(by_partner.items()))
    ]


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_whatever_is_told_is_on_the_grid(seed: int):
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "country.duckdb")
        migrate(store, NOW)
        found(store)
        before = reports(rng, rng.choice([30, 90, 200, 400]), 0)
        batches = send_all(store, before, datetime(2026, 7, 1))
        check_support(store, publish(store, REVIEWER, as_of=D, via=Via.CLI, now=NOW, today=NOW.date()))
        check_all(store)
        first = told(store, D)
        send_all(store, reports(rng, rng.choice([0, 10, 60]), 1000), datetime(2026, 12, 1))
        for number, (partner, row) in enumerate(rng.sample(before, rng.choice([0, 1, 3]))):
            send(store, partner, [row | {"w08": True}], datetime(2026, 12, 2) + timedelta(minutes=number))
        if rng.random() < 0.3:
            withdraw(store, batches[0], datetime(2026, 12, 3))
        check_support(store, publish(store, REVIEWER, as_of=SECOND, via=Via.CLI, now=LATER, today=LATER.date()))
        check_all(store)
        assert told(store, D) == first, "a release is never recomputed"
        store.close()


def told(store: Store, as_of: date) -> list[Any]:
    return list(released_json(store.cursor(), BUYER, as_of=as_of))


def check_all(store: Store) -> None:
    db = store.cursor()
    answers = told(store, LATER.date())
    assert [answer["agency_id"] for answer in answers] == sorted(AGENCIES)
    for answer in answers:
        check_json(answer)
        figure = released_agency(db, BUYER, answer["agency_id"], today=LATER.date()).figure
        assert figure is not None
        assert figure.as_json() == answer
        assert figure.heard is None or re.fullmatch(r"under 5 %|5–20 %|over 20 %|.*unknown|too few.*", figure.heard)
        for day in (figure.newest, figure.median_age):
            assert day is None or re.fullmatch(r"20\d\d H[12]", day)
        for corridor in figure.corridors:
            assert corridor.workers in COUNTS
            check_share(corridor.charged_n, corridor.charged)
            check_months(corridor.months.model_dump())
        for past in past_bands(db, BUYER, answer["agency_id"]):
            assert past.workers in COUNTS | {TOO_FEW}
    for entry in directory(db, BUYER, today=LATER.date()).entries:
        assert entry.workers in COUNTS | {TOO_FEW}


def check_support(store: Store, release: ReleaseSummary) -> None:
    """Counted anew in plain Python: blocks are ten workers of one partner, in no other block, and every told indicator
    rests on ten of a partner's workers."""
    db = store.cursor()
    members = fetch_rows(db, MEMBERS, {"release_id": release.release_id})
    seen: dict[str, set[Any]] = defaultdict(set)
    for _, group in groupby(members, key=lambda row: row["block_id"]):
        block = list(group)
        own = people(block)
        assert len(own) >= 10
        assert len({partner for partner, _ in own}) == 1
        assert not own & seen[block[0]["agency_id"]]
        seen[block[0]["agency_id"]] |= own
    for answer in told(store, LATER.date()):
        rows = [row for row in members if row["agency_id"] == answer["agency_id"]]
        assert (answer["workers"] == TOO_FEW) == (not rows)
        for code, each in answer["indicators"].items():
            if each["n"] is not None:
                answered = [row for row in rows if row[code.lower()] is not None]
                counts = Counter(partner for partner, _ in people(answered))
                assert max(counts.values()) >= 10, code


def people(rows: list[dict[str, Any]]) -> set[tuple[str, Any]]:
    """Ten look-alikes without a reference are one worker."""
    alike = ("origin_country", "destination_country", "recruited_month", "sex", "age_at_recruitment")
    return {(row["partner"], row["worker_ref"] or tuple(row[column] for column in alike)) for row in rows}


def check_json(answer: dict[str, Any]) -> None:
    assert answer["workers"] in COUNTS | {TOO_FEW}
    assert answer["partners"] in {None, "1", "2 or more"}
    assert answer["band"] in set(Band)
    assert answer["band_reason"] in {None, "too_few_workers", "low_coverage"}
    assert answer["gates"] is answer["contradictions"] is answer["points"]["mid"] is None
    assert on_step(answer["points"]["low"], 10)
    assert on_step(answer["points"]["high"], 10)
    assert answer["coverage"] is None or round(answer["coverage"] * 10, 9) in range(11)
    for each in answer["indicators"].values():
        assert each["k"] is each["low"] is each["high"] is None
        assert (each["n"] is None) == (each["outcome"] == Outcome.NOT_ASSESSED)
        check_share(each["n"], each["share"])
    for each in answer["criteria"].values():
        assert each["low"] is each["high"] is each["worker"] is each["documents"] is None
        assert each["mid"] in WORDS
    for each in answer["principles"].values():
        assert each["mid"] in WORDS
        assert on_step(each["low"], 20)
        assert on_step(each["high"], 20)
    assert answer["months"]["mean"] is None
    check_months(answer["months"])
    if answer["workers"] == TOO_FEW:
        hidden = [answer["partners"], answer["coverage"], *answer["points"].values(), *answer["months"].values()]
        assert set(hidden) == {None}
        assert {each["n"] for each in answer["indicators"].values()} == {None}
        assert {each["mid"] for each in answer["criteria"].values()} == {"not_assessed"}


def check_share(n: str | None, share: str | None) -> None:
    assert (n is None) == (share is None)
    if n is not None and share is not None:
        assert JOINED.fullmatch(n)
        match = SHARE.fullmatch(share)
        assert match
        assert all(int(edge) % 5 == 0 and 10 <= int(edge) <= 90 for edge in match.groups() if edge)


def check_months(months: dict[str, Any]) -> None:
    assert months["n"] is None or JOINED.fullmatch(months["n"])
    assert months["median"] is None or (
        months["median"] * 2 == int(months["median"] * 2) and not months["n"].startswith("10–")
    )
    assert months["p80"] is None or months["n"].startswith(("50", "100"))


def on_step(value: int | None, step: int) -> bool:
    return value is None or (value % step == 0 and 0 <= value <= 100)
