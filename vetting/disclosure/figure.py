"""From a score of released evidence to the figure buyers see, every value on the grid; and the figure of too few."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from schemas.agency import Agency
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
from schemas.score import Months, Score
from schemas.standard import Disclosure, Standard
from vetting.disclosure import grid
from vetting.scoring.indicators import INDICATORS


class Told(NamedTuple):
    """What of one agency rests on enough workers to be told (see `support`)."""

    months: bool
    charged_by_corridor: bool
    months_by_corridor: bool
    corridors: Mapping[tuple[str, str], int]  # the shown ones, with their distinct workers
    newest: date  # in or after whose half-year at least k workers were heard


def released_figure(score: Score, told: Told, standard: Standard) -> ReleasedFigure:
    """The figure of an agency whose released blocks hold enough workers."""
    rule, bands = standard.disclosure, standard.bands
    return ReleasedFigure(
        agency_id=score.agency_id,
        licence=score.licence,
        name=score.name,
        band=score.band,
        band_reason=grid.reason(score.band, score.band_reason),
        points=grid.headline(score.points),
        coverage=grid.coverage(score.coverage),
        worker_coverage=grid.coverage(score.worker_coverage),
        workers=grid.count(score.workers),
        partners=grid.partners(score.partners),
        newest=grid.half_year(told.newest),
        median_age=_median_half_year(score),
        heard=grid.heard(score.departed_12m, score.deployed_12m, rule.k),
        indicators=tuple(
            ReleasedIndicator(
                code=each.code,
                criterion=each.criterion,
                n=None if each.outcome is Outcome.NOT_ASSESSED else grid.count(each.n),
                share=None if each.outcome is Outcome.NOT_ASSESSED else grid.share(each.k, each.n),
                outcome=each.outcome,
            )
            for each in score.indicators
        ),
        criteria=tuple(
            ReleasedCriterion(crit_code=each.crit_code, word=grid.word(each.range, each.applicable, bands))
            for each in score.criteria
        ),
        principles=tuple(
            ReleasedPrinciple(
                code=each.code,
                word=grid.word(each.range, True, bands),
                steps=grid.principle(each.range, score.workers, rule.principles_from),
            )
            for each in score.principles
        ),
        months=_months(score.months, rule) if told.months and score.months_speak else ReleasedMonths(),
        corridors=_corridors(score, told, rule),
        standard=score.standard,
        standard_hash=score.standard_hash,
        method=score.method,
        as_of=score.as_of,
        known_at=score.known_at,
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


def _months(months: Months, rule: Disclosure) -> ReleasedMonths:
    if months.n < rule.k:
        return ReleasedMonths()
    return ReleasedMonths(
        n=grid.count(months.n),
        median=grid.months(months.median, months.n, rule.median_from),
        p80=grid.months(months.p80, months.n, rule.p80_from),
    )


def _corridors(score: Score, told: Told, rule: Disclosure) -> tuple[ReleasedCorridor, ...]:
    """A worker of two corridors is among the fees of one of them only, so a figure may yet be thin: then it is told of
    none."""
    figures = {(each.origin, each.destination): each for each in score.corridors}
    here = [figures.get(corridor) for corridor in sorted(told.corridors)]
    charged = told.charged_by_corridor and all(each is not None and each.charged_n >= rule.k for each in here)
    months = told.months_by_corridor and all(
        each is not None and each.months.n >= rule.k and each.months_speak for each in here
    )
    return tuple(
        ReleasedCorridor(
            origin=origin,
            destination=destination,
            workers=grid.count(told.corridors[origin, destination]),
            charged_n=grid.count(figure.charged_n) if figure and charged else None,
            charged=grid.share(figure.charged, figure.charged_n) if figure and charged else None,
            months=_months(figure.months, rule) if figure and months else ReleasedMonths(),
        )
        for (origin, destination), figure in zip(sorted(told.corridors), here, strict=True)
    )


def _median_half_year(score: Score) -> str | None:
    if score.median_age_days is None:
        return None
    return grid.half_year(score.as_of - timedelta(days=round(score.median_age_days)))
