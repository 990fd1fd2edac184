"""Two members of a partner commit at the same moment: each file is one batch, and one file is one batch once."""

import threading
from datetime import datetime

import pytest

from schemas.batch import Receipt
from schemas.codes import Role, Via
from schemas.viewer import Viewer
from tests.vetting.intake.files import TODAY, fee_csv
from tests.vetting.intake.test_commit import rows
from vetting import trail
from vetting.intake import commit as room
from vetting.intake.check import check
from vetting.intake.commit import commit
from vetting.intake.sweep import sweep
from vetting.store import Store
from vetting.store.agencies import fetch_agencies

MEMBERS = ("ana@example.org", "bea@example.org")


def at_once(
    store: Store, files: tuple[bytes, bytes], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> dict[str, Receipt]:
    """Each member commits one of the files; both have written their rows before either begins its act."""
    met, real, receipts = threading.Barrier(2, timeout=20), room._act, dict[str, Receipt]()
    first = set(MEMBERS)

    def together(*arguments) -> None:
        actor = arguments[1].actor
        if actor in first:
            first.discard(actor)
            met.wait()
        real(*arguments)

    def send(actor: str, data: bytes) -> None:
        found = check(data, f"{actor}.csv", agencies=fetch_agencies(store.cursor()), today=TODAY)
        viewer = Viewer(role=Role.PARTNER, organisation="safe-steps", actor=actor)
        receipts[actor] = commit(store, found, partner="safe-steps", viewer=viewer, via=Via.PAGE, now=now)

    monkeypatch.setattr(room, "_act", together)
    threads = [threading.Thread(target=send, args=(actor, data)) for actor, data in zip(MEMBERS, files, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert set(receipts) == set(MEMBERS)
    assert sweep(store) == 0, "no row is left without its batch"
    assert trail.verify(store.cursor())[1] is None
    return receipts


@pytest.mark.parametrize("turn", range(3))
def test_two_files_are_two_whole_batches(desk: Store, now: datetime, monkeypatch: pytest.MonkeyPatch, turn: int):
    files = (
        fee_csv(*[{"report_id": f"A{n}"} for n in range(40)], {"report_id": "AW", "currency": "Rs"}),
        fee_csv(*[{"report_id": f"B{n}", "worker_ref": f"B-{n:04d}"} for n in range(30)]),
    )
    receipts = at_once(desk, files, now, monkeypatch)
    assert len({receipt.batch_id for receipt in receipts.values()} - {None}) == 2
    stored = "SELECT batch_id, count(*) FROM evidence.report GROUP BY batch_id ORDER BY count(*) DESC"
    assert rows(desk, stored) == [(receipts[MEMBERS[0]].batch_id, 40), (receipts[MEMBERS[1]].batch_id, 30)]
    assert rows(desk, "SELECT count(*) FROM evidence.quarantine") == [(1,)]
    assert rows(desk, "SELECT count(*), count(DISTINCT recorded_at) FROM desk.batch") == [(2, 2)]


@pytest.mark.parametrize("turn", range(3))
def test_the_same_file_by_two_is_one_batch(desk: Store, now: datetime, monkeypatch: pytest.MonkeyPatch, turn: int):
    data = fee_csv(*[{"report_id": f"A{n}"} for n in range(40)], {"report_id": "AW", "currency": "Rs"})
    receipts = at_once(desk, (data, data), now, monkeypatch)
    assert sorted(receipt.duplicates for receipt in receipts.values()) == [0, 40]
    assert [receipt.batch_id for receipt in receipts.values()].count(None) == 1
    assert rows(desk, "SELECT count(*) FROM evidence.report") == [(40,)]
    assert rows(desk, "SELECT count(*) FROM evidence.quarantine") == [(1,)]
    assert rows(desk, "SELECT count(*) FROM desk.batch") == [(1,)]
    assert rows(desk, "SELECT count(*) FROM desk.trail WHERE action = 'batch_commit'") == [(1,)]


def test_a_report_corrected_by_two_is_superseded_in_their_order(
    desk: Store, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    files = (fee_csv({"total_paid": "100"}), fee_csv({"total_paid": "200"}))
    receipts = at_once(desk, files, now, monkeypatch)
    assert sorted(receipt.superseded for receipt in receipts.values()) == [0, 1]
    assert rows(desk, "SELECT count(*) FROM evidence.report") == [(2,)]
    assert rows(desk, "SELECT kind, key FROM desk.repeat WHERE kind = 'report'") == [("report", "R1")]
