"""Which band? The first rule that holds, and whether it would hold without any one partner."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from schemas.codes import Band, BandReason
from schemas.standard import Standard
from vetting.scoring.combine import Combined, combine_all
from vetting.scoring.documents import Documents
from vetting.scoring.gates import Openings, gates_in_doubt, openings
from vetting.scoring.judge import MET, PLACE, Judged, judge
from vetting.scoring.tally import Bools, Floats, Groups, Ints, Tally

# Best first; "rests on one partner" means that leaving one out moves the band down this list.
BANDS = (Band.STRONG, Band.FAIR, Band.WEAK, Band.INSUFFICIENT_EVIDENCE, Band.ON_HOLD)
REASONS = (None, *BandReason)
STRONG, FAIR, WEAK, INSUFFICIENT, ON_HOLD = range(5)
TOO_FEW, LOW_COVERAGE, IN_DOUBT, TOO_WIDE = range(1, 5)


@dataclass(frozen=True)
class Result:
    """Everything judged, a row per agency. `band` indexes BANDS, `reason` indexes REASONS."""

    judged: Judged
    openings: Openings
    combined: Combined
    band: Ints
    reason: Ints

    @property
    def gates(self) -> Bools:
        """Which gates reports hold open: a column per gate indicator."""
        return self.openings.open


class Rule(NamedTuple):
    """One rule of the band, by its name: for which agencies it holds, and what it gives those no earlier rule took."""

    name: str
    holds: Bools
    band: int
    reason: int = 0


def evaluate(
    independent: Tally,
    auditors: Tally,
    documents: Documents,
    standard: Standard,
    principle_weights: Floats | None = None,
) -> Result:
    """`principle_weights`: others than the standard's, to ask what would be if; see `combine_all`."""
    judged = judge(independent, auditors, standard)
    opened = openings(independent, auditors, judged, standard)
    combined = combine_all(judged, documents, standard, principle_weights)
    band, reason = bands(judged, opened.open, combined, documents, standard)
    return Result(judged, opened, combined, band, reason)


def bands(
    judged: Judged, gates: Bools, combined: Combined, documents: Documents, standard: Standard
) -> tuple[Ints, Ints]:
    """The first rule that holds."""
    in_order = band_rules(judged, gates, combined, documents, standard)
    conditions = [rule.holds for rule in in_order]
    return (
        np.select(conditions, [rule.band for rule in in_order]),
        np.select(conditions, [rule.reason for rule in in_order]),
    )


def band_rules(
    judged: Judged, gates: Bools, combined: Combined, documents: Documents, standard: Standard
) -> tuple[Rule, ...]:
    """The rules in their order, comparisons with a tolerance; the last always holds.

    on_hold if a gate is open; insufficient under 10 workers, or if worker coverage < 0.5 or any of W01, W07, W08, W19,
    W20 is not assessed; weak if mid < 60 and high < 80; insufficient if a gate is in doubt; strong if low >= 80, W01 is
    met, no major finding is open, two partners report and no indicator relies on auditors; fair if low >= 60; weak if
    high - low <= 15; else insufficient, the range being too wide.
    """
    rules, slack = standard.bands, standard.bands.tolerance
    low, mid, high = (combined.headline[:, place] for place in range(3))
    needed = [PLACE[code] for code in rules.must_be_assessed]
    with np.errstate(invalid="ignore"):
        return (
            Rule("gate_open", np.asarray(gates.any(axis=1) | documents.critical.any(axis=1)), ON_HOLD),
            Rule("too_few_workers", judged.all_counted.workers < rules.min_workers, INSUFFICIENT, TOO_FEW),
            Rule(
                "low_coverage",
                (combined.worker_coverage < rules.min_worker_coverage - slack)
                | ~judged.assessed[:, needed].all(axis=1),
                INSUFFICIENT,
                LOW_COVERAGE,
            ),
            Rule("weak", (mid < rules.weak_mid - slack) & (high < rules.weak_high - slack), WEAK),
            Rule("gate_in_doubt", np.asarray(gates_in_doubt(judged, standard).any(axis=1)), INSUFFICIENT, IN_DOUBT),
            Rule(
                "strong",
                (low >= rules.strong_low - slack)
                & (judged.of("W01") == MET)
                & ~documents.major
                & (judged.all_counted.partners >= rules.strong_partners)
                & ~relies_on_auditors(judged).any(axis=1),
                STRONG,
            ),
            Rule("fair", low >= rules.fair_low - slack, FAIR),
            Rule("surely_weak", high - low <= rules.weak_width + slack, WEAK),
            Rule("range_too_wide", np.ones(low.shape, dtype=np.bool_), INSUFFICIENT, TOO_WIDE),
        )


def relies_on_auditors(judged: Judged) -> Bools:
    """Indicators that are assessed with auditors among the workers: the band is then at most fair."""
    return judged.with_auditors & judged.assessed


def rests_on(
    groups: Groups, independent: Tally, auditors: Tally, documents: Documents, result: Result, standard: Standard
) -> Bools:
    """Per agency and partner: would leaving out this one partner lower the band?"""
    rows = np.flatnonzero(groups.counting & (result.band[groups.agency] != ON_HOLD))
    lowered = np.zeros(len(groups.partner), dtype=np.bool_)
    without = without_partner(groups, rows, independent, auditors, documents, standard)
    lowered[rows] = without.band > result.band[groups.agency[rows]]
    return lowered


def without_partner(
    groups: Groups, rows: Ints, independent: Tally, auditors: Tally, documents: Documents, standard: Standard
) -> Result:
    """For each of these rows of `groups`, everything judged of its agency as if its partner had reported nothing."""
    owner, own = groups.agency[rows], groups.tally.take(rows)
    return evaluate(
        independent.take(owner) - own.only(groups.independent[rows]),
        auditors.take(owner) - own.only(groups.auditor[rows]),
        documents.take(owner),
        standard,
    )
