"""What was told before is remembered: a release tells nothing that, laid over it, would count anybody closely."""

import json
from datetime import date, datetime, time, timedelta

import numpy as np
import pytest

from schemas.codes import Via
from tests.vetting.disclosure.country import REVIEWER, send, withdraw, worker
from vetting.disclosure.known import Known
from vetting.disclosure.release import publish
from vetting.store import Store
from vetting.store.rows import fetch_rows

QUARTERS = [date(2025, 12, 31), date(2026, 3, 31), date(2026, 6, 30)]
NOTHING_MERGED = {"merged_ids": [], "merged_into": []}


def told(store: Store, question: str = "W08") -> list[list[int]]:
    """The cells of a question in every release so far, oldest first."""
    rows = fetch_rows(store.cursor(), "SELECT cells FROM desk.release_cell ORDER BY release_id, place", {})
    return [cells[question] for row in rows if question in (cells := json.loads(row["cells"]))]


def say(store: Store, numbers: range, adverse: int, quarter: int) -> str:
    """Workers of sunrise who come in a quarter, so many of them adverse in W08."""
    day = QUARTERS[quarter] - timedelta(days=40)
    own = [worker(number, interview_date=day, w08=place < adverse) for place, number in enumerate(numbers)]
    return send(store, "sunrise", own, at(day + timedelta(days=1)))


def freeze(store: Store, quarter: int) -> None:
    today = QUARTERS[quarter] + timedelta(days=95)
    publish(store, REVIEWER, as_of=QUARTERS[quarter], via=Via.CLI, now=at(today), today=today)


def at(day: date) -> datetime:
    return datetime.combine(day, time(9))


def known(store: Store, *blocks: str) -> tuple[int, int]:
    least, most = Known(store.cursor(), NOTHING_MERGED).bounds("W08", [blocks], np.array([10]), np.array([99]))
    return int(least[0]), int(most[0])


def blocks(store: Store) -> list[str]:
    return [row["block_id"] for row in fetch_rows(store.cursor(), "SELECT block_id FROM desk.block ORDER BY 1", {})]


def test_where_nearly_all_who_come_say_the_same_those_of_before_are_not_counted(country: Store):
    """Four of ten, and then eleven of eleven more: "15 or more" of these, beside "0-4" of those, would give both."""
    say(country, range(10), 4, 0)
    freeze(country, 0)
    assert told(country) == [[10, 14, 0, 4]]
    say(country, range(10, 21), 11, 1)
    freeze(country, 1)
    assert told(country)[1] == [20, 24, 10, 15]
    first, second = blocks(country)
    assert known(country, first) == (0, 4)
    assert known(country, second) == (6, 11)


def test_without_what_was_told_before_they_would_be(country: Store, monkeypatch: pytest.MonkeyPatch):
    say(country, range(10), 4, 0)
    freeze(country, 0)
    say(country, range(10, 21), 11, 1)
    with monkeypatch.context() as patch:
        patch.setattr(Known, "bounds", lambda self, question, of, low, high: (np.zeros_like(low), high))
        freeze(country, 1)
    assert told(country)[1] == [20, 24, 15, 24]
    assert known(country, blocks(country)[0]) == (4, 4)


def test_where_a_block_leaves_as_another_comes_the_rest_is_not_counted(country: Store):
    """Of 24, twenty said it; twelve of these leave, all of whom had. Nine to twelve are left that may have."""
    leaving = say(country, range(12), 12, 0)
    freeze(country, 0)
    say(country, range(12, 24), 8, 1)
    freeze(country, 1)
    assert told(country)[1] == [20, 24, 15, 24]
    withdraw(country, leaving, at(QUARTERS[2] + timedelta(days=1)))
    say(country, range(24, 34), 0, 2)
    freeze(country, 2)
    stays = blocks(country)[1]
    least, most = known(country, stays)
    assert most - least >= 4
    assert told(country)[2][2] <= 8 <= told(country)[2][3]


def test_of_what_contradicts_itself_nothing_is_said_and_a_release_is_still_made(country: Store):
    say(country, range(12), 3, 0)
    freeze(country, 0)
    wrong = json.dumps({"W08": [10, 14, 40, 44]})
    country.cursor().execute("UPDATE desk.release_cell SET cells = $wrong WHERE cells LIKE '%W08%'", {"wrong": wrong})
    least, most = known(country, *blocks(country))
    assert least > most
    say(country, range(12, 24), 12, 1)
    freeze(country, 1)
    assert told(country)[1] == [20, 24, 0, 24]
