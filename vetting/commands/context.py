"""One command being carried out: on which store, from which folder, at what moment, and what it says.

The same function carries a command out in a terminal's own process and in the dashboard's, so both say the same.
"""

import contextlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, BinaryIO, cast
from zoneinfo import ZoneInfo

import typer

from schemas.clocks import read_moment
from schemas.codes import Role
from schemas.viewer import Viewer
from vetting.address import Address, find_address
from vetting.opening import open_existing
from vetting.refusals import Refusal
from vetting.store import Store
from vetting.store.settings import fetch_settings

OPERATOR = "operator"


@dataclass
class Counter:
    """Where a command meets the house. `owned` is the store of the process that carries it out, if that has one."""

    folder: Path
    now: datetime
    environ: Mapping[str, str]
    owned: Store | None = None
    database: str | None = None
    said: list[str] = field(default_factory=list)
    noted: list[str] = field(default_factory=list)

    def address(self) -> Address:
        named = None if self.database is None else os.fspath(self.path(self.database))
        return find_address(self.environ, named)

    @contextlib.contextmanager
    def store(self) -> Iterator[Store]:
        """The store: the process's own, else opened for this command alone. Raises StoreLocked, Refusal."""
        if self.owned is not None:
            yield self.owned
            return
        with contextlib.closing(open_existing(self.address())) as opened:
            yield opened

    def path(self, text: str) -> Path:
        """A path as the person meant it: from the folder the command was given in."""
        if text.split(":", 1)[0].lower() in ("postgres", "postgresql", "ducklake"):
            return Path(text)
        return self.folder / Path(text).expanduser()

    def read(self, text: str) -> bytes:
        path = self.path(text)
        try:
            return path.read_bytes()
        except FileNotFoundError:
            raise Refusal(f"There is no file {path}.") from None
        except OSError as error:
            raise Refusal(f"{path} cannot be read: {error.strerror or error}.") from None

    def write(self, text: str, data: bytes) -> None:
        """A new file, and say so; nothing is ever overwritten."""
        path = self.path(text)
        try:
            with path.open("xb") as file:
                file.write(data)
        except FileExistsError:
            raise Refusal(f"{path} exists already, and nothing is overwritten. Name a new file.") from None
        self.say(f"{path} ({len(data):,} bytes)")

    @contextlib.contextmanager
    def opened(self, text: str) -> Iterator[BinaryIO]:
        """A file that is read bit by bit."""
        path = self.path(text)
        try:
            file = path.open("rb")
        except FileNotFoundError:
            raise Refusal(f"There is no file {path}.") from None
        with file:
            yield file

    def today(self, store: Store) -> date:
        return today_in(store, self.now)

    def say(self, text: str) -> None:
        self.said.append(text + "\n")

    def note(self, text: str) -> None:
        """Beside what is said, which may be read by a program: on the error output."""
        self.noted.append(text + "\n")

    def say_json(self, value: Any) -> None:
        self.say(json.dumps(value, ensure_ascii=False, indent=2, default=str))


class Reader(StrEnum):
    """Through whose eyes figures are read: a reviewer's live ones, or a buyer's release."""

    REVIEWER = "reviewer"
    BUYER = "buyer"


class Unfit(Refusal):
    """The command has said all there is to say on its output; this is the one-line reason why it ends with 1."""


def today_in(store: Store, now: datetime) -> date:
    """Today is a day where the operating body works: the setting `time_zone`."""
    zone = ZoneInfo(fetch_settings(store.cursor()).time_zone)
    return now.replace(tzinfo=ZoneInfo("UTC")).astimezone(zone).date()


def counter(context: typer.Context) -> Counter:
    return cast(Counter, context.obj)


def operator(actor: str, role: Role = Role.ADMIN, organisation: str = "") -> Viewer:
    """The command line is the operator's: it acts in the role the command needs, under the name that was given."""
    if not actor.strip():
        raise Refusal("--actor is empty: the trail needs a name.")
    return Viewer(role=role, organisation=organisation, actor=actor)


def parse_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no day. Write it as 2026-03-31.") from None


def parse_moment(text: str) -> datetime:
    """A moment in UTC; a day alone means its end."""
    try:
        return read_moment(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no moment. Write it as 2026-03-31T12:00 (UTC), or a day.") from None


def _choose(context: typer.Context, value: str | None) -> str | None:
    """--database may stand before the command and after it; the later one counts."""
    if value is not None:
        counter(context).database = value
    return value


Database = Annotated[
    str | None,
    typer.Option(
        "--database",
        metavar="PATH",
        callback=_choose,
        help="The database file. Default: $VETTING_DATABASE, else var/sample.duckdb.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Say it as JSON.")]
Actor = Annotated[str, typer.Option("--actor", metavar="NAME", help="Who does it, as the trail will name them.")]
Reason = Annotated[str, typer.Option("--reason", metavar="R", help="Why, as the trail will keep it.")]
Partner = Annotated[str, typer.Option("--partner", metavar="P", help="The code of the partner whose files these are.")]
Day = Annotated[date, typer.Option(parser=parse_day, metavar="YYYY-MM-DD")]
