"""How fast is everything scored? Beside a plain GROUP BY agency over the columns it needs, in the same run."""

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.synthetic import AS_OF, KNOWN_AT, fill
from vetting.scoring.live import rescore
from vetting.store import open_store
from vetting.store.migrate import migrate

TOUCHED = 50
ROUNDS = 3
ANSWERS = ", ".join(f"avg(w{number:02}::INTEGER)" for number in range(1, 23))
# The limit: one pass over the same reports of the same window, without versions, repeated workers, partners or judging.
PLAIN = f"""
SELECT agency_id, count(*), {ANSWERS}, avg(months), max(interview_date)
FROM evidence.report
WHERE interview_date > DATE '2024-09-30'
  AND interview_date <= DATE '2026-09-30'
  AND (window_month IS NULL OR (window_month > DATE '2021-09-30' AND window_month <= DATE '2026-09-30'))
GROUP BY agency_id
ORDER BY agency_id
"""


def best(work: Callable[[], object]) -> float:
    """Seconds of the fastest of a few rounds."""
    taken = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return min(taken)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--agencies", type=int, default=4_000)
    parser.add_argument("--reports", type=int, default=2_000_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "bench.duckdb")
        migrate(store, KNOWN_AT)
        fill(store, agencies=options.agencies, reports=options.reports)
        db = store.cursor()
        named = [row[0] for row in db.execute("SELECT DISTINCT agency_id FROM desk.agency ORDER BY 1").fetchall()]
        touched = named[:: max(1, len(named) // TOUCHED)][:TOUCHED]
        plain = best(lambda: db.execute(PLAIN).fetchall())
        full = best(lambda: rescore(store, None, AS_OF))
        some = best(lambda: rescore(store, touched, AS_OF))
        print(f"scoring of {len(named):,} agencies x {options.reports:,} reports, 22 indicators, kept per agency")
        print(f"  plain GROUP BY        {plain:6.2f} s")
        print(f"  full scoring          {full:6.2f} s  = {full / plain:.1f} x (bar: 10 x, stretch 6 x)")
        print(
            f"  rescoring {TOUCHED} agencies {some:6.2f} s  = {100 * some / full:.0f} % of the full scoring (bar: 10 %)"
        )
        store.close()


if __name__ == "__main__":
    main()
