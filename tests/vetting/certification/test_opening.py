"""Opening a case: its scope, its sample of workers, and one at a time."""

import pytest

from schemas.case import Corridor
from schemas.codes import CaseState
from tests.vetting.certification.desks import AGENCY, ASHA, SCOPE, Desk
from vetting.certification.cases import open_case
from vetting.refusals import NotFound, Refusal


def test_a_case_opens_as_a_draft_with_its_scope_and_the_standard_it_will_be_judged_by(desk: Desk):
    trail = desk.count("trail")
    case = desk.open()
    assert (case.state, case.scope, case.standard, case.opened_by) == (
        CaseState.DRAFT,
        SCOPE,
        "iris-style-1",
        "asha@example.org",
    )
    assert desk.count("trail") == trail + 1


def test_the_sample_is_the_square_root_of_workers_deployed_and_never_under_ten(desk: Desk):
    for deployed, required in [(0, 10), (90, 10), (100, 10), (101, 11), (10_000, 100), (10_001, 101)]:
        desk.register(deployed_12m=deployed)
        case = desk.open()
        assert case.interviews_required == required
        desk.go(case, CaseState.APPLIED, CaseState.DECLINED)


def test_unknown_deployments_leave_the_sample_unknown_unless_the_application_states_them(desk: Desk):
    desk.register(deployed_12m=None)
    assert desk.open().interviews_required is None
    desk.store.cursor().execute("DELETE FROM desk.case_move")
    desk.store.cursor().execute("DELETE FROM desk.case")
    stated = open_case(
        desk.store, ASHA, agency_id=AGENCY, scope=SCOPE, reason="Applied.", deployed_12m=400, **desk.when
    )
    assert stated.interviews_required == 20


def test_an_agency_has_one_open_case_at_a_time(desk: Desk):
    case, trail = desk.open(), desk.count("trail")
    with pytest.raises(Refusal, match="open case already, draft"):
        desk.open()
    assert desk.count("trail") == trail
    desk.go(case, CaseState.APPLIED, CaseState.DECLINED)
    assert desk.open().state is CaseState.DRAFT


def test_a_certified_agency_may_apply_anew(desk: Desk):
    desk.certified()
    assert desk.open().state is CaseState.DRAFT


def test_a_scope_names_entity_site_and_corridor(desk: Desk):
    for gap in ({"legal_entity": " "}, {"sites": ()}, {"sites": (" ",)}, {"corridors": ()}):
        scope = SCOPE.model_copy(update=gap)
        with pytest.raises(Refusal, match="legal entity, at least one site and at least one corridor"):
            open_case(desk.store, ASHA, agency_id=AGENCY, scope=scope, reason="Applied.", **desk.when)
    assert desk.count("case") == 0


def test_a_corridor_is_written_with_country_codes(desk: Desk):
    scope = SCOPE.model_copy(update={"corridors": (Corridor(origin="Nepal", destination="QAT"),)})
    with pytest.raises(Refusal, match="'Nepal' is no country code"):
        open_case(desk.store, ASHA, agency_id=AGENCY, scope=scope, reason="Applied.", **desk.when)


def test_a_case_is_about_an_agency_of_the_register(desk: Desk):
    with pytest.raises(NotFound, match="no agency 'nobody'"):
        open_case(desk.store, ASHA, agency_id="nobody", scope=SCOPE, reason="Applied.", **desk.when)
