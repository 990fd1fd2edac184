"""A formula, an allowance or a number of the standard cannot change while the method's version stays as it is."""

import numpy as np
import pytest

from tests.vetting.scoring import method_print
from vetting.scoring import combine, judge
from vetting.scoring.indicators import COLUMNS, INDICATORS, METHOD_VERSION


def test_the_method_is_the_one_its_version_names():
    kept = method_print.recorded()[str(METHOD_VERSION)]
    changed = [part for part, now in method_print.taken().items() if now != kept.get(part)]
    assert not changed, (
        f"What the method says has changed ({', '.join(changed)}), and METHOD_VERSION is still {METHOD_VERSION}. "
        "Either undo the change, or raise METHOD_VERSION in vetting/scoring/indicators.py, say why in CHANGELOG.md and "
        f"docs/method.md, and record the new print: {method_print.COMMAND}"
    )


def test_the_print_of_every_version_is_kept():
    assert list(method_print.recorded()) == [str(version) for version in range(1, METHOD_VERSION + 1)]


def test_a_changed_allowance_changes_the_print(monkeypatch: pytest.MonkeyPatch):
    before = method_print.catalogue()
    monkeypatch.setattr(method_print, "INDICATORS", (INDICATORS[0]._replace(t=0.11), *INDICATORS[1:]))
    assert method_print.printed(method_print.catalogue()) != method_print.printed(before)


def test_a_changed_formula_changes_the_print(monkeypatch: pytest.MonkeyPatch):
    """Another correlation inside the sum, and points that fall a little faster."""
    before = method_print.printed(method_print.judging())
    with monkeypatch.context() as changed:
        changed.setattr(combine, "_spread", lambda parts, rho: np.sqrt(combine._sum(parts * parts)))
        assert method_print.printed(method_print.judging()) != before
    with monkeypatch.context() as changed:
        changed.setattr(judge, "points_of", lambda share: 100 * np.maximum(0.0, 1 - 1.0001 * share / judge.W))
        assert method_print.printed(method_print.judging()) != before
    assert method_print.printed(method_print.judging()) == before


def test_the_battery_reaches_every_band_every_gate_and_both_answers_of_every_indicator():
    *_, gates, band, reason = method_print.judging()
    assert {*band} == {0, 1, 2, 3, 4}
    assert {*reason} == {0, 1, 2, 3, 4}
    assert np.array(gates).any(axis=0).all()
    told = dict(zip(method_print.ASKED, zip(*method_print.answering(), strict=True), strict=True))
    unheard = {code for code in COLUMNS if {True, False, None} - set(told[code])}
    assert unheard <= {"w03"}  # whether a cap was broken is not every version's to know
