"""Which waiting workers may enter a release together? Blocks: per agency and corridor, whole interview quarters.

A block enters and leaves releases whole, so whoever subtracts one release from another finds whole blocks only. Hence
the rule: at least k distinct workers together, and leaving out any one partner, none or at least k remain, because a
partner knows its own workers and could subtract them. The same must hold of the workers who are in no other block of
the agency yet, or a second interview of old workers would let one new worker be found.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple


class Worker(NamedTuple):
    """A distinct worker of one agency: by reference within the partner; without one, by what little is known, so that
    several people who look alike count as one."""

    partner: str
    key: str


class Waiting(NamedTuple):
    """A counted report that is in no block. A report is named by its stored version."""

    batch_id: str
    report_id: str
    quarter: date  # first day of the interview's quarter
    worker: Worker


def form_blocks(waiting: Iterable[Waiting], known: Collection[Worker], k: int) -> list[list[Waiting]]:
    """The blocks that the waiting reports of one agency and corridor can form, oldest quarters first.

    Each is the smallest run of whole quarters that satisfies the rule; whoever is in none goes on waiting. `known`
    are the agency's workers in other blocks.
    """
    quarters: dict[date, list[Waiting]] = defaultdict(list)
    for report in waiting:
        quarters[report.quarter].append(report)
    seen, run, blocks = set(known), list[list[Waiting]](), list[list[Waiting]]()
    for quarter in sorted(quarters):
        run.append(quarters[quarter])
        for start in range(len(run)):
            block = together([report for reports in run[start:] for report in reports], seen, k)
            if block:
                blocks.append(block)
                seen |= {report.worker for report in block}
                entered = {(report.batch_id, report.report_id) for report in block}
                run = [_without(reports, entered) for reports in run]
                run = [reports for reports in run if reports]
                break
    return blocks


def together(reports: Sequence[Waiting], known: Collection[Worker], k: int) -> list[Waiting]:
    """All of these reports if they may enter together; else those of the one partner with most workers, if these may
    alone (a second partner with few workers must not keep them out); else none."""
    if may_enter(reports, known, k):
        return list(reports)
    workers = {report.worker for report in reports}
    counts = _by_partner(workers)
    if not counts:
        return []
    largest = max(sorted(counts), key=lambda partner: counts[partner])
    own = [report for report in reports if report.worker.partner == largest]
    return own if may_enter(own, known, k) else []


def may_enter(reports: Sequence[Waiting], known: Collection[Worker], k: int) -> bool:
    """At least k distinct workers, and 0 or at least k without any one partner; and likewise of those not yet known,
    of whom there may also be none."""
    workers = {report.worker for report in reports}
    fresh = {worker for worker in workers if worker not in known}
    return enough(_by_partner(workers), k) and (not fresh or enough(_by_partner(fresh), k))


def enough(workers_by_partner: Mapping[str, int], k: int) -> bool:
    """At least k together and, leaving out any one partner, 0 or at least k. The largest partner is the one that
    matters: without any other, no fewer remain."""
    counts = workers_by_partner.values()
    total = sum(counts)
    rest = total - max(counts, default=0)
    return total >= k and (rest == 0 or rest >= k)


def _by_partner(workers: Iterable[Worker]) -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for worker in workers:
        counts[worker.partner] += 1
    return counts


def _without(reports: Sequence[Waiting], entered: Collection[tuple[str, str]]) -> list[Waiting]:
    return [report for report in reports if (report.batch_id, report.report_id) not in entered]
