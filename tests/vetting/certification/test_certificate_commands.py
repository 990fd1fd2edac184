"""`keys` and `certification check|certificate`, from a terminal."""

import json
import stat
from contextlib import closing
from pathlib import Path

import pytest

from tests.vetting.certification.desks import NOW, Desk
from tests.vetting.conftest import Line
from vetting.store import open_store
from vetting.store.migrate import migrate

NUMBER = "FP-2026-0001"


@pytest.fixture
def certified(tmp_path: Path, terminal: Line) -> Line:
    """A terminal at a store with one certificate."""
    with closing(open_store(tmp_path / "own.duckdb")) as store:
        migrate(store, NOW)
        desk = Desk(store, NOW)
        desk.found_the_house()
        desk.certified()
    return terminal


def test_a_certificate_is_written_and_checked_by_number_by_link_and_by_file(certified: Line, tmp_path: Path):
    written = certified("certification", "certificate", NUMBER, "--pdf", "a.pdf", "--json-file", "a.json")
    assert written.returncode == 0, written.stderr
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF-")
    again = certified("certification", "certificate", NUMBER, "--json-file", "a.json")
    assert (again.returncode, "nothing is overwritten" in again.stderr) == (1, True)
    for said in (NUMBER, f"https://x.example/check/{NUMBER}", "a.json"):
        told = certified("certification", "check", said, "--json")
        assert (told.returncode, json.loads(told.stdout)["answer"]) == (0, "valid"), told.stderr
    (tmp_path / "b.json").write_text((tmp_path / "a.json").read_text().replace("Head office", "Head offices"))
    told = certified("certification", "check", "b.json")
    assert (told.returncode, told.stdout.splitlines()[0][:8]) == (1, "altered.")
    assert "differs: the sites" in told.stdout
    assert json.loads(certified("certification", "check", "FP-2026-0002", "--json").stdout)["answer"] == "unknown"
    assert certified("certification", "certificate", "FP-2026-0002", "--pdf", "c.pdf").returncode == 1
    assert certified("certification", "certificate", NUMBER).returncode == 2
    assert not (tmp_path / "c.pdf").exists()


def test_keys_are_made_listed_declared_compromised_and_certificates_signed_anew(certified: Line, tmp_path: Path):
    [first] = json.loads(certified("keys", "list", "--json").stdout)["keys"]
    assert certified("keys", "sign", "--actor", "ada").stdout == "Every certificate has a signature to rely on.\n"
    made = certified("keys", "rotate", "--actor", "ada")
    assert "Keep a copy in a safe place" in made.stdout
    old, new = json.loads(certified("keys", "list", "--json").stdout)["keys"]
    assert (old["key_id"], old["retired_at"]) == (first["key_id"], new["valid_from"])
    files = {path.stem: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "own.duckdb.keys").iterdir()}
    assert files == {old["key_id"]: 0o600, new["key_id"]: 0o600}
    since = ("--since", "2026-11-01", "--reason", "Stolen.", "--actor", "ada")
    assert certified("keys", "compromised", old["key_id"], *since).returncode == 0
    assert certified("keys", "compromised", old["key_id"], *since).returncode == 1
    assert certified("keys", "sign", "--actor", "ada").stdout == f"Signed: {NUMBER}.\n"
    assert certified("keys", "list").returncode == 0
    assert certified("trail", "verify").returncode == 0
    assert certified("certification", "check", NUMBER).returncode == 0


def test_private_keys_are_nowhere_in_what_commands_say(certified: Line, tmp_path: Path):
    said = "".join(
        done.stdout + done.stderr
        for done in (certified("keys", "rotate", "--actor", "ada", "--json"), certified("keys", "list"))
    )
    for path in (tmp_path / "own.duckdb.keys").iterdir():
        assert path.read_text().splitlines()[1] not in said
