"""Reviewers take a complaint up, or say why not, and answer it.

An outcome is published about an agency, so it takes two different reviewers: one proposes it with an answer, the other
confirms it. Nobody with a tie acts. What everybody will read, and what stays on the trail, must name no person.
"""

from collections.abc import Callable
from datetime import datetime

from schemas.codes import Action, Via
from schemas.complaint import DECIDED, ComplaintFile, ComplaintMove, ComplaintState
from schemas.trail import Entry
from schemas.viewer import Viewer
from vetting.certification.complaint_moves import (
    CANNOT,
    NAMED,
    acting,
    check_move,
    require_complaint,
    unnamed,
)
from vetting.certification.complaint_publishing import set_showing
from vetting.certification.obstacles import refuse_if_any
from vetting.certification.reviewers import (
    act_as_reviewer,
    folded,
    obstacles_of_second,
    require_reason,
    require_text,
)
from vetting.refusals import Refusal
from vetting.store import Moment, Store
from vetting.store.complaints import insert_move

S = ComplaintState
Judged = Callable[[Moment, ComplaintFile], ComplaintMove]


def take_up(
    store: Store, viewer: Viewer, complaint_id: str, reason: str, *, shown: bool, via: Via, now: datetime
) -> ComplaintFile:
    """Take a complaint under review, for the first time or again, and say whether everybody may read of it.

    Held back (`shown` false): where even the subject and the month would point to whoever complained.
    """
    reason = require_reason(reason)

    def deed(moment: Moment) -> tuple[Entry, ComplaintFile]:
        file = acting(moment.db, viewer, complaint_id, reason)
        if file.state is S.PROPOSED:
            raise Refusal("An answer waits to be confirmed: send it back instead of taking the complaint up.")
        move = _move(moment, viewer, file, S.UNDER_REVIEW, reason)
        set_showing(moment, viewer, complaint_id, shown, file.showing.summary if file.showing else None, reason)
        return _entry(file, move, {"shown": shown}), require_complaint(moment.db, complaint_id)

    return act_as_reviewer(store, viewer, deed, via=via, now=now)


def dismiss(
    store: Store, viewer: Viewer, complaint_id: str, reason: str, answer: str, *, via: Via, now: datetime
) -> ComplaintFile:
    """Not admissible: about nobody, or about nothing the scheme asks for, or sent to drown others. Not public; whoever
    complained reads the answer. One reviewer suffices, and any other can take it up again."""
    answer = require_text(answer, "Write what whoever complained will read: why this is not looked into.")

    def judged(moment: Moment, file: ComplaintFile) -> ComplaintMove:
        if file.shown:
            raise Refusal("Everybody may read of this complaint, so it takes an answer: propose an outcome.")
        unnamed(moment.db, file, answer, "This answer")
        return _move(moment, viewer, file, S.NOT_ADMISSIBLE, reason, answer=answer)

    return _moving(store, viewer, complaint_id, reason, judged, via=via, now=now)


def propose_outcome(
    store: Store,
    viewer: Viewer,
    complaint_id: str,
    outcome: ComplaintState,
    reason: str,
    answer: str,
    *,
    via: Via,
    now: datetime,
) -> ComplaintFile:
    """The first half of an outcome. `answer` is what everybody will read: what was looked at and what came of it."""
    answer = require_text(answer, "Write the answer that everybody will read: what was looked at, and what came of it.")
    if outcome not in DECIDED:
        raise Refusal("An outcome is substantiated or not substantiated.")

    def judged(moment: Moment, file: ComplaintFile) -> ComplaintMove:
        unnamed(moment.db, file, answer, "This answer")
        return _move(moment, viewer, file, S.PROPOSED, reason, outcome=outcome, answer=answer)

    return _moving(store, viewer, complaint_id, reason, judged, via=via, now=now)


def confirm_outcome(
    store: Store,
    viewer: Viewer,
    complaint_id: str,
    reason: str,
    *,
    expected: ComplaintState | None = None,
    via: Via,
    now: datetime,
) -> ComplaintFile:
    """The second half, by a different reviewer: the proposed outcome stands, with its answer. Refused when `expected`
    is another one than was proposed."""

    def judged(moment: Moment, file: ComplaintFile) -> ComplaintMove:
        proposed = _require_proposed(file)
        first, second = proposed.actor, folded(viewer.actor)
        refuse_if_any(CANNOT, obstacles_of_second(moment.db, file.complaint.agency_id, first=first, second=second))
        outcome = proposed.outcome or S.NOT_SUBSTANTIATED
        if expected not in (None, outcome):
            raise Refusal(f"What was proposed is: {NAMED[outcome]}. Confirm that, or send it back.")
        return _move(moment, viewer, file, outcome, reason, answer=proposed.answer)

    return _moving(store, viewer, complaint_id, reason, judged, via=via, now=now)


def send_back(
    store: Store, viewer: Viewer, complaint_id: str, reason: str, *, via: Via, now: datetime
) -> ComplaintFile:
    """A proposed answer is not confirmed, or taken back by who proposed it: the complaint stays under review."""

    def judged(moment: Moment, file: ComplaintFile) -> ComplaintMove:
        _require_proposed(file)
        return _move(moment, viewer, file, S.UNDER_REVIEW, reason)

    return _moving(store, viewer, complaint_id, reason, judged, via=via, now=now)


def _moving(
    store: Store, viewer: Viewer, complaint_id: str, reason: str, judged: Judged, *, via: Via, now: datetime
) -> ComplaintFile:
    reason = require_reason(reason)

    def deed(moment: Moment) -> tuple[Entry, ComplaintFile]:
        file = acting(moment.db, viewer, complaint_id, reason)
        move = judged(moment, file)
        return _entry(file, move, {}), require_complaint(moment.db, complaint_id)

    return act_as_reviewer(store, viewer, deed, via=via, now=now)


def _move(
    moment: Moment,
    viewer: Viewer,
    file: ComplaintFile,
    to: ComplaintState,
    reason: str,
    *,
    outcome: ComplaintState | None = None,
    answer: str | None = None,
) -> ComplaintMove:
    check_move(file.state, to)
    move = ComplaintMove(
        complaint_id=file.complaint.complaint_id,
        recorded_at=moment.recorded_at,
        to_state=to,
        outcome=outcome,
        actor=folded(viewer.actor),
        reason=reason,
        answer=answer,
    )
    insert_move(moment.db, move)
    return move


def _entry(file: ComplaintFile, move: ComplaintMove, more: dict[str, object]) -> Entry:
    told = move.model_dump(mode="json", include={"to_state", "outcome", "answer"}, exclude_none=True)
    return Entry(
        action=Action.COMPLAINT_MOVE,
        subject=file.complaint.complaint_id,
        before={"state": file.state.value},
        after={"agency": file.complaint.agency_id} | told | more,
        reason=move.reason,
    )


def _require_proposed(file: ComplaintFile) -> ComplaintMove:
    if file.state is not S.PROPOSED:
        raise Refusal(f"No answer waits to be confirmed: this complaint is {NAMED[file.state]}.")
    return file.moves[-1]
