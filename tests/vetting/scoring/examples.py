"""The words of the examples in docs/method.md: they hand small inputs to the real functions and read the answer."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from schemas.codes import Role
from schemas.robustness import Firmness
from schemas.score import Score
from schemas.viewer import Viewer
from tests.vetting.scoring.evidence import AS_OF, NOW, scored, send, settle
from tests.vetting.scoring.tallies import STANDARD, answered, result, side
from tests.vetting.scoring.test_bands import headline
from vetting.disclosure.robustness import firmness
from vetting.scoring.headline import BANDS
from vetting.scoring.indicators import GATES
from vetting.scoring.judge import OUTCOMES, PLACE
from vetting.store import open_store

CLEARED = "INSERT INTO desk.clearance VALUES ('river', $indicator, $at, 'ada', 'ben', 'answered')"
REVIEWER = Viewer(role=Role.REVIEWER, actor="ada")
CRITERIA = [criterion.crit_code for criterion in STANDARD.criteria]


def judged(code: str, k: int, n: int) -> tuple[str, tuple[float, ...] | None]:
    """The outcome and the points (low, mid, high) of k of n workers."""
    found, at = result(answered(side(100, 2), code, k, n)).judged, PLACE[code]
    outcome = OUTCOMES[found.outcome[0, at]].value
    return outcome, None if outcome == "not_assessed" else rounded(found.points[0, at])


def criterion(code: str, *given: Any) -> tuple[float, ...]:
    """Low, mid and high of a criterion."""
    return rounded(result(*given).combined.criteria[0, CRITERIA.index(code)])


def weights(*given: Any) -> dict[str, float]:
    """The weight of each criterion, out of 100."""
    return dict(zip(CRITERIA, rounded(result(*given).combined.weights[0], 4), strict=True))


def gates(*given: Any) -> list[str]:
    """The gates that reports hold open."""
    opened = result(*given).gates[0]
    return [gate.code for gate, is_open in zip(GATES, opened, strict=True) if is_open]


def band_of(low: float, mid: float, high: float) -> str:
    """The band of a headline given directly, all else passing."""
    return BANDS[headline(low, mid, high)[0]].value


def rounded(values: Any, digits: int = 2) -> tuple[float, ...]:
    return tuple(round(float(value), digits) for value in values)


def asking_how_firm(empty: Callable[[], Path]) -> Callable[..., Firmness]:
    """`firm(partner=[reports], …)`: how firm the score of an agency is of which these partners reported."""

    def firm(**partners: list[dict[str, Any]]) -> Firmness:
        store = open_store(empty())
        try:
            settle(store)
            for partner, reports in partners.items():
                send(store, partner, reports)
            return firmness(store.cursor(), REVIEWER, "river", as_of=AS_OF, known_at=NOW)
        finally:
            store.close()

    return firm


def hearing(empty: Callable[[], Path]) -> Callable[..., Score]:
    """`heard(partner=[reports], …)`: the score of an agency of which these partners, and nobody else, reported, one
    after the other. `cleared=("W07", "sunrise")`: two reviewers cleared that gate once this partner had reported."""

    def heard(cleared: tuple[str, str] | None = None, **partners: list[dict[str, Any]]) -> Score:
        store = open_store(empty())
        try:
            settle(store)
            for hour, (partner, reports) in enumerate(partners.items()):
                send(store, partner, reports, NOW + timedelta(hours=hour))
                if cleared and cleared[1] == partner:
                    values = {"indicator": cleared[0], "at": NOW + timedelta(hours=hour, minutes=30)}
                    store.cursor().execute(CLEARED, values)
            return scored(store, known_at=NOW + timedelta(days=1))
        finally:
            store.close()

    return heard
