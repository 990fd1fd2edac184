"""Certifying: the second reviewer's half of a decision, refused while anything stands in its way."""

from datetime import date, datetime

from schemas.case import Certificate
from schemas.codes import Action, CaseState, DecisionKind, Via
from schemas.trail import Entry
from schemas.viewer import Viewer
from vetting.certification.cases import moved, require_case
from vetting.certification.certificate import drawn_up
from vetting.certification.ground import NO_NOTES, Notes, Stands, decided, summary
from vetting.certification.meanwhile import as_seen
from vetting.certification.moves import Hand, check_move
from vetting.certification.obstacles import live_score, obstacles_to_certify, recommended_by, refuse_if_any
from vetting.certification.reviewers import Attempt, act_as_reviewer, folded, require_reason
from vetting.certification.signing import issue
from vetting.store import Moment, Store


def certify(
    store: Store,
    viewer: Viewer,
    case_id: str,
    reason: str,
    *,
    notes: Notes = NO_NOTES,
    seen: int | None = None,
    via: Via,
    now: datetime,
    today: date,
) -> Certificate:
    """Certify a recommended case and issue its certificate, or raise Obstructed with every obstacle.

    The evidence is judged by what this act's own transaction sees: a finding that commits meanwhile makes it run, and
    judge, again. What it rests on is kept by criterion, with the reviewer's `notes`. `seen`: the newest entry of the
    trail about the case when the reviewer read it; what happened since refuses.
    """
    reason = require_reason(reason)

    def deed(moment: Moment) -> tuple[Entry, Certificate]:
        case = require_case(moment.db, case_id)
        check_move(case.state, CaseState.CERTIFIED, Hand.TWO)
        first = recommended_by(moment.db, case)
        evidence = live_score(moment.db, case.agency_id, today)
        refuse_if_any("This case cannot be certified", obstacles_to_certify(moment.db, case, viewer.actor, evidence))
        certificate = drawn_up(
            moment.db,
            case,
            recommended_by=first,
            decided_by=folded(viewer.actor),
            reason=reason,
            recorded_at=moment.recorded_at,
            today=today,
        )
        signed = issue(store, moment, certificate)
        who = Stands(first, folded(viewer.actor), reason)
        decided(moment, DecisionKind.CERTIFY, case, CaseState.CERTIFIED, evidence, who, notes=notes, today=today)
        entry, _ = moved(moment, case, CaseState.CERTIFIED, actor=folded(viewer.actor), reason=reason)
        after = {"state": "certified", "certificate": certificate.model_dump(mode="json"), "ground": summary(evidence)}
        after |= {"signature": signed.signature, "key_id": signed.key_id}
        return entry.model_copy(update={"action": Action.CERTIFY, "after": after}), certificate

    return act_as_reviewer(
        store, viewer, deed, via=via, now=now, attempt=Attempt("certify", case_id), seen=as_seen(case_id, seen)
    )
