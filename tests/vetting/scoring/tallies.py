"""Counts given directly, for tests of judging: an agency that passes everything, and what a test changes of it."""

from dataclasses import replace
from typing import Any

import numpy as np

from schemas.standard import load_standard
from vetting.scoring.documents import Documents
from vetting.scoring.headline import BANDS, REASONS, Result, evaluate
from vetting.scoring.indicators import GATES
from vetting.scoring.judge import PLACE
from vetting.scoring.tally import Tally

STANDARD = load_standard()
GATE = {gate.code: place for place, gate in enumerate(GATES)}
WIDE, NARROW = len(PLACE), len(GATES)


def side(n: int = 0, partners: int = 0) -> Tally:
    """One agency: n workers who answered everything and report nothing."""
    one = np.zeros(1, dtype=np.int64)
    per_gate = np.zeros((1, NARROW), dtype=np.int64)
    return Tally(
        workers=one + n, partners=one + partners, departed=one,
        n=np.full((1, WIDE), n), k=np.zeros((1, WIDE), dtype=np.int64), unrepaid=one,
        opening=per_gate, opening_partners=per_gate, told=per_gate, verified=per_gate,
        investigated=per_gate,
        charged=one, charged_ruled=one, known_w03=one, known_w04=one, known_w05=one,
        state_items_only=one, two_currencies=one,
    )  # fmt: skip


def answered(tally: Tally, code: str, k: int, n: int | None = None) -> Tally:
    """So many adverse answers to one indicator; all of them count towards opening its gate, at one partner."""
    at, counts = PLACE[code], tally.n.copy()
    counts[0, at] = counts[0, at] if n is None else n
    adverse = tally.k.copy()
    adverse[0, at] = k
    tally = replace(tally, n=counts, k=adverse)
    if code == "W01":
        tally = replace(tally, unrepaid=np.array([k]))
    return gate(tally, code, opening=k, opening_partners=int(k > 0)) if code in GATE else tally


def gate(tally: Tally, code: str, **levels: int) -> Tally:
    changed: dict[str, Any] = {}
    for name, value in levels.items():
        column = getattr(tally, name).copy()
        column[0, GATE[code]] = value
        changed[name] = column
    return replace(tally, **changed)


def documents(
    points: dict[str, float] | None = None, *, critical: tuple[str, ...] = (), major: bool = False
) -> Documents:
    codes = [criterion.crit_code for criterion in STANDARD.criteria]
    return Documents(
        points=np.array([[(points or {}).get(code, np.nan) for code in codes]]),
        critical=np.array([[code in critical for code in codes]]),
        major=np.array([major]),
    )


def result(independent: Tally, auditors: Tally | None = None, papers: Documents | None = None) -> Result:
    return evaluate(independent, auditors or side(), papers or documents(), STANDARD)


def band(*given: Any) -> tuple[str, str | None]:
    """The band and its reason."""
    found = result(*given)
    reason = REASONS[found.reason[0]]
    return BANDS[found.band[0]].value, None if reason is None else reason.value
