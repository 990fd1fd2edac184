"""Saying outside what the newest entry is: in a statement to keep, by e-mail, and to everybody once a day."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from schemas.codes import Action, Role, Via
from schemas.setting import Settings
from schemas.trail import Entry, HeadStatement, TrailRow
from schemas.viewer import Viewer
from vetting import mail
from vetting.disclosure.roles import require
from vetting.refusals import NotFound, Refusal
from vetting.store.act import Moment, act
from vetting.store.connect import Cursor, Store
from vetting.store.settings import fetch_settings
from vetting.trail.chain import head, head_before

SENT_ON = """
SELECT count(*)
FROM desk.trail
WHERE action = $action AND subject = $day AND actor = $actor
"""


def state_head(db: Cursor, now: datetime) -> HeadStatement:
    """The newest entry as it is stated now. Raises NotFound in an empty trail."""
    newest = head(db)
    if newest is None:
        raise NotFound("The trail is empty: there is no head yet.")
    return HeadStatement(
        operating_body=fetch_settings(db).operating_body,
        seq=newest.seq,
        recorded_at=newest.recorded_at,
        hash=newest.hash,
        stated_at=now,
    )


def as_text(statement: HeadStatement) -> str:
    """The statement in words, to be kept by whoever may doubt the trail one day."""
    return (
        f"Head of the trail of {statement.operating_body}\n\n"
        f"Stated on:  {_moment(statement.stated_at)}\n"
        f"Entry:      {statement.seq}, written {_moment(statement.recorded_at)}\n"
        f"SHA-256:    {statement.hash}\n\n"
        "Keep this. Whoever has it can show later that nothing up to this entry was altered, removed, inserted or\n"
        "moved since:\n\n"
        f"    python -m vetting trail verify --head {statement.hash}\n"
    )


def publish_to(store: Store, viewer: Viewer, path: Path, *, via: Via, now: datetime) -> HeadStatement:
    """Write the statement to a new file: JSON where its name ends so, else words. Raises Refusal when it exists."""
    require(viewer, Role.ADMIN)
    statement = state_head(store.cursor(), now)
    text = statement.model_dump_json(indent=2) + "\n" if path.suffix.lower() == ".json" else as_text(statement)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise Refusal(f"{path} exists already, and nothing is overwritten. Name a new file.") from None
    try:
        _record(store, viewer.actor, statement, path.name, {"to": "a file"}, via, now)
    except BaseException:
        path.unlink()
        raise
    return statement


def send(
    store: Store, viewer: Viewer, environ: Mapping[str, str], *, via: Via, now: datetime, subject: str = "e-mail"
) -> tuple[HeadStatement, list[str], list[str]]:
    """E-mail the statement to the setting `head_recipients`; return it, whom it reached, and whom the mail server
    refused. `subject` is what the trail calls it by. Raises Refusal when nobody is to get it or nobody did."""
    require(viewer, Role.ADMIN)
    db = store.cursor()
    statement, recipients = state_head(db, now), fetch_settings(db).recipients()
    if not recipients:
        raise Refusal("Nobody is to get it. Name them: `settings set head_recipients ada@example.org,bo@example.org`.")
    title = f"Trail head of {statement.operating_body}, {statement.stated_at:%Y-%m-%d}"
    refused = mail.send(mail.server(environ), recipients, title, as_text(statement), now)
    reached = [each for each in recipients if each not in refused]
    _record(store, viewer.actor, statement, subject, {"to": reached}, via, now)
    return statement, reached, refused


def send_daily(store: Store, viewer: Viewer, environ: Mapping[str, str], now: datetime, today: date) -> bool:
    """By the clock: once a day, where a mail server and somebody to write to are named. True when it was sent."""
    db, day = store.cursor(), today.isoformat()
    if not mail.is_configured(environ) or not fetch_settings(db).recipients():
        return False
    asked = {"action": Action.HEAD_PUBLISH.value, "day": day, "actor": viewer.actor}
    if db.execute(SENT_ON, asked).fetchall()[0][0]:
        return False
    send(store, viewer, environ, via=Via.CLOCK, now=now, subject=day)
    return True


def head_of_yesterday(db: Cursor, settings: Settings, today: date) -> TrailRow | None:
    """The newest entry before today began where the operating body works: what everybody may read. The head of this
    moment would tell the hour of every act."""
    begins = datetime.combine(today, time.min, ZoneInfo(settings.time_zone)).astimezone(UTC).replace(tzinfo=None)
    return head_before(db, begins)


def _record(
    store: Store,
    actor: str,
    statement: HeadStatement,
    subject: str,
    to: Mapping[str, object],
    via: Via,
    now: datetime,
) -> None:
    def deed(_: Moment) -> tuple[Entry, None]:
        after = {"seq": statement.seq, "hash": statement.hash} | dict(to)
        return Entry(action=Action.HEAD_PUBLISH, subject=subject, after=after), None

    act(store, deed, actor=actor, via=via, now=now)


def _moment(value: datetime) -> str:
    return f"{value.day} {value:%B %Y, %H:%M:%S.%f} UTC"
