"""Counts as if nobody had answered some indicators: what a release must do where too few answered to be told."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np

from vetting.scoring.indicators import GATES
from vetting.scoring.judge import PLACE
from vetting.scoring.tally import Bools, Groups, Ints


def without_answers(measured: Groups, agencies: Sequence[str], unanswered: Mapping[str, Collection[str]]) -> Groups:
    """The same groups with n = k = 0 in the indicators named for an agency, which open no gate then either."""
    silent = np.zeros((len(agencies), len(PLACE)), dtype=np.bool_)
    for row, agency in enumerate(agencies):
        for code in unanswered.get(agency, ()):
            silent[row, PLACE[code]] = True
    here = silent[measured.agency]
    gates = here[:, [PLACE[gate.code] for gate in GATES]]
    tally = measured.tally

    def kept(counts: Ints, hidden: Bools) -> Ints:
        return np.where(hidden, 0, counts)

    return replace(
        measured,
        tally=replace(
            tally,
            n=kept(tally.n, here),
            k=kept(tally.k, here),
            unrepaid=kept(tally.unrepaid, here[:, PLACE["W01"]]),
            opening=kept(tally.opening, gates),
            opening_partners=kept(tally.opening_partners, gates),
            told=kept(tally.told, gates),
            verified=kept(tally.verified, gates),
            investigated=kept(tally.investigated, gates),
        ),
    )
