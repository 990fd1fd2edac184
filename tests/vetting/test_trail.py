"""Tampering with the file shows: whatever is done to the chain, `verify` names the first entry that is wrong.

Every tampering is done as somebody with the file would do it: to the closed file, through DuckDB alone, without keys
and constraints where those would stand in the way.
"""

import contextlib
from collections.abc import Callable
from datetime import datetime, timedelta

import duckdb
import pytest

from schemas.codes import Action, Via
from schemas.trail import Entry
from vetting import trail
from vetting.store import Moment, Store, act, open_store
from vetting.trail import proof

MOMENT = "'%Y-%m-%dT%H:%M:%S.%f'"
ENTRIES = 6


def write(store: Store, now: datetime, entries: int = ENTRIES) -> None:
    for number in range(1, entries + 1):
        reason = {1: None, 2: "", 3: "Ünal said 10.0"}.get(number, "as read")
        entry = Entry(action=Action.SETTING_SET, subject=f"s{number}", before={}, after={"value": 10}, reason=reason)

        def deed(moment: Moment, entry: Entry = entry) -> tuple[Entry, None]:
            return entry, None

        act(store, deed, actor="ada", via=Via.PAGE, now=now + timedelta(minutes=number))


class File:
    """The trail in a file (or of two), closed again after every look at it."""

    def __init__(self, store: Store) -> None:
        self.path = store.path
        self.evidence = store.path.with_name("b.duckdb") if store.attached else None
        self.table = "trail" if store.attached else "desk.trail"
        store.close()

    def run(self, *statements: str) -> None:
        with contextlib.closing(duckdb.connect(str(self.path))) as db:
            for statement in (
                f"CREATE TABLE keyless AS FROM {self.table}",
                f"DROP TABLE {self.table}",
                f"CREATE TABLE {self.table} AS FROM keyless",
                "DROP TABLE keyless",
                *(each.replace("desk.trail", self.table) for each in statements),
            ):
                db.execute(statement)

    def rows(self) -> list[dict]:
        with contextlib.closing(duckdb.connect(str(self.path))) as db:
            read = db.execute(f"SELECT * FROM {self.table} ORDER BY seq")
            names = [column[0] for column in read.description]
            return [dict(zip(names, row, strict=True)) for row in read.fetchall()]

    def put(self, rows: list[dict]) -> None:
        """Write these rows in place of all, in the order given."""
        self.run("DELETE FROM desk.trail")
        with contextlib.closing(duckdb.connect(str(self.path))) as db:
            for row in rows:
                marks = ", ".join(f"${name}" for name in row)
                db.execute(f"INSERT INTO {self.table} ({', '.join(row)}) VALUES ({marks})", row)

    def verify(self, head: str | None = None) -> trail.Proof:
        with contextlib.closing(open_store(self.path, self.evidence)) as store:
            return trail.verify(store.cursor(), head)


def hashed(row: dict) -> dict:
    """With the hash that belongs to what it says: the forger knows the rule too."""
    said = {name: value for name, value in row.items() if name != "hash"}
    return row | {"hash": trail.digest(said)}


def rechained(rows: list[dict]) -> list[dict]:
    """All of it written anew, as somebody would who has the file and the time."""
    made, previous = [], trail.GENESIS
    for seq, row in enumerate(rows, start=1):
        made.append(hashed(row | {"seq": seq, "previous_hash": previous}))
        previous = made[-1]["hash"]
    return made


@pytest.fixture
def file(store: Store, now: datetime) -> File:
    write(store, now)
    return File(store)


def test_a_chain_left_alone_holds_and_says_its_head(file: File):
    head = file.rows()[-1]["hash"]
    assert file.verify() == trail.Proof(head, None, ENTRIES)
    assert file.verify(head) == trail.Proof(head, None, ENTRIES, after=0)


def test_a_head_published_earlier_is_part_of_the_chain_and_not_a_cut(file: File):
    rows = file.rows()
    assert file.verify(rows[1]["hash"]) == trail.Proof(rows[-1]["hash"], None, ENTRIES, after=4)


def test_an_empty_trail_holds_and_what_it_began_from_proves_nothing_of_a_longer_one(store: Store, file: File):
    assert "the hash of none of its entries" in str(file.verify(trail.GENESIS).flaw)
    file.run("DELETE FROM desk.trail")
    assert file.verify() == trail.Proof(trail.GENESIS, None)
    assert file.verify(trail.GENESIS).flaw is None


EDITS = [
    ("UPDATE desk.trail SET reason = 'another' WHERE seq = 4", "Entry 4 was altered"),
    ("UPDATE desk.trail SET reason = '' WHERE seq = 1", "Entry 1 was altered"),
    ("UPDATE desk.trail SET reason = NULL WHERE seq = 2", "Entry 2 was altered"),
    ("UPDATE desk.trail SET reason = 'as read ' WHERE seq = 5", "Entry 5 was altered"),
    ("UPDATE desk.trail SET reason = 'a' || chr(1109) || ' read' WHERE seq = 5", "Entry 5 was altered"),
    ("UPDATE desk.trail SET reason = 'U' || chr(776) || 'nal said 10.0' WHERE seq = 3", "Entry 3 was altered"),
    ("UPDATE desk.trail SET reason = 'Ünal said 10.00' WHERE seq = 3", "Entry 3 was altered"),
    ("UPDATE desk.trail SET actor = 'eve' WHERE seq = 1", "Entry 1 was altered"),
    ("UPDATE desk.trail SET via = 'telephone' WHERE seq = 2", "Entry 2 was altered"),
    ("UPDATE desk.trail SET action = 'never_heard_of' WHERE seq = 3", "Entry 3 was altered"),
    ("UPDATE desk.trail SET subject = 'x' WHERE seq = 3", "Entry 3 was altered"),
    ("UPDATE desk.trail SET before = NULL WHERE seq = 3", "Entry 3 was altered"),
    ("""UPDATE desk.trail SET after = '{"value":"10"}' WHERE seq = 3""", "Entry 3 was altered"),
    ("""UPDATE desk.trail SET after = '{"value":10.0}' WHERE seq = 3""", "Entry 3 was altered"),
    ("""UPDATE desk.trail SET after = '{"value": 10}' WHERE seq = 3""", "Entry 3 was altered"),
    ("UPDATE desk.trail SET recorded_at = recorded_at + INTERVAL 1 MICROSECOND WHERE seq = 6", "Entry 6 was altered"),
    ("UPDATE desk.trail SET recorded_at = 'infinity' WHERE seq = 6", "Entry 6 was altered"),
    ("UPDATE desk.trail SET recorded_at = '0044-03-15 (BC)' WHERE seq = 2", "Entry 2 was altered"),
    ("UPDATE desk.trail SET recorded_at = NULL WHERE seq = 2", "Entry 2 was altered"),
    ("UPDATE desk.trail SET hash = upper(hash) WHERE seq = 2", "Entry 2 was altered"),
    ("UPDATE desk.trail SET hash = NULL WHERE seq = 6", "Entry 6 was altered"),
    ("UPDATE desk.trail SET previous_hash = 'y' WHERE seq = 5", "Entry 5 does not follow entry 4"),
    ("UPDATE desk.trail SET hash = 'x', previous_hash = 'y' WHERE seq = 5", "Entry 5 does not follow entry 4"),
    ("UPDATE desk.trail SET reason = 'a' WHERE seq IN (3, 5)", "Entry 3 was altered"),
    ("UPDATE desk.trail SET seq = 7 WHERE seq = 6", "Entry 6 is missing: entry 7 follows entry 5."),
    ("UPDATE desk.trail SET seq = 3 WHERE seq = 4", "Entry 3 "),
    ("UPDATE desk.trail SET seq = NULL WHERE seq = 4", "What stands after entry 0 is no entry of a trail"),
    ("UPDATE desk.trail SET seq = 0 WHERE seq = 4", "Entry 0 was inserted"),
    ("UPDATE desk.trail SET seq = 9223372036854775807 WHERE seq = 6", "Entries 6 to 9223372036854775806 are missing"),
    ("DELETE FROM desk.trail WHERE seq = 4", "Entry 4 is missing: entry 5 follows entry 3."),
    ("DELETE FROM desk.trail WHERE seq = 1", "Entry 1 is missing: entry 2 follows nothing."),
    ("DELETE FROM desk.trail WHERE seq IN (2, 3)", "Entries 2 to 3 are missing: entry 4 follows entry 1."),
    ("ALTER TABLE desk.trail ALTER seq TYPE DOUBLE", "What stands after entry 0 is no entry of a trail"),
    ("ALTER TABLE desk.trail DROP COLUMN reason", "The trail cannot be read"),
    ("DROP TABLE desk.trail", "The trail cannot be read"),
]


@pytest.mark.parametrize(("tampering", "said"), EDITS)
def test_an_edit_or_a_deletion_is_named_at_its_first_entry(file: File, tampering: str, said: str):
    file.run(tampering)
    found = file.verify().flaw
    assert found is not None
    assert found.startswith(said)


def later(row: dict) -> datetime:
    return row["recorded_at"] + timedelta(seconds=1)


def after_third(rows: list[dict]) -> dict:
    return rows[2] | {"seq": 4, "actor": "eve", "previous_hash": rows[2]["hash"], "recorded_at": later(rows[2])}


def forged_between(rows: list[dict]) -> list[dict]:
    """After entry 3, with a hash of its own that is right; what follows only gets new numbers."""
    forged = hashed(after_third(rows))
    return [*rows[:3], forged, *[row | {"seq": row["seq"] + 1} for row in rows[3:]]]


def forged_between_and_renumbered(rows: list[dict]) -> list[dict]:
    """The same, and every later entry gets the hash of its new number."""
    before, forged, after = rows[:3], forged_between(rows)[3], forged_between(rows)[4:]
    return [*before, forged, *[hashed(row) for row in after]]


def two_forged_between(rows: list[dict]) -> list[dict]:
    first = hashed(after_third(rows))
    second = hashed(first | {"seq": 5, "previous_hash": first["hash"], "recorded_at": later(first)})
    return [*rows[:3], first, second, *[hashed(row | {"seq": row["seq"] + 2}) for row in rows[3:]]]


def swapped(rows: list[dict]) -> list[dict]:
    return [rows[0], rows[2] | {"seq": 2}, rows[1] | {"seq": 3}, *rows[3:]]


def swapped_and_hashed(rows: list[dict]) -> list[dict]:
    return [rows[0], hashed(rows[2] | {"seq": 2}), hashed(rows[1] | {"seq": 3}), *rows[3:]]


def two_first_entries(rows: list[dict]) -> list[dict]:
    return [rows[0], hashed(rows[0] | {"actor": "eve"}), *rows[1:]]


def begun_anew(rows: list[dict]) -> list[dict]:
    return [*rows[:3], hashed(rows[3] | {"previous_hash": trail.GENESIS}), *rows[4:]]


def closed_up(rows: list[dict]) -> list[dict]:
    """Entry 3 removed, the rest numbered and hashed anew, without chaining it anew."""
    return [*rows[:2], *[hashed(row | {"seq": row["seq"] - 1}) for row in rows[3:]]]


def beginning_removed(rows: list[dict]) -> list[dict]:
    return [hashed(row | {"seq": seq}) for seq, row in enumerate(rows[2:], start=1)]


def altered_and_hashed(rows: list[dict]) -> list[dict]:
    return [*rows[:3], hashed(rows[3] | {"actor": "eve"}), *rows[4:]]


def moment_turned_back(rows: list[dict]) -> list[dict]:
    earlier = rows[3] | {"recorded_at": rows[0]["recorded_at"]}
    return rechained([*rows[:3], earlier, *rows[4:]])


def moment_repeated(rows: list[dict]) -> list[dict]:
    return rechained([*rows[:3], rows[3] | {"recorded_at": rows[2]["recorded_at"]}, *rows[4:]])


@pytest.mark.parametrize(
    ("forge", "said"),
    [
        (forged_between, "Entry 4 was inserted or moved: entry 5 was written to follow entry 3."),
        (forged_between_and_renumbered, "Entry 4 was inserted or moved: entry 5 was written to follow entry 3."),
        (two_forged_between, "Entries 4 to 5 were inserted or moved: entry 6 was written to follow entry 3."),
        (swapped, "Entry 2 does not follow entry 1"),
        (swapped_and_hashed, "Entry 2 does not follow entry 1"),
        (two_first_entries, "Entry 1 was inserted: there is another with its number"),
        (begun_anew, "Entry 4 says it is the first of a trail"),
        (closed_up, "Entry 3 does not follow entry 2"),
        (beginning_removed, "Entry 1 is not the first that was written"),
        (altered_and_hashed, "Entry 5 does not follow entry 4: one of the two was rewritten"),
        (moment_turned_back, "Entry 4 bears an earlier moment than entry 3"),
        (moment_repeated, "Entry 4 bears an earlier moment than entry 3"),
    ],
)
def test_what_a_forger_writes_who_knows_the_rule_is_named(
    file: File, forge: Callable[[list[dict]], list[dict]], said: str
):
    file.put(forge(file.rows()))
    found = file.verify().flaw
    assert found is not None
    assert found.startswith(said)


def newest_rewritten(rows: list[dict]) -> list[dict]:
    return [*rows[:-1], hashed(rows[-1] | {"actor": "eve"})]


def all_rewritten(rows: list[dict]) -> list[dict]:
    return rechained([rows[0], *rows[2:]])


@pytest.mark.parametrize("forge", [lambda rows: rows[:4], lambda rows: [], newest_rewritten, all_rewritten])
def test_a_cut_end_and_a_rewritten_trail_show_only_against_a_hash_known_from_elsewhere(file: File, forge):
    rows = file.rows()
    file.put(forge(rows))
    assert file.verify().flaw is None
    found = file.verify(rows[-1]["hash"])
    assert found.flaw is not None
    assert "the hash you gave is the hash of none of its entries" in found.flaw
    assert found.after is None


def test_a_known_hash_proves_what_came_before_it_though_the_chain_breaks_later(file: File):
    known = file.rows()[1]["hash"]
    file.run("UPDATE desk.trail SET actor = 'eve' WHERE seq = 5")
    found = file.verify(known).flaw
    assert found == ("Entry 5 was altered after it was written. Up to entry 2, whose hash you gave, it holds.")


@pytest.mark.parametrize("tampering", [EDITS[0], EDITS[-6]])
def test_a_long_trail_is_walked_in_stretches_and_every_seam_holds(store: Store, now, monkeypatch, tampering):
    """With stretches of 1 to 7 entries: the same answer, however the seams fall."""
    write(store, now)
    file = File(store)
    file.run(tampering[0])
    for batch in range(1, 8):
        monkeypatch.setattr(proof, "BATCH", batch)
        found = file.verify().flaw
        assert found is not None
        assert found.startswith(tampering[1])


def test_entries_written_while_it_is_walked_do_not_look_like_a_gap(store: Store, now: datetime, monkeypatch):
    """Somebody acts between any two stretches."""
    write(store, now)
    monkeypatch.setattr(proof, "BATCH", 4)
    links = []
    for link in proof._links(store.cursor()):
        links.append(link)
        if len(links) in (4, 6, 8):
            write(store, now + timedelta(hours=1), 1)
    assert proof.prove(links).flaw is None
    assert len(links) == ENTRIES + 3
