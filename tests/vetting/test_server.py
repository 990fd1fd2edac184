"""What one process owns: the store the environment names, its socket, its days."""

import asyncio
from datetime import date, datetime

import pytest

from schemas.codes import Role, Via
from schemas.viewer import Viewer
from vetting import jobs, server, trail
from vetting.address import Address
from vetting.command_socket import NobodyAnswers, ask, socket_path
from vetting.commands.context import today_in
from vetting.opening import create_sample, open_existing, open_or_create
from vetting.refusals import Refusal
from vetting.store.settings import fetch_settings, set_setting

ADMIN = Viewer(role=Role.ADMIN, actor="ada")


@pytest.fixture
def named(tmp_path, monkeypatch):
    """The environment names a database that does not exist yet."""
    for name in ("VETTING_DESK", "VETTING_EVIDENCE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("VETTING_DATABASE", str(tmp_path / "own.duckdb"))
    yield tmp_path / "own.duckdb"
    server.close()


def created(path, now):
    return open_or_create(Address(path, None, chosen=True), now, actor="ada", via=Via.CLI)


def test_a_named_database_that_is_missing_is_created_empty_and_never_filled(named):
    store = server.store()
    assert store.path == named
    assert fetch_settings(store.cursor()).sample is False
    assert trail.head(store.cursor()).action.value == "store_init"
    assert server.store() is store


def test_the_server_takes_commands_from_its_first_moment_to_its_last(named, tmp_path):
    async def serve():
        async with server.lifespan(None):
            return await asyncio.to_thread(ask, named, ["trail", "verify"], tmp_path)

    for _ in range(2):  # a server that finds its port taken starts its lifespan again
        outcome = asyncio.run(serve())
        assert (outcome.code, outcome.err) == (0, "")
        with pytest.raises(NobodyAnswers):
            ask(named, ["trail", "verify"], tmp_path)
    assert not socket_path(named).exists()


def test_a_store_that_cannot_be_opened_ends_the_server_with_one_sentence(named, capsys):
    named.write_bytes(b"torn")
    with pytest.raises(SystemExit) as ended:
        server.door()
    assert ended.value.code == 1
    told = capsys.readouterr().err
    assert told.startswith("Fair Passage cannot start: ")
    assert told.count("\n") == 1


def test_work_left_running_is_told_as_failed_at_the_next_start(named, now):
    values = {"job_id": "j1", "kind": "import", "actor": "pia", "subject": "june.csv", "now": now}
    server.store().cursor().execute(jobs.INSERT, values | {"message": "Checking."})

    async def serve():
        async with server.lifespan(None):
            return jobs.fetch_job(server.store().cursor(), ADMIN, "j1").state.value

    assert asyncio.run(serve()) == "failed"


@pytest.mark.parametrize(
    ("zone", "today"), [("UTC", date(2026, 11, 22)), ("Asia/Kathmandu", date(2026, 11, 23)), ("", date(2026, 11, 22))]
)
def test_today_is_a_day_where_the_operating_body_works(store, now, zone, today):
    if zone:
        set_setting(store, ADMIN, "time_zone", zone, via=Via.CLI, now=now)
    assert today_in(store, datetime(2026, 11, 22, 18, 20)) == today


def test_a_sample_that_could_not_be_made_leaves_nothing_behind(tmp_path, now):
    address = Address(tmp_path / "sample.duckdb", None, chosen=False)
    with pytest.raises(Refusal, match="cannot be dated"):
        create_sample(address, now, date(2001, 1, 1))
    assert list(tmp_path.iterdir()) == []


def test_the_sample_never_goes_over_a_history(tmp_path, now):
    path = tmp_path / "own.duckdb"
    created(path, now).close()
    with pytest.raises(Refusal, match="content of its own"):
        create_sample(Address(path, None, chosen=True), now, now.date())


def test_a_store_of_another_version_says_which_way(tmp_path, now):
    address = Address(tmp_path / "own.duckdb", None, chosen=True)
    store = created(address.desk, now)
    store.cursor().execute("INSERT INTO desk.migration VALUES (999, '999_desk_later', $now)", {"now": now})
    store.close()
    with pytest.raises(Refusal, match="newer version"):
        open_existing(address)


def test_a_store_of_an_older_version_is_not_opened_by_a_mere_command(tmp_path, now):
    address = Address(tmp_path / "own.duckdb", None, chosen=True)
    store = created(address.desk, now)
    db = store.cursor()
    db.execute("DELETE FROM desk.migration WHERE number = 1")
    store.close()
    with pytest.raises(Refusal, match="older version"):
        open_existing(address)
