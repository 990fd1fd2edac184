"""What programs may ask without a page: checks and public keys, for everybody, as often as they like."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from tests.vetting.certification.desks import NOW, Desk
from vetting import server
from vetting.certification.check import LONGEST
from vetting.certification.signing import as_file
from vetting.routes import ROUTES
from vetting.scoring.live import paused
from vetting.store import open_store
from vetting.store.certificates import fetch_signed
from vetting.store.migrate import migrate
from vetting.store.signing_keys import fetch_keys

NUMBER = "FP-2026-0001"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with one certificate, as the store of the server's process."""
    made = Desk(open_store(tmp_path_factory.mktemp("routes") / "own.duckdb"), NOW)
    migrate(made.store, made.now)
    with paused():
        made.found_the_house()
        made.certified()
    yield made
    made.store.close()


class Client:
    """A program that asks the server's routes."""

    def get(self, path: str) -> httpx.Response:
        return asyncio.run(self._asked("GET", path, None))

    def post(self, path: str, content: bytes) -> httpx.Response:
        return asyncio.run(self._asked("POST", path, content))

    @staticmethod
    async def _asked(method: str, path: str, content: bytes | None) -> httpx.Response:
        transport = httpx.ASGITransport(Starlette(routes=ROUTES))
        async with httpx.AsyncClient(transport=transport, base_url="http://register.example.org") as client:
            return await client.request(method, path, content=content)


@pytest.fixture
def client(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(server, "store", lambda: desk.store)
    monkeypatch.setattr(server, "now", lambda: desk.now)
    return Client()


def test_a_number_is_answered(client: Client, desk: Desk):
    told = client.get(f"/check/{NUMBER}.json")
    assert (told.status_code, told.headers["cache-control"]) == (200, "no-store")
    assert set(told.json()) == {"answer", "why", "as_of", "number", "since", "differs", "issued"}
    assert (told.json()["answer"], told.json()["number"]) == ("valid", NUMBER)
    assert told.json()["issued"] == json.loads(fetch_signed(desk.store.cursor())[0].document)
    assert client.get("/check/FP-1999-0001.json").json()["answer"] == "unknown"
    assert client.get("/check/%00%27.json").json()["answer"] == "unknown"


def test_a_file_a_link_or_a_number_may_be_sent(client: Client, desk: Desk):
    file = as_file(fetch_signed(desk.store.cursor())[0])
    for sent in (file, NUMBER.encode(), f"https://register.example.org/check/{NUMBER}".encode()):
        assert client.post("/check", content=sent).json()["answer"] == "valid"
    altered = client.post("/check", content=file.replace(b"2029-11-22", b"2039-11-22")).json()
    assert (altered["answer"], altered["differs"]) == ("altered", ["the day it runs until"])
    for sent in (b"", b"\xff", b"hello"):
        assert client.post("/check", content=sent).json()["answer"] == "unknown"


def test_it_is_answered_as_of_the_day_it_is_asked(client: Client, monkeypatch: pytest.MonkeyPatch, desk: Desk):
    monkeypatch.setattr(server, "now", lambda: desk.now.replace(year=2031))
    assert client.get(f"/check/{NUMBER}.json").json()["answer"] == "expired"


def test_what_is_longer_than_any_certificate_is_refused(client: Client):
    assert client.post("/check", content=b" " * (LONGEST + 1)).status_code == 413
    assert client.post("/check", content=b" " * LONGEST).status_code == 200
    refused = client.post("/check", content=b" " * 10 * LONGEST)
    assert (refused.status_code, list(refused.json())) == (413, ["refused"])


def test_the_address_in_the_code_opens_the_registers_answer(client: Client):
    told = client.get(f"/check/{NUMBER}")
    assert (told.status_code, told.headers["location"]) == (303, f"../?certificate={NUMBER}")
    assert client.get("/check/a&b=c").headers["location"] == "../?certificate=a%26b%3Dc"


def test_public_keys_are_published_and_no_private_one(client: Client, desk: Desk):
    told = client.get("/keys.json")
    [key] = fetch_keys(desk.store.cursor())
    assert [each["key_id"] for each in told.json()["keys"]] == [key.key_id]
    assert told.json()["keys"][0]["public_key"] == key.public_key
    private = Path(desk.store.keys / f"{key.key_id}.pem").read_text().splitlines()[1]
    assert private not in told.text


def test_nobody_is_turned_away_for_asking_often(client: Client):
    assert {client.get(f"/check/{NUMBER}.json").status_code for _ in range(60)} == {200}
