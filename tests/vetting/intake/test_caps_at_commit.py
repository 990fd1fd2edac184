"""A report is compared once, with the legal caps known when it is stored; a later rule changes nothing in it."""

from datetime import datetime, timedelta

import pytest

from schemas.codes import Via
from schemas.fee_cap import FeeCap
from tests.vetting.intake.conftest import ADMIN
from tests.vetting.intake.files import fee_csv
from tests.vetting.intake.test_commit import rows, send
from vetting.intake import commit as room
from vetting.store import Store
from vetting.store.fee_caps import add_caps

COMPARED = """
SELECT report_id, w03, cap_rule, CAST(cap_limit AS DOUBLE), CAST(cap_known AS DOUBLE), CAST(cap_paid AS DOUBLE)
FROM evidence.report
ORDER BY report_id
"""
PAID = {"origin_country": "NPL", "destination_country": "QAT", "currency": "NPR", "total_paid": "30000"}
PAID |= {"cost_fee_recruiter_service": "12500"}
RAISED = "NPL-QAT-2015,NPL,QAT,all,amount,20000,once,,NPR,2015-07-06,,,service_charge,,NPL,high,An order of 2026"
EARLY = ("R1", True, "NPL-QAT-2015", 10000.0, 12500.0, 30000.0)
LATE = ("R2", None, "NPL-QAT-2015", 20000.0, 12500.0, 30000.0)


def raise_the_cap(desk: Store, now: datetime) -> None:
    data = f"{','.join(FeeCap.model_fields)}\n{RAISED}\n".encode()
    assert add_caps(desk, ADMIN, data, "caps.csv", via=Via.CLI, now=now).replaced == 1


def test_a_rule_added_later_counts_for_later_reports_and_changes_no_stored_one(desk: Store, now: datetime):
    send(desk, fee_csv(PAID), now)
    assert rows(desk, COMPARED) == [EARLY]
    raise_the_cap(desk, now + timedelta(hours=1))
    assert rows(desk, COMPARED) == [EARLY]
    again = send(desk, fee_csv(PAID), now + timedelta(hours=2))
    assert (again.batch_id, again.duplicates) == (None, 1), "the same report is no correction because a rule came"
    send(desk, fee_csv(PAID | {"report_id": "R2"}), now + timedelta(hours=3))
    assert rows(desk, COMPARED) == [EARLY, LATE]


def test_a_rule_added_between_the_two_steps_of_a_commit_is_used(
    desk: Store, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    """The batch counts from its own moment, and so must everything it rests on be known then."""
    real = room._act

    def overtaken(*arguments: object) -> None:
        monkeypatch.setattr(room, "_act", real)
        raise_the_cap(desk, now)
        real(*arguments)

    monkeypatch.setattr(room, "_act", overtaken)
    assert send(desk, fee_csv(PAID | {"report_id": "R2"}), now).batch_id is not None
    assert rows(desk, COMPARED) == [LATE]
