"""Which moves may a case make, and who makes each? The one table; anything else is refused."""

from collections.abc import Mapping
from enum import StrEnum

from schemas.codes import CaseState
from vetting.refusals import OnGrounds

S = CaseState


class NotInTheTable(OnGrounds):
    """The table has no such move, or not for this hand."""


class Hand(StrEnum):
    """Who makes a move: one reviewer, two different ones, the clock, or two who uphold an appeal."""

    ONE = "one"
    TWO = "two"
    CLOCK = "clock"
    APPEAL = "appeal"


ONE, TWO, CLOCK, APPEAL = (frozenset({hand}) for hand in Hand)

MOVES: Mapping[tuple[CaseState, CaseState], frozenset[Hand]] = {
    (S.DRAFT, S.APPLIED): ONE,
    (S.APPLIED, S.ACCEPTED): ONE,
    (S.APPLIED, S.DEFERRED): ONE,  # something is missing
    (S.APPLIED, S.DECLINED): ONE,
    (S.DEFERRED, S.APPLIED): ONE,  # what was missing came in
    (S.DEFERRED, S.DECLINED): ONE,
    (S.ACCEPTED, S.DOCUMENT_REVIEW): ONE,
    (S.DOCUMENT_REVIEW, S.ON_SITE_REVIEW): ONE,
    (S.DOCUMENT_REVIEW, S.DECLINED): ONE,
    (S.ON_SITE_REVIEW, S.CORRECTIVE_ACTION): ONE,
    (S.ON_SITE_REVIEW, S.RECOMMENDED): ONE,  # nothing to correct
    (S.ON_SITE_REVIEW, S.DECLINED): ONE,
    (S.CORRECTIVE_ACTION, S.ON_SITE_REVIEW): ONE | APPEAL,  # a correction has to be seen on site
    (S.CORRECTIVE_ACTION, S.RECOMMENDED): ONE,
    (S.CORRECTIVE_ACTION, S.DECLINED): ONE,
    (S.RECOMMENDED, S.CERTIFIED): TWO,  # recommending was the first reviewer's half
    (S.RECOMMENDED, S.CORRECTIVE_ACTION): ONE,  # sent back
    (S.RECOMMENDED, S.DECLINED): ONE,
    (S.CERTIFIED, S.SUSPENDED): ONE | CLOCK,
    (S.CERTIFIED, S.WITHDRAWN): TWO,
    (S.CERTIFIED, S.EXPIRED): CLOCK,
    (S.SUSPENDED, S.CERTIFIED): TWO | APPEAL,  # reinstated
    (S.SUSPENDED, S.WITHDRAWN): TWO,
    (S.SUSPENDED, S.EXPIRED): CLOCK,
    (S.DECLINED, S.DOCUMENT_REVIEW): APPEAL,
    (S.WITHDRAWN, S.SUSPENDED): APPEAL,
}
UNDER_REVIEW = frozenset({S.DOCUMENT_REVIEW, S.ON_SITE_REVIEW, S.CORRECTIVE_ACTION, S.RECOMMENDED})
HOLDING = frozenset({S.CERTIFIED, S.SUSPENDED})  # a certificate exists and has not ended
ENDED = frozenset({S.DECLINED, S.WITHDRAWN, S.EXPIRED})


def next_states(state: CaseState) -> tuple[CaseState, ...]:
    return tuple(after for before, after in MOVES if before is state)


def check_move(before: CaseState, after: CaseState, hand: Hand) -> None:
    """Refuse, with what is possible instead, unless the table has this move for this hand."""
    hands = MOVES.get((before, after))
    if hands is None:
        raise NotInTheTable(f"A case that is {named(before)} cannot become {named(after)}. {_possible(before)}")
    if hand not in hands:
        raise NotInTheTable(_other_hand(before, after, hands))


def named(state: CaseState) -> str:
    """The state as words on screen."""
    return {S.DOCUMENT_REVIEW: "in document review", S.ON_SITE_REVIEW: "in on-site review"}.get(
        state, "in corrective action" if state is S.CORRECTIVE_ACTION else state.value
    )


def _possible(before: CaseState) -> str:
    states = [named(state) for state in next_states(before) if MOVES[before, state] != APPEAL]
    return f"From here it can become {' or '.join(states)}." if states else "This is where a case ends: open a new one."


def _other_hand(before: CaseState, after: CaseState, hands: frozenset[Hand]) -> str:
    what = f"From {named(before)} to {named(after)}"
    if Hand.TWO in hands and after is S.CERTIFIED and before is S.RECOMMENDED:
        return f"{what} is a decision: a second reviewer, not the one who recommended, certifies it."
    if hands == APPEAL:
        return f"{what} takes an appeal that two other reviewers uphold."
    if Hand.TWO in hands:
        return f"{what} takes two reviewers: one proposes it, a second confirms it."
    if hands == CLOCK:
        return f"{what} is for the clock alone: it happens when the certificate's time is over."
    return f"{what} is for a reviewer to decide, with a reason."
