"""Each batch keeps under which consent wording and data-sharing terms it was sent."""

import json
from datetime import datetime

import pytest

from schemas.codes import Role, Via
from schemas.consent import EVERYBODY, BatchTerms, TermsKind, first_terms
from schemas.viewer import Viewer
from tests.vetting.accepting import accept_for
from tests.vetting.intake.conftest import ADMIN
from tests.vetting.intake.files import TODAY, fee_csv
from vetting import trail
from vetting.disclosure.own_terms import own_terms, sent_under
from vetting.disclosure.receipt_text import receipt_text
from vetting.intake.check import check
from vetting.intake.commit import commit
from vetting.refusals import NotPermitted, Refusal
from vetting.store import Store
from vetting.store.agencies import fetch_agencies
from vetting.store.terms import fetch_batch_terms, publish_terms

ANA = Viewer(role=Role.PARTNER, organisation="safe-steps", actor="ana@example.org")
UWE = Viewer(role=Role.PARTNER, organisation="union", actor="uwe@example.org")
CONSENT, SHARING = map(first_terms, TermsKind)


def send(store: Store, now: datetime, viewer: Viewer = ANA, report_id: str = "R1") -> str:
    data = fee_csv({"report_id": report_id})
    found = check(data, "reports.csv", agencies=fetch_agencies(store.cursor()), today=TODAY)
    return str(commit(store, found, partner="safe-steps", viewer=viewer, via=Via.PAGE, now=now).batch_id)


def new_wording(store: Store, now: datetime, partner: str = EVERYBODY) -> None:
    kind, text = TermsKind.CONSENT, "Another wording."
    publish_terms(store, ADMIN, kind, partner, text, reason="clearer", via=Via.PAGE, now=now)


def test_a_batch_keeps_the_versions_and_hashes_it_was_sent_under_and_the_trail_says_them(desk: Store, now: datetime):
    batch_id = send(desk, now)
    said = fetch_batch_terms(desk.cursor(), batch_id)
    assert said is not None
    assert (said.consent_id, said.consent_hash) == ("consent-1", CONSENT.hash)
    assert (said.sharing_id, said.sharing_hash) == ("sharing-1", SHARING.hash)
    assert said.accepted
    committed = trail.fetch_about(desk.cursor(), batch_id)[0]
    assert said.recorded_at == committed.recorded_at
    assert json.loads(committed.after or "")["terms"] == {
        "consent_id": "consent-1",
        "consent_hash": CONSENT.hash,
        "sharing_id": "sharing-1",
        "sharing_hash": SHARING.hash,
        "accepted": True,
    }


def test_a_batch_stays_under_its_version_when_there_is_a_newer_one(desk: Store, now: datetime):
    first = send(desk, now)
    new_wording(desk, now)
    with pytest.raises(Refusal, match="Read and accept"):
        send(desk, now, report_id="R2")
    assert desk.cursor().execute("SELECT count(*) FROM evidence.report").fetchone() == (1,), "nothing of it is stored"
    accept_for(desk, "safe-steps", now)
    second = send(desk, now, report_id="R2")
    said = {batch_id: sent_under(each) for batch_id, each in own_terms(desk.cursor(), ANA).items()}
    assert said == {first: "consent-1 and sharing-1", second: "consent-2 and sharing-1"}


def test_what_the_operator_sends_unaccepted_says_so(desk: Store, now: datetime):
    new_wording(desk, now, "safe-steps")
    said = fetch_batch_terms(desk.cursor(), send(desk, now, viewer=ADMIN))
    assert said is not None
    assert sent_under(said) == "consent-2 and sharing-1, not accepted"


def test_a_partner_reads_of_its_own_batches_only(desk: Store, now: datetime):
    send(desk, now)
    assert own_terms(desk.cursor(), UWE) == {}
    with pytest.raises(NotPermitted):
        own_terms(desk.cursor(), ADMIN)


def test_the_receipt_names_the_versions_and_their_hashes(desk: Store, now: datetime):
    batch_id = send(desk, now)
    told = receipt_text(desk.cursor(), ANA, batch_id, today=TODAY, now=now).decode()
    assert "Sent under    consent-1 and sharing-1\r\n" in told
    assert CONSENT.hash in told
    assert SHARING.hash in told


def test_a_batch_from_before_the_versions_were_kept_says_not_recorded(desk: Store, now: datetime):
    batch_id = send(desk, now)
    desk.cursor().execute("DELETE FROM desk.batch_terms")
    nothing: BatchTerms | None = fetch_batch_terms(desk.cursor(), batch_id)
    assert nothing is None
    assert sent_under(nothing) == "not recorded"
    told = receipt_text(desk.cursor(), ANA, batch_id, today=TODAY, now=now).decode()
    assert "Sent under    not recorded\r\n" in told
