"""An agency appeals: who may decide, by when, and what an upheld appeal gives back.

Two reviewers decide, neither of whom took part in the decision appealed against. Each says how it shall end; it ends
when a second one says the same.
"""

from collections.abc import Mapping
from datetime import date, datetime

from schemas.case import Case
from schemas.codes import Action, AppealOutcome, CaseState, DecisionKind, Via
from schemas.decision import Appeal, Decision
from schemas.standard import Value, load_standard
from schemas.trail import Entry
from schemas.viewer import Viewer
from vetting.certification.clock import settle
from vetting.certification.ground import Stands, decided
from vetting.certification.meanwhile import as_seen
from vetting.certification.moved import moved, require_case
from vetting.certification.moves import ENDED, HOLDING, Hand, check_move, named
from vetting.certification.obstacles import live_score, refuse_if_any
from vetting.certification.periods import after
from vetting.certification.proposals import obstacles_to_reinstate
from vetting.certification.reviewers import (
    Attempt,
    act_as_reviewer,
    folded,
    obstacles_of_person,
    obstacles_of_second,
    require_reason,
    require_text,
)
from vetting.ids import new_id
from vetting.refusals import NotFound, Refusal
from vetting.store import Cursor, Moment, Store
from vetting.store.appeals import (
    fetch_appeal,
    fetch_appeals,
    insert_appeal,
    insert_appeal_end,
    insert_appeal_proposal,
)
from vetting.store.cases import fetch_cases
from vetting.store.decisions import fetch_decision

# What may be appealed against, and where the case goes when the appeal is upheld: one step back, from where the
# ordinary moves go on. A certificate comes back only where nothing stands in its way.
UPHELD: Mapping[DecisionKind, CaseState] = {
    DecisionKind.DECLINE: CaseState.DOCUMENT_REVIEW,
    DecisionKind.NOT_CERTIFY: CaseState.ON_SITE_REVIEW,
    DecisionKind.SUSPEND: CaseState.CERTIFIED,
    DecisionKind.WITHDRAW: CaseState.SUSPENDED,
}

# From the day an appeal is received. No score reads it, so it stands outside the standard and leaves its hash alone.
DECIDED_WITHIN = Value(
    value=60,
    unit="days",
    status="assumed",
    basis="Our choice: time to hear the agency and to find two who did not decide.",
)


def appeal_until(decision: Decision) -> date | None:
    """The last day on which an appeal against it is received; None where there is nothing to appeal against."""
    if decision.kind not in UPHELD:
        return None
    return after(decision.decided_on, load_standard(decision.ground.standard).scheme.appeal_window)


def record_appeal(
    store: Store,
    viewer: Viewer,
    decision_id: str,
    *,
    received_on: date,
    ground: str,
    via: Via,
    now: datetime,
    today: date,
) -> Appeal:
    """Record an appeal the agency made in time, with its ground; from then on its clock runs."""
    ground = require_text(ground, "Say on what ground the agency appeals, in its own words.")

    def deed(moment: Moment) -> tuple[Entry, Appeal]:
        decision = _require_decision(moment.db, decision_id)
        until = appeal_until(decision)
        if until is None:
            raise Refusal("Nobody appeals against this decision: it took nothing away from the agency.")
        if received_on > today:
            raise Refusal("An appeal is recorded once it has come in: its date cannot lie in the future.")
        if not decision.decided_on <= received_on <= until:
            raise Refusal(f"Appeals against this decision are received from {decision.decided_on} to {until}.")
        if any(each.decision_id == decision_id for each in fetch_appeals(moment.db, case_id=decision.case_id)):
            raise Refusal("The agency has appealed against this decision already.")
        appeal = Appeal(
            appeal_id=new_id(),
            recorded_at=moment.recorded_at,
            decision_id=decision_id,
            case_id=decision.case_id,
            agency_id=decision.agency_id,
            received_on=received_on,
            decide_by=after(received_on, DECIDED_WITHIN),
            ground=ground,
            actor=folded(viewer.actor),
        )
        insert_appeal(moment.db, appeal)
        after_it = appeal.model_dump(mode="json", include={"appeal_id", "decision_id", "received_on", "decide_by"})
        return Entry(action=Action.APPEAL_RECORD, subject=decision.case_id, after=after_it, reason=ground), appeal

    return act_as_reviewer(store, viewer, deed, via=via, now=now)


def decide_appeal(
    store: Store,
    viewer: Viewer,
    appeal_id: str,
    outcome: AppealOutcome,
    reason: str,
    *,
    seen: int | None = None,
    via: Via,
    now: datetime,
    today: date,
) -> Appeal:
    """Say how an appeal shall end. The first to say so proposes it; when a second says the same, it ends and, upheld,
    moves the case in the same act. Obstructed names whoever decided before, has a tie or said so already."""
    reason = require_reason(reason)

    def deed(moment: Moment) -> tuple[Entry, Appeal]:
        appeal = _require_open(moment.db, appeal_id)
        found = obstacles_to_decide(moment.db, appeal, viewer.actor, outcome)
        refuse_if_any("This appeal cannot be decided", found)
        if appeal.proposed is outcome:
            return _ended(moment, appeal, outcome, folded(viewer.actor), reason, today)
        insert_appeal_proposal(
            moment.db, appeal_id, outcome, actor=folded(viewer.actor), reason=reason, recorded_at=moment.recorded_at
        )
        said = {"appeal_id": appeal_id, "outcome": outcome.value}
        entry = Entry(action=Action.APPEAL_PROPOSE, subject=appeal.case_id, after=said, reason=reason)
        return entry, _require_open(moment.db, appeal_id)

    waiting = fetch_appeal(store.cursor(), appeal_id)
    attempt, before = None, None
    if waiting is not None:
        attempt = Attempt(f"decide_appeal:{outcome}", waiting.case_id)
        before = as_seen(waiting.case_id, settle(store, waiting.case_id, seen, now=now, today=today))
    return act_as_reviewer(store, viewer, deed, via=via, now=now, attempt=attempt, seen=before)


def obstacles_to_decide(db: Cursor, appeal: Appeal, person: str, outcome: AppealOutcome | None = None) -> list[str]:
    """What keeps this person from deciding the appeal, by saying `outcome`: whoever said it first cannot be second."""
    first = appeal.proposed_by if appeal.proposed is not None and outcome in (None, appeal.proposed) else None
    deciders = _require_decision(db, appeal.decision_id).people
    found = [
        f"{each} took part in the decision appealed against: others decide the appeal."
        for each in dict.fromkeys(folded(each) for each in (first, person) if each)
        if each in deciders
    ]
    if first is None:
        return found + obstacles_of_person(db, appeal.agency_id, person)
    return found + obstacles_of_second(db, appeal.agency_id, first=first, second=person)


def leads_to(db: Cursor, decision: Decision, case: Case, today: date) -> tuple[CaseState | None, str]:
    """Where the case goes if the appeal is upheld today; None with the sentence that says why it stays."""
    if case.since != decision.recorded_at:
        return None, f"The case has moved on since that decision and stays as it is, {named(case.state)}."
    others = [each for each in fetch_cases(db, case.agency_id) if each.case_id != case.case_id]
    if decision.kind is DecisionKind.DECLINE and any(each.state not in HOLDING | ENDED for each in others):
        return None, "A newer case of this agency is under way and goes on instead."
    if decision.kind is DecisionKind.SUSPEND:
        found = obstacles_to_reinstate(db, case, live_score(db, case.agency_id, today), today)
        if found:
            return None, f"The certificate stays suspended until nothing stands in its way: {' '.join(found)}"
    to = UPHELD[decision.kind]
    return to, f"The case is then {named(to)}."


def _ended(
    moment: Moment, appeal: Appeal, outcome: AppealOutcome, actor: str, reason: str, today: date
) -> tuple[Entry, Appeal]:
    insert_appeal_end(
        moment.db,
        appeal.appeal_id,
        outcome,
        actor=actor,
        reason=reason,
        recorded_at=moment.recorded_at,
        decided_on=today,
    )
    decision, case = _require_decision(moment.db, appeal.decision_id), require_case(moment.db, appeal.case_id)
    after_it: dict[str, object] = {"appeal_id": appeal.appeal_id, "outcome": outcome.value}
    after_it |= {"proposed_by": appeal.proposed_by, "state": case.state.value}
    if outcome is AppealOutcome.UPHELD:
        to, why = leads_to(moment.db, decision, case, today)
        if to is None:
            after_it["stays"] = why
        else:
            check_move(case.state, to, Hand.APPEAL)
            if to is CaseState.CERTIFIED:
                who, evidence = Stands(appeal.proposed_by, actor, reason), live_score(moment.db, case.agency_id, today)
                decided(moment, DecisionKind.REINSTATE, case, to, evidence, who, today=today)
            moved(moment, case, to, actor=actor, reason=reason, first=appeal.proposed_by)
            after_it["state"] = to.value
    ended = fetch_appeal(moment.db, appeal.appeal_id)
    entry = Entry(
        action=Action.APPEAL_DECIDE,
        subject=appeal.case_id,
        before={"state": case.state.value},
        after=after_it,
        reason=reason,
    )
    return entry, appeal if ended is None else ended


def _require_decision(db: Cursor, decision_id: str) -> Decision:
    decision = fetch_decision(db, decision_id)
    if decision is None:
        raise NotFound(f"There is no decision {decision_id!r}. The case page shows which there are.")
    return decision


def _require_open(db: Cursor, appeal_id: str) -> Appeal:
    appeal = fetch_appeal(db, appeal_id)
    if appeal is None:
        raise NotFound(f"There is no appeal {appeal_id!r}. The case page shows which there are.")
    if appeal.outcome is not None:
        raise Refusal(f"This appeal has been decided: it was {appeal.outcome.value}.")
    return appeal
