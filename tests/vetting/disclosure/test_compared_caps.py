"""Which legal caps stand behind a live score: counted reports only, each rule as it was known then."""

from datetime import datetime, timedelta

from schemas.codes import Via
from schemas.fee_cap import FeeCap
from tests.vetting.disclosure.country import ADMIN, REVIEWER, TODAY, send, withdraw, worker
from vetting.disclosure.caps import compared_caps
from vetting.store import Store
from vetting.store.fee_caps import add_caps

TOLD = datetime(2026, 9, 1)
RULED = {"rule_in_force": True, "cap_rules": "NPL-QAT-2015"}


def told(store: Store, agency_id: str = "a1", known_at: datetime = TOLD) -> tuple[dict[str, int], int]:
    found = compared_caps(store.cursor(), REVIEWER, agency_id, as_of=TODAY, known_at=known_at)
    return {each.cap.rule: each.reports for each in found.compared}, found.in_doubt


def test_rules_are_counted_by_their_reports_the_most_first(country: Store):
    both = RULED | {"cap_rules": "BGD-MYS-agency_charge-2022|BGD-MYS-2022"}
    reports = [worker(number, **RULED) for number in range(3)] + [worker(number, **both) for number in range(3, 5)]
    reports += [worker(5, rule_in_force=True, cap_rules=None), worker(6, rule_in_force=False, cap_rules=None)]
    send(country, "sunrise", [*reports, worker(7, agency_id="a2", **RULED)])
    assert told(country) == ({"NPL-QAT-2015": 3, "BGD-MYS-2022": 2, "BGD-MYS-agency_charge-2022": 2}, 1)
    assert list(told(country)[0])[0] == "NPL-QAT-2015"
    assert told(country, "a2") == ({"NPL-QAT-2015": 1}, 0)
    assert told(country, "a3") == ({}, 0)


def test_what_does_not_count_is_not_told(country: Store):
    send(country, "owner", [worker(1, **RULED)])
    gone = send(country, "sunrise", [worker(2, **RULED)])
    withdraw(country, gone, datetime(2026, 8, 1))
    send(country, "dockers", [worker(3, **RULED)], at=TOLD + timedelta(days=1))
    assert told(country) == ({}, 0)
    assert told(country, known_at=datetime(2026, 7, 20)) == ({"NPL-QAT-2015": 1}, 0)


def test_entries_that_are_one_agency_are_told_together(country: Store):
    send(country, "sunrise", [worker(1, **RULED), worker(2, agency_id="a2", **RULED)])
    country.cursor().execute(
        "INSERT INTO desk.agency_merge VALUES ('a2', $at, 'a1', 'a', 'r')", {"at": datetime(2026, 8, 1)}
    )
    assert told(country, "a1") == told(country, "a2") == ({"NPL-QAT-2015": 2}, 0)


def test_a_rule_is_told_as_it_was_known_then(country: Store):
    send(country, "sunrise", [worker(1, **RULED)])
    row = "NPL-QAT-2015,NPL,QAT,all,amount,10000,once,,NPR,2015-07-06,2027-12-31,,service_charge,,NPL,high,Repealed"
    data = f"{','.join(FeeCap.model_fields)}\n{row}\n".encode()
    add_caps(country, ADMIN, data, "caps.csv", via=Via.CLI, now=TOLD + timedelta(days=1))
    sources = [
        compared_caps(country.cursor(), REVIEWER, "a1", as_of=TODAY, known_at=at).compared[0].cap.source
        for at in (TOLD, TOLD + timedelta(days=2))
    ]
    assert sources[1] == "Repealed"
    assert sources[0].startswith("Nepal: free visa")
