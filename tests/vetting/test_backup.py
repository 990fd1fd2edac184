"""A backup is whole while others write, and what is restored has proved itself first."""

import threading
from datetime import timedelta

import duckdb
import pytest

from schemas.codes import PartnerKind, Role, Via
from schemas.viewer import Viewer
from vetting import trail
from vetting.address import Address
from vetting.refusals import Refusal
from vetting.store import open_store
from vetting.store.backup import back_up, restore_from
from vetting.store.connect import StoreLocked
from vetting.store.partners import add_partner, fetch_partners

ADMIN = Viewer(role=Role.ADMIN, actor="ada")


def register(store, code, now):
    add_partner(store, ADMIN, partner=code, kind=PartnerKind.NGO, name=code, via=Via.CLI, now=now)


def address_of(store):
    evidence = store.path.with_name("b.duckdb") if store.attached else None
    return Address(store.path, evidence, chosen=True)


def reopened(address):
    return open_store(address.desk, address.evidence)


def test_a_backup_has_everything_and_its_trail_holds(store, now, tmp_path):
    register(store, "hope", now)
    (tmp_path / "elsewhere").mkdir()
    written, head = back_up(store, tmp_path / "elsewhere" / "monday.duckdb")
    assert head == trail.head(store.cursor()).hash
    assert [path.name for path in written] == ["monday.duckdb", "monday.evidence.duckdb"][: 1 + store.attached]
    copy = open_store(*written)
    assert [partner.partner for partner in fetch_partners(copy.cursor())] == ["hope"]
    with pytest.raises(duckdb.ConstraintException):
        copy.cursor().execute("INSERT INTO desk.trail SELECT * FROM desk.trail")
    copy.close()
    assert not list(store.path.parent.glob(".backup-*"))


def test_a_backup_taken_while_others_write_is_one_moment(store, now, tmp_path):
    stop = threading.Event()

    def write():
        i = 0
        while not stop.is_set():
            register(store, f"p{i}", now + timedelta(seconds=i))
            i += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        written, head = back_up(store, tmp_path / "busy.duckdb")
    finally:
        stop.set()
        writer.join()
    copy = open_store(*written)
    newest = trail.head(copy.cursor())
    assert trail.verify(copy.cursor(), head)[:2] == (head, None)
    assert len(fetch_partners(copy.cursor())) == (0 if newest is None else newest.seq)
    copy.close()


def test_a_backup_overwrites_nothing_and_makes_no_folder(store, tmp_path):
    (tmp_path / "there.duckdb").write_text("mine")
    with pytest.raises(Refusal, match="overwrites nothing"):
        back_up(store, tmp_path / "there.duckdb")
    with pytest.raises(Refusal, match="no folder"):
        back_up(store, tmp_path / "nowhere" / "x.duckdb")
    assert (tmp_path / "there.duckdb").read_text() == "mine"


def test_restoring_brings_the_old_state_back_and_keeps_the_newer_file(store, now, tmp_path):
    register(store, "hope", now)
    written, head = back_up(store, tmp_path / "monday.duckdb")
    register(store, "later", now)
    address = address_of(store)
    store.close()
    kept, restored_head = restore_from(address, written[0], now)
    assert restored_head == head
    restored = reopened(address)
    assert [partner.partner for partner in fetch_partners(restored.cursor())] == ["hope"]
    restored.close()
    before = open_store(*kept)
    assert [partner.partner for partner in fetch_partners(before.cursor())] == ["hope", "later"]
    before.close()


def test_a_tampered_backup_is_refused_and_nothing_changes(store, now, tmp_path):
    register(store, "hope", now)
    written, _ = back_up(store, tmp_path / "monday.duckdb")
    altered = open_store(*written)
    altered.cursor().execute("UPDATE desk.trail SET actor = 'somebody else' WHERE seq = 1")
    altered.close()
    address, head = address_of(store), trail.head(store.cursor()).hash
    store.close()
    with pytest.raises(Refusal, match="Entry 1 was altered"):
        restore_from(address, written[0], now)
    untouched = reopened(address)
    assert trail.head(untouched.cursor()).hash == head
    untouched.close()
    assert not list(tmp_path.glob(".restore-*"))


@pytest.mark.parametrize("content", [b"no database at all", None])
def test_what_is_no_store_is_not_restored(tmp_path, now, content):
    wrong = tmp_path / "wrong.duckdb"
    if content is None:
        duckdb.connect(str(wrong)).close()
    else:
        wrong.write_bytes(content)
    with pytest.raises(Refusal):
        restore_from(Address(tmp_path / "x.duckdb", None, chosen=True), wrong, now)
    assert not (tmp_path / "x.duckdb").exists()


def test_a_database_that_no_longer_opens_can_be_replaced_by_its_backup(store, now, tmp_path):
    register(store, "hope", now)
    written, _ = back_up(store, tmp_path / "monday.duckdb")
    address = address_of(store)
    store.close()
    address.desk.write_bytes(b"torn")
    restore_from(address, written[0], now)
    restored = reopened(address)
    assert len(fetch_partners(restored.cursor())) == 1
    restored.close()


def test_a_missing_backup_or_the_database_itself_is_refused(store, tmp_path, now):
    with pytest.raises(Refusal, match="no backup"):
        restore_from(address_of(store), tmp_path / "none.duckdb", now)
    with pytest.raises(Refusal, match="the database itself"):
        restore_from(address_of(store), store.path, now)


def test_restoring_is_refused_while_another_process_has_the_store(store, tmp_path, now, in_another_process):
    written, _ = back_up(store, tmp_path / "monday.duckdb")
    address = address_of(store)
    store.close()
    with in_another_process(address.desk), pytest.raises(StoreLocked):
        restore_from(address, written[0], now)
