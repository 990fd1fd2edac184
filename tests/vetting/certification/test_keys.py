"""Keys: made, retired by the next, compromised. The private half is a file for the owner alone, and nowhere else."""

import base64
import logging
import shutil
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from schemas.codes import Via
from tests.vetting.certification.desks import ADMIN, ASHA, BO, OTHERS, Desk
from vetting import trail
from vetting.address import Address, find_address
from vetting.certification import key_files
from vetting.certification.decide import certify
from vetting.certification.keys import declare_compromised, public_keys, rotate_key, verifies
from vetting.opening import open_existing
from vetting.refusals import NotPermitted, Refusal
from vetting.store import open_store
from vetting.store.backup import back_up
from vetting.store.certificates import fetch_signed
from vetting.store.signing_keys import fetch_keys

TABLES = """
SELECT table_name FROM duckdb_tables() WHERE 'desk' IN (schema_name, database_name) ORDER BY table_name
"""


def at(desk: Desk) -> dict:
    return {"via": Via.CLI, "now": desk.when["now"]}


def key_file(desk: Desk) -> Path:
    return desk.store.keys / f"{fetch_keys(desk.store.cursor())[-1].key_id}.pem"


def refused(desk: Desk) -> str:
    """Try to certify what waits for it; what was said. No certificate, signature or move may have been written."""
    [case_id] = desk.store.cursor().execute("SELECT case_id FROM desk.case").fetchall()[0]
    tables = ("certificate", "certificate_signature", "case_move")
    before = [desk.count(table) for table in tables]
    with pytest.raises(Refusal) as refusal:
        certify(desk.store, BO, case_id, "All criteria are met.", **desk.when)
    assert [desk.count(table) for table in tables] == before
    return str(refusal.value)


def test_the_private_half_is_a_file_beside_the_database_for_its_owner_alone(desk: Desk):
    assert desk.store.keys == desk.store.path.with_name(f"{desk.store.path.name}.keys")
    assert stat.S_IMODE(desk.store.keys.stat().st_mode) == 0o700
    assert stat.S_IMODE(key_file(desk).stat().st_mode) == 0o600
    assert isinstance(load_pem_private_key(key_file(desk).read_bytes(), None), object)


def test_a_new_key_signs_from_now_on_and_the_old_one_goes_on_to_verify(desk: Desk):
    desk.certified()
    db = desk.store.cursor()
    first = fetch_signed(db)[0]
    new = rotate_key(desk.store, ADMIN, **at(desk))
    old, current = fetch_keys(db)
    assert (current.key_id, current.retired_at, old.retired_at) == (new.key_id, None, new.recorded_at)
    desk.certified()
    second = fetch_signed(db)[-1]
    assert (first.key_id, second.key_id) == (old.key_id, new.key_id)
    for signed, key, other in ((first, old, current), (second, current, old)):
        assert verifies(key, signed.document.encode(), signed.signature)
        assert not verifies(other, signed.document.encode(), signed.signature)
        assert not verifies(key, signed.document.encode() + b" ", signed.signature)


def test_what_is_published_is_the_public_half_and_the_moments(desk: Desk):
    rotate_key(desk.store, ADMIN, **at(desk))
    keys = public_keys(desk.store.cursor()).as_json()["keys"]
    assert [set(key) for key in keys] == 2 * [
        {"key_id", "algorithm", "public_key", "valid_from", "retired_at", "compromised_from"}
    ]
    assert keys[0]["retired_at"] == keys[1]["valid_from"]
    for key in keys:
        assert key_files.fingerprint(base64.b64decode(key["public_key"])) == key["key_id"]


@pytest.mark.parametrize(
    "viewer", [ASHA, *(each for each in OTHERS if each.role is not ADMIN.role)], ids=lambda viewer: viewer.role
)
def test_only_an_administrator_has_to_do_with_keys(desk: Desk, viewer):
    files = sorted(desk.store.keys.iterdir())
    with pytest.raises(NotPermitted):
        rotate_key(desk.store, viewer, **at(desk))
    with pytest.raises(NotPermitted):
        declare_compromised(desk.store, viewer, "x", desk.now, "Lost.", **at(desk))
    assert sorted(desk.store.keys.iterdir()) == files


def test_without_any_key_certifying_is_refused_with_what_to_do(desk: Desk):
    desk.recommended()
    desk.store.cursor().execute("DELETE FROM desk.signing_key")
    assert "keys rotate --actor NAME" in refused(desk)


def test_without_the_keys_file_certifying_is_refused_and_nothing_is_written(desk: Desk):
    desk.recommended()
    key_file(desk).rename(desk.store.path.with_name("elsewhere.pem"))
    said = refused(desk)
    assert "so nothing can be signed" in said
    assert "Put the file back" in said
    assert "keys rotate" in said


def test_a_file_that_others_may_read_is_not_used(desk: Desk):
    desk.recommended()
    key_file(desk).chmod(0o640)
    assert "chmod 600" in refused(desk)


@pytest.mark.parametrize("wrong", ["another", "torn", "folder"])
def test_a_file_that_is_not_the_key_on_record_is_not_used(desk: Desk, wrong: str):
    desk.recommended()
    path = key_file(desk)
    secret = path.read_bytes()
    path.unlink()
    if wrong == "another":
        made = key_files.make(desk.store.keys)
        made.path.rename(path)
    elif wrong == "torn":
        path.write_bytes(secret[:40])
        path.chmod(0o600)
    else:
        path.mkdir(mode=0o700)
    said = refused(desk)
    assert "nothing can be signed" in said
    assert secret.decode().splitlines()[1][:20] not in said


def test_a_compromised_key_signs_nothing_until_there_is_a_new_one(desk: Desk):
    case = desk.recommended()
    key = fetch_keys(desk.store.cursor())[-1]
    since = desk.now - timedelta(days=3)
    declare_compromised(desk.store, ADMIN, key.key_id, since, "The laptop was stolen.", **at(desk))
    assert fetch_keys(desk.store.cursor())[-1].compromised_from == since
    assert "compromised" in refused(desk)
    rotate_key(desk.store, ADMIN, **at(desk))
    assert certify(desk.store, BO, case.case_id, "In order.", **desk.when)
    for wrong in (key.key_id, "nobody"):
        with pytest.raises(Refusal):
            declare_compromised(desk.store, ADMIN, wrong, since, "Again.", **at(desk))
    new = fetch_keys(desk.store.cursor())[-1].key_id
    with pytest.raises(Refusal, match="has passed"):
        declare_compromised(desk.store, ADMIN, new, desk.now + timedelta(days=2), "Later.", **at(desk))
    with pytest.raises(Refusal):
        declare_compromised(desk.store, ADMIN, new, since, " ", **at(desk))


def test_a_key_that_is_not_recorded_leaves_no_file(desk: Desk):
    before = sorted(desk.store.keys.iterdir())
    desk.store.cursor().execute("DROP TABLE desk.signing_key")
    with pytest.raises(Exception, match="signing_key"):
        rotate_key(desk.store, ADMIN, **at(desk))
    assert sorted(desk.store.keys.iterdir()) == before


def test_the_folder_may_be_named_and_must_be_writable(tmp_path: Path):
    named = find_address({"VETTING_DATABASE": str(tmp_path / "x.duckdb"), "VETTING_KEYS": str(tmp_path / "safe")})
    assert named.keys == tmp_path / "safe"
    assert find_address({"VETTING_DATABASE": "x.duckdb"}).keys is None
    with pytest.raises(Refusal, match="VETTING_KEYS is set but empty"):
        find_address({"VETTING_KEYS": " "})
    (tmp_path / "file").write_text("x")
    with pytest.raises(Refusal, match="no key was made"):
        key_files.make(tmp_path / "file")


def test_a_store_opened_by_an_address_signs_with_the_folder_it_names(desk: Desk, tmp_path: Path):
    case, path = desk.recommended(), desk.store.path
    desk.store.close()
    shutil.move(desk.store.keys, tmp_path / "safe")
    evidence = path.with_name("b.duckdb") if desk.store.attached else None
    desk.store = open_existing(Address(path, evidence, chosen=True, keys=tmp_path / "safe"))
    assert certify(desk.store, BO, case.case_id, "In order.", **desk.when)


def test_no_private_byte_is_in_the_database_its_backup_the_trail_or_a_log(
    desk: Desk, tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    """Looked for as bytes, hexadecimal, base64 and as the lines of the file."""
    with caplog.at_level(logging.DEBUG):
        desk.certified()
        rotate_key(desk.store, ADMIN, **at(desk))
        desk.certified()
    written, _ = back_up(desk.store, tmp_path / "copy.duckdb")
    head, flaw = trail.verify(desk.store.cursor())[:2]
    assert flaw is None
    forms: list[bytes] = []
    files = sorted(desk.store.keys.iterdir())
    assert len(files) == 2
    for file in files:
        raw = load_pem_private_key(file.read_bytes(), None).private_bytes(
            Encoding.Raw, PrivateFormat.Raw, NoEncryption()
        )
        forms += [raw, raw.hex().encode(), base64.b64encode(raw), file.read_bytes().splitlines()[1]]
    desk.store.cursor().execute("CHECKPOINT" if not desk.store.attached else "CHECKPOINT desk")
    everything = b"".join(path.read_bytes() for path in desk.store.path.parent.glob("*") if path.is_file())
    everything += b"".join(path.read_bytes() for path in written) + caplog.text.encode()
    rows = open_store(*written)
    try:
        for (table,) in rows.cursor().execute(TABLES).fetchall():
            everything += str(rows.cursor().execute(f"SELECT * FROM desk.{table}").fetchall()).encode()
    finally:
        rows.close()
    public = base64.b64decode(fetch_keys(desk.store.cursor())[0].public_key)
    assert base64.b64encode(public) in everything  # the search would find what is there
    assert not [form for form in forms if form in everything]
