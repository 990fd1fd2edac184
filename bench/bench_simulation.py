"""How well do the ranges hold? 1,000 agencies whose true shares are known, judged by the method's own functions.

Three tables: each indicator's 95 % interval, the headline's range with the answers of one worker going together, and
the bands against the truth. The same seed gives the same tables (docs/method.md says what they mean).
"""

import argparse
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from bench.simulated import (
    Agencies,
    Rng,
    anywhere,
    as_agencies_differ,
    excess,
    heard,
    holds,
    judged_by,
    nobody,
    on_paper,
    together,
    truth_of,
    without_chance,
)
from schemas.standard import Standard, load_standard
from vetting.scoring.headline import BANDS, FAIR, ON_HOLD, STRONG, WEAK, rests_on
from vetting.scoring.indicators import CODES
from vetting.scoring.tally import Bools, Floats, Ints

AGENCIES, DRAWS, SEED = 1_000, 5, 2_026
CORRELATIONS = (0.0, 0.3, 0.6)
AT_MOST = 1.0  # all answers of one worker come of one burden: no more can go together
PAPERS = {"workers alone": 0.0, "with documents": 0.5}  # the share of criteria that assessments cover
SHARES, SIZES = (0.002, 0.01, 0.05, 0.1, 0.2), (10, 50, 150, 401)
WORDS = {
    "strong": "strong",
    "fair": "fair",
    "weak": "weak",
    "insufficient_evidence": "not enough",
    "on_hold": "on hold",
}


class Intervals(NamedTuple):
    """Of every interval drawn: does it hold its true share, what is that, of how many answers, of which indicator."""

    hold: Bools
    share: Floats
    n: Ints
    place: Ints


class Ranges(NamedTuple):
    """Of every headline drawn: does its range hold the truth, is the truth worse than it says, how wide is it."""

    hold: Bools
    worse: Bools
    width: Floats


class Given(NamedTuple):
    """Of every agency drawn, as places in BANDS: the true band and the one given; how far beyond its allowance the
    truly worst gate indicator is (1: not beyond), whom the band rests on, and how many workers were heard."""

    true: Ints
    given: Ints
    excess: Floats
    rests: Bools
    workers: Ints


def intervals(agencies: Agencies, draws: int, standard: Standard, rng: Rng) -> Intervals:
    """Every assessed indicator of every agency, drawn so many times."""
    return Intervals(*_collected(_intervals(agencies, standard, rng) for _ in range(draws)))


def ranges(agencies: Agencies, correlation: float, covered: float, draws: int, standard: Standard, rng: Rng) -> Ranges:
    """Every headline, drawn so many times; `covered`: the share of criteria that documents speak to."""
    return Ranges(*_collected(_ranges(agencies, correlation, covered, standard, rng) for _ in range(draws)))


def given(agencies: Agencies, correlation: float, draws: int, standard: Standard, rng: Rng) -> Given:
    """Every band, by workers alone, drawn so many times."""
    return Given(*_collected(_given(agencies, correlation, standard, rng) for _ in range(draws)))


def _intervals(agencies: Agencies, standard: Standard, rng: Rng) -> Intervals:
    papers = on_paper(agencies, standard, rng, covered=0.0)
    judged = judged_by(heard(agencies, 0.0, rng), papers, standard).judged
    told, places = judged.assessed, np.broadcast_to(np.arange(len(CODES)), judged.n.shape)
    held = holds(np.stack([judged.low, judged.high], axis=-1), agencies.shares, 0.0)
    return Intervals(held[told], agencies.shares[told], judged.n[told], places[told])


def _ranges(agencies: Agencies, correlation: float, covered: float, standard: Standard, rng: Rng) -> Ranges:
    papers = on_paper(agencies, standard, rng, covered=covered)
    found = judged_by(heard(agencies, correlation, rng), papers, standard)
    truth, said = truth_of(agencies, found, papers, standard).headline[:, 1], found.combined.headline
    told, slack = ~np.isnan(truth), standard.bands.tolerance
    held, worse = holds(said, truth, slack), truth < said[:, 0] - slack
    return Ranges(held[told], worse[told], (said[:, 2] - said[:, 0])[told])


def _given(agencies: Agencies, correlation: float, standard: Standard, rng: Rng) -> Given:
    papers = on_paper(agencies, standard, rng, covered=0.0)
    groups = heard(agencies, correlation, rng)
    found = judged_by(groups, papers, standard)
    everybody = groups.tally.totals(groups.agency, len(agencies.workers))
    resting = rests_on(groups, everybody, nobody(everybody), papers, found, standard)
    rests = np.isin(np.arange(len(agencies.workers)), groups.agency[resting])
    true = without_chance(agencies, papers, standard).band
    return Given(true, found.band, excess(agencies), rests, agencies.workers)


def _collected(draws: Iterator[tuple]) -> Iterator[np.ndarray]:
    return (np.concatenate(parts) for parts in zip(*draws, strict=True))


def show_intervals(found: Intervals) -> None:
    each = [found.hold[found.place == place].mean() for place in range(len(CODES))]
    worst, best = int(np.argmin(each)), int(np.argmax(each))
    print(f"1. Indicators: the 95 % interval holds the true share {_share(found.hold)} of the time on average")
    print(f"   (asked for: 93 to 97 %; least {CODES[worst]} {each[worst]:.1%}, most {CODES[best]} {each[best]:.1%};")
    print(f"   {len(found.hold):,} intervals). By true share and by how many answered:")
    print("   " + " " * 14 + "".join(f"{f'{low} to {high - 1}':>13}" for low, high in _steps(SIZES)))
    for low, high in _steps(SHARES):
        cells = [
            found.hold[(found.share >= low) & (found.share < high) & (found.n >= least) & (found.n < most)]
            for least, most in _steps(SIZES)
        ]
        print(f"   {f'{low:.1%} to {high:.0%}':14}" + "".join(f"{_share(cell):>13}" for cell in cells))


def show_ranges(agencies: Agencies, draws: int, standard: Standard, rng: Rng) -> None:
    print("\n2. Headline: its range holds the true headline (asked for: 90 %)")
    print("   correlation   of answers   evidence          holds it   truth worse   truth better   width")
    for correlation in (*CORRELATIONS, AT_MOST):
        answers = together(agencies, correlation, rng)
        for name, covered in PAPERS.items():
            found = ranges(agencies, correlation, covered, draws, standard, rng)
            better = ~found.hold & ~found.worse
            short = "" if found.hold.mean() >= 0.9 else f"   {90 - 100 * found.hold.mean():.1f} points short"
            print(
                f"   {correlation:11.1f}   {answers:10.2f}   {name:15}   {_share(found.hold):>8}   "
                f"{_share(found.worse):>11}   {_share(better):>12}   {found.width.mean():5.1f}{short}"
            )


def show_given(agencies: Agencies, draws: int, standard: Standard, rng: Rng) -> None:
    print("\n3. Bands against the truth, per cent of the agencies truly so (correlation 0.3)")
    print("   truly        agencies" + "".join(f"{word:>12}" for word in WORDS.values()))
    found = {correlation: given(agencies, correlation, draws, standard, rng) for correlation in CORRELATIONS}
    middle = found[CORRELATIONS[1]]
    for place, band in enumerate(BANDS):
        rows = middle.given[middle.true == place]
        if len(rows):
            cells = "".join(f"{_share(rows == other):>12}" for other in range(len(BANDS)))
            print(f"   {WORDS[band.value]:12} {len(rows) // draws:8}{cells}")
    print("\n   Truly bad, and called strong or fair:")
    print("   correlation   truly weak   truly on hold   a gate truly at twice its allowance or more")
    for correlation, each in found.items():
        well = np.isin(each.given, (STRONG, FAIR))
        bad = (each.true == WEAK, each.true == ON_HOLD, each.excess >= 2)
        weak, stopped, twice = (f"{_share(well[rows])} ({well[rows].sum()} of {rows.sum():,})" for rows in bad)
        print(f"   {correlation:11.1f}   {weak}   {stopped}   {twice}")
    for least, most in _steps(SIZES):
        heard_so = (middle.workers >= least) & (middle.workers < most)
        bad = heard_so & np.isin(middle.true, (WEAK, ON_HOLD))
        well, good = np.isin(middle.given, (STRONG, FAIR)), heard_so & np.isin(middle.true, (STRONG, FAIR))
        print(
            f"   {f'{least} to {most - 1} workers:':20} truly bad called strong or fair {_share(well[bad])}, "
            f"truly good so called {_share(well[good])}"
        )
    resting = middle.rests[np.isin(middle.given, (STRONG, FAIR))]
    print(f"   Of the strong and fair, {_share(resting)} rest on one partner.")


def _steps(ends: tuple) -> Iterator[tuple]:
    return zip(ends[:-1], ends[1:], strict=True)


def _share(part: Bools) -> str:
    return f"{part.mean():.1%}" if len(part) else "–"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--agencies", type=int, default=AGENCIES)
    parser.add_argument("--draws", type=int, default=DRAWS, help="how often each agency's workers are drawn anew")
    options = parser.parse_args()
    standard, rng = load_standard(), np.random.default_rng(SEED)
    agencies = anywhere(options.agencies, rng)
    print(f"how well the ranges hold: {options.agencies:,} agencies, each drawn {options.draws} times, seed {SEED}")
    show_intervals(intervals(agencies, options.draws, standard, rng))
    show_ranges(agencies, options.draws, standard, rng)
    show_given(as_agencies_differ(options.agencies, rng), options.draws, standard, rng)


if __name__ == "__main__":
    main()
