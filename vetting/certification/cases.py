"""Opening a case and moving it. Every move needs a reason and leaves one trail entry in its own transaction."""

from collections.abc import Sequence
from datetime import date, datetime

from schemas.case import Case, Scope
from schemas.codes import Action, CaseState, DecisionKind, Via
from schemas.lookup import country_code, sectors
from schemas.standard import load_standard
from schemas.trail import Entry
from schemas.viewer import Viewer
from vetting.certification.clock import settle
from vetting.certification.ground import NO_NOTES, Notes, Stands, decided
from vetting.certification.meanwhile import as_seen
from vetting.certification.moved import as_move, moved, require_case
from vetting.certification.moves import ENDED, HOLDING, Hand, check_move, named
from vetting.certification.obstacles import live_score, obstacles_to_recommend, recommended_by, refuse_if_any
from vetting.certification.reviewers import Attempt, act_as_reviewer, folded, require_reason
from vetting.ids import new_id
from vetting.refusals import Refusal
from vetting.store import Moment, Store
from vetting.store.agencies import fetch_agency
from vetting.store.cases import fetch_cases, insert_case, insert_move

__all__ = ["checked_scope", "move", "moved", "open_case", "require_case"]
DECISIONS = {CaseState.DECLINED: DecisionKind.DECLINE, CaseState.SUSPENDED: DecisionKind.SUSPEND}


def open_case(
    store: Store,
    viewer: Viewer,
    *,
    agency_id: str,
    scope: Scope,
    reason: str,
    deployed_12m: int | None = None,
    via: Via,
    now: datetime,
    today: date,
) -> Case:
    """Open a draft case. The sample of workers to interview is fixed here, from the workers the register says were
    deployed in 12 months, else from `deployed_12m` as the application states it; unknown stays unknown.
    """
    reason, scope = require_reason(reason), checked_scope(scope)
    standard = load_standard()

    def deed(moment: Moment) -> tuple[Entry, Case]:
        agency = fetch_agency(moment.db, agency_id)
        for other in fetch_cases(moment.db, agency.agency_id):
            if other.state not in HOLDING | ENDED:
                raise Refusal(f"{agency.name} has an open case already, {named(other.state)}: work on that one.")
        deployed = agency.deployed_12m if agency.deployed_12m is not None else deployed_12m
        case = Case(
            case_id=new_id(),
            recorded_at=moment.recorded_at,
            agency_id=agency.agency_id,
            scope=scope,
            standard=standard.id,
            standard_hash=standard.content_hash,
            interviews_required=None if deployed is None else standard.interviews_required(deployed),
            opened_by=folded(viewer.actor),
            state=CaseState.DRAFT,
            since=moment.recorded_at,
        )
        insert_case(moment.db, case)
        insert_move(moment.db, as_move(case, None, folded(viewer.actor), reason))
        after = case.model_dump(mode="json", exclude={"case_id", "recorded_at", "since", "opened_by"})
        return Entry(action=Action.CASE_OPEN, subject=case.case_id, after=after, reason=reason), case

    return act_as_reviewer(store, viewer, deed, via=via, now=now)


def move(
    store: Store,
    viewer: Viewer,
    case_id: str,
    to: CaseState,
    reason: str,
    *,
    evidence: Sequence[str] = (),
    notes: Notes = NO_NOTES,
    seen: int | None = None,
    via: Via,
    now: datetime,
    today: date,
) -> Case:
    """Move a case by one reviewer's hand; recommending is refused with every obstacle at once. `evidence`: what the
    move rests on, by the name each is filed under.

    To decline, to suspend and to send back what was recommended are decisions, kept with their ground and the `notes`
    on it. `seen`: the newest entry of the trail about the case when the reviewer read it; what happened since refuses.

    Moves that take two reviewers are made by `decide` and `proposals`, those of the clock by `clock`.
    """
    reason = require_reason(reason)

    def deed(moment: Moment) -> tuple[Entry, Case]:
        case = require_case(moment.db, case_id)
        check_move(case.state, to, Hand.ONE)
        if to is CaseState.RECOMMENDED:
            live = live_score(moment.db, case.agency_id, today)
            found = obstacles_to_recommend(moment.db, case, viewer.actor, live)
            refuse_if_any("This case cannot be recommended", found)
        actor = folded(viewer.actor)
        if (kind := _decision(case.state, to)) is not None:
            live = live_score(moment.db, case.agency_id, today)
            first = recommended_by(moment.db, case) if case.state is CaseState.RECOMMENDED else None
            decided(moment, kind, case, to, live, Stands(first, actor, reason), notes=notes, today=today)
        return moved(moment, case, to, actor=actor, reason=reason, evidence=evidence)

    seen = settle(store, case_id, seen, now=now, today=today)
    return act_as_reviewer(
        store, viewer, deed, via=via, now=now, attempt=Attempt(f"move:{to}", case_id), seen=as_seen(case_id, seen)
    )


def _decision(before: CaseState, to: CaseState) -> DecisionKind | None:
    if (before, to) == (CaseState.RECOMMENDED, CaseState.CORRECTIVE_ACTION):
        return DecisionKind.NOT_CERTIFY
    return DECISIONS.get(to)


def checked_scope(scope: Scope) -> Scope:
    """The scope without blanks, or a refusal that says what it lacks."""
    entity = scope.legal_entity.strip()
    sites = tuple(site.strip() for site in scope.sites if site.strip())
    sub_agents = tuple(name.strip() for name in scope.sub_agents if name.strip())
    if not (entity and sites and scope.corridors):
        raise Refusal("A scope names the legal entity, at least one site and at least one corridor. Complete it.")
    for country in {code for corridor in scope.corridors for code in (corridor.origin, corridor.destination)}:
        if country_code(country) != country:
            raise Refusal(f"{country!r} is no country code. Write corridors with ISO 3166-1 alpha-3 codes: BGD, SAU.")
    for code in scope.sectors:
        if code not in sectors():
            raise Refusal(f"{code!r} is no sector. Write sectors as the fee reports do, with ISIC codes: 41, 9700.")
    return Scope(
        legal_entity=entity,
        sites=sites,
        corridors=tuple(dict.fromkeys(scope.corridors)),
        sub_agents=sub_agents,
        sectors=tuple(dict.fromkeys(scope.sectors)),
    )
