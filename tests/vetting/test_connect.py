"""What may be opened, and what an open store keeps shut."""

import subprocess
import sys

import duckdb
import pytest

from vetting.refusals import Refusal
from vetting.store import open_store
from vetting.store.connect import StoreLocked
from vetting.store.migrate import migrate


@pytest.mark.parametrize("name", ["desk.duckdb", "evidence.duckdb"])
def test_an_ambiguous_file_name_is_refused(tmp_path, name):
    with pytest.raises(Refusal, match="ambiguous"):
        open_store(tmp_path / name)


def test_a_file_that_is_no_database_is_refused(tmp_path):
    (tmp_path / "x.duckdb").write_text("nothing of the kind")
    with pytest.raises(Refusal, match="cannot be opened"):
        open_store(tmp_path / "x.duckdb")


def test_the_disk_is_closed_to_sql(store):
    with pytest.raises(duckdb.PermissionException):
        store.cursor().execute("SELECT * FROM read_csv('/etc/hostname')")
    with pytest.raises(duckdb.InvalidInputException):
        store.cursor().execute("SET enable_external_access = true")


def test_migrating_twice_applies_nothing_the_second_time(store, now):
    assert migrate(store, now) == []


def test_a_second_process_is_told_that_the_file_is_in_use(tmp_path):
    store = open_store(tmp_path / "x.duckdb")
    script = (
        "from pathlib import Path\nfrom vetting.store import open_store\n"
        "from vetting.store.connect import StoreLocked\n"
        f"try:\n    open_store(Path({str(tmp_path / 'x.duckdb')!r}))\nexcept StoreLocked:\n    raise SystemExit(7)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 7
    assert issubclass(StoreLocked, Refusal)
    store.close()
