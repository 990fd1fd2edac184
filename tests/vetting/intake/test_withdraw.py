"""A batch taken back counts no longer, and what it had superseded comes back."""

import json
from datetime import datetime

import pytest

from schemas.codes import PartnerKind, Role, Via
from schemas.viewer import Viewer
from tests.vetting.intake.conftest import ADMIN
from tests.vetting.intake.files import TODAY, fee_csv
from tests.vetting.intake.test_commit import rows, send
from vetting import trail
from vetting.disclosure.queue_items import queue_items
from vetting.intake.withdraw import withdraw
from vetting.refusals import NotFound, NotPermitted, Refusal
from vetting.scoring.score import own_workers, score
from vetting.store import Store
from vetting.store.partners import add_partner

HEADLINES = "SELECT * EXCLUDE (known_at) FROM desk.score WHERE workers > 0 ORDER BY agency_id"
OWN = Viewer(role=Role.PARTNER, organisation="safe-steps", actor="ana@example.org")


def take_back(
    store: Store, batch_id: str | None, now: datetime, viewer: Viewer = OWN, reason: str = "Wrong file."
) -> None:
    withdraw(store, str(batch_id), viewer=viewer, via=Via.PAGE, now=now, reason=reason, today=TODAY)


def test_a_withdrawn_batch_counts_no_longer_and_its_rows_stay(desk: Store, now: datetime):
    receipt = send(desk, fee_csv({}, {}), now)
    (himal,) = receipt.agencies
    take_back(desk, receipt.batch_id, now)
    count = own_workers(desk.cursor(), partner="safe-steps", agencies=[himal.agency_id], as_of=TODAY)
    assert count.get(himal.agency_id, 0) == 0
    assert rows(desk, "SELECT count(*) FROM evidence.report") == [(2,)]
    (entry,) = [
        row for row in trail.fetch_about(desk.cursor(), str(receipt.batch_id)) if row.action == "batch_withdraw"
    ]
    assert (entry.reason, entry.actor) == ("Wrong file.", "ana@example.org")


def test_after_a_withdrawal_the_same_file_can_be_sent_again(desk: Store, now: datetime):
    data = fee_csv({}, {"currency": "Rs"})
    take_back(desk, send(desk, data, now).batch_id, now)
    again = send(desk, data, now)
    assert (again.duplicates, again.superseded) == (0, 0)
    assert again.agencies[0].own_workers == 1


def test_withdrawing_a_correction_brings_the_earlier_version_back(desk: Store, now: datetime):
    first = fee_csv({"total_paid": "100"})
    send(desk, first, now)
    take_back(desk, send(desk, fee_csv({"total_paid": "200"}), now).batch_id, now)
    assert send(desk, first, now).duplicates == 1


def test_a_withdrawal_needs_a_reason_and_happens_once(desk: Store, now: datetime):
    batch_id = send(desk, fee_csv({}), now).batch_id
    with pytest.raises(Refusal, match="needs a reason"):
        take_back(desk, batch_id, now, reason="  ")
    take_back(desk, batch_id, now)
    with pytest.raises(Refusal, match="withdrawn already"):
        take_back(desk, batch_id, now)


def test_partners_withdraw_their_own_only_and_buyers_none(desk: Store, now: datetime):
    batch_id = send(desk, fee_csv({}), now, partner="union").batch_id
    with pytest.raises(NotFound, match="no such batch"):
        take_back(desk, batch_id, now)
    with pytest.raises(NotPermitted):
        take_back(desk, batch_id, now, viewer=Viewer(role=Role.BUYER, actor="b"))
    with pytest.raises(NotFound, match="There is no batch"):
        take_back(desk, "none", now)
    take_back(desk, batch_id, now, viewer=Viewer(role=Role.ADMIN, actor="admin"))


def test_after_a_withdrawal_every_score_is_what_it_was_to_the_byte(desk: Store, now: datetime):
    """Whatever the batch did: new workers, corrections, a report moved to another agency, repeats of a worker."""

    def said(known_at: datetime | None = None) -> str:
        scores = [one.as_json() for one in score(desk.cursor(), as_of=TODAY, known_at=known_at)]
        return json.dumps([{name: each[name] for name in each if name != "known_at"} for each in scores])

    send(desk, fee_csv(*[{"threats": "no"} for _ in range(14)]), now)
    send(desk, fee_csv(*[{"report_id": f"U{n}", "worker_ref": f"U{n}"} for n in range(12)]), now, partner="union")
    (moment,) = rows(desk, "SELECT max(recorded_at) FROM desk.trail")[0]
    before, headlines = said(), rows(desk, HEADLINES)
    changed = [{"total_paid": "0"}, {"agency_licence": "0099/080"}, {"threats": "yes"}, {"worker_ref": "W-0001"}]
    fresh = [{"report_id": f"N{n}", "worker_ref": f"N{n}", "threats": "yes"} for n in range(20)]
    receipt = send(desk, fee_csv(*changed, *fresh), now)
    assert receipt.superseded == 4
    assert said() != before
    take_back(desk, receipt.batch_id, now)
    assert said() == before
    assert said(moment) == before
    assert rows(desk, HEADLINES) == headlines


def test_a_report_moved_to_another_agency_and_back_stands_in_the_reviewers_queue_at_once_where_it_belongs(
    desk: Store, now: datetime
):
    """Each time by the commit or the withdrawal alone, of a partner who never counts and an agency without a band."""
    add_partner(desk, ADMIN, partner="depot", kind=PartnerKind.EMPLOYER, name="Depot", via=Via.CLI, now=now)

    def waiting() -> list[tuple[str, str, int]]:
        found = queue_items(desk.cursor(), Viewer(role=Role.REVIEWER, actor="r"))
        return [(each.agency.name, answer.indicator, answer.workers) for each in found for answer in each.items]

    told = {"threats": "yes", "total_paid": "0"}
    send(desk, fee_csv(told), now, partner="depot")
    assert waiting() == [("Himal Example Overseas", "W20", 1)]
    moved = send(desk, fee_csv(told | {"agency_licence": "0099/080"}), now, partner="depot")
    assert [agency.name for agency in moved.agencies] == ["Lumbini Sample Manpower"]
    assert waiting() == [("Lumbini Sample Manpower", "W20", 1)]
    take_back(desk, moved.batch_id, now, viewer=ADMIN)
    assert waiting() == [("Himal Example Overseas", "W20", 1)]
