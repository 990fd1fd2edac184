"""Sending one plain letter through the operating body's own mail server, which the environment names.

`VETTING_SMTP_HOST`, `VETTING_SMTP_FROM` (the sender's address); `VETTING_SMTP_SECURITY` is `starttls` unless it says
`tls` or `none`; `VETTING_SMTP_PORT` is then 587, 465 or 25; `VETTING_SMTP_USER` and `VETTING_SMTP_PASSWORD` where the
server asks who sends. The password is read here, used once, and kept nowhere.
"""

import smtplib
import ssl
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import NamedTuple

from vetting.refusals import Refusal

PORTS = {"starttls": 587, "tls": 465, "none": 25}  # RFC 6409, RFC 8314 and RFC 5321
SECONDS = 30.0  # assumed: until a mail server that does not answer is given up


class MailServer(NamedTuple):
    host: str
    port: int
    security: str
    sender: str
    user: str
    password: str


def is_configured(environ: Mapping[str, str]) -> bool:
    return bool(environ.get("VETTING_SMTP_HOST"))


def server(environ: Mapping[str, str]) -> MailServer:
    """The mail server that the environment names. Raises Refusal when it names none, or not wholly."""
    said = {name: environ.get(f"VETTING_SMTP_{name}", "").strip() for name in ("HOST", "FROM", "SECURITY", "PORT")}
    security = said["SECURITY"].lower() or "starttls"
    if not said["HOST"] or not said["FROM"]:
        raise Refusal("No mail server is named. Set VETTING_SMTP_HOST and VETTING_SMTP_FROM where the program runs.")
    if security not in PORTS:
        raise Refusal("VETTING_SMTP_SECURITY is starttls, tls or none.")
    if said["PORT"] and not (said["PORT"].isascii() and said["PORT"].isdecimal() and 0 < int(said["PORT"]) < 65536):
        raise Refusal("VETTING_SMTP_PORT is a number from 1 to 65535.")
    return MailServer(
        host=said["HOST"],
        port=int(said["PORT"] or PORTS[security]),
        security=security,
        sender=said["FROM"],
        user=environ.get("VETTING_SMTP_USER", ""),
        password=environ.get("VETTING_SMTP_PASSWORD", ""),
    )


def send(through: MailServer, to: Sequence[str], title: str, text: str, now: datetime) -> list[str]:
    """Hand one letter to the mail server; return the addresses it refused. Raises Refusal when it took none."""
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = through.sender, ", ".join(to), title
    letter["Date"] = format_datetime(now.replace(tzinfo=UTC))
    letter["Message-ID"] = make_msgid(domain=through.sender.rpartition("@")[2])
    letter.set_content(text)
    try:
        with _connected(through) as connection:
            if through.user:
                connection.login(through.user, through.password)
            return list(connection.send_message(letter))
    except smtplib.SMTPRecipientsRefused:
        raise Refusal(f"The mail server {through.host} took none of the addresses. Nothing was sent.") from None
    except smtplib.SMTPAuthenticationError:
        raise Refusal(f"The mail server {through.host} did not accept the user and password.") from None
    except (smtplib.SMTPException, OSError) as error:
        raise Refusal(
            f"The mail server {through.host}, port {through.port}, did not take the letter "
            f"({type(error).__name__}). Nothing was sent."
        ) from None


def _connected(through: MailServer) -> smtplib.SMTP:
    if through.security == "tls":
        return smtplib.SMTP_SSL(through.host, through.port, timeout=SECONDS, context=ssl.create_default_context())
    connection = smtplib.SMTP(through.host, through.port, timeout=SECONDS)
    if through.security == "starttls":
        try:
            connection.starttls(context=ssl.create_default_context())
        except BaseException:
            connection.close()
            raise
    return connection
