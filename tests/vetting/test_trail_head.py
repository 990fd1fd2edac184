"""The head goes out: in a file, by a letter through a real mail server, once a day by the clock, and to everybody."""

import json
import socket
import ssl
from collections.abc import Iterator
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from schemas.codes import Action, Role, Via
from schemas.viewer import Viewer
from vetting import trail
from vetting.refusals import NotFound, NotPermitted, Refusal
from vetting.store import Store
from vetting.store.settings import fetch_settings, set_setting
from vetting.trail.publish import head_of_yesterday, publish_to, send, send_daily, state_head

ADMIN = Viewer(role=Role.ADMIN, actor="noor@body.example")
REVIEWER = Viewer(role=Role.REVIEWER, actor="ines@body.example")
CLOCK = Viewer(role=Role.ADMIN, actor="clock")
PASSWORD = "correct horse battery"
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # tests ask for both


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class Postbox(Message):
    """A mail server that keeps letters, asks who sends, and knows nobody called lost."""

    def __init__(self) -> None:
        super().__init__()
        self.letters: list = []

    def handle_message(self, message) -> None:
        self.letters.append(message)

    async def handle_RCPT(self, server, session, envelope: Envelope, address: str, options: list) -> str:  # noqa: N802
        if address.startswith("lost@"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"


def authenticate(server, session: Session, envelope: Envelope, mechanism: str, said: LoginPassword) -> AuthResult:
    known = (said.login, said.password) == (b"desk", PASSWORD.encode())
    return AuthResult(success=known, handled=False)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate of its own for 127.0.0.1, in one file."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "here")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2026, 1, 1))
        .not_valid_after(datetime(2126, 1, 1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "here.pem"
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(private + made.public_bytes(pem))
    return path


@pytest.fixture
def postbox(certificate: Path) -> Iterator[Postbox]:
    """A mail server that asks for a user and password, and offers STARTTLS."""
    kept, tls = Postbox(), ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(certificate)
    running = Controller(
        kept, hostname="127.0.0.1", port=free_port(), auth_require_tls=False, auth_required=True,
        authenticator=authenticate, tls_context=tls,
    )  # fmt: skip
    running.start()
    kept.environ = {
        "VETTING_SMTP_HOST": "127.0.0.1",
        "VETTING_SMTP_PORT": str(running.port),
        "VETTING_SMTP_SECURITY": "none",
        "VETTING_SMTP_FROM": "desk@body.example",
        "VETTING_SMTP_USER": "desk",
        "VETTING_SMTP_PASSWORD": PASSWORD,
    }
    yield kept
    running.stop()


@pytest.fixture
def house(store: Store, now: datetime) -> Store:
    set_setting(store, ADMIN, "operating_body", "The Åldersund Council", via=Via.CLI, now=now)
    set_setting(store, ADMIN, "head_recipients", "ada@union.example, bo@brand.example", via=Via.CLI, now=now)
    return store


def newest(store: Store) -> trail.chain.TrailRow:
    found = trail.head(store.cursor())
    assert found is not None
    return found


def test_the_statement_names_entry_hash_moment_and_body_and_proves_the_trail(house: Store, tmp_path: Path, now):
    head = newest(house)
    for name in ("head.txt", "head.json"):
        publish_to(house, ADMIN, tmp_path / name, via=Via.CLI, now=now)
    words, said = (tmp_path / "head.txt").read_text(), json.loads((tmp_path / "head.json").read_text())
    for part in ("The Åldersund Council", f"Entry:      {head.seq}, written 22 November 2026", head.hash):
        assert part in words
    assert said["seq"] == head.seq + 1, "the first publication is an entry of its own"
    assert trail.verify(house.cursor(), head.hash).after == 2
    assert (newest(house).action, newest(house).subject) == (Action.HEAD_PUBLISH, "head.json")


def test_a_statement_overwrites_nothing(house: Store, tmp_path: Path, now):
    (tmp_path / "head.txt").write_text("mine")
    before = newest(house)
    with pytest.raises(Refusal, match="nothing is overwritten"):
        publish_to(house, ADMIN, tmp_path / "head.txt", via=Via.CLI, now=now)
    assert newest(house) == before


def test_a_letter_reaches_the_recipients_and_the_trail_says_so(house: Store, postbox: Postbox, now):
    head = newest(house)
    _, reached, refused = send(house, ADMIN, postbox.environ, via=Via.CLI, now=now)
    (letter,) = postbox.letters
    assert (reached, refused) == (["ada@union.example", "bo@brand.example"], [])
    assert letter["To"] == "ada@union.example, bo@brand.example"
    assert letter["From"] == "desk@body.example"
    assert letter["Date"] == "Sun, 22 Nov 2026 09:00:00 +0000"
    assert head.hash in letter.get_payload(decode=True).decode()
    entry = newest(house)
    assert (entry.action, json.loads(entry.after or "")["to"]) == (Action.HEAD_PUBLISH, reached)
    assert json.loads(entry.after or "")["hash"] == head.hash
    assert PASSWORD not in str(house.cursor().execute("FROM desk.trail").fetchall())


def test_a_letter_goes_by_tls_to_a_server_that_can_be_trusted_and_to_no_other(
    house: Store, postbox: Postbox, certificate: Path, now, monkeypatch
):
    secure = postbox.environ | {"VETTING_SMTP_SECURITY": ""}
    with pytest.raises(Refusal, match=r"did not take the letter \(SSLCertVerificationError\)"):
        send(house, ADMIN, secure, via=Via.CLI, now=now)
    assert postbox.letters == []
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    send(house, ADMIN, secure, via=Via.CLI, now=now)
    assert len(postbox.letters) == 1


def test_an_address_that_the_server_refuses_is_said_and_not_counted_as_reached(house: Store, postbox: Postbox, now):
    set_setting(house, ADMIN, "head_recipients", "lost@union.example,bo@brand.example", via=Via.CLI, now=now)
    _, reached, refused = send(house, ADMIN, postbox.environ, via=Via.CLI, now=now)
    assert (reached, refused) == (["bo@brand.example"], ["lost@union.example"])
    assert json.loads(newest(house).after or "")["to"] == ["bo@brand.example"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"VETTING_SMTP_PASSWORD": "wrong"}, "did not accept the user and password"),
        ({"VETTING_SMTP_SECURITY": "tls"}, "did not take the letter"),
        ({"VETTING_SMTP_SECURITY": "sometimes"}, "starttls, tls or none"),
        ({"VETTING_SMTP_PORT": "1"}, "did not take the letter"),
        ({"VETTING_SMTP_PORT": "many"}, "a number from 1 to 65535"),
        ({"VETTING_SMTP_HOST": ""}, "No mail server is named"),
        ({"VETTING_SMTP_FROM": ""}, "No mail server is named"),
    ],
)
def test_a_letter_that_did_not_go_leaves_no_entry_and_no_password(house: Store, postbox: Postbox, now, changed, said):
    before = newest(house)
    with pytest.raises(Refusal, match=said) as refusal:
        send(house, ADMIN, postbox.environ | changed, via=Via.CLI, now=now)
    assert PASSWORD not in str(refusal.value)
    assert newest(house) == before
    assert postbox.letters == []


def test_nobody_to_write_to_is_said(house: Store, postbox: Postbox, now):
    set_setting(house, ADMIN, "head_recipients", "nobody", via=Via.CLI, now=now)
    with pytest.raises(Refusal, match="Nobody is to get it"):
        send(house, ADMIN, postbox.environ, via=Via.CLI, now=now)
    for wrong in ("ada", "ada@x.example\nBcc: eve@x.example", "ada@x.example,,bo@x.example", "<ada@x.example>"):
        with pytest.raises(Refusal, match="no e-mail address"):
            set_setting(house, ADMIN, "head_recipients", wrong, via=Via.CLI, now=now)


def test_the_clock_sends_once_a_day_and_only_where_it_is_asked_to(house: Store, postbox: Postbox, now):
    today = now.date()
    assert not send_daily(house, CLOCK, {}, now, today)
    assert send_daily(house, CLOCK, postbox.environ, now, today)
    assert not send_daily(house, CLOCK, postbox.environ, now, today), "after a restart on the same day"
    assert send_daily(house, CLOCK, postbox.environ, now + timedelta(days=1), today + timedelta(days=1))
    assert len(postbox.letters) == 2
    assert newest(house).via is Via.CLOCK
    set_setting(house, ADMIN, "head_recipients", "nobody", via=Via.CLI, now=now)
    assert not send_daily(house, CLOCK, postbox.environ, now + timedelta(days=2), today + timedelta(days=2))


def test_everybody_reads_the_head_of_yesterday_where_the_body_works(house: Store, now):
    """Midnight UTC is still the afternoon before in Honolulu."""
    db, yesterday = house.cursor(), newest(house)
    settings = fetch_settings(db)
    assert head_of_yesterday(db, settings, now.date()) is None
    assert head_of_yesterday(db, settings, now.date() + timedelta(days=1)) == yesterday
    later = set_setting(house, ADMIN, "time_zone", "Pacific/Honolulu", via=Via.CLI, now=now + timedelta(hours=15))
    assert newest(house).recorded_at == datetime(2026, 11, 23)
    assert head_of_yesterday(db, later, now.date() + timedelta(days=1)) == newest(house)
    assert head_of_yesterday(db, settings, now.date() + timedelta(days=1)) == yesterday


def test_publishing_is_for_administrators_and_an_empty_trail_has_no_head(store: Store, tmp_path: Path, now):
    with pytest.raises(NotPermitted):
        publish_to(store, REVIEWER, tmp_path / "x.txt", via=Via.PAGE, now=now)
    with pytest.raises(NotPermitted):
        send(store, REVIEWER, {}, via=Via.PAGE, now=now)
    with pytest.raises(NotFound, match="The trail is empty"):
        state_head(store.cursor(), now)
