"""Agencies whose true shares are known, and what their workers would answer: what the method's ranges are held against.

Answers of one worker go together by a Gaussian copula: each worker bears one burden, and `correlation` is that of what
lies behind any two of the worker's answers. The answers themselves, yes or no and rarely yes, go together less.
Nothing is judged here but by the method itself: draws become the counts that it judges.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import ndtri

from schemas.standard import Standard
from vetting.scoring.combine import Combined, combine_all
from vetting.scoring.documents import Documents
from vetting.scoring.headline import Result, evaluate
from vetting.scoring.indicators import GATES, INDICATORS
from vetting.scoring.judge import GATE_PLACES, PLACE, T, W, points_of
from vetting.scoring.tally import Bools, Floats, Groups, Ints, Tally

Rng = np.random.Generator
MOST_PARTNERS = 4
# How many of the workers answer a question at all (assumed): most; but a rule on fees is not in force everywhere, few
# raise a grievance, and repayment is asked only of those who were charged.
ANSWERING = np.array([{"W03": 0.5, "W17": 0.2}.get(indicator.code, 0.85) for indicator in INDICATORS])
ABOVE_SELF_REPORT, INVESTIGATED = 0.10, 0.01  # of the reports (assumed)
ENDLESS = 10**8  # workers: so many that chance leaves nothing
FEES, REPAYMENT, FEES_GATE = PLACE["W01"], PLACE["W06"], [gate.code for gate in GATES].index("W01")


@dataclass(frozen=True)
class Agencies:
    """A row per agency. `shares`: what is true, a column per indicator; of repayment, among those who were charged."""

    shares: Floats
    workers: Ints
    partners: Ints


def anywhere(count: int, rng: Rng) -> Agencies:
    """True shares anywhere from 0.002 to 0.2, each by itself, and 10 to 400 workers at one to four partners."""
    return Agencies(
        shares=rng.uniform(0.002, 0.2, (count, len(INDICATORS))),
        workers=rng.integers(10, 401, count),
        partners=rng.integers(1, MOST_PARTNERS + 1, count),
    )


def as_agencies_differ(count: int, rng: Rng) -> Agencies:
    """Good and bad agencies side by side (assumed): what stops an agency and all else are drawn apart, each from very
    good to very bad in parts of the worst share; single shares stray from it by a factor of 0.6 to 1.6."""
    best, worst = np.log(0.01), np.log(1.2)
    stopping, other = rng.uniform(best, worst, (2, count, 1))
    stopping = np.where(rng.random((count, 1)) < 0.5, np.log(0.03), stopping)
    conduct = np.where(np.isin(np.arange(len(W)), GATE_PLACES), stopping, other)
    strayed = conduct + rng.normal(0, 0.5, conduct.shape)
    return replace(anywhere(count, rng), shares=np.clip(W * np.exp(strayed), 0.0005, 0.95))


def heard(agencies: Agencies, correlation: float, rng: Rng) -> Groups:
    """What partners send: every worker's answers drawn once, counted by agency and partner."""
    agency, sizes = _sent(agencies, rng)
    shares = agencies.shares[np.repeat(agency, sizes)]
    adverse, answered = _answers(shares, correlation, rng)
    repaid = adverse[:, FEES] & answered[:, REPAYMENT] & ~adverse[:, REPAYMENT]
    opening = adverse[:, GATE_PLACES]
    opening[:, FEES_GATE] &= ~repaid
    level = rng.random((len(shares), 1))
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])

    def count(what: Bools) -> Ints:
        return np.asarray(np.add.reduceat(what, starts, axis=0, dtype=np.int64))

    return Groups(
        agency=agency,
        partner=tuple(f"partner {row}" for row in range(len(sizes))),
        independent=np.ones(len(sizes), dtype=np.bool_),
        auditor=np.zeros(len(sizes), dtype=np.bool_),
        newest=np.full(len(sizes), np.datetime64("NaT", "D")),
        months=np.zeros(0),
        months_counts=np.zeros_like(sizes),
        tally=_tally(
            sizes,
            n=count(answered),
            k=count(adverse),
            opening=count(opening),
            opening_partners=(count(opening) > 0).astype(np.int64),
            told=count(opening),
            verified=count(opening & (level < ABOVE_SELF_REPORT)),
            investigated=count(opening & (level < INVESTIGATED)),
        ),
    )


def on_paper(agencies: Agencies, standard: Standard, rng: Rng, *, covered: float) -> Documents:
    """Assessments that cover this share of the criteria, most of them without a finding (assumed)."""
    shape, papers = (len(agencies.workers), len(standard.criteria)), standard.documents
    worth = np.array([papers.none, papers.observation, papers.minor, papers.major], dtype=np.float64)
    points = np.where(rng.random(shape) < covered, worth[rng.choice(4, size=shape, p=[0.6, 0.15, 0.2, 0.05])], np.nan)
    return Documents(points, np.zeros(shape, dtype=np.bool_), np.asarray((points == papers.major).any(axis=1)))


def judged_by(groups: Groups, papers: Documents, standard: Standard) -> Result:
    """What the method says of these counts."""
    everybody = groups.tally.totals(groups.agency, len(papers.major))
    return evaluate(everybody, nobody(everybody), papers, standard)


def nobody(like: Tally) -> Tally:
    """As many rows without a worker: no auditor reports here."""
    return like.only(np.zeros(len(like.workers), dtype=np.bool_))


def truth_of(agencies: Agencies, found: Result, papers: Documents, standard: Standard) -> Combined:
    """What the found ranges are to hold: points of the true shares, 100 · max(0, 1 - x / w), put together by the same
    rules over the criteria that were assessed and applied. Low, mid and high are one value."""
    exact = np.where(found.judged.assessed, points_of(agencies.shares), np.nan)
    return combine_all(replace(found.judged, points=exact[..., None].repeat(3, axis=-1)), papers, standard)


def without_chance(agencies: Agencies, papers: Documents, standard: Standard) -> Result:
    """What the method would say had endless workers of two partners answered everything, none of it verified."""
    n = np.full(agencies.shares.shape, ENDLESS)
    n[:, REPAYMENT] = np.rint(agencies.shares[:, FEES] * ENDLESS)
    k = np.rint(agencies.shares * n).astype(np.int64)
    opening = k[:, GATE_PLACES]
    opening[:, FEES_GATE] = k[:, REPAYMENT]
    unverified = np.zeros_like(opening)
    tally = _tally(
        n[:, FEES],
        n=n,
        k=k,
        opening=opening,
        opening_partners=np.minimum(opening, 2),
        told=opening,
        verified=unverified,
        investigated=unverified,
    )
    tally = replace(tally, partners=tally.partners + 1)
    return evaluate(tally, nobody(tally), papers, standard)


def holds(ranges: Floats, truth: Floats, slack: float) -> Bools:
    """Does each range, low to high in the last place, hold its truth?"""
    return np.asarray((ranges[..., 0] <= truth + slack) & (truth <= ranges[..., -1] + slack))


def excess(agencies: Agencies) -> Floats:
    """How many times its allowance the truly worst gate indicator of each agency is; repaid workers are no excess."""
    shares = agencies.shares.copy()
    shares[:, FEES] *= shares[:, REPAYMENT]
    return np.asarray((shares / T)[:, GATE_PLACES].max(axis=1))


def together(agencies: Agencies, correlation: float, rng: Rng) -> float:
    """How much two answers of one worker go together: their correlation, over pairs of indicators that all are asked
    and over the first agencies, of 4,000 workers each."""
    asked = [place for place in range(len(INDICATORS)) if place != REPAYMENT]
    found = []
    for shares in agencies.shares[:50]:
        adverse, _ = _answers(np.tile(shares, (4_000, 1)), correlation, rng, answering=1.0)
        found.append(np.corrcoef(adverse[:, asked].T)[np.triu_indices(len(asked), 1)])
    return float(np.nanmean(found))


def _sent(agencies: Agencies, rng: Rng) -> tuple[Ints, Ints]:
    """Whose workers each partner sends, and how many: partners are of unequal size, and some hear nobody."""
    reports = np.arange(MOST_PARTNERS) < agencies.partners[:, None]
    weights = np.where(reports, rng.exponential(size=reports.shape), 0.0)
    sizes = rng.multinomial(agencies.workers, weights / weights.sum(axis=1, keepdims=True)).ravel()
    agency = np.repeat(np.arange(len(agencies.workers)), MOST_PARTNERS)
    return agency[sizes > 0], sizes[sizes > 0]


def _answers(
    shares: Floats, correlation: float, rng: Rng, answering: Floats | float = ANSWERING
) -> tuple[Bools, Bools]:
    """Who of these workers is adverse, and who answered, a column per indicator; adverse answers are answers."""
    burden = np.sqrt(correlation) * rng.standard_normal((len(shares), 1), dtype=np.float32)
    own = np.sqrt(1 - correlation) * rng.standard_normal(shares.shape, dtype=np.float32)
    met = burden + own < ndtri(shares)
    answered = rng.random(shares.shape, dtype=np.float32) < answering
    answered[:, REPAYMENT] &= met[:, FEES] & answered[:, FEES]
    return met & answered, answered


def _tally(workers: Ints, *, n: Ints, k: Ints, **opening: Ints) -> Tally:
    """Counts of which the conditions of W03 to W05 are known wherever somebody was charged."""
    nothing, charged = np.zeros_like(workers), k[:, FEES]
    return Tally(
        workers=workers,
        partners=nothing + 1,
        departed=nothing,
        n=n,
        k=k,
        unrepaid=opening["opening"][:, FEES_GATE],
        charged=charged,
        charged_ruled=charged,
        known_w03=charged,
        known_w04=charged,
        known_w05=charged,
        state_items_only=nothing,
        two_currencies=nothing,
        **opening,
    )
