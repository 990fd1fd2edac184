"""An act is whole or it did not happen, and acts are serial."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import duckdb
import pytest

from schemas.codes import Action, Via
from schemas.trail import Entry
from vetting import trail
from vetting.refusals import Refusal
from vetting.store import Moment, Store, act, open_store


def setting(name: str, value: str):
    def deed(moment: Moment) -> tuple[Entry, str]:
        moment.db.execute(
            "INSERT INTO desk.setting VALUES ($name, $value, $recorded_at)",
            {"name": name, "value": value, "recorded_at": moment.recorded_at},
        )
        return Entry(action=Action.SETTING_SET, subject=name, after={"value": value}), value

    return deed


def test_an_act_writes_its_change_and_one_trail_row(store: Store, now: datetime):
    act(store, setting("a", "1"), actor="ada", via=Via.PAGE, now=now)
    db = store.cursor()
    assert db.execute("SELECT name, value FROM desk.setting").fetchall() == [("a", "1")]
    assert db.execute("SELECT seq, actor, via, action, subject FROM desk.trail").fetchall() == [
        (1, "ada", "page", "setting_set", "a")
    ]


def test_a_refused_act_leaves_no_trace(store: Store, now: datetime):
    def deed(moment: Moment):
        setting("a", "1")(moment)
        raise Refusal("No.")

    with pytest.raises(Refusal, match="No."):
        act(store, deed, actor="ada", via=Via.PAGE, now=now)
    db = store.cursor()
    assert db.execute("SELECT count(*) FROM desk.setting").fetchall() == [(0,)]
    assert db.execute("SELECT count(*) FROM desk.trail").fetchall() == [(0,)]


def test_recorded_at_strictly_increases_even_when_the_clock_stands_still(store: Store, now: datetime):
    for value in "123":
        act(store, setting("a", value), actor="ada", via=Via.PAGE, now=now)
    moments = [row for (row,) in store.cursor().execute("SELECT recorded_at FROM desk.trail ORDER BY seq").fetchall()]
    assert moments == sorted(set(moments))
    assert len(moments) == 3


def test_acts_of_many_threads_form_one_chain(store: Store, now: datetime):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda i: act(store, setting(f"s{i}", "1"), actor="ada", via=Via.PAGE, now=now), range(40)))
    db = store.cursor()
    assert db.execute("SELECT count(*), max(seq) FROM desk.trail").fetchall() == [(40, 40)]
    assert trail.verify(db)[1] is None


def test_two_transactions_from_one_head_cannot_both_commit(store: Store, now: datetime):
    """Without the process's own lock, as two servers would meet: the loser clashes instead of forking the chain."""
    first, second = store.cursor(), store.cursor()
    entry = Entry(action=Action.SETTING_SET, subject="a")
    for db in (first, second):
        db.execute("BEGIN")
        trail.append(db, trail.head(db), entry, recorded_at=now, actor="ada", via=Via.CLI)
    first.execute("COMMIT")
    with pytest.raises((duckdb.TransactionException, duckdb.ConstraintException)):
        second.execute("COMMIT")


def test_a_transaction_may_write_to_one_of_the_two_only(tmp_path, now):
    """The attached mode refuses what the servers would refuse, so tests in both modes keep us honest."""
    store = open_store(tmp_path / "a.duckdb", tmp_path / "b.duckdb")
    db = store.cursor()
    db.execute("CREATE TABLE desk.x (a INTEGER)")
    db.execute("CREATE TABLE evidence.x (a INTEGER)")
    db.execute("BEGIN")
    db.execute("INSERT INTO desk.x VALUES (1)")
    with pytest.raises(duckdb.TransactionException):
        db.execute("INSERT INTO evidence.x VALUES (1)")
    store.close()
