"""Laws of judging, on random counts: silence is never a pass, and no adverse answer ever helps."""

from dataclasses import replace

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.vetting.scoring.tallies import STANDARD, documents, result, side
from vetting.scoring.documents import Documents
from vetting.scoring.headline import BANDS, Result
from vetting.scoring.indicators import CODES, GATES
from vetting.scoring.judge import MET, NOT_ASSESSED, PLACE
from vetting.scoring.tally import Bools, Floats, Tally

GATE_PLACES = [PLACE[gate.code] for gate in GATES]
CRITERIA = [criterion.crit_code for criterion in STANDARD.criteria]
CONDITIONS = ("known_w03", "known_w04", "known_w05")
SIZES = st.one_of(st.integers(0, 12), st.integers(0, 400))
PAPERS = st.dictionaries(st.sampled_from(CRITERIA), st.sampled_from([0.0, 30.0, 70.0, 90.0, 100.0])).map(documents)


@st.composite
def tallies(draw: st.DrawFn) -> Tally:
    """What the reports of one side say: of each indicator any n, and of them none, few or any number adverse."""
    n = draw(st.lists(SIZES, min_size=len(CODES), max_size=len(CODES)))
    k = [draw(st.one_of(st.just(0), st.integers(0, min(each, 2)), st.integers(0, each))) for each in n]
    charged = draw(SIZES)
    known = {name: np.array([draw(st.integers(0, charged))]) for name in CONDITIONS}
    counted = replace(side(max(n), draw(st.integers(1, 3))), n=np.array([n]), k=np.array([k]), **known)
    return of_k(replace(counted, charged=np.array([charged]), charged_ruled=np.array([charged])))


def of_k(tally: Tally) -> Tally:
    """Nobody was repaid, and every adverse answer counts towards opening its gate, at one partner."""
    opening = tally.k[:, GATE_PLACES]
    return replace(
        tally, unrepaid=tally.k[:, PLACE["W01"]], opening=opening, opening_partners=(opening > 0).astype(np.int64)
    )


@settings(deadline=None)
@given(tallies(), tallies(), PAPERS)
def test_fewer_than_ten_answers_are_never_a_pass(independent: Tally, auditors: Tally, papers: Documents):
    judged = result(independent, auditors, papers).judged
    few = independent.n + auditors.n < 10
    assert (judged.outcome[few] == NOT_ASSESSED).all()
    assert np.isnan(judged.points[few]).all()


@settings(deadline=None)
@given(PAPERS, st.booleans())
def test_an_agency_of_which_nobody_reports_has_no_band_whatever_its_papers_say(papers: Documents, asked_by_two: bool):
    found = result(side(0, 2 if asked_by_two else 0), None, papers)
    assert BANDS[found.band[0]] == "insufficient_evidence"
    assert not (found.judged.outcome == MET).any()
    assert found.combined.worker_coverage[0] == 0


@settings(deadline=None)
@given(tallies(), tallies(), st.data())
def test_taking_answers_away_turns_nothing_from_not_assessed_into_met(
    independent: Tally, auditors: Tally, data: st.DataObject
):
    """Any answers, clean or adverse, and of those who were charged any answer to the condition itself."""
    before = result(independent, auditors).judged.outcome
    after = result(blanked(independent, data), blanked(auditors, data)).judged.outcome
    assert not ((before == NOT_ASSESSED) & (after == MET)).any()


def blanked(tally: Tally, data: st.DataObject) -> Tally:
    share = data.draw(st.lists(st.floats(0, 1), min_size=len(CODES), max_size=len(CODES)))
    adverse = np.floor(tally.k * np.array([share])).astype(np.int64)
    clean = np.floor((tally.n - tally.k) * np.array([share[::-1]])).astype(np.int64)
    known = {name: np.floor(getattr(tally, name) * share[0]).astype(np.int64) for name in CONDITIONS}
    return of_k(replace(tally, n=adverse + clean, k=adverse, **known))


@settings(max_examples=200, deadline=None)
@given(tallies(), tallies(), PAPERS, st.sampled_from(CODES), st.booleans())
def test_an_adverse_answer_in_place_of_a_clean_one_raises_nothing(
    independent: Tally, auditors: Tally, papers: Documents, code: str, of_auditors: bool
):
    """With the same indicators assessed, and 1.4 applicable to both or to neither."""
    changed = auditors if of_auditors else independent
    at = PLACE[code]
    assume(changed.k[0, at] < changed.n[0, at])
    adverse = changed.k.copy()
    adverse[0, at] += 1
    worse = of_k(replace(changed, k=adverse))
    before = result(independent, auditors, papers)
    after = result(*((independent, worse) if of_auditors else (worse, auditors)), papers)
    assert (before.judged.assessed == after.judged.assessed).all()
    assume((before.combined.applicable == after.combined.applicable).all())
    were, are = ranges(before), ranges(after)
    assert all(not_raised(were[step], are[step]).all() for step in were)


def ranges(found: Result) -> dict[str, Floats]:
    """Low, mid and high at every step from an indicator to the headline."""
    combined = found.combined
    return {
        "indicator": found.judged.points,
        "worker": combined.worker,
        "criterion": combined.criteria,
        "principle": combined.principles,
        "headline": combined.headline,
    }


def not_raised(was: Floats, now: Floats) -> Bools:
    """No number is greater than before, but for its last digits, and none comes or goes."""
    return np.asarray((now <= was + 1e-9) | (np.isnan(was) & np.isnan(now)))
