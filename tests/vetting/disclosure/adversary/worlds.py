"""Random small countries with a history: uploads, corrections, withdrawals, purges, and a release every quarter."""

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from schemas.codes import Via
from schemas.release import ReleaseSummary
from tests.vetting.disclosure.country import REVIEWER, found, send, withdraw, worker
from vetting.disclosure.release import publish
from vetting.scoring.indicators import CODES
from vetting.store import Store, open_store
from vetting.store.migrate import migrate

QUARTERS = [date(2025, 9, 30), date(2025, 12, 31), date(2026, 3, 31), date(2026, 6, 30)]
PARTNERS = ("sunrise", "dockers", "harbour", "ledger")
BEGIN = datetime(2020, 1, 1)


@cache
def _founded() -> bytes:
    """The file of a country with nothing reported yet."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "country.duckdb"
        store = open_store(path)
        migrate(store, BEGIN)
        found(store)
        store.close()
        return path.read_bytes()


@contextmanager
def empty_country() -> Iterator[Store]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "country.duckdb"
        path.write_bytes(_founded())
        store = open_store(path)
        yield store
        store.close()


def frozen_at(quarter: date) -> datetime:
    return datetime.combine(quarter, datetime.min.time()) + timedelta(days=100)


def release(store: Store, quarter: date) -> ReleaseSummary:
    now = frozen_at(quarter)
    return publish(store, REVIEWER, as_of=quarter, via=Via.CLI, now=now, today=now.date())


def some_workers(rng: random.Random, size: int, first: int, quarter: date) -> list[dict[str, Any]]:
    """New workers of one agency and corridor, heard in the months before the quarter's end."""
    mood = rng.choice([0.0, 0.0, 0.1, 0.5, 1.0])
    silent = rng.sample(CODES, rng.choice([0, 3, 8]))
    where = {
        "agency_id": rng.choice(["a1", "a1", "a1", "a2"]),
        "destination_country": rng.choice(["QAT", "QAT", "SAU"]),
    }
    back = rng.choice([0, 0, 1, 7])  # quarters: some are heard of late, and age soon
    return [
        worker(number, interview_date=quarter - timedelta(days=rng.randrange(80) + 91 * back), **where)
        | answers(rng, mood, silent)
        for number in range(first, first + size)
    ]


def answers(rng: random.Random, mood: float, silent: Sequence[str]) -> dict[str, Any]:
    """What a worker says; whoever was not charged has paid nothing, and nothing to get back."""
    said: dict[str, Any] = {code.lower(): rng.random() < mood for code in CODES}
    said |= {"months": rng.choice([0.0, 0.4, 2.0, 5.0]), "charged": said["w01"]}
    if not said["w01"]:
        said |= {"w02": False, "w03": False, "w04": False, "w05": False, "w06": None, "months": 0.0}
    return said | {code.lower(): None for code in silent if rng.random() < 0.5}


def play(store: Store, rng: random.Random, quarters: Sequence[date] = QUARTERS) -> list[ReleaseSummary]:
    """Quarters of uploads, with what disturbs them, and the releases that were made."""
    made, sent, first = list[ReleaseSummary](), list[tuple[str, str, list[dict[str, Any]]]](), 0
    for quarter in quarters:
        at = frozen_at(quarter) - timedelta(days=30)
        for number in range(rng.choice([1, 2, 3])):
            partner, size = rng.choice(PARTNERS), rng.choice([4, 9, 10, 13, 25])
            reports = some_workers(rng, size, first, quarter)
            first += size
            sent.append((partner, send(store, partner, reports, at + timedelta(minutes=number)), reports))
        remember(store)
        disturb(store, rng, sent, at + timedelta(days=1))
        made.append(release(store, quarter))
    return made


def disturb(store: Store, rng: random.Random, sent: list[tuple[str, str, list[dict[str, Any]]]], at: datetime) -> None:
    """Nobody who was heard twice has two references: that is a new worker, and not promised (docs/privacy.md)."""
    partner, batch, reports = rng.choice(sent)
    newest = {report["report_id"]: report for _, _, each in sent for report in each}
    heard_again = {number.partition("x")[0] for number in newest if "x" in number}
    once = [report for report in reports if report["report_id"].partition("x")[0] not in heard_again]
    what = rng.choice(["nothing", "correct", "rename", "again", "purge", "purge and again", "withdraw"])
    if what == "correct":
        changed = [report | {"w08": True} for report in rng.sample(reports, min(len(reports), rng.choice([1, 2])))]
        sent.append((partner, send(store, partner, changed, at), changed))
        remember(store)
    elif what == "rename":
        some = rng.sample(once, min(len(once), rng.choice([1, 10])))
        other = rng.choice([{"worker_ref": None, "age_at_recruitment": 31}, {"agency_id": "a4"}, {"sex": "male"}])
        changed = [report | {"worker_ref": f"{report['worker_ref']}c"} | other for report in some]
        sent.append((partner, send(store, partner, changed, at), changed))
        remember(store)
    elif what.startswith("purge"):
        gone = [report["report_id"] for report in rng.sample(reports, min(len(reports), rng.choice([1, 3])))]
        purge = "DELETE FROM evidence.report WHERE partner = $partner AND report_id IN (SELECT unnest($gone))"
        store.cursor().execute(purge, {"partner": partner, "gone": gone})
    if what.endswith("again"):  # heard again, under a number of its own
        when = at.date() - timedelta(days=40)
        again = [
            newest[report["report_id"]] | {"report_id": f"{report['report_id']}x{when}", "interview_date": when}
            for report in reports
        ]
        sent.append((partner, send(store, partner, again, at + timedelta(minutes=1)), again))
        remember(store)
    elif what == "withdraw" and once == reports and rng.random() < 0.5:
        withdraw(store, batch, at)
        sent.remove((partner, batch, reports))


def remember(store: Store) -> None:
    """Keep every report ever sent in a table of the tests' own, so that purged workers can be looked up."""
    store.cursor().execute("CREATE TABLE IF NOT EXISTS kept_report AS SELECT * FROM evidence.report LIMIT 0")
    store.cursor().execute(
        "INSERT INTO kept_report SELECT * FROM evidence.report ANTI JOIN kept_report USING (batch_id, report_id)"
    )
