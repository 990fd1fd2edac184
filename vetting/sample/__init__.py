"""How does the sample country come to life? Its history is replayed, oldest first, through the real acts.

Nothing is written past the doors everybody uses, so the sample has a trail, knowledge times and releases like any
other store. All dates shift by whole quarters with `today` (vetting/sample/dates.py).
"""

import csv
import hashlib
import tomllib
from collections.abc import Iterator
from datetime import date, datetime, time
from functools import partial
from operator import itemgetter
from pathlib import Path
from typing import Any

from schemas.codes import Action, PartnerKind, Role, Via
from schemas.trail import Entry
from schemas.viewer import Viewer
from vetting.certification.keys import rotate_key
from vetting.disclosure.release import publish
from vetting.intake.check import check
from vetting.intake.commit import commit
from vetting.intake.withdraw import withdraw
from vetting.refusals import Refusal
from vetting.sample import complaints
from vetting.sample.cases import Desk, Event
from vetting.sample.dates import ANCHOR, QUARTER_IN_NAME, Calendar, calendar_for
from vetting.scoring.live import paused, rescore
from vetting.store import Moment, Store, act
from vetting.store.agencies import fetch_agencies, import_register
from vetting.store.members import add_member
from vetting.store.partners import add_partner
from vetting.store.settings import set_setting
from vetting.store.terms import accept_terms, terms_to_accept

FOLDER = Path(__file__).resolve().parents[2] / "sample_data"
BEGINNING = date(2022, 10, 3)
OLDEST_TODAY = date(2016, 1, 1)  # the sample's oldest recruitments would lie before the first interview allowed
RELEASES = range(-10, -2)  # quarters before the anchor whose ends were released, each after the lag of a quarter
EVENING = time(17, 0)
ADDRESS = "http://localhost:8501"  # where `make run` shows it; every certificate of the sample says so


def load_sample(store: Store, today: date) -> None:
    """Fill an empty, migrated store with the sample country as it stands on `today`."""
    if today < OLDEST_TODAY:
        raise Refusal(f"The sample cannot be dated before {OLDEST_TODAY.isoformat()}. Give a later day with --today.")
    _Replay(store, calendar_for(today)).run(today)


def sample_file(path: str, today: date) -> bytes:
    """A file of `sample_data/`, dated for a sample of `today`: what the browser story and a tutorial upload."""
    return calendar_for(today).file((FOLDER / path).read_bytes())


class _Replay:
    def __init__(self, store: Store, calendar: Calendar) -> None:
        self._store, self._calendar = store, calendar
        self._cases: dict[str, Any] = tomllib.loads((FOLDER / "cases.toml").read_text(encoding="utf-8"))
        self._members = _rows("members.csv")
        self._batches: dict[str, str] = {}

    def run(self, today: date) -> None:
        self._found()
        self._agencies = fetch_agencies(self._store.cursor())
        with paused():
            for _, happen in sorted(self._events(), key=itemgetter(0)):
                happen()
        rescore(self._store, None, today)

    def _found(self) -> None:
        """The first day: the store says that it is a sample, and registers, partners and members are there."""
        now = self._calendar.moment(BEGINNING, time(7, 0))
        admin = Viewer(role=Role.ADMIN, organisation="", actor=self._actor(Role.ADMIN))
        act(self._store, _created, actor=admin.actor, via=Via.CLI, now=now)
        settings = {
            "sample": "true",
            "operating_body": self._cases["deciding_body"],
            "time_zone": self._cases["time_zone"],
            "public_address": ADDRESS,
        }
        for name, value in settings.items():
            set_setting(self._store, admin, name, value, via=Via.CLI, now=now)
        rotate_key(self._store, admin, via=Via.CLI, now=now)
        register = self._calendar.file((FOLDER / "agencies.csv").read_bytes())
        import_register(self._store, admin, register, "sample", file_name="agencies.csv", via=Via.CLI, now=now)
        for row in _rows("partners.csv"):
            kind = PartnerKind(row["kind"])
            add_partner(self._store, admin, partner=row["partner"], kind=kind, name=row["name"], via=Via.CLI, now=now)
        for row in self._members:
            person = {"email": row["email"], "name": row["name"], "organisation": row["organisation"]}
            add_member(self._store, admin, **person, role=Role(row["role"]), via=Via.CLI, now=now)
        for row in _rows("partners.csv"):
            partner, read = self._sender(row["partner"]), terms_to_accept(self._store.cursor(), row["partner"])
            accept_terms(self._store, partner, [each.hash for each in read], via=Via.PAGE, now=now)

    def _events(self) -> Iterator[Event]:
        reviewers = {
            row["name"][0].lower(): Viewer(role=Role.REVIEWER, organisation=row["organisation"], actor=row["email"])
            for row in self._members
            if row["role"] == Role.REVIEWER
        }
        yield from Desk(self._store, self._calendar, reviewers).events(self._cases)
        yield from complaints.events(self._store, self._calendar, reviewers)
        for minute, path in enumerate(sorted((FOLDER / "reports").glob("*.csv"))):
            sent = datetime.combine(_end_of_sending(path.stem), time(9 + minute // 60, minute % 60))
            yield sent, partial(self._send, path, sent)
        for withdrawal in self._cases["withdrawal"]:
            yield datetime.combine(withdrawal["on"], EVENING), partial(self._withdraw, withdrawal)
        for quarter in RELEASES:
            day = _quarter_start(quarter + 2).replace(day=6)
            yield datetime.combine(day, EVENING), partial(self._release, reviewers["i"], quarter, day)

    def _send(self, path: Path, sent: datetime) -> None:
        """A partner's file comes in, is checked as of its day and committed."""
        partner = path.stem.rsplit("-", 2)[0]
        data, name = self._calendar.file(path.read_bytes()), self._calendar.file_name(path.name)
        today = self._calendar.day(sent.date())
        receipt = commit(
            self._store,
            check(data, name, agencies=self._agencies, today=today),
            partner=partner,
            viewer=self._sender(partner),
            via=Via.PAGE,
            now=self._calendar.moment(sent.date(), sent.time()),
            file_name=name,
            file_hash=hashlib.sha256(data).hexdigest(),
        )
        if receipt.batch_id is not None:
            self._batches[path.name] = receipt.batch_id

    def _withdraw(self, withdrawal: dict[str, Any]) -> None:
        batch, day = self._batches[withdrawal["file"]], withdrawal["on"]
        partner = Path(withdrawal["file"]).stem.rsplit("-", 2)[0]
        now = self._calendar.moment(day, EVENING)
        withdraw(self._store, batch, viewer=self._sender(partner), via=Via.PAGE, now=now, reason=withdrawal["reason"])

    def _release(self, reviewer: Viewer, quarter: int, day: date) -> None:
        as_of = self._calendar.day(date.fromordinal(_quarter_start(quarter + 1).toordinal() - 1))
        now, today = self._calendar.moment(day, EVENING), self._calendar.day(day)
        publish(self._store, reviewer, as_of=as_of, via=Via.PAGE, now=now, today=today)

    def _sender(self, partner: str) -> Viewer:
        return Viewer(role=Role.PARTNER, organisation=partner, actor=self._actor(Role.PARTNER, partner))

    def _actor(self, role: Role, organisation: str | None = None) -> str:
        """A member's address; partners without a member in the sample send under a desk's."""
        for row in self._members:
            if row["role"] == role and organisation in (None, row["organisation"]):
                return row["email"]
        return f"desk@{organisation}.example"


def _created(moment: Moment) -> tuple[Entry, None]:
    return Entry(action=Action.STORE_INIT, subject="store", after={"sample": True}), None


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _end_of_sending(stem: str) -> date:
    """Files of a quarter come in on the 28th of its last month."""
    found = QUARTER_IN_NAME.search(stem)
    if found is None:
        raise ValueError(f"{stem} names no quarter")
    return date(int(found[1]), int(found[2]) * 3, 28)


def _quarter_start(quarter: int) -> date:
    index = ANCHOR.year * 12 + ANCHOR.month - 1 + 3 * quarter
    return date(index // 12, index % 12 + 1, 1)
