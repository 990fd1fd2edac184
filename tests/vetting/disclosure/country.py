"""A small country for tests of disclosure: agencies, partners, and batches of reports put in as intake would."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import polars as pl

from schemas.codes import Role
from schemas.viewer import Viewer
from vetting.scoring.indicators import CODES
from vetting.store import Store

LONG_AGO = datetime(2020, 1, 1)
TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, 0)
D = date(2026, 6, 30)  # the newest quarter's end that is 90 days back
REVIEWER = Viewer(role=Role.REVIEWER, organisation="Scheme", actor="rita@scheme.example")
BUYER = Viewer(role=Role.BUYER, organisation="Brand", actor="bo@brand.example")
ADMIN = Viewer(role=Role.ADMIN, organisation="Scheme", actor="ada@scheme.example")
SUNRISE = Viewer(role=Role.PARTNER, organisation="sunrise", actor="sam@sunrise.example")
DOCKERS = Viewer(role=Role.PARTNER, organisation="dockers", actor="dee@dockers.example")
PARTNERS = {"sunrise": "ngo", "dockers": "union", "harbour": "mrc", "ledger": "auditor", "owner": "agency"}
AGENCIES = {
    "a1": "Himal Everest Manpower Pvt. Ltd.",
    "a2": "Blue Lotus Overseas",
    "a3": "Annapurna Job Link",
    "a4": "Sagar Human Resources",
}
ANSWERS = tuple(code.lower() for code in CODES)

AGENCY = """
INSERT INTO desk.agency
    (agency_id, recorded_at, register, licence, name, country, status, valid_until, aliases, deployed_12m)
VALUES ($agency_id, $at, 'np-dofe', $licence, $name, 'NPL', $status, $until, $aliases, $deployed)
"""
PARTNER = "INSERT INTO desk.partner (partner, recorded_at, kind, name) VALUES ($partner, $at, $kind, $partner)"
BATCH = """
INSERT INTO desk.batch
VALUES ($batch, $at, $partner, 'sam@example.org', 'reports.csv', $batch, 1, $rows, $rows, 0, 0, 0, 0, 0)
"""
REPEATS = """
INSERT INTO desk.repeat
SELECT kind, partner, agency_id, key, $at
FROM (
    SELECT 'report' AS kind, partner, '' AS agency_id, report_id AS key, count(*) AS times
    FROM evidence.report
    GROUP BY partner, report_id
    UNION ALL
    SELECT 'worker', partner, agency_id, worker_ref, count(*)
    FROM evidence.report
    WHERE worker_ref IS NOT NULL
    GROUP BY partner, agency_id, worker_ref
) AS keys
ANTI JOIN desk.repeat AS known USING (kind, partner, agency_id, key)
WHERE times > 1
ORDER BY kind, partner, agency_id, key
"""


def found(store: Store) -> None:
    """The register, with 200 workers deployed by each agency, and the partners."""
    db = store.cursor()
    for number, (agency_id, name) in enumerate(AGENCIES.items(), start=1):
        values = {"agency_id": agency_id, "name": name, "licence": f"00{number}", "status": "valid", "deployed": 200}
        db.execute(
            AGENCY, values | {"at": LONG_AGO, "until": date(2027, 1, 1), "aliases": f"{name[:4]} Group|HE{number}"}
        )
    for partner, kind in PARTNERS.items():
        db.execute(PARTNER, {"partner": partner, "at": LONG_AGO, "kind": kind})


def worker(number: int, **changes: Any) -> dict[str, Any]:
    """One report: worker `number` of agency a1 from Nepal to Qatar, heard in May 2026, nothing adverse."""
    answers = dict.fromkeys(ANSWERS, False) | {"w06": None, "w17": None}
    return (
        {
            "report_id": f"r{number}",
            "worker_ref": f"w{number}",
            "agency_id": "a1",
            "origin_country": "NPL",
            "destination_country": "QAT",
            "interview_date": date(2026, 5, 4),
            "sex": None,
            "age_at_recruitment": 30,
            "recruited_month": None,
            "departed_month": None,
            "window_month": None,
            "charged": False,
            "months": 0.0,
            "verification": "self_report",
        }
        | answers
        | changes
    )


def workers(numbers: range, **changes: Any) -> list[dict[str, Any]]:
    return [worker(number, **changes) for number in numbers]


def send(store: Store, partner: str, reports: Sequence[dict[str, Any]], at: datetime | None = None) -> str:
    """Put in one batch of a partner, known from `at`; returns its id."""
    db = store.cursor()
    (number,) = db.execute("SELECT count(*) FROM desk.batch").fetchone() or (0,)
    at = at or datetime(2026, 7, 1) + timedelta(minutes=number)
    batch = f"b{number:03d}"
    kept = {
        "batch_id": batch, "partner": partner, "channel": "in_person", "consent_use": True, "consent_reviewer": False,
        "consent_repayment": False, "consent_contact": False, "raw": "{}", "content_hash": "h", "method": 1,
    }  # fmt: skip
    rows = [report | kept | {"line": line} for line, report in enumerate(reports, start=2)]
    types = dict.fromkeys(("worker_ref", "sex"), pl.String) | dict.fromkeys(ANSWERS, pl.Boolean)
    types |= dict.fromkeys(("recruited_month", "departed_month", "window_month"), pl.Date)
    types |= {"age_at_recruitment": pl.Int64, "months": pl.Float64, "charged": pl.Boolean}
    if rows:
        frame = pl.DataFrame(rows, schema_overrides=types, infer_schema_length=None)
        db.register("sent", frame.to_arrow())
        db.execute("INSERT INTO evidence.report BY NAME SELECT * FROM sent")
        db.unregister("sent")
    db.execute(BATCH, {"batch": batch, "at": at, "partner": partner, "rows": len(rows)})
    db.execute(REPEATS, {"at": at})
    return batch


def withdraw(store: Store, batch: str, at: datetime) -> None:
    db = store.cursor()
    db.execute("INSERT INTO desk.batch_withdrawal VALUES ($batch, $at, 'sam', 'mistake')", {"batch": batch, "at": at})
