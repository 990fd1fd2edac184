"""From arrays to the record of one agency's score."""

from dataclasses import dataclass

import numpy as np

from schemas.codes import Outcome
from schemas.score import CriterionScore, IndicatorScore, Months, PrincipleScore, QueueItem, Range, Score
from schemas.standard import Standard
from vetting.scoring.beside import Beside
from vetting.scoring.combine import principle_sides
from vetting.scoring.evaluate import Evaluated
from vetting.scoring.headline import BANDS, REASONS, relies_on_auditors
from vetting.scoring.indicators import BY_CODE, CODES, GATES, INDICATORS, METHOD_VERSION
from vetting.scoring.judge import OUTCOMES
from vetting.scoring.tally import Bools, Floats, Ints, Tally


@dataclass(frozen=True)
class Sums:
    """What is told beyond what was judged: self-declared workers, everybody's adverse answers to gates, and both sides
    of the principles apart."""

    self_declared: Tally
    everybody: Tally
    relies: Bools
    worker_sides: Floats
    document_sides: Floats


def records(done: Evaluated, beside: Beside, standard: Standard) -> list[Score]:
    """One score per agency, in the order of the register."""
    groups, size = done.groups, len(done.agencies)
    workers, papers = principle_sides(done.result.combined, done.documents, standard)
    sums = Sums(
        self_declared=groups.tally.only(~groups.counting).totals(groups.agency, size),
        everybody=groups.tally.totals(groups.agency, size),
        relies=relies_on_auditors(done.result.judged),
        worker_sides=workers,
        document_sides=papers,
    )
    return [_record(row, done, sums, beside, standard) for row in range(size)]


def _record(row: int, done: Evaluated, sums: Sums, beside: Beside, standard: Standard) -> Score:
    agency_id, licence, name, deployed = done.agencies[row]
    result, counted = done.result, done.result.judged.all_counted
    indicators = _indicators(row, done, sums)
    own = np.flatnonzero((done.groups.agency == row) & done.groups.counting)
    return Score(
        agency_id=agency_id,
        licence=licence,
        name=name,
        band=BANDS[result.band[row]],
        band_reason=REASONS[result.reason[row]],
        points=range_of(result.combined.headline[row]),
        coverage=float(result.combined.coverage[row]),
        worker_coverage=float(result.combined.worker_coverage[row]),
        workers=int(counted.workers[row]),
        partners=int(counted.partners[row]),
        gates=open_gate_codes(row, done),
        contradictions=_contradictions(row, done, indicators, standard),
        indicators=indicators,
        criteria=_criteria(row, done, standard),
        principles=tuple(
            PrincipleScore(
                code=principle.code,
                range=range_of(result.combined.principles[row, place]),
                worker=range_of(sums.worker_sides[row, place]),
                documents=number(sums.document_sides[row, place]),
            )
            for place, principle in enumerate(standard.principles)
        ),
        months=beside.months.get(agency_id, Months()),
        standard=standard.id,
        standard_hash=standard.content_hash,
        method=METHOD_VERSION,
        as_of=done.as_of,
        known_at=done.known_at,
        newest_interview=done.groups.newest[own].max().item() if own.size else None,
        median_age_days=beside.median_age_days.get(agency_id),
        departed_12m=int(counted.departed[row]),
        deployed_12m=deployed,
        rests_on=rests_on_partners(row, done),
        auditors_in=tuple(CODES[int(place)] for place in np.flatnonzero(sums.relies[row])),
        self_declared_workers=int(sums.self_declared.workers[row]),
        charged_reports=int(counted.charged[row]),
        state_items_only=int(counted.state_items_only[row]),
        two_currencies=int(counted.two_currencies[row]),
        corridors=tuple(beside.corridors.get(agency_id, ())),
        queue=_queue(row, done, sums),
    )


def open_gate_codes(row: int, done: Evaluated) -> tuple[str, ...]:
    """Indicators in the order of the catalogue, then the criteria with an open critical finding."""
    standard, result = done.standard, done.result
    opened = [gate.code for place, gate in enumerate(GATES) if result.gates[row, place]]
    critical = np.flatnonzero(done.documents.critical[row])
    return (*opened, *(f"finding:{standard.criteria[int(place)].crit_code}" for place in critical))


def adverse_answers(done: Evaluated) -> Ints:
    """Workers with an adverse answer to each gate indicator, by agency: whoever reported it, and though the same
    worker's latest interview takes it back."""
    total = np.zeros((len(done.agencies), len(GATES)), dtype=np.int64)
    np.add.at(total, done.groups.agency, done.groups.tally.told)
    return total


def rests_on_partners(row: int, done: Evaluated) -> tuple[str, ...]:
    lowered = np.flatnonzero((done.groups.agency == row) & done.rests)
    return tuple(done.groups.partner[int(place)] for place in lowered)


def _indicators(row: int, done: Evaluated, sums: Sums) -> tuple[IndicatorScore, ...]:
    judged = done.result.judged
    return tuple(
        IndicatorScore(
            code=indicator.code,
            criterion=indicator.criterion,
            n=int(judged.n[row, place]),
            k=int(judged.k[row, place]),
            share=number(judged.share[row, place]),
            low=number(judged.low[row, place]),
            high=number(judged.high[row, place]),
            outcome=OUTCOMES[judged.outcome[row, place]],
            points=range_of(judged.points[row, place]),
            with_auditors=bool(judged.with_auditors[row, place]),
            self_declared=int(sums.self_declared.n[row, place]),
        )
        for place, indicator in enumerate(INDICATORS)
    )


def _criteria(row: int, done: Evaluated, standard: Standard) -> tuple[CriterionScore, ...]:
    combined = done.result.combined
    return tuple(
        CriterionScore(
            crit_code=criterion.crit_code,
            range=range_of(combined.criteria[row, place]),
            worker=range_of(combined.worker[row, place]),
            documents=number(done.documents.points[row, place]),
            applicable=bool(combined.applicable[row, place]),
            weight=float(combined.weights[row, place]),
        )
        for place, criterion in enumerate(standard.criteria)
    )


def _contradictions(
    row: int, done: Evaluated, indicators: tuple[IndicatorScore, ...], standard: Standard
) -> tuple[str, ...]:
    """Criteria where documents say 90 or more and an assessed indicator is not met."""
    against = {each.criterion for each in indicators if each.outcome is Outcome.NOT_MET}
    return tuple(
        criterion.crit_code
        for place, criterion in enumerate(standard.criteria)
        if criterion.crit_code in against and done.documents.points[row, place] >= standard.documents.contradiction_from
    )


def _queue(row: int, done: Evaluated, sums: Sums) -> tuple[QueueItem, ...]:
    """Adverse answers to gate indicators that open nothing, whoever reported them; under 18 and harm are referrals."""
    return tuple(
        QueueItem(
            agency_id=done.agencies[row][0],
            indicator=gate.code,
            workers=int(sums.everybody.told[row, place]),
            referral=BY_CODE[gate.code].referral,
        )
        for place, gate in enumerate(GATES)
        if sums.everybody.told[row, place] and not done.result.gates[row, place]
    )


def range_of(points: Floats) -> Range | None:
    """Low, mid, high as a range; None where not assessed (NaN)."""
    if np.isnan(points[1]):
        return None
    return Range(low=float(points[0]), mid=float(points[1]), high=float(points[2]))


def number(value: np.float64) -> float | None:
    """A plain number; None where there is none (NaN)."""
    return None if np.isnan(value) else float(value)
