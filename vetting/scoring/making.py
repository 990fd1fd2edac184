"""How was a score made? The road from counts to the band, told by what was judged; nothing is computed twice."""

import numpy as np

from schemas.making import Condition, Making, Opening, Part, Reach, RuleTried, Side, Sum
from schemas.score import CriterionScore, Score
from schemas.standard import Standard
from vetting.scoring.combine import columns_of, parts, reaches
from vetting.scoring.evaluate import Evaluated
from vetting.scoring.gates import Openings, gates_in_doubt
from vetting.scoring.headline import BANDS, REASONS, band_rules
from vetting.scoring.indicators import GATES
from vetting.scoring.judge import conditions_known
from vetting.scoring.records import number, range_of
from vetting.scoring.tally import Floats


def making(done: Evaluated, row: int, score: Score) -> Making:
    """The road of the agency in this row, whose record is `score`."""
    standard, combined = done.standard, done.result.combined
    weights = combined.assessed_weights
    own = {each.code: columns_of(each.code, standard) for each in standard.principles}
    return Making(
        score=score,
        sides={each.crit_code: _side(each) for each in score.criteria if each.range is not None},
        conditions=_conditions(row, done),
        principles={
            code: _sum(
                row, np.where(own[code], weights, 0.0), done, combined.principles[row, place], own[code].tolist()
            )
            for place, code in enumerate(own)
        },
        headline=_sum(row, weights, done, combined.headline[row], [True] * len(standard.criteria)),
        openings=_openings(row, done.result.openings, score),
        in_doubt=tuple(
            gate.code
            for gate, doubted in zip(GATES, gates_in_doubt(done.result.judged, standard)[row], strict=True)
            if doubted
        ),
        critical=tuple(
            each.crit_code for each, open_ in zip(standard.criteria, done.documents.critical[row], strict=True) if open_
        ),
        major=bool(done.documents.major[row]),
        rules=_rules(row, done, standard),
    )


def _side(criterion: CriterionScore) -> Side:
    """Whose points count: the smaller's, place by place; workers' where both say the same."""
    if criterion.worker is None or criterion.documents is None:
        return "workers" if criterion.documents is None else "documents"
    points = (criterion.worker.low, criterion.worker.mid, criterion.worker.high)
    smaller = [point <= criterion.documents for point in points]
    return "workers" if all(smaller) else "both" if any(smaller) else "documents"


def _conditions(row: int, done: Evaluated) -> tuple[Condition, ...]:
    least = done.standard.measuring.min_known_share
    counts = conditions_known(done.independent, done.auditors, done.result.judged.with_auditors)
    return tuple(
        Condition(
            indicator=code,
            charged=int(charged[row]),
            told=int(told[row]),
            enough=bool(told[row] >= least * charged[row]),
        )
        for code, (charged, told) in counts.items()
    )


def _sum(row: int, weights: Floats, done: Evaluated, combined: Floats, own: list[bool]) -> Sum:
    each = parts(weights, done.result.combined.criteria)
    return Sum(
        range=range_of(combined),
        parts=tuple(
            Part(
                crit_code=criterion.crit_code,
                weight=float(weights[row, place]),
                share=float(each.share[row, place]),
                mid=float(each.mid[row, place]),
                down=float(each.down[row, place]),
                up=float(each.up[row, place]),
            )
            for place, criterion in enumerate(done.standard.criteria)
            if own[place]
        ),
        down=_reach(row, each.down),
        up=_reach(row, each.up),
    )


def _reach(row: int, reaching: Floats) -> Reach:
    squares, total = reaches(reaching)
    return Reach(squares=float(squares[row]), total=float(total[row]))


def _openings(row: int, opened: Openings, score: Score) -> tuple[Opening, ...]:
    return tuple(
        Opening(
            indicator=gate.code,
            adverse=int(opened.adverse[row, place]),
            left_out=score.indicator(gate.code).k - int(opened.adverse[row, place]),
            partners=int(opened.partners[row, place]),
            verified=int(opened.verified[row, place]),
            investigated=int(opened.investigated[row, place]),
            low=number(opened.low[row, place]),
            not_met=bool(opened.not_met[row, place]),
            several=bool(opened.several[row, place]),
            corroborated=bool(opened.corroborated[row, place]),
            open=bool(opened.open[row, place]),
        )
        for place, gate in enumerate(GATES)
    )


def _rules(row: int, done: Evaluated, standard: Standard) -> tuple[RuleTried, ...]:
    result = done.result
    tried = band_rules(result.judged, result.gates, result.combined, done.documents, standard)
    first = [bool(rule.holds[row]) for rule in tried].index(True)
    return tuple(
        RuleTried(
            name=rule.name,
            band=BANDS[rule.band],
            reason=REASONS[rule.reason],
            holds=bool(rule.holds[row]),
            decides=place == first,
        )
        for place, rule in enumerate(tried)
    )
