"""How well do signals find what was planted, and how often do they cry on honest reports?

Seeded worlds (bench/signal_world.py), each once with what was planted and once without. Prints the table of
docs/signals.md: `python -m bench.measure_signals`. `--time` measures how long looking takes on many reports instead.
"""

import argparse
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from bench.signal_world import AS_OF, NOW, Key, settle, world
from bench.synthetic import fill
from schemas.signal import Scope, Signal, SignalKind
from vetting.signals.find import FINDERS, find_signals
from vetting.store import open_store
from vetting.store.migrate import migrate

WORLDS = 20
FIRST = 100  # thresholds were chosen on the worlds 0 to 3


class Tally(NamedTuple):
    """Of all worlds. `shown`: with what was planted; `false_clean`: shown of `looked_at` places where nothing was."""

    planted: int
    shown: int
    right: int
    false_clean: int
    looked_at: int

    @property
    def precision(self) -> float:
        return self.right / self.shown if self.shown else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.planted if self.planted else 0.0


def key(signal: Signal) -> Key:
    if signal.kind in (SignalKind.CONTRADICTION, SignalKind.REGISTERED_AGAIN):
        return signal.kind, signal.agencies
    if signal.kind is SignalKind.AT_THE_CAP:
        return signal.kind, (signal.agencies[0], signal.partner or "")
    return signal.kind, (signal.batch_id or "", signal.agencies[0])


def shown(seed: int, *, plant: bool) -> tuple[set[Key], set[Key], Counter[SignalKind]]:
    """What the signals show in a world, what is there, and of how many places they say it."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "world.duckdb")
        migrate(store, NOW)
        made = world(seed, plant=plant)
        settle(store, made)
        found = find_signals(store.cursor(), Scope(as_of=AS_OF, known_at=NOW))
        store.close()
    return {key(signal) for signal in found}, made.planted, made.looked_at


def measure(worlds: range) -> dict[SignalKind, Tally]:
    counts: Counter[tuple[SignalKind, str]] = Counter()
    for seed in worlds:
        for plant in (True, False):
            found, planted, looked_at = shown(seed, plant=plant)
            for kind in SignalKind:
                its, there = {k for k in found if k[0] is kind}, {k for k in planted if k[0] is kind}
                if plant:
                    counts[kind, "planted"] += len(there)
                    counts[kind, "shown"] += len(its)
                    counts[kind, "right"] += len(its & there)
                else:
                    counts[kind, "false_clean"] += len(its - there)
                    counts[kind, "looked_at"] += looked_at[kind] - len(there)
    return {kind: Tally(**{name: counts[kind, name] for name in Tally._fields}) for kind in SignalKind}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--worlds", type=int, default=WORLDS)
    parser.add_argument("--time", type=int, metavar="REPORTS", help="time every signal on so many synthetic reports")
    told = parser.parse_args()
    if told.time:
        _time(told.time)
        return
    print("| signal | planted | shown | precision | recall | false alarms on clean data |\n|---|---|---|---|---|---|")
    for kind, tally in measure(range(FIRST, FIRST + told.worlds)).items():
        print(
            f"| {kind.value} | {tally.planted} | {tally.shown} | {tally.right}/{tally.shown} = {tally.precision:.1%} | "
            f"{tally.right}/{tally.planted} = {tally.recall:.1%} | {tally.false_clean} of {tally.looked_at:,} |"
        )


def _time(reports: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "bench.duckdb")
        migrate(store, NOW)
        fill(store, agencies=max(60, reports // 500), reports=reports)
        for kind, find in FINDERS.items():
            begun = time.perf_counter()
            found = find(store.cursor(), Scope(as_of=AS_OF, known_at=NOW))
            print(f"{kind.value:18} {time.perf_counter() - begun:7.2f} s  {len(found)} shown")
        store.close()


if __name__ == "__main__":
    main()
