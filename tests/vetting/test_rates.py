"""Administrators add exchange rates: a whole file or nothing of it, one act, and the past stays what it was."""

import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from schemas.codes import Role, Via
from schemas.exchange_rate import RatesAdded
from schemas.viewer import Viewer
from tests.vetting.test_commands import Desk
from vetting import trail
from vetting.exchange import NoRate, convert
from vetting.refusals import NotPermitted, Refusal
from vetting.store import Store
from vetting.store.exchange_rates import add_rates, fetch_rates, newest_rates

ADMIN = Viewer(role=Role.ADMIN, actor="ada")
TODAY = date(2026, 11, 22)
HEADER = "currency,rate_date,per_usd,source,kind"
GOOD = "ZMW,2026-10-31,25.5,Bank of Zambia,month_end"


def added(store: Store, now: datetime, *lines: str, header: str = HEADER, viewer: Viewer = ADMIN) -> RatesAdded:
    data = "\n".join([header, *lines, ""]).encode()
    return add_rates(store, viewer, data, "rates.csv", today=TODAY, via=Via.PAGE, now=now)


def rate(store: Store, currency: str, day: date, known_at: datetime | None = None) -> Decimal:
    return convert(Decimal(1), currency, day, fetch_rates(store.cursor(), known_at)).rate


def test_a_file_of_rates_is_one_act_and_the_same_again_is_none(store: Store, now: datetime):
    result = added(store, now, GOOD, "NPR,2026-11-20,144.5,Nepal Rastra Bank,daily")
    assert (result.rows, result.added, result.unchanged, result.problems) == (2, 2, 0, ())
    head = trail.head(store.cursor())
    assert head is not None
    assert (head.seq, head.actor, head.action.value, head.subject) == (1, "ada", "rates_add", "rates.csv")
    assert json.loads(head.after or "") == {"added": 2, "currencies": ["NPR", "ZMW"], "rows": 2, "unchanged": 0}
    again = added(store, now + timedelta(days=1), GOOD)
    assert (again.added, again.unchanged) == (0, 1)
    assert trail.head(store.cursor()) == head


def test_a_rate_is_known_from_the_moment_it_was_added_and_a_second_one_takes_its_place(store: Store, now: datetime):
    later, day = now + timedelta(days=1), date(2026, 11, 1)
    added(store, now, GOOD)
    added(store, later, GOOD.replace("25.5", "26"))
    assert rate(store, "ZMW", day) == 26
    assert rate(store, "ZMW", day, known_at=now) == Decimal("25.5")
    with pytest.raises(NoRate):
        rate(store, "ZMW", day, known_at=now - timedelta(microseconds=1))


def test_an_average_and_a_rate_of_one_day_stand_side_by_side(store: Store, now: datetime):
    added(store, now, "ZMW,2025-12-31,23,Fund,annual_approximate", "ZMW,2025-12-31,24,Bank of Zambia,month_end")
    assert rate(store, "ZMW", date(2025, 6, 1)) == 23
    assert rate(store, "ZMW", date(2026, 1, 1)) == 24


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("zmk,2026-10-31,25.5,Bank,daily", ("A", "currency_unreadable")),
        ("kwacha,2026-10-31,25.5,Bank,daily", ("A", "currency_unreadable")),
        ("USD,2026-10-31,1,Bank,daily", ("A", "currency_unreadable")),
        ("ZMW,31/10/2026,25.5,Bank,daily", ("B", "rate_date_unreadable")),
        ("ZMW,2026-02-30,25.5,Bank,daily", ("B", "rate_date_unreadable")),
        ("ZMW,1989-12-31,25.5,Bank,daily", ("B", "rate_date_unreadable")),
        ("ZMW,2026-11-23,25.5,Bank,daily", ("B", "rate_in_future")),
        ("ZMW,2027-12-31,25.5,Bank,annual_approximate", ("B", "rate_date_unreadable")),
        ("ZMW,2025-06-30,25.5,Bank,annual_approximate", ("B", "rate_date_unreadable")),
        ("ZMW,2026-10-31,0,Bank,daily", ("C", "per_usd_unreadable")),
        ("ZMW,2026-10-31,-3,Bank,daily", ("C", "per_usd_unreadable")),
        ("ZMW,2026-10-31,0.000000001,Bank,daily", ("C", "per_usd_unreadable")),
        ('ZMW,2026-10-31,"1,050",Bank,daily', ("C", "per_usd_unreadable")),
        ("ZMW,2026-10-31,1e3,Bank,daily", ("C", "per_usd_unreadable")),
        ("NPR,2024-05-01,0.0075,Bank,daily", ("C", "rate_inverted")),
        ("ZMW,2026-10-31,25.5,,daily", ("D", "source_unreadable")),
        (f"ZMW,2026-10-31,25.5,{'B' * 81},daily", ("D", "source_unreadable")),
        ("ZMW,2026-10-31,25.5,Bank,monthly", ("E", "kind_unreadable")),
        ("ZMW,2026-10-31,25.5,Bank", ("E", "kind_unreadable")),
        (GOOD, ("B", "rate_twice")),
    ],
)
def test_each_mistake_is_told_with_its_address_and_nothing_of_the_file_is_taken(
    store: Store, now: datetime, line: str, told: tuple[str, str]
):
    result = added(store, now, GOOD, line)
    [problem] = result.problems
    assert (problem.line, problem.letter, problem.code) == (3, *told)
    assert problem.message.endswith(".")
    assert (result.rows, result.added, result.unchanged) == (2, 0, 0)
    assert trail.head(store.cursor()) is None
    assert fetch_rates(store.cursor()).added.is_empty()


def test_all_problems_are_told_at_once_in_the_order_of_the_lines(store: Store, now: datetime):
    result = added(store, now, "NPR,2024-05-01,0.0075,Bank,daily", GOOD, "XX,soon,much,,never", GOOD)
    assert [(problem.line, problem.letter) for problem in result.problems] == [
        (2, "C"), (4, "A"), (4, "B"), (4, "C"), (4, "D"), (4, "E"), (5, "B"),
    ]  # fmt: skip


def test_rates_near_one_dollar_are_not_taken_for_turned_round(store: Store, now: datetime):
    assert added(store, now, "EUR,2022-09-01,1.01,Bank,daily", "CHF,2024-05-01,0.93,Bank,daily").added == 2


@pytest.mark.parametrize("header", ["currency,rate_date,per_usd,source", HEADER + ",Kind", "a,b,c,d,e"])
def test_a_file_without_its_columns_is_refused_with_what_it_has(store: Store, now: datetime, header: str):
    with pytest.raises(Refusal, match="The file needs each of the columns"):
        added(store, now, GOOD, header=header)


def test_a_file_without_rates_is_refused(store: Store, now: datetime):
    with pytest.raises(Refusal, match="no rate below it"):
        added(store, now)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_only_administrators_add_rates_and_see_the_list(store: Store, now: datetime, role: Role):
    stranger = Viewer(role=role, organisation="o", actor="x")
    with pytest.raises(NotPermitted):
        added(store, now, GOOD, viewer=stranger)
    with pytest.raises(NotPermitted):
        newest_rates(store.cursor(), stranger)


def test_the_list_shows_the_newest_rate_of_each_currency_and_who_added_it(store: Store, now: datetime):
    added(store, now, GOOD, "ZMW,2020-01-31,14,Bank of Zambia,month_end", "NPR,2016-01-01,106,Bank,daily")
    added(store, now + timedelta(days=1), GOOD.replace("25.5", "26"))
    found = {each.rate.currency: each for each in newest_rates(store.cursor(), ADMIN)}
    assert (found["ZMW"].rate.per_usd, found["ZMW"].since, found["ZMW"].actor) == (26, date(2020, 1, 31), "ada")
    assert (found["NPR"].rate.source, found["NPR"].actor, found["NPR"].recorded_at) == ("ecb", None, None)
    assert found["BDT"].since == date(2015, 1, 31), "a yearly average is no rate of a day"
    assert list(found) == sorted(found)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path)
    made.done("init")
    return made


def test_an_amount_is_converted_by_command_and_says_at_which_rate(desk: Desk):
    expected = {"usd": 98.2356, "rate": 101.7961, "rate_date": "2015-06-30", "source": "ecb", "kind": "peg"}
    assert json.loads(desk.done("rates", "convert", "10000", "NPR", "2015-06-30")) == expected
    assert json.loads(desk.done("rates", "convert", "10000", "npr", "2015-06-30", "--json")) == expected


def test_the_largest_amount_there_is_room_for_is_converted(desk: Desk):
    said = json.loads(desk.done("rates", "convert", "99999999999999.9999", "KWD", "2020-06-30"))
    assert said["usd"] == pytest.approx(99999999999999.9999 / said["rate"])


@pytest.mark.parametrize(
    ("argv", "why"),
    [
        (("10", "NPR", "2031-01-01"), "There is no exchange rate for NPR on 2031-01-01"),
        (("10", "ZMW", "2026-11-01"), "There is no exchange rate for ZMW."),
        (("10", "Rs", "2026-11-01"), "It may be INR, NPR"),
        (("10", "shells", "2026-11-01"), "no currency for certain"),
    ],
)
def test_where_there_is_no_rate_the_command_refuses_in_a_sentence(desk: Desk, argv: tuple[str, ...], why: str):
    assert why in desk.refused("rates", "convert", *argv)


@pytest.mark.parametrize(
    "argv",
    [
        ("ten", "NPR", "2020-01-01"),
        ("10", "NPR", "1.1.2020"),
        ("1e3", "NPR", "2020-01-01"),
        ("-1", "NPR", "2020-01-01"),
        ("1" * 15, "NPR", "2020-01-01"),
    ],
)
def test_what_is_no_amount_or_day_is_wrong_usage(desk: Desk, argv: tuple[str, ...]):
    assert desk("rates", "convert", *argv).code == 2


def test_rates_are_imported_by_command_and_used_from_then_on(desk: Desk):
    (desk.folder / "rates.csv").write_text(f"{HEADER}\n{GOOD}\n")
    assert desk.done("rates", "import", "rates.csv") == "1 rows: 1 rates added, 0 known like that before.\n"
    assert json.loads(desk.done("rates", "convert", "51", "ZMW", "2026-11-01"))["usd"] == 2
    assert "no exchange rate for ZMW" in desk.refused(
        "rates", "convert", "51", "ZMW", "2026-11-01", "--known-at", "2026-11-21"
    )


def test_a_file_with_a_mistake_is_refused_by_command_with_every_address(desk: Desk):
    (desk.folder / "rates.csv").write_text(f"{HEADER}\n{GOOD}\nZMW,never,25,Bank,daily\n")
    outcome = desk("rates", "import", "rates.csv")
    assert (outcome.code, outcome.err) == (1, "Nothing was taken. Mend the file and import it again.\n")
    assert "line 3, column B (rate_date): 'never'" in outcome.out
    said = json.loads(desk("rates", "import", "rates.csv", "--json").out)
    assert (said["rows"], said["added"], said["problems"][0]["line"]) == (2, 0, 3)
