"""Which gates stand open? A function of the day and of what was known, never of the order of uploads."""

from dataclasses import dataclass

import numpy as np

from schemas.standard import Standard
from vetting.scoring.judge import GATE_PLACES, PLACE, Judged, T, wilson
from vetting.scoring.tally import Bools, Floats, Ints, Tally


@dataclass(frozen=True)
class Openings:
    """What speaks for opening each gate: a row per agency, a column per gate indicator. `adverse` are the reports that
    count towards opening, `low` the lower end of the share that is held against the allowance (NaN: nobody could say),
    `not_met` whether an assessed indicator's lower end lies above it, `several` and
    `corroborated` whether there are two reports, and whether they bear each other out."""

    adverse: Ints
    partners: Ints
    verified: Ints
    investigated: Ints
    low: Floats
    not_met: Bools
    several: Bools
    corroborated: Bools
    open: Bools


def openings(independent: Tally, auditors: Tally, judged: Judged, standard: Standard) -> Openings:
    """Open when one counted adverse report is investigated, whatever n; or the indicator is not met with k >= 2 and the
    adverse reports come from two partners, or two of them are verified above self_report, or k >= 10. Reports answered
    by a clearance are no longer among the adverse ones that open; they stay in the share. For W01 a worker repaid at
    least 95 % is not adverse.
    """
    rules, joined = standard.gates, judged.with_auditors[:, GATE_PLACES]
    adverse = independent.opening + joined * auditors.opening
    partners = independent.opening_partners + joined * auditors.opening_partners
    verified = independent.verified + joined * auditors.verified
    investigated = independent.investigated + joined * auditors.investigated
    several = adverse >= rules.min_adverse
    corroborated = np.asarray(
        (partners >= rules.min_partners)
        | (verified >= rules.min_verified)
        | (adverse >= rules.min_adverse_uncorroborated)
    )
    low = _low_for_gates(independent, auditors, judged, standard)
    with np.errstate(invalid="ignore"):
        not_met = (low > T[GATE_PLACES] + standard.bands.tolerance) & judged.assessed[:, GATE_PLACES]
    return Openings(
        adverse=adverse,
        partners=partners,
        verified=verified,
        investigated=investigated,
        low=low,
        not_met=np.asarray(not_met),
        several=several,
        corroborated=corroborated,
        open=np.asarray((investigated >= 1) | (not_met & several & corroborated)),
    )


def _low_for_gates(independent: Tally, auditors: Tally, judged: Judged, standard: Standard) -> Floats:
    """The lower ends of the gate indicators; W01's without the workers who were repaid."""
    low: Floats = judged.low[:, GATE_PLACES].copy()
    place = PLACE["W01"]
    unrepaid: Ints = independent.unrepaid + judged.with_auditors[:, place] * auditors.unrepaid
    low[:, int(np.flatnonzero(place == GATE_PLACES)[0])] = wilson(unrepaid, judged.n[:, place], standard.measuring.z)[0]
    return low


def gates_in_doubt(judged: Judged, standard: Standard) -> Bools:
    """A column per gate indicator: it is assessed, and has k >= 2 and p > t."""
    with np.errstate(invalid="ignore"):
        above = judged.share[:, GATE_PLACES] > T[GATE_PLACES] + standard.bands.tolerance
    several = judged.k[:, GATE_PLACES] >= standard.bands.doubt_adverse
    return np.asarray(above & several & judged.assessed[:, GATE_PLACES])
