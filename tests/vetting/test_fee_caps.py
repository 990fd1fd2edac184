"""Legal caps come from the reference and from files: all of a file or nothing, and what was known is never lost."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest

from schemas.codes import Role, Severity, Via
from schemas.fee_cap import FeeCap, fee_caps
from schemas.viewer import Viewer
from tests.vetting.test_commands import empty, vetting  # noqa: F401 - fixtures
from vetting import trail
from vetting.refusals import NotPermitted, Refusal
from vetting.store import Store
from vetting.store.fee_caps import add_caps, fetch_caps

ADMIN = Viewer(role=Role.ADMIN, actor="ada")
HEADER = ",".join(FeeCap.model_fields)
TONGA = "TON-NZL-2024,TON,NZL,all,amount,500,once,,NZD,2024-01-01,,,service_charge,,TON,high,An order of 2024"
QATAR = (
    "NPL-QAT-2015,NPL,QAT,all,amount,10000,once,,NPR,2015-07-06,2026-12-31,,service_charge,,NPL,high,A repeal of 2026"
)


def add(store: Store, now, *rows: str, header: str = HEADER):
    return add_caps(store, ADMIN, "\n".join([header, *rows]).encode(), "caps.csv", via=Via.CLI, now=now)


def names(store: Store, known_at=None) -> dict[str, FeeCap]:
    return {cap.rule: cap for cap in fetch_caps(store.cursor(), known_at)}


def test_without_additions_the_rules_are_those_of_the_reference(store: Store):
    assert fetch_caps(store.cursor()) == fee_caps()


def test_a_rule_is_added_and_another_put_in_the_place_of_one_of_the_reference(store: Store, now):
    result = add(store, now, TONGA, QATAR)
    assert (result.rows, result.added, result.replaced, result.unchanged, result.problems) == (2, 1, 1, 0, ())
    found = names(store)
    assert len(found) == len(fee_caps()) + 1
    assert (found["TON-NZL-2024"].amount, found["TON-NZL-2024"].binds) == (Decimal(500), "TON")
    assert (found["NPL-QAT-2015"].valid_to, found["NPL-QAT-2015"].source) == (date(2026, 12, 31), "A repeal of 2026")


def test_what_was_known_before_stays_known_as_of_then(store: Store, now):
    add(store, now, TONGA)
    later = now + timedelta(days=1)
    add(store, later, TONGA.replace(",500,", ",700,").replace("service_charge,,", "service_charge,visa|skills_test,"))
    assert "TON-NZL-2024" not in names(store, now - timedelta(seconds=1))
    assert (names(store, now)["TON-NZL-2024"].amount, names(store, now)["TON-NZL-2024"].includes) == (500, ())
    newest = names(store, later)["TON-NZL-2024"]
    assert (newest.amount, newest.includes) == (700, ("visa", "skills_test"))


def test_an_import_is_one_act_and_the_same_file_again_is_none(store: Store, now):
    add(store, now, TONGA, QATAR)
    head = trail.head(store.cursor())
    assert head is not None
    assert (head.seq, head.action.value, head.subject, head.actor) == (1, "caps_add", "caps.csv", "ada")
    assert json.loads(head.after or "")["rules"] == ["TON-NZL-2024", "NPL-QAT-2015"]
    again = add(store, now + timedelta(days=1), TONGA, QATAR)
    assert (again.added, again.replaced, again.unchanged) == (0, 0, 2)
    assert trail.head(store.cursor()) == head


def test_all_that_is_wrong_with_a_file_is_told_with_its_line_and_nothing_of_it_is_taken(store: Store, now):
    result = add(
        store, now,
        TONGA,
        TONGA.replace("TON-NZL-2024,TON", "second,Tonga").replace(",500,", ",-5,").replace("high", "sure"),
        TONGA.replace("TON-NZL-2024,TON,NZL", "third,TON,AUS").replace(",amount,500", ",zero,500"),
        TONGA,
        TONGA.replace("TON-NZL-2024", "fifth"),
    )  # fmt: skip
    told = {(each.line, each.column, each.letter, each.code) for each in result.problems}
    assert told == {
        (3, "origin", "B", "cap_unreadable"), (3, "amount", "F", "cap_unreadable"),
        (3, "confidence", "P", "cap_unreadable"), (4, "amount", "F", "cap_unreadable"), (5, "rule", "A", "cap_twice"),
        (6, "rule", "A", "cap_contradicts"),
    }  # fmt: skip
    assert {each.severity for each in result.problems} == {Severity.REFUSE_FILE}
    assert (result.rows, result.added, result.replaced) == (5, 0, 0)
    assert fetch_caps(store.cursor()) == fee_caps()
    assert trail.head(store.cursor()) is None


def test_a_rule_that_contradicts_the_reference_is_refused_until_one_of_them_ends(store: Store, now):
    rival = QATAR.replace("NPL-QAT-2015", "NPL-QAT-2027").replace("10000", "0").replace("amount,0", "zero,0")
    rival = rival.replace("2015-07-06,2026-12-31", "2027-01-01,")
    [problem] = add(store, now, rival).problems
    assert (problem.line, problem.code) == (2, "cap_contradicts")
    assert "NPL-QAT-2015" in problem.message
    assert add(store, now, rival, QATAR).problems == ()
    assert {"NPL-QAT-2015", "NPL-QAT-2027"} <= names(store).keys()


def test_a_cap_on_what_employers_pay_is_refused_as_no_worker_fee(store: Store, now):
    saudi = (
        "BGD-SAU-domestic,BGD,SAU,domestic,amount,13000,once,,SAR,2023-05-01,,,total_cost,,SAU,medium,press,employer"
    )
    [problem] = add(store, now, saudi, header=f"{HEADER},paid_by").problems
    assert (problem.line, problem.column, problem.code) == (2, "paid_by", "cap_not_on_workers")
    assert add(store, now, f"{TONGA},worker", header=f"{HEADER},paid_by").added == 1


@pytest.mark.parametrize(
    "data", ["", "rule,origin\nx,NPL\n", f"{HEADER},remark\n", f"{HEADER},source\n{TONGA},x\n", HEADER]
)
def test_a_file_without_its_columns_or_without_a_rule_is_refused(store: Store, now, data: str):
    with pytest.raises(Refusal):
        add_caps(store, ADMIN, data.encode(), "caps.csv", via=Via.CLI, now=now)


def test_only_administrators_add_rules(store: Store, now):
    for role in (Role.PUBLIC, Role.BUYER, Role.PARTNER, Role.REVIEWER):
        with pytest.raises(NotPermitted):
            add_caps(store, Viewer(role=role), TONGA.encode(), "caps.csv", via=Via.CLI, now=now)


def test_the_commands(vetting, tmp_path):  # noqa: F811
    (tmp_path / "caps.csv").write_text(f"{HEADER}\n{TONGA}\n")
    assert "1 rules added, 0 replaced" in vetting.done("caps", "import", "caps.csv", "--actor", "Grace")
    assert "1 known like that before" in vetting.done("caps", "import", "caps.csv")
    (tonga,) = json.loads(vetting.done("caps", "list", "--country", "Tonga", "--json"))
    assert (tonga["rule"], tonga["amount"], tonga["valid_from"]) == ("TON-NZL-2024", "500.0000", "2024-01-01")
    assert "TON-NZL-2024" in vetting.done("caps", "list")
    assert "No rule is known" in vetting.done("caps", "list", "--country", "TON", "--known-at", "2026-01-01")
    assert "no country that is known" in vetting.refused("caps", "list", "--country", "Atlantis")
    (tmp_path / "caps.csv").write_text(f"{HEADER}\n{TONGA.replace(',500,', ',five,')}\n")
    outcome = vetting("caps", "import", "caps.csv")
    assert (outcome.code, outcome.err) == (1, "Nothing was taken. Mend the file and import it again.\n")
    assert "line 2, column F (amount)" in outcome.out
