"""How fast is a file checked? Beside DuckDB's typed load, pandas + pandera and frictionless, in the same run.

Each side runs in a process of its own, so that peak memory is its own.
"""

import argparse
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from bench import peers
from schemas.agency import Agency
from schemas.codes import LicenceStatus, Severity
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


def ours(path: Path, licences: frozenset[str]) -> int:
    result = check(path.read_bytes(), path.name, agencies=agencies(), today=TODAY).result
    return len({problem.line for problem in result.problems if problem.severity is not Severity.WARNING})


SIDES: dict[str, Callable[[Path, frozenset[str]], int]] = {
    "ours": ours,
    "typed_load": peers.typed_load,
    "pandas_pandera": peers.pandas_pandera,
    "frictionless": peers.frictionless,
}


def run_side(side: str, path: Path) -> None:
    """In a process of its own: prints seconds without the imports, peak memory in MB, and the rows it found faulty."""
    begun = time.perf_counter()
    found = SIDES[side](path, frozenset(agency.licence for agency in agencies()))
    seconds = time.perf_counter() - begun
    [peak] = re.findall(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    print(seconds, int(peak) / 1024, found)


def timed(side: str, path: Path) -> tuple[float, float, int]:
    """What `run_side` prints. The peak is that of its own address space: getrusage's would begin at its parent's."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.bench_check", "--side", side, "--file", str(path)],
        check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    seconds, megabytes, rows = done.stdout.split()[-3:]
    return float(seconds), float(megabytes), int(rows)


def told(name: str, side: tuple[float, float, int], ratio: str) -> None:
    seconds, megabytes, rows = side
    print(f"  {name:22} {seconds:7.2f} s {megabytes:6.0f} MB {rows:7,} rows faulty  {ratio}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--scaled", type=int, default=50_000, help="rows of the file that frictionless is given")
    parser.add_argument("--side", choices=tuple(SIDES))
    parser.add_argument("--file", type=Path)
    options = parser.parse_args()
    if options.side:
        run_side(options.side, options.file)
        return
    with tempfile.TemporaryDirectory() as folder:
        path, small = Path(folder) / "reports.csv", Path(folder) / "small.csv"
        make(path, options.rows)
        make(small, options.scaled)
        print(f"check of {options.rows:,} rows x {len(columns())} columns, {path.stat().st_size / 1e6:.0f} MB, 2 % bad")
        load, checked, pandas = (timed(side, path) for side in ("typed_load", "ours", "pandas_pandera"))
        slow = timed("frictionless", small)
        scaled = slow[0] * options.rows / options.scaled
        told("DuckDB typed load", load, "")
        told("check", checked, f"{checked[0] / load[0]:.1f} x the typed load (bar: 3 x; 1.5 GB)")
        told("pandas + pandera", pandas, f"check is {pandas[0] / checked[0]:.1f} x faster (bar: 4 x)")
        told(
            f"frictionless, {options.scaled:,}", slow,
            f"{scaled:,.0f} s scaled: check is {scaled / checked[0]:.0f} x faster (bar: 50 x)",
        )  # fmt: skip


if __name__ == "__main__":
    main()
