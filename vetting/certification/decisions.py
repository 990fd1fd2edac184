"""Which decisions were taken, what each rested on, and what has become of appeals: for reviewers, and for everybody."""

from collections.abc import Mapping
from datetime import date
from zoneinfo import ZoneInfo

from schemas.case_page import Waiting, WaitsOn
from schemas.codes import AppealOutcome, DecisionKind, Role
from schemas.decision import Appeal, Decision, DecisionRow, PublicDecision
from schemas.viewer import Viewer
from vetting.certification.appeals import appeal_until, leads_to, obstacles_to_decide
from vetting.certification.clock import beginning_of
from vetting.certification.moved import require_case
from vetting.disclosure.roles import require
from vetting.store import Cursor
from vetting.store.agencies import fetch_agencies, fetch_agency
from vetting.store.appeals import fetch_appeals
from vetting.store.decisions import fetch_decisions
from vetting.store.settings import fetch_settings

# The sentence everybody reads. What the reviewers wrote is for those who review; a case sent back goes on, and is not
# published.
PUBLISHED: Mapping[DecisionKind, str] = {
    DecisionKind.CERTIFY: "Certified for the scope stated: two reviewers found nothing in the way.",
    DecisionKind.DECLINE: "The application was declined: what a certificate asks for was not shown.",
    DecisionKind.SUSPEND: "The certificate was suspended: something it asks for is in doubt and is looked into.",
    DecisionKind.WITHDRAW: "The certificate was withdrawn by two reviewers: it speaks for nothing any more.",
    DecisionKind.REINSTATE: "The certificate is valid again: two reviewers found nothing in the way.",
}


def case_decisions(db: Cursor, viewer: Viewer, case_id: str, today: date) -> tuple[DecisionRow, ...]:
    """Every decision about one case, newest first, with the ground as it was then; for reviewers."""
    require(viewer, Role.REVIEWER)
    case = require_case(db, case_id)
    appeals = {each.decision_id: each for each in fetch_appeals(db, case_id=case_id)}
    rows = []
    for decision in reversed(fetch_decisions(db, case_id=case_id)):
        appeal, until = appeals.get(decision.decision_id), appeal_until(decision)
        if appeal is None or appeal.outcome is not None:
            may = until if appeal is None and until is not None and until >= today else None
            rows.append(DecisionRow(decision=decision, appeal=appeal, appeal_until=may))
            continue
        rows.append(
            DecisionRow(
                decision=decision,
                appeal=appeal,
                appeal_until=None,
                late=appeal.decide_by < today,
                why_not=tuple(obstacles_to_decide(db, appeal, viewer.actor)),
                if_upheld=leads_to(db, decision, case, today)[1],
            )
        )
    return tuple(rows)


def appeals_waiting(db: Cursor, viewer: Viewer, today: date) -> list[Waiting]:
    """Every open appeal as a line of the queue, with its clock; `yours` where this viewer may decide it."""
    require(viewer, Role.REVIEWER)
    lines, zone = [], ZoneInfo(fetch_settings(db).time_zone)
    for appeal in fetch_appeals(db):
        if appeal.outcome is None:
            found = obstacles_to_decide(db, appeal, viewer.actor)
            agency, case = fetch_agency(db, appeal.agency_id), require_case(db, appeal.case_id)
            lines.append(
                Waiting(
                    case_id=appeal.case_id,
                    agency_id=appeal.agency_id,
                    agency=agency.name,
                    licence=agency.licence,
                    state=case.state,
                    on=WaitsOn.REVIEWER if appeal.proposed is None else WaitsOn.SECOND_REVIEWER,
                    what=_what(appeal),
                    since=beginning_of(appeal.received_on, zone),
                    due_on=appeal.decide_by,
                    late=appeal.decide_by < today,
                    yours=not found,
                    why_not=" ".join(found),
                )
            )
    return lines


def public_decisions(
    db: Cursor, viewer: Viewer, today: date, agency_id: str | None = None
) -> tuple[PublicDecision, ...]:
    """What was decided, when and by which body, newest first, and what has become of appeals. For everybody: without
    the reviewers' names and reasons, and without anything workers said."""
    appeals = {each.decision_id: each for each in fetch_appeals(db, agency_id=agency_id)}
    agencies = {agency.agency_id: agency for agency in fetch_agencies(db)}
    return tuple(
        PublicDecision(
            kind=decision.kind,
            agency_id=decision.agency_id,
            agency=agencies[decision.agency_id].name,
            licence=agencies[decision.agency_id].licence,
            decided_on=decision.decided_on,
            deciding_body=decision.deciding_body,
            why=PUBLISHED[decision.kind],
            appeal=_appeal(decision, appeals.get(decision.decision_id), today),
        )
        for decision in reversed(fetch_decisions(db, agency_id=agency_id))
        if decision.kind in PUBLISHED
    )


def _what(appeal: Appeal) -> str:
    if appeal.proposed is None:
        return "Decide the agency's appeal: two reviewers who had no part in the decision."
    return f"A second reviewer decides the appeal: {appeal.proposed_by} would have it {appeal.proposed.value}."


def _appeal(decision: Decision, appeal: Appeal | None, today: date) -> str:
    until = appeal_until(decision)
    if appeal is None:
        return f"The agency may appeal until {until}." if until is not None and until >= today else ""
    if appeal.outcome is AppealOutcome.UPHELD:
        return f"The agency appealed, and on {appeal.decided_on} two other reviewers upheld the appeal."
    if appeal.outcome is AppealOutcome.DISMISSED:
        return f"The agency appealed, and on {appeal.decided_on} two other reviewers dismissed the appeal."
    late = "was to be" if appeal.decide_by < today else "is to be"
    return f"The agency appealed on {appeal.received_on}; the appeal {late} decided by {appeal.decide_by}."
