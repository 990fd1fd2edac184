"""Random small countries, two releases each: whatever buyers are told is on the grid, and rests on enough workers."""

import re
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.codes import Band, Outcome, Via
from schemas.release import TOO_FEW, Word
from tests.vetting.disclosure.country import AGENCIES, BUYER, NOW, REVIEWER, D, found, send, withdraw, worker
from vetting.disclosure.directory import directory
from vetting.disclosure.release import publish
from vetting.disclosure.released import past_bands, released_agency, released_json
from vetting.scoring.indicators import CODES
from vetting.store import Store, open_store
from vetting.store.migrate import migrate

COUNTS = {"10–19", "20–49", "50–99", "100–499", "500+"}
SHARE = re.compile(r"under 10 %|over 90 %|(\d+)–(\d+) %")
STEP = {"10–19": 50, "20–49": 25, "50–99": 10, "100–499": 5, "500+": 5}
WORDS = {word.value for word in Word}
SECOND = date(2026, 9, 30)
LATER = datetime(2027, 1, 10)

reports = st.fixed_dictionaries(
    {
        "partner": st.sampled_from(["sunrise", "sunrise", "dockers", "ledger", "owner"]),
        "agency_id": st.sampled_from(["a1", "a1", "a1", "a2"]),
        "destination_country": st.sampled_from(["QAT", "QAT", "SAU"]),
        "interview_date": st.dates(date(2024, 5, 1), date(2026, 10, 1)),
        "worker_ref": st.one_of(st.none(), st.integers(0, 60).map("w{}".format)),
        "age_at_recruitment": st.sampled_from([None, 16, 20, 30, 40]),
        "months": st.sampled_from([None, 0.0, 0.4, 1.3, 7.0]),
        "verification": st.sampled_from(["self_report", "self_report", "receipt_seen", "investigated"]),
        "adverse": st.sets(st.sampled_from(CODES), max_size=4),
        "unknown": st.sets(st.sampled_from(CODES), max_size=4),
    }
)


def rows(drawn: list[dict[str, Any]], first: int) -> Iterator[tuple[str, dict[str, Any]]]:
    for number, each in enumerate(drawn, start=first):
        told = {key: value for key, value in each.items() if key not in {"partner", "adverse", "unknown"}}
        answers = {code.lower(): True for code in each["adverse"]} | {code.lower(): None for code in each["unknown"]}
        yield each["partner"], worker(number, **told, **answers)


def send_all(store: Store, drawn: list[dict[str, Any]], first: int, at: datetime) -> list[str]:
    by_partner: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for partner, row in rows(drawn, first):
        by_partner[partner].append(row)
    return [
        send(store, partner, batch, at + timedelta(minutes=number))
        for number, (partner, batch) in enumerate(sorted(by_partner.items()))
    ]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(
    before=st.lists(reports, min_size=20, max_size=90),
    after=st.lists(reports, max_size=40),
    mended=st.sets(st.integers(0, 89), max_size=2),
    gone=st.booleans(),
)
def test_whatever_is_told_is_on_the_grid(before: list, after: list, mended: set[int], gone: bool):
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "country.duckdb")
        migrate(store, NOW)
        found(store)
        batches = send_all(store, before, 0, datetime(2026, 7, 1))
        publish(store, REVIEWER, as_of=D, via=Via.CLI, now=NOW, today=NOW.date())
        check_all(store)
        send_all(store, after, 1000, datetime(2026, 12, 1))
        corrections = [(p, row | {"w08": True}) for n, (p, row) in enumerate(rows(before, 0)) if n in mended]
        for number, (partner, row) in enumerate(corrections):
            send(store, partner, [row], datetime(2026, 12, 2) + timedelta(minutes=number))
        if gone:
            withdraw(store, batches[0], datetime(2026, 12, 3))
        first = told(store, D)
        publish(store, REVIEWER, as_of=SECOND, via=Via.CLI, now=LATER, today=LATER.date())
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
        assert n in COUNTS
        match = SHARE.fullmatch(share)
        assert match
        edges = {int(edge) for edge in match.groups() if edge} - {10, 90}
        assert all(edge % STEP[n] == 0 for edge in edges)


def check_months(months: dict[str, Any]) -> None:
    assert months["n"] in COUNTS | {None}
    assert months["median"] is None or (months["median"] * 2 == int(months["median"] * 2) and months["n"] != "10–19")
    assert months["p80"] is None or months["n"] in {"50–99", "100–499", "500+"}


def on_step(value: int | None, step: int) -> bool:
    return value is None or (value % step == 0 and 0 <= value <= 100)
