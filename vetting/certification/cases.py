"""Opening a case and moving it. Every move needs a reason and leaves one trail entry in its own transaction."""

from collections.abc import Sequence
from datetime import date, datetime

from schemas.case import Case, Move, Scope
from schemas.codes import Action, CaseState, Via
from schemas.lookup import country_code, sectors
from schemas.standard import load_standard
from schemas.trail import Entry
from schemas.viewer import Viewer
from vetting.certification.moves import ENDED, HOLDING, Hand, check_move, named
from vetting.certification.obstacles import live_score, obstacles_to_recommend, refuse_if_any
from vetting.certification.reviewers import act_as_reviewer, folded, require_reason
from vetting.ids import new_id
from vetting.refusals import NotFound, Refusal
from vetting.store import Cursor, Moment, Store
from vetting.store.agencies import fetch_agency
from vetting.store.cases import fetch_case, fetch_cases, insert_case, insert_move


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
        insert_move(moment.db, _as_move(case, None, folded(viewer.actor), reason))
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
    via: Via,
    now: datetime,
    today: date,
) -> Case:
    """Move a case by one reviewer's hand; recommending is refused with every obstacle at once. `evidence`: what the
    move rests on, by the name each is filed under.

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
        return moved(moment, case, to, actor=folded(viewer.actor), reason=reason, evidence=evidence)

    return act_as_reviewer(store, viewer, deed, via=via, now=now)


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
    """Write a move that has been checked, and its entry. `first`: the reviewer who proposed what `actor` confirms."""
    after = case.model_copy(update={"state": to, "since": moment.recorded_at})
    rests_on = tuple(each.strip() for each in evidence if each.strip())
    insert_move(moment.db, _as_move(after, case.state, actor, reason, rests_on))
    beside = ({"proposed_by": first} if first else {}) | ({"evidence": list(rests_on)} if rests_on else {})
    entry = Entry(
        action=Action.CASE_MOVE,
        subject=case.case_id,
        before={"state": case.state.value},
        after={"state": to.value, "agency": case.agency_id} | beside,
        reason=reason,
    )
    return entry, after


def require_case(db: Cursor, case_id: str) -> Case:
    case = fetch_case(db, case_id)
    if case is None:
        raise NotFound(f"There is no case {case_id!r}. `certification list` and the queue show which there are.")
    return case


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


def _as_move(case: Case, before: CaseState | None, actor: str, reason: str, evidence: tuple[str, ...] = ()) -> Move:
    return Move(
        case_id=case.case_id,
        recorded_at=case.since,
        from_state=before,
        to_state=case.state,
        actor=actor,
        reason=reason,
        evidence=evidence,
    )
