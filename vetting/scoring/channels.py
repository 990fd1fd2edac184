"""By which channel were the answers to the gate indicators given? The same workers as in the score, by the channel of
the report that speaks for each: the counts of an indicator's channels add up to its own."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from schemas.codes import Channel
from schemas.robustness import ChannelShare
from vetting.scoring.beside import counted_rows
from vetting.scoring.evaluate import Evaluated
from vetting.scoring.indicators import CODES, GATES
from vetting.scoring.judge import PLACE, wilson
from vetting.store import Cursor

# A worker stands in one channel for each indicator: that of the latest report in which it is eligible.
_CHANNELS = """
, placed AS (
    SELECT agency_id, partner, channel, {answers},
           coalesce('w' || worker_ref, 'r' || report_id) AS worker,
           row_number() OVER (
               PARTITION BY partner, agency_id, coalesce('w' || worker_ref, 'r' || report_id)
               ORDER BY interview_date, recorded_at, report_id
           ) AS place
    FROM counted
), latest AS (
    SELECT agency_id, partner, worker, indicator,
           arg_max(channel, place) AS channel,
           arg_max(adverse, place) AS adverse
    FROM placed
    UNPIVOT (adverse FOR indicator IN ({answers}))
    GROUP BY agency_id, partner, worker, indicator
)
SELECT latest.agency_id, latest.indicator, latest.channel, kinds.kind = 'auditor' AS auditor,
       count(*) AS n,
       count(*) FILTER (latest.adverse) AS k
FROM latest
JOIN kinds ON kinds.partner = latest.partner
WHERE kinds.kind NOT IN (SELECT unnest($self_declared))
GROUP BY latest.agency_id, latest.indicator, latest.channel, kinds.kind = 'auditor'
ORDER BY latest.agency_id, latest.indicator, latest.channel, auditor
""".replace("{answers}", ", ".join(gate.column for gate in GATES))
CHANNELS = tuple(Channel)


def channels_by_agency(db: Cursor, done: Evaluated) -> dict[str, tuple[ChannelShare, ...]]:
    """Shares by channel, in the order of the catalogue; an agency without a counted answer is missing. Auditors'
    workers are there where they are in the agency's indicator."""
    joined = {gate.code: set(done.with_auditors(gate.code)) for gate in GATES}
    counts: dict[str, np.ndarray] = defaultdict(lambda: np.zeros((2, len(CODES), len(CHANNELS)), dtype=np.int64))
    for agency, indicator, channel, auditor, n, k in counted_rows(db, _CHANNELS, done):
        code = indicator.upper()
        if not auditor or agency in joined[code]:
            counts[agency][:, PLACE[code], CHANNELS.index(Channel(channel))] += n, k
    return {agency: _shares(n, k, done) for agency, (n, k) in counts.items()}


def apart(channels: Sequence[ChannelShare]) -> list[str]:
    """The indicators whose ranges by two channels do not meet, by code."""
    told: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for each in channels:
        if each.low is not None and each.high is not None:
            told[each.indicator].append((each.low, each.high))
    return [code for code, ranges in told.items() if max(low for low, _ in ranges) > min(high for _, high in ranges)]


def _shares(n: np.ndarray, k: np.ndarray, done: Evaluated) -> tuple[ChannelShare, ...]:
    low, high = wilson(k, n, done.standard.measuring.z)
    return tuple(
        ChannelShare(
            indicator=CODES[row],
            channel=CHANNELS[column],
            n=int(n[row, column]),
            k=int(k[row, column]),
            share=float(k[row, column] / n[row, column]) if enough else None,
            low=float(low[row, column]) if enough else None,
            high=float(high[row, column]) if enough else None,
        )
        for row, column in np.argwhere(n > 0).tolist()
        for enough in [n[row, column] >= done.standard.measuring.min_workers]
    )
