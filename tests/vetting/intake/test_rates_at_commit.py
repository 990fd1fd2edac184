"""A report is converted once, by the rates known when it is stored; whatever is learned later changes nothing in it."""

from datetime import datetime, timedelta

import pytest

from schemas.codes import Via
from tests.vetting.intake.conftest import ADMIN
from tests.vetting.intake.files import TODAY, fee_csv
from tests.vetting.intake.test_commit import rows, send
from vetting.intake import commit as room
from vetting.scoring.score import score
from vetting.store import Store
from vetting.store.exchange_rates import add_rates

CONVERTED = """
SELECT report_id, CAST(paid_usd AS DOUBLE), CAST(paid_per_usd AS DOUBLE), paid_rate_source, CAST(wage_usd AS DOUBLE),
    wage_rate_source, wage_rate_kind, round(months, 6), two_currencies
FROM evidence.report
ORDER BY report_id
"""
PAID = {"total_paid": "42000", "currency": "ZMW"}  # a currency the table does not have
EARNS = {"actual_wage": "1820", "wage_currency": "QAR", "wage_period": "month"}


def add(desk: Store, now: datetime, *lines: str) -> None:
    data = "\n".join(["currency,rate_date,per_usd,source,kind", *lines]).encode()
    result = add_rates(desk, ADMIN, data, "rates.csv", today=TODAY, via=Via.CLI, now=now)
    assert (result.added, result.problems) == (len(lines), ())


def test_a_rate_added_later_counts_for_later_reports_and_changes_no_stored_one(desk: Store, now: datetime):
    send(desk, fee_csv(PAID | EARNS), now)
    early = ("R1", None, None, None, 500.0, "central_bank", "peg", None, True)
    assert rows(desk, CONVERTED) == [early]
    add(desk, now + timedelta(hours=1), "ZMW,2025-08-31,21,Bank of Zambia,month_end")
    assert rows(desk, CONVERTED) == [early]
    again = send(desk, fee_csv(PAID | EARNS), now + timedelta(hours=2))
    assert (again.batch_id, again.duplicates) == (None, 1), "the same report is no correction because rates came"
    send(desk, fee_csv(PAID | EARNS | {"report_id": "R2"}), now + timedelta(hours=3))
    late = ("R2", 2000.0, 21.0, "Bank of Zambia", 500.0, "central_bank", "peg", 4.0, False)
    assert rows(desk, CONVERTED) == [early, late]
    add(desk, now + timedelta(hours=4), "ZMW,2025-09-01,30,Bank of Zambia,month_end")
    assert rows(desk, CONVERTED) == [early, late]
    [found] = [each for each in score(desk.cursor(), as_of=TODAY) if each.workers]
    assert (found.months.n, found.months.median, found.two_currencies) == (1, 4.0, 1)


def test_rates_added_between_the_two_steps_of_a_commit_are_used(
    desk: Store, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    """The batch counts from its own moment, and so must everything it rests on be known then."""
    real = room._act

    def overtaken(*arguments: object) -> None:
        monkeypatch.setattr(room, "_act", real)
        add(desk, now, "ZMW,2025-08-31,21,Bank of Zambia,month_end")
        real(*arguments)

    monkeypatch.setattr(room, "_act", overtaken)
    assert send(desk, fee_csv(PAID | EARNS), now).batch_id is not None
    assert [row[7] for row in rows(desk, CONVERTED)] == [4.0]
