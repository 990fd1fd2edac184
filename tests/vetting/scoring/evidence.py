"""Stored reports for tests of counting: answers given directly, so that each test says only what it is about."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

import polars as pl

from schemas.score import Score
from vetting.scoring.score import score
from vetting.store import Store

NOW, AS_OF = datetime(2026, 11, 22, 9, 0), date(2026, 9, 30)
EARLY = NOW - timedelta(days=900)
KINDS = {"sunrise": "ngo", "dockers": "union", "harbour": "mrc", "ledger": "auditor", "depot": "employer"}
ANSWERS = [f"w{number:02}" for number in range(1, 23)]
FLAGS = [
    "charged", "repaid", "state_items_only", "rule_in_force", "known_w03", "known_w04", "known_w05", "two_currencies",
]  # fmt: skip
SCHEMA = (
    dict.fromkeys([*ANSWERS, *FLAGS], pl.Boolean)
    | dict.fromkeys(["interview_date", "window_month", "departed_month"], pl.Date)
    | {"worker_ref": pl.String, "months": pl.Float64}
)
CLEAN = dict.fromkeys(ANSWERS, False) | {"months": 0.0, "charged": False}


def report(report_id: str, agency_id: str = "river", **changes: Any) -> dict[str, Any]:
    """A stored report that answers nothing but what is given."""
    return {
        **dict.fromkeys(SCHEMA), "report_id": report_id, "agency_id": agency_id, "origin_country": "NPL",
        "destination_country": "QAT", "interview_date": date(2026, 3, 1), "channel": "phone", "consent_use": True,
        "consent_reviewer": False, "consent_repayment": False, "consent_contact": False, "verification": "self_report",
        "raw": "{}", "content_hash": "x", "method": 1, **changes,
    }  # fmt: skip


def clean(count: int, prefix: str = "C", **changes: Any) -> list[dict[str, Any]]:
    """So many workers who report nothing wrong at all."""
    return [report(f"{prefix}{number}", **(CLEAN | changes)) for number in range(count)]


def settle(store: Store, *agencies: str, kinds: dict[str, str] = KINDS) -> None:
    """The agencies (river unless named) and the partners."""
    db = store.cursor()
    for agency in agencies or ("river",):
        db.execute(
            "INSERT INTO desk.agency (agency_id, recorded_at, register, licence, name, country, status, deployed_12m) "
            "VALUES ($id, $at, 'np', $id, $id, 'NPL', 'valid', 100)",
            {"id": agency, "at": EARLY},
        )
    for partner, kind in kinds.items():
        set_kind(store, partner, kind, EARLY)


def set_kind(store: Store, partner: str, kind: str, at: datetime) -> None:
    values = {"partner": partner, "at": at, "kind": kind}
    store.cursor().execute("INSERT INTO desk.partner VALUES ($partner, $at, $kind, $partner)", values)


def send(store: Store, partner: str, rows: list[dict[str, Any]], at: datetime = NOW) -> str:
    """One committed batch; the list of repeated keys is brought up to date."""
    db, batch = store.cursor(), f"{partner}-{at:%Y%m%d%H%M%S%f}"
    frame = pl.DataFrame(
        [row | {"batch_id": batch, "partner": partner, "line": line} for line, row in enumerate(rows, start=2)],
        schema_overrides=SCHEMA,
        infer_schema_length=None,
    )
    db.register("rows_sent", frame.to_arrow())
    db.execute("INSERT INTO evidence.report BY NAME SELECT * FROM rows_sent")
    db.unregister("rows_sent")
    db.execute(
        "INSERT INTO desk.batch VALUES ($batch, $at, $partner, 'a', 'f', 'h', 1, 0, 0, 0, 0, 0, 0, 0)",
        {"batch": batch, "at": at, "partner": partner},
    )
    list_repeats(store)
    return batch


def list_repeats(store: Store) -> None:
    """Every key that two stored reports bear, worked out anew."""
    db = store.cursor()
    rows = db.execute("SELECT partner, agency_id, report_id, worker_ref FROM evidence.report").fetchall()
    reports = Counter((partner, report_id) for partner, _, report_id, _ in rows)
    workers = Counter((partner, agency, ref) for partner, agency, _, ref in rows if ref)
    keys = {("report", p, agency, r) for p, agency, r, _ in rows if reports[p, r] > 1}
    keys |= {("worker", p, agency, ref) for p, agency, _, ref in rows if ref and workers[p, agency, ref] > 1}
    db.execute("DELETE FROM desk.repeat")
    for kind, partner, agency, key in sorted(keys):
        values = {"kind": kind, "partner": partner, "agency": agency, "key": key, "at": NOW}
        db.execute("INSERT INTO desk.repeat VALUES ($kind, $partner, $agency, $key, $at)", values)


def withdraw(store: Store, batch: str, at: datetime) -> None:
    store.cursor().execute("INSERT INTO desk.batch_withdrawal VALUES ($b, $at, 'a', 'r')", {"b": batch, "at": at})


def scored(store: Store, agency: str = "river", as_of: date = AS_OF, known_at: datetime = NOW) -> Score:
    [found] = score(store.cursor(), as_of=as_of, known_at=known_at, agencies=[agency])
    return found


def counts(store: Store, code: str, agency: str = "river", **when: Any) -> tuple[int, int]:
    """(k, n) of an indicator."""
    indicator = scored(store, agency, **when).indicator(code)
    return indicator.k, indicator.n
