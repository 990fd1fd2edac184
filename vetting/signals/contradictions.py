"""Where do documents show no fault while workers report one? The contradictions of the score, criterion by criterion.

By chance: as many workers as the indicator's allowance for recording error brings.
"""

from schemas.codes import Outcome
from schemas.signal import Scope, Signal, SignalKind
from vetting.scoring.indicators import BY_CODE
from vetting.scoring.score import score
from vetting.scoring.speech import reported
from vetting.signals.chance import binomial_tail
from vetting.store import Cursor

# Only of these do documents say anything.
ASSESSED = "SELECT DISTINCT agency_id FROM desk.assessment WHERE recorded_at <= $known_at ORDER BY agency_id"


def find(db: Cursor, scope: Scope) -> list[Signal]:
    """One signal per agency and indicator that is not met where documents say 90 or more."""
    signals = []
    agencies = scope.agencies
    if agencies is None:
        agencies = tuple(agency for (agency,) in db.execute(ASSESSED, {"known_at": scope.known_at}).fetchall())
    for scored in score(db, as_of=scope.as_of, known_at=scope.known_at, agencies=agencies):
        for each in scored.indicators:
            if each.criterion in scored.contradictions and each.outcome is Outcome.NOT_MET:
                allowed = BY_CODE[each.code].t
                signals.append(
                    Signal(
                        kind=SignalKind.CONTRADICTION,
                        agencies=(scored.agency_id,),
                        count=each.k,
                        among=each.n,
                        expected=each.n * allowed,
                        chance=binomial_tail(each.k, each.n, allowed),
                        sentence=f"Documents on criterion {each.criterion} show no fault, yet {reported(each)}.",
                    )
                )
    return signals
