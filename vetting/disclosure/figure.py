"""From the two ends of a release's scores to what buyers see, every value on the grid; and the figure of too few."""

from collections.abc import Sequence

import numpy as np

from schemas.agency import Agency
from schemas.clocks import months_before
from schemas.codes import Band, BandReason, Outcome
from schemas.release import (
    TOO_FEW,
    ReleasedCorridor,
    ReleasedCriterion,
    ReleasedFigure,
    ReleasedIndicator,
    ReleasedMonths,
    ReleasedPrinciple,
    ReleaseSummary,
    Word,
)
from schemas.standard import Disclosure, Standard
from vetting.disclosure import grid
from vetting.disclosure.ends import Ends
from vetting.disclosure.voices import Stood
from vetting.scoring.headline import Result
from vetting.scoring.indicators import INDICATORS, METHOD_VERSION
from vetting.scoring.judge import OUTCOMES, PLACE
from vetting.scoring.records import range_of
from vetting.scoring.tally import Floats, Ints

LATELY = 12  # months: heard ÷ deployed compares with the deployments of so many
Corridor = tuple[str, str]


def figures_of(ends: Ends, standard: Standard) -> list[ReleasedFigure]:
    """The figure of every agency whose blocks a release stands on, ordered by agency_id."""
    stood: dict[str, list[Stood]] = {agency_id: [] for agency_id in ends.done.ids}
    for block in ends.stood:
        if block.agency_id in stood:  # the register names every agency that reports are about
            stood[block.agency_id].append(block)
    return [_figure(row, ends, stood[agency_id], standard) for row, agency_id in enumerate(ends.done.ids)]


def _figure(row: int, ends: Ends, stood: Sequence[Stood], standard: Standard) -> ReleasedFigure:
    done, best, worst, rule = ends.done, ends.best, ends.worst, standard.disclosure
    agency_id, licence, name, deployed = done.agencies[row]
    workers = sum(block.workers for block in stood)
    year_ago = months_before(done.as_of, LATELY)
    return ReleasedFigure(
        agency_id=agency_id,
        licence=licence,
        name=name,
        band=ends.band[row],
        band_reason=grid.reason(ends.band[row], ends.reason[row]),
        points=grid.headline(range_of(best.combined.headline[row]), range_of(worst.combined.headline[row])),
        coverage=grid.coverage(float(min(each.combined.coverage[row] for each in (best, worst)))),
        worker_coverage=grid.coverage(float(min(each.combined.worker_coverage[row] for each in (best, worst)))),
        workers=grid.count(workers),
        partners=grid.partners(int(best.judged.all_counted.partners[row])),
        newest=grid.half_year(max(block.quarter for block in stood)),
        median_age=grid.half_year(grid.middle([(block.quarter, block.workers) for block in stood])),
        heard=grid.heard(sum(block.workers for block in stood if block.quarter > year_ago), deployed),
        indicators=_indicators(row, ends),
        criteria=_criteria(row, ends, standard),
        principles=_principles(row, ends, workers, standard),
        months=_months(_paid(row, ends, "W02"), ends, rule),
        corridors=_corridors(row, ends, stood, rule),
        standard=standard.id,
        standard_hash=standard.content_hash,
        method=METHOD_VERSION,
        as_of=done.as_of,
        known_at=done.known_at,
    )


def too_few(agency: Agency, release: ReleaseSummary, standard: Standard) -> ReleasedFigure:
    """The figure of an agency with no worker, or with one to k - 1: the same in every byte but its name."""
    return ReleasedFigure(
        agency_id=agency.agency_id,
        licence=agency.licence,
        name=agency.name,
        band=Band.INSUFFICIENT_EVIDENCE,
        band_reason=BandReason.TOO_FEW_WORKERS,
        points=None,
        coverage=None,
        worker_coverage=None,
        workers=TOO_FEW,
        partners=None,
        newest=None,
        median_age=None,
        heard=None,
        indicators=tuple(
            ReleasedIndicator(
                code=each.code, criterion=each.criterion, n=None, share=None, outcome=Outcome.NOT_ASSESSED
            )
            for each in INDICATORS
        ),
        criteria=tuple(
            ReleasedCriterion(crit_code=each.crit_code, word=Word.NOT_ASSESSED) for each in standard.criteria
        ),
        principles=tuple(
            ReleasedPrinciple(code=each.code, word=Word.NOT_ASSESSED, steps=None) for each in standard.principles
        ),
        months=ReleasedMonths(),
        corridors=(),
        standard=release.standard,
        standard_hash=release.standard_hash,
        method=release.method,
        as_of=release.as_of,
        known_at=release.known_at,
    )


def _indicators(row: int, ends: Ends) -> tuple[ReleasedIndicator, ...]:
    best, worst = ends.best.judged, ends.worst.judged
    told = []
    for place, each in enumerate(INDICATORS):
        outcomes = [OUTCOMES[int(end.outcome[row, place])] for end in (best, worst)]
        outcome = outcomes[0] if outcomes[0] is outcomes[1] else Outcome.UNCLEAR
        counts = [(int(end.k[row, place]), int(end.n[row, place])) for end in (best, worst)]
        silent = outcome is Outcome.NOT_ASSESSED
        told.append(
            ReleasedIndicator(
                code=each.code,
                criterion=each.criterion,
                n=None if silent else grid.counts(counts[1][1], counts[0][1]),
                share=None if silent else grid.share(*counts),
                outcome=outcome,
            )
        )
    return tuple(told)


def _criteria(row: int, ends: Ends, standard: Standard) -> tuple[ReleasedCriterion, ...]:
    def word(end: Result, place: int) -> Word:
        applicable = bool(end.combined.applicable[row, place])
        return grid.word(range_of(end.combined.criteria[row, place]), applicable, standard.bands)

    return tuple(
        ReleasedCriterion(crit_code=each.crit_code, word=grid.agreed(word(ends.best, place), word(ends.worst, place)))
        for place, each in enumerate(standard.criteria)
    )


def _principles(row: int, ends: Ends, workers: int, standard: Standard) -> tuple[ReleasedPrinciple, ...]:
    told = []
    for place, each in enumerate(standard.principles):
        best, worst = (range_of(end.combined.principles[row, place]) for end in (ends.best, ends.worst))
        told.append(
            ReleasedPrinciple(
                code=each.code,
                word=grid.agreed(grid.word(best, True, standard.bands), grid.word(worst, True, standard.bands)),
                steps=grid.principle(best, worst, workers, standard.disclosure.principles_from),
            )
        )
    return tuple(told)


def _corridors(row: int, ends: Ends, stood: Sequence[Stood], rule: Disclosure) -> tuple[ReleasedCorridor, ...]:
    workers: dict[Corridor, int] = {}
    for block in stood:
        workers[block.corridor] = workers.get(block.corridor, 0) + block.workers
    told = []
    for corridor in sorted(workers):
        rows = _paid(row, ends, "W01", corridor)
        n_low, n_high, k_low, k_high = (int(each[rows].sum()) for each in ends.paid.cells["W01"])
        told.append(
            ReleasedCorridor(
                origin=corridor[0],
                destination=corridor[1],
                workers=grid.count(workers[corridor]),
                charged_n=grid.counts(n_low, n_high) if n_low else None,
                charged=grid.share((k_low, n_high), (min(k_high, n_low), n_low)),
                months=_months(_paid(row, ends, "W02", corridor), ends, rule),
            )
        )
    return tuple(told)


def _paid(row: int, ends: Ends, code: str, corridor: Corridor | None = None) -> Ints:
    """The rows of fees of an agency (in one corridor), auditors' only where they count in the indicator `code`."""
    groups, paid = ends.done.groups, ends.paid
    joined = bool(ends.best.judged.with_auditors[row, PLACE[code]])
    of = (groups.agency[paid.group] == row) & (groups.independent | (groups.auditor & joined))[paid.group]
    here = np.array([corridor is None or each == corridor for each in paid.corridor], dtype=np.bool_)
    return np.flatnonzero(of & here)


def _months(rows: Ints, ends: Ends, rule: Disclosure) -> ReleasedMonths:
    """From the middles of the cells of who paid more than each amount."""
    rows = rows[ends.paid.months[rows]]
    known_low, known_high = (int(each[rows].sum()) for each in ends.paid.cells["W02"][:2])
    if known_low < rule.k:
        return ReleasedMonths()
    k_low, k_high = (each[rows].sum(axis=0) for each in ends.paid.more_than[2:])
    more: Floats = (k_low + k_high) / 2
    of = (known_low + known_high) / 2
    return ReleasedMonths(
        n=grid.counts(known_low, known_high),
        median=grid.amount(more.tolist(), of, 0.5) if known_low >= rule.median_from else None,
        p80=grid.amount(more.tolist(), of, 0.2) if known_low >= rule.p80_from else None,
    )
