"""What does each indicator's share say? Wilson's interval, the outcome and the points, for all agencies at once.

One function per rule of the method; arrays have a row per agency and a column per indicator.
"""

from dataclasses import dataclass

import numpy as np

from schemas.codes import Outcome
from schemas.standard import Standard
from vetting.scoring.indicators import CODES, GATES, INDICATORS
from vetting.scoring.tally import Bools, Floats, Ints, Tally

T = np.array([indicator.t for indicator in INDICATORS])
W = np.array([indicator.w for indicator in INDICATORS])
PLACE = {code: index for index, code in enumerate(CODES)}
GATE_PLACES = np.array([PLACE[gate.code] for gate in GATES])
OUTCOMES = (Outcome.NOT_ASSESSED, Outcome.MET, Outcome.UNCLEAR, Outcome.NOT_MET)
NOT_ASSESSED, MET, UNCLEAR, NOT_MET = range(4)


@dataclass(frozen=True)
class Judged:
    """`low` and `high` are the ends of the share's interval; `points` has low, mid, high in its last place, NaN where
    not assessed. `with_auditors` marks where auditors' workers are among the n."""

    n: Ints
    k: Ints
    share: Floats
    low: Floats
    high: Floats
    outcome: Ints
    points: Floats
    with_auditors: Bools
    all_counted: Tally

    @property
    def assessed(self) -> Bools:
        return np.asarray(self.outcome != NOT_ASSESSED)

    def of(self, code: str) -> Ints:
        return self.outcome[:, PLACE[code]]


def judge(independent: Tally, auditors: Tally, standard: Standard) -> Judged:
    """All indicators of all rows."""
    joined = auditors_joined(independent.n, auditors.n, standard)
    n = independent.n + joined * auditors.n
    k = independent.k + joined * auditors.k
    low, high = wilson(k, n, standard.measuring.z)
    assessed = (n >= standard.measuring.min_workers) & ~condition_unknown(independent, auditors, joined, standard)
    outcome = outcomes(low, high, assessed, standard.bands.tolerance)
    share = np.divide(k, n, out=np.full(n.shape, np.nan), where=n > 0)
    points = np.stack([points_of(high), points_of(share), points_of(low)], axis=-1)
    return Judged(
        n=n,
        k=k,
        share=share,
        low=low,
        high=high,
        outcome=outcome,
        points=np.where(assessed[..., None], points, np.nan),
        with_auditors=joined,
        all_counted=independent + auditors,
    )


def auditors_joined(independent_n: Ints, auditors_n: Ints, standard: Standard) -> Bools:
    """Auditors count in an indicator only where fewer than 10 eligible workers come from elsewhere."""
    return (independent_n < standard.measuring.max_auditor_free_workers) & (auditors_n > 0)


def wilson(k: Ints, n: Ints, z: float) -> tuple[Floats, Floats]:
    """The Wilson 95 % interval of k / n; lo = 0 exactly when k = 0, hi = 1 exactly when k = n; NaN when n = 0."""
    size = np.where(n > 0, n, np.nan)
    share, square = k / size, z * z
    centre = share + square / (2 * size)
    reach = z * np.sqrt(share * (1 - share) / size + square / (4 * size * size))
    low = (centre - reach) / (1 + square / size)
    high = (centre + reach) / (1 + square / size)
    nobody, everybody = (k == 0) & (n > 0), (k == n) & (n > 0)
    return np.where(nobody, 0.0, low), np.where(everybody, 1.0, high)


def conditions_known(independent: Tally, auditors: Tally, joined: Bools) -> dict[str, tuple[Ints, Ints]]:
    """Of W03 to W05: how many reports were charged (W03: with a rule in force), and of how many of those the condition
    itself is known."""
    found = {}
    for code, of, known in (
        ("W03", "charged_ruled", "known_w03"),
        ("W04", "charged", "known_w04"),
        ("W05", "charged", "known_w05"),
    ):
        also = joined[:, PLACE[code]]
        charged = getattr(independent, of) + also * getattr(auditors, of)
        found[code] = charged, getattr(independent, known) + also * getattr(auditors, known)
    return found


def condition_unknown(independent: Tally, auditors: Tally, joined: Bools, standard: Standard) -> Bools:
    """W03 to W05 are not assessed if the condition itself is known for fewer than half of the charged reports (W03: of
    those with a rule in force), so that only the uncharged cannot speak for all."""
    unknown = np.zeros(joined.shape, dtype=np.bool_)
    for code, (charged, told) in conditions_known(independent, auditors, joined).items():
        unknown[:, PLACE[code]] = told < standard.measuring.min_known_share * charged
    return unknown


def outcomes(low: Floats, high: Floats, assessed: Bools, tolerance: float) -> Ints:
    """met if hi <= t; not_met if lo > t; else unclear; not_assessed below ten workers."""
    outcome = np.full(low.shape, UNCLEAR, dtype=np.int64)
    with np.errstate(invalid="ignore"):
        outcome[high <= T + tolerance] = MET
        outcome[low > T + tolerance] = NOT_MET
    outcome[~assessed] = NOT_ASSESSED
    return outcome


def points_of(share: Floats) -> Floats:
    """Points of a share: 100 · max(0, 1 - x / w)."""
    return np.asarray(100 * np.maximum(0.0, 1 - share / W))
