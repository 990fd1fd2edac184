"""What may be said of an agency, if it must hold of every count that a release does not tell apart?

The same evidence is scored at the best and at the worst end of its cells, and only what both ends agree on is told: the
wider range, a word where both give the same. Counts in between give nothing else, because a score never rises as an
answer turns from clean to adverse (tests/vetting/scoring/test_laws.py).

The band is worked out from the counts themselves where a cell begins at none: that few report something may be known,
because none may be the truth of each question. Fees and age, which no other question could be mistaken for, count as
none or as many as the cell holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np

from schemas.codes import Band, BandReason
from schemas.standard import load_standard
from vetting.disclosure.cells import Cells
from vetting.disclosure.known import Known
from vetting.disclosure.voices import Paid, Stood, answers, fetch_paid, fetch_stood, with_counts
from vetting.scoring.counted import of_merged
from vetting.scoring.evaluate import Evaluated, evaluate_agencies
from vetting.scoring.headline import BANDS, FAIR, INSUFFICIENT, REASONS, STRONG, TOO_WIDE, Result, evaluate
from vetting.scoring.tally import Ints, Tally
from vetting.store import Cursor
from vetting.store.merges import fetch_merged
from vetting.store.releases import Told


@dataclass(frozen=True)
class Ends:
    """The agencies of a release, a row each as in `done`: scored at both ends of the cells."""

    done: Evaluated
    best: Result
    worst: Result
    band: list[Band]
    reason: list[BandReason | None]
    stood: list[Stood]
    paid: Paid
    told: list[tuple[list[str], dict[str, Told | None]]]  # what the next release must remember of this one


def score_ends(db: Cursor, *, as_of: date, known_at: datetime, block_ids: Sequence[str], k: int) -> Ends:
    """Score the workers of these blocks as of a day, by what was known at a moment."""
    standard, merged = load_standard(), fetch_merged(db, known_at)
    values = {"block_ids": list(block_ids)} | of_merged(merged)
    stood = fetch_stood(db, values)
    agencies = sorted({block.agency_id for block in stood})
    done = evaluate_agencies(db, standard, as_of=as_of, known_at=known_at, agencies=agencies, blocks=block_ids)
    known = Known(db, of_merged(merged))
    paid = fetch_paid(db, done, known, values, k)
    base, found, settled, others = answers(db, done, paid, known, values, k)
    (best, worst), (upper, lower) = (_both_ends(done, base, each) for each in (found, settled))
    band, reason = _bands(upper, lower)
    return Ends(
        done=done,
        best=best,
        worst=worst,
        band=[BANDS[each] for each in band],
        reason=[REASONS[each] for each in reason],
        stood=stood,
        paid=paid,
        told=[row for sheet in (*paid.sheets, others) for row in sheet.rows()],
    )


def _both_ends(done: Evaluated, base: Tally, found: Cells) -> tuple[Result, Result]:
    best = with_counts(base, found.n_high, found.k_low)
    worst = with_counts(base, found.n_low, np.minimum(found.k_high, found.n_low))
    return _judged(done, best), _judged(done, worst)


def _judged(done: Evaluated, tally: Tally) -> Result:
    """Everything judged by other counts; open critical findings hold an agency at once, and are in no release."""
    size = len(done.agencies)
    independent, auditors = (
        tally.only(side).totals(done.groups.agency, size) for side in (done.groups.independent, done.groups.auditor)
    )
    documents = replace(done.documents, critical=np.zeros_like(done.documents.critical))
    return evaluate(independent, auditors, documents, done.standard)


def _bands(best: Result, worst: Result) -> tuple[Ints, Ints]:
    """The band that both give; fair where one gives strong and the other fair; else the evidence does not settle it."""
    same = best.band == worst.band
    settled = np.isin(best.band, (STRONG, FAIR)) & np.isin(worst.band, (STRONG, FAIR))
    band = np.where(same, worst.band, np.where(settled, FAIR, INSUFFICIENT))
    reason = np.where(same, worst.reason, np.where(settled, 0, TOO_WIDE))
    return band, reason
