"""Which workers may enter a release together? Blocks: at least k workers of one partner, at one agency and corridor.

A block enters and leaves releases whole, and a worker is in one block at a time. So whatever anybody adds and
subtracts among releases is a sum of whole blocks; and a partner, who knows its own workers, can take away whole blocks
only, and is left with whole blocks of others. docs/privacy.md gives the argument.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import NamedTuple


class Worker(NamedTuple):
    """A distinct worker of one agency: by reference within the partner; without one, by what little is known, so that
    several people who look alike count as one."""

    partner: str
    key: str


class Waiting(NamedTuple):
    """A counted report of one agency and corridor, named by its stored version."""

    batch_id: str
    report_id: str
    quarter: date  # first day of the interview's quarter
    worker: Worker
    alike: bool = False  # the worker is told apart only by what little is known
    entry: str = ""  # the agency the report itself names, where entries of the register were merged


def form_blocks(waiting: Iterable[Waiting], k: int) -> list[list[Waiting]]:
    """The blocks that workers who are in none can form, partner by partner, those heard first in front.

    Each is the smallest run of quarters of first interviews that has k workers, with every report of these workers;
    whoever is in none goes on waiting.
    """
    reports = by_worker(waiting)
    first = first_quarters(reports)
    blocks, run = list[list[Waiting]](), list[Worker]()
    ordered = sorted(first, key=lambda worker: (worker.partner, first[worker], worker.key))
    for place, worker in enumerate(ordered):
        run.append(worker)
        following = ordered[place + 1] if place + 1 < len(ordered) else None
        if following is not None and (following.partner, first[following]) == (worker.partner, first[worker]):
            continue  # a quarter enters whole
        if len(run) >= k:
            blocks.append([report for each in run for report in reports[each]])
            run = []
        elif following is None or following.partner != worker.partner:
            run = []
    return blocks


def coming_back(present: Mapping[Worker, date], size: int, k: int) -> set[Worker]:
    """Of a block of `size` workers that left a release, those who may come back, if these still count (each with the
    quarter of the first interview). All, or as many as leave at least k behind: so many are the difference between the
    releases of before and of after, and they stay out. Those heard first stay behind first; they age first.
    """
    gone = size - len(present)
    if gone == 0:
        return set(present)
    cover = max(0, k - gone)
    rest = sorted(present, key=lambda worker: (present[worker], worker))[cover:]
    return set(rest) if len(rest) >= k else set()


def by_worker(reports: Iterable[Waiting]) -> dict[Worker, list[Waiting]]:
    found: dict[Worker, list[Waiting]] = defaultdict(list)
    for report in reports:
        found[report.worker].append(report)
    return found


def first_quarters(reports: Mapping[Worker, Collection[Waiting]]) -> dict[Worker, date]:
    return {worker: min(report.quarter for report in own) for worker, own in reports.items()}
