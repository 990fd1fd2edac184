"""What may be said of an agency, if it must hold of every count that a release does not tell apart?

The same evidence is scored at the best and at the worst end of its cells, and only what both ends agree on is told: the
wider range, a word where both give the same. Counts in between can give nothing else, because a score never rises as an
answer turns from clean to adverse (tests/vetting/scoring/test_laws.py).

The band is told from the counts themselves where a cell begins at none: that few workers report something may be known,
because then none may be the truth. Where a cell begins higher, only what both of its ends give.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np

from schemas.codes import Band, BandReason
from schemas.standard import load_standard
from vetting.disclosure.voices import Paid, Stood, answers, fetch_paid, fetch_stood, with_counts
from vetting.scoring.counted import of_merged
from vetting.scoring.evaluate import Evaluated, evaluate_agencies
from vetting.scoring.headline import BANDS, FAIR, INSUFFICIENT, REASONS, STRONG, TOO_WIDE, Result, evaluate
from vetting.scoring.tally import Bools, Ints, Tally
from vetting.store import Cursor
from vetting.store.merges import fetch_merged


@dataclass(frozen=True)
class Ends:
    """The agencies of a release, a row each as in `done`: scored at both ends of the cells. `n`: how many answered, a
    column per indicator."""

    done: Evaluated
    best: Result
    worst: Result
    n: Ints
    band: list[Band]
    reason: list[BandReason | None]
    stood: list[Stood]
    paid: Paid


def score_ends(db: Cursor, *, as_of: date, known_at: datetime, block_ids: Sequence[str], k: int) -> Ends:
    """Score the workers of these blocks as of a day, by what was known at a moment."""
    standard, merged = load_standard(), fetch_merged(db, known_at)
    values = {"block_ids": list(block_ids)} | of_merged(merged)
    stood = fetch_stood(db, values)
    agencies = sorted({block.agency_id for block in stood})
    done = evaluate_agencies(db, standard, as_of=as_of, known_at=known_at, agencies=agencies, blocks=block_ids)
    paid = fetch_paid(db, done, values, k)
    told, found = answers(db, done, paid, values, k)
    best = with_counts(told, found.n_high, found.k_low)
    worst = with_counts(told, found.n_low, np.minimum(found.k_high, found.n_low))
    from_none = found.k_low == 0
    band, reason = _bands(_judged(done, _mixed(from_none, told, best)), _judged(done, _mixed(from_none, told, worst)))
    return Ends(
        done=done,
        best=_judged(done, best),
        worst=_judged(done, worst),
        n=_judged(done, told).judged.n,
        band=[BANDS[each] for each in band],
        reason=[REASONS[each] for each in reason],
        stood=stood,
        paid=paid,
    )


def _judged(done: Evaluated, tally: Tally) -> Result:
    """Everything judged by other counts; open critical findings hold an agency at once, and are in no release."""
    size = len(done.agencies)
    independent, auditors = (
        tally.only(side).totals(done.groups.agency, size) for side in (done.groups.independent, done.groups.auditor)
    )
    documents = replace(done.documents, critical=np.zeros_like(done.documents.critical))
    return evaluate(independent, auditors, documents, done.standard)


def _mixed(where: Bools, told: Tally, end: Tally) -> Tally:
    return with_counts(told, np.where(where, told.n, end.n), np.where(where, told.k, end.k))


def _bands(best: Result, worst: Result) -> tuple[Ints, Ints]:
    """The band that both give; fair where one gives strong and the other fair; else the evidence does not settle it."""
    same = best.band == worst.band
    settled = np.isin(best.band, (STRONG, FAIR)) & np.isin(worst.band, (STRONG, FAIR))
    band = np.where(same, worst.band, np.where(settled, FAIR, INSUFFICIENT))
    reason = np.where(same, worst.reason, np.where(settled, 0, TOO_WIDE))
    return band, reason
