"""How fast is a file checked? Beside DuckDB's typed CREATE TABLE AS of the same file, in the same run.

Each side runs in a process of its own, so that peak memory is its own.
"""

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import duckdb
import polars as pl

from schemas.agency import Agency
from schemas.codes import LicenceStatus
from schemas.fee_report import Kind, columns
from vetting.intake.check import check

TODAY = date(2026, 11, 22)
AGENCIES = 400
# What two rows in a hundred have wrong, one each.
FAULTS = {
    "interview_date": "31/02/2025",
    "total_paid": "2-3 lakh",
    "consent_use": "no",
    "destination_country": "Atlantis",
    "currency": "Rs",
    "age_at_recruitment": "312",
    "agency_licence": "9999-unknown",
    "loan_rate": "-9",
}


def agencies() -> list[Agency]:
    return [
        Agency(
            agency_id=f"a{i}", register="r", licence=f"{i:04d}/07", name=f"Agency {i}", country="NPL",
            status=LicenceStatus.VALID,
        )
        for i in range(AGENCIES)
    ]  # fmt: skip


def column_values(rng: random.Random, kind: Kind, allowed: tuple[str, ...], rows: int) -> list[str]:
    """Plausible cells of one column: half of the optional ones blank."""
    if kind in {Kind.CODE}:
        return [rng.choice(allowed) for _ in range(rows)]
    if kind in {Kind.ANSWER, Kind.PERMISSION}:
        return [rng.choice(("yes", "no", "")) for _ in range(rows)]
    if kind is Kind.AMOUNT:  # small beside the total, so that what was deducted or came back is no outlier
        return [str(rng.randrange(50, 900)) if rng.random() < 0.3 else "" for _ in range(rows)]
    return [""] * rows


def make(path: Path, rows: int) -> None:
    rng = random.Random(7)
    frame: dict[str, list[str]] = {
        name: column_values(rng, column.kind, column.allowed, rows) for name, column in columns().items()
    }
    days = [(TODAY - timedelta(days=30 + d)).isoformat() for d in range(600)]
    frame |= {
        "report_id": [f"R{i:08d}" for i in range(rows)],
        "agency_licence": [f"{rng.randrange(AGENCIES):04d}/07" for _ in range(rows)],
        "origin_country": ["NPL"] * rows,
        "destination_country": [rng.choice(("QAT", "SAU", "MYS")) for _ in range(rows)],
        "interview_date": [rng.choice(days) for _ in range(rows)],
        "consent_use": ["yes"] * rows,
        "worker_ref": [f"w{rng.randrange(rows):07d}x" for _ in range(rows)],
        "age_at_recruitment": [str(rng.randrange(18, 50)) for _ in range(rows)],
        "recruited_month": ["2024-01"] * rows,
        "departed_month": ["2024-03"] * rows,
        "currency": ["NPR"] * rows,
        "promised_wage": [str(rng.randrange(20000, 40000)) for _ in range(rows)],
        "actual_wage": [str(rng.randrange(20000, 40000)) for _ in range(rows)],
        "wage_currency": ["NPR"] * rows,
        "loan_rate": ["3"] * rows,
        "loan_rate_period": ["month"] * rows,
    }
    items = [frame[name] for name in frame if name.startswith("cost_") and name != "cost_loan_interest"]
    frame["total_paid"] = [str(sum(int(cell or 0) for cell in cells)) for cells in zip(*items, strict=True)]
    for place, row in enumerate(range(0, rows, 50)):
        name = list(FAULTS)[place % len(FAULTS)]
        frame[name][row] = FAULTS[name]
    pl.DataFrame(frame).write_csv(path)


def typed_load(path: Path) -> None:
    """The named peer: DuckDB reads the same file into typed columns and keeps its own list of cells it cannot cast."""
    casts = dict.fromkeys((Kind.AMOUNT, Kind.RATE, Kind.WAGE), "DECIMAL(18, 4)") | {Kind.DATE: "DATE"}
    casts |= dict.fromkeys((Kind.ANSWER, Kind.PERMISSION, Kind.CONSENT), "BOOLEAN")
    types = {name: casts.get(column.kind, "VARCHAR") for name, column in columns().items()}
    db = duckdb.connect(str(path.with_suffix(".duckdb")))
    db.execute(
        "CREATE TABLE report AS FROM read_csv($path, columns = $types, header = true, store_rejects = true)",
        {"path": str(path), "types": types},
    )


def ours(path: Path) -> None:
    result = check(path.read_bytes(), path.name, agencies=agencies(), today=TODAY).result
    print(f"  {result.rows} rows: {result.accepted} accepted, {len(result.problems)} problems", file=sys.stderr)


def timed(side: str, path: Path) -> tuple[float, float]:
    """Seconds without the imports, and peak memory in MB, of one side in its own process."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.bench_check", "--side", side, "--file", str(path)],
        check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    seconds, megabytes = done.stdout.split()[-2:]
    return float(seconds), float(megabytes)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--side", choices=("typed_load", "ours"))
    parser.add_argument("--file", type=Path)
    options = parser.parse_args()
    if options.side:
        begun = time.perf_counter()
        {"typed_load": typed_load, "ours": ours}[options.side](options.file)
        seconds = time.perf_counter() - begun
        print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reports.csv"
        make(path, options.rows)
        size = path.stat().st_size / 1e6
        peer, _ = timed("typed_load", path)
        checked, megabytes = timed("ours", path)
        print(f"check of {options.rows:,} rows x {len(columns())} columns, {size:.0f} MB, 2 % bad")
        print(f"  DuckDB typed load {peer:6.2f} s")
        print(f"  check             {checked:6.2f} s  = {checked / peer:.1f} x (bar: 3 x); peak {megabytes:.0f} MB")


if __name__ == "__main__":
    main()
