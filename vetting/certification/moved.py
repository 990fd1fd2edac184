"""A move that has been checked, written down: the row, and what the trail says of it."""

from collections.abc import Sequence

from schemas.case import Case, Move
from schemas.codes import Action, CaseState
from schemas.trail import Entry
from vetting.refusals import NotFound
from vetting.store import Cursor, Moment
from vetting.store.cases import fetch_case, insert_move


def moved(
    moment: Moment,
    case: Case,
    to: CaseState,
    *,
    actor: str,
    reason: str,
    first: str | None = None,
    evidence: Sequence[str] = (),
) -> tuple[Entry, Case]:
    """Write a move that has been checked, and its entry. `first`: the reviewer who proposed what `actor` confirms.
    `evidence`: what it rests on, by the name each is filed under."""
    after = case.model_copy(update={"state": to, "since": moment.recorded_at})
    rests_on = tuple(each.strip() for each in evidence if each.strip())
    insert_move(moment.db, as_move(after, case.state, actor, reason, rests_on))
    beside = ({"proposed_by": first} if first else {}) | ({"evidence": list(rests_on)} if rests_on else {})
    entry = Entry(
        action=Action.CASE_MOVE,
        subject=case.case_id,
        before={"state": case.state.value},
        after={"state": to.value, "agency": case.agency_id} | beside,
        reason=reason,
    )
    return entry, after


def as_move(case: Case, before: CaseState | None, actor: str, reason: str, evidence: tuple[str, ...] = ()) -> Move:
    """The move that brought `case` where it stands. `before` is None for its opening."""
    return Move(
        case_id=case.case_id,
        recorded_at=case.since,
        from_state=before,
        to_state=case.state,
        actor=actor,
        reason=reason,
        evidence=evidence,
    )


def require_case(db: Cursor, case_id: str) -> Case:
    case = fetch_case(db, case_id)
    if case is None:
        raise NotFound(f"There is no case {case_id!r}. `certification list` and the queue show which there are.")
    return case
