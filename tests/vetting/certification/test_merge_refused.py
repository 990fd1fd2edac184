"""What is about one legal entity is never handed to another by a merge: it is refused, and nothing has happened."""

import pytest

from schemas.codes import Action, CaseState, ProposalKind
from tests.vetting.certification.desks import ADMIN, AGENCY, ASHA, BO, REGISTERED, Desk
from tests.vetting.certification.test_clearances import gated
from vetting.certification.proposals import confirm, drop, propose_clearance, propose_move
from vetting.merging import list_merges, merge, preview_merge
from vetting.refusals import Refusal

TWIN = "agency-two"


def with_a_twin(desk: Desk) -> Desk:
    said = {"agency_id": TWIN, "status": "valid", "deployed_12m": None, "valid_until": None}
    desk.learn(Action.AGENCIES_IMPORT, (REGISTERED.replace("'0042'", "'0043'"), said))
    return desk


def refusal(desk: Desk, gone: str = AGENCY, into: str = TWIN) -> str:
    """Why the two cannot be merged: the preview says the same, and nothing is written."""
    before = desk.count("trail")
    with pytest.raises(Refusal) as refused:
        merge(desk.store, ADMIN, gone, into, "One owner", **desk.when)
    assert " ".join(preview_merge(desk.store.cursor(), ADMIN, gone, into).obstacles) == str(refused.value)
    assert (desk.count("trail"), list_merges(desk.store.cursor(), ADMIN)) == (before, [])
    return str(refused.value)


def merged(desk: Desk, gone: str = AGENCY, into: str = TWIN) -> bool:
    return merge(desk.store, ADMIN, gone, into, "One owner", **desk.when).agency_id == into


def test_an_agency_with_an_open_case_does_not_go_but_may_remain(desk: Desk):
    case = desk.under_review()
    with_a_twin(desk)
    assert "has an open case, in on-site review" in refusal(desk)
    assert merged(desk, TWIN, AGENCY)
    assert desk.state(case) == CaseState.ON_SITE_REVIEW


@pytest.mark.parametrize("suspended", [False, True])
def test_an_agency_that_holds_a_certificate_does_not_go_until_it_is_withdrawn(desk: Desk, suspended: bool):
    case, certificate = desk.certified()
    if suspended:
        desk.go(case, CaseState.SUSPENDED)
    with_a_twin(desk)
    assert f"holds certificate {certificate.number}" in refusal(desk)
    proposal = propose_move(desk.store, ASHA, case.case_id, ProposalKind.WITHDRAW, "It closed.", **desk.when)
    confirm(desk.store, BO, proposal.proposal_id, "It closed.", **desk.when)
    found = preview_merge(desk.store.cursor(), ADMIN, AGENCY, TWIN)
    assert (found.obstacles, found.certificates) == ((), (certificate.number,))
    assert merged(desk)


@pytest.mark.parametrize(("gone", "into"), [(AGENCY, TWIN), (TWIN, AGENCY)])
def test_a_proposal_to_clear_a_gate_is_decided_before_either_goes(desk: Desk, gone: str, into: str):
    """Whoever proposed it had not seen the other's reports."""
    gated(desk)
    desk.declare(ASHA)
    with_a_twin(desk)
    proposal = propose_clearance(desk.store, ASHA, AGENCY, "W07", "The passport was handed back.", **desk.when)
    assert "A proposal about One Agency waits for a second reviewer" in refusal(desk, gone, into)
    drop(desk.store, BO, proposal.proposal_id, "Not so.", **desk.when)
    assert merged(desk, gone, into)
