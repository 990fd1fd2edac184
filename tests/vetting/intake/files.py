"""Makers of fee report files for the tests: a good row, changed where a test needs it."""

import csv
import io
from datetime import date

from schemas.agency import Agency
from schemas.batch import CheckResult
from schemas.codes import LicenceStatus
from vetting.intake.check import Checked, check

TODAY = date(2026, 11, 22)
GOOD = {
    "report_id": "R1",
    "agency_licence": "0012/077",
    "agency_name": "",
    "origin_country": "NPL",
    "destination_country": "QAT",
    "origin_region": "",
    "destination_region": "",
    "interview_date": "2026-05-14",
    "channel": "in_person",
    "consent_use": "yes",
    "worker_ref": "W-0417",
    "recruited_month": "2025-09",
    "departed_month": "2026-01",
    "currency": "NPR",
    "total_paid": "150000",
}


def agency(
    agency_id: str = "himal",
    *,
    licence: str = "0012/077",
    name: str = "Himal Example Overseas",
    country: str = "NPL",
    aliases: tuple[str, ...] = (),
) -> Agency:
    return Agency(
        agency_id=agency_id, register="np", licence=licence, name=name, country=country, status=LicenceStatus.VALID,
        aliases=aliases,
    )  # fmt: skip


AGENCIES = (agency(), agency("lumbini", licence="0099/080", name="Lumbini Sample Manpower"))


def fee_csv(*changes: dict[str, str], header: tuple[str, ...] = (), delimiter: str = ",") -> bytes:
    """A file of good rows R1, R2, … with each one's changes; a change may bring a column of its own."""
    rows = [GOOD | {"report_id": f"R{n}", "worker_ref": f"W-{n:04d}"} | change for n, change in enumerate(changes, 1)]
    names = header or tuple(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, names, restval="", extrasaction="ignore", delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def checked(*changes: dict[str, str], agencies: tuple[Agency, ...] = AGENCIES) -> Checked:
    return check(fee_csv(*changes), "reports.csv", agencies=agencies, today=TODAY)


def addresses(result: CheckResult) -> list[tuple[int | None, str | None, str]]:
    """Where the problems are and what they are."""
    return [(problem.line, problem.column, problem.code) for problem in result.problems]
