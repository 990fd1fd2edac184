"""What anybody may read of certificates: how each stands today, and never who decided."""

import pytest

from schemas.codes import CaseState, ProposalKind
from schemas.viewer import PUBLIC
from tests.vetting.certification.desks import AGENCY, ASHA, BO, SCOPE, Desk
from vetting.certification.proposals import confirm, propose_move
from vetting.certification.public import find_certificate, public_certificates


def test_a_certificate_is_public_at_once_without_the_names_of_reviewers(desk: Desk):
    assert public_certificates(desk.store.cursor(), PUBLIC, desk.today) == []
    desk.certified()
    (certificate,) = public_certificates(desk.store.cursor(), PUBLIC, desk.today, AGENCY)
    assert certificate.valid
    assert (certificate.number, certificate.scope, certificate.deciding_body) == (
        "FP-2026-0001",
        SCOPE,
        "Fair Passage Council",
    )
    assert certificate.why == "Valid until 22 Nov 2029, for the scope stated."
    text = certificate.model_dump_json()
    assert "example.org" not in text
    assert "All criteria are met" not in text


@pytest.mark.parametrize("typed", ["FP-2026-0001", " fp-2026-0001 "])
def test_a_certificate_is_found_by_its_number_however_typed(desk: Desk, typed: str):
    desk.certified()
    found = find_certificate(desk.store.cursor(), PUBLIC, typed, desk.today)
    assert found is not None
    assert found.valid


def test_a_number_never_issued_is_nobodys(desk: Desk):
    desk.certified()
    assert find_certificate(desk.store.cursor(), PUBLIC, "FP-2026-0002", desk.today) is None


def test_a_suspension_and_a_withdrawal_are_public_at_once(desk: Desk):
    case, _ = desk.certified()
    desk.go(case, CaseState.SUSPENDED)
    db = desk.store.cursor()
    suspended = public_certificates(db, PUBLIC, desk.today)[0]
    assert (suspended.valid, suspended.why) == (False, "Suspended since 22 Nov 2026 by Fair Passage Council.")
    proposal = propose_move(desk.store, ASHA, case.case_id, ProposalKind.WITHDRAW, "Refused access.", **desk.when)
    assert public_certificates(db, PUBLIC, desk.today)[0].status is CaseState.SUSPENDED
    confirm(desk.store, BO, proposal.proposal_id, "Indeed.", **desk.when)
    withdrawn = public_certificates(db, PUBLIC, desk.today)[0]
    assert (withdrawn.status, withdrawn.valid) == (CaseState.WITHDRAWN, False)
    assert "Refused access" not in withdrawn.model_dump_json()


def test_the_newest_certificate_of_an_agency_comes_first(desk: Desk):
    desk.certified()
    desk.certified()
    numbers = [each.number for each in public_certificates(desk.store.cursor(), PUBLIC, desk.today, AGENCY)]
    assert numbers == ["FP-2026-0002", "FP-2026-0001"]
