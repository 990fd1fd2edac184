"""What must leave a release because entries became one agency, or two again, since the last one?

The figures of before stay published. Whoever adds and subtracts them and the new ones finds who is in both, and who is
in one alone: of each there must be nobody, or enough that no partner can single anybody out.
"""

from collections.abc import Mapping

from vetting.disclosure.blocks import Worker, enough

Piece = tuple[str, str]  # the agency that an entry was part of at the last release, and the one it is part of now


def leaving(entries: Mapping[str, set[Worker]], before: Mapping[str, str], now: Mapping[str, str], k: int) -> set[str]:
    """Of entries with standing blocks, each with the workers of these: those whose blocks leave. The agency that
    remains is asked first, so it is the other whose blocks go; they come back when the whole allows it."""
    pieces: dict[Piece, set[Worker]] = {}
    for entry, workers in entries.items():
        pieces.setdefault((before.get(entry, entry), now.get(entry, entry)), set()).update(workers)
    staying: dict[Piece, set[Worker]] = {}
    for piece in sorted(pieces, key=lambda each: (each[0] != each[1], each)):
        near = [workers for other, workers in staying.items() if other[0] == piece[0] or other[1] == piece[1]]
        known = set().union(*near)
        if not near or _apart(pieces[piece], known, k):
            staying[piece] = pieces[piece]
    return {entry for entry in entries if (before.get(entry, entry), now.get(entry, entry)) not in staying}


def _apart(workers: set[Worker], known: set[Worker], k: int) -> bool:
    return all(_nobody_or_enough(each, k) for each in (workers - known, known - workers, workers & known))


def _nobody_or_enough(workers: set[Worker], k: int) -> bool:
    counts: dict[str, int] = {}
    for worker in workers:
        counts[worker.partner] = counts.get(worker.partner, 0) + 1
    return not counts or enough(counts, k)
