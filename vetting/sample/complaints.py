"""What was complained of in the sample country? Each complaint and step of `complaints.toml`, by its real act."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from typing import Any

from schemas.codes import Via
from schemas.complaint import ComplaintState, Draft
from schemas.viewer import PUBLIC, Viewer
from vetting.certification.complaint_publishing import record_reply
from vetting.certification.complaint_review import confirm_outcome, dismiss, propose_outcome, take_up
from vetting.certification.complaints import file_complaint
from vetting.certification.reviews import declare_tie
from vetting.sample.dates import Calendar
from vetting.store import Store
from vetting.store.agencies import fetch_agencies

FILE = Path(__file__).resolve().parents[2] / "sample_data" / "complaints.toml"
NOON = time(12, 0)
Step = Mapping[str, Any]


def events(
    store: Store, calendar: Calendar, reviewers: Mapping[str, Viewer]
) -> Iterator[tuple[datetime, Callable[[], object]]]:
    """Every complaint and step with its moment, in the sample's own dates."""
    desk = _Desk(store, calendar, reviewers)
    for number, complaint in enumerate(tomllib.loads(FILE.read_text(encoding="utf-8"))["complaint"]):
        yield datetime.combine(complaint["on"], NOON), partial(desk.file, number, complaint)
        for step in complaint["steps"]:
            yield datetime.combine(step["on"], NOON), partial(desk.do, number, complaint, step)


class _Desk:
    """Knows which complaint each later step speaks of."""

    def __init__(self, store: Store, calendar: Calendar, reviewers: Mapping[str, Viewer]) -> None:
        self._store, self._calendar, self._reviewers = store, calendar, reviewers
        self._complaints: dict[int, str] = {}

    def file(self, number: int, complaint: Step) -> None:
        origin, _, destination = complaint.get("corridor", "").partition("-")
        happened: date | None = complaint.get("happened_in")
        draft = Draft(
            agency_id=self._agency(complaint),
            subject=complaint["subject"],
            text=complaint["text"],
            happened_in=None if happened is None else self._calendar.day(happened).replace(day=1),
            origin=origin or None,
            destination=destination or None,
            reporter=complaint.get("reporter"),
        )
        when = self._at(complaint)
        kept = file_complaint(
            self._store, PUBLIC, draft, visit=str(number), today=self._calendar.day(complaint["on"]), **when
        )
        self._complaints[number] = kept.complaint_id

    def do(self, number: int, complaint: Step, step: Step) -> None:
        """Whoever acts says first, once more, that there is no tie."""
        viewer, when, agency_id = self._reviewers[step["by"]], self._at(step), self._agency(complaint)
        declare_tie(self._store, viewer, agency_id, False, today=self._calendar.day(step["on"]), **when)
        about = (self._store, viewer, self._complaints[number])
        match step["do"]:
            case "take_up":
                take_up(*about, step["reason"], shown=step["shown"], **when)
            case "dismiss":
                dismiss(*about, step["reason"], step["answer"], **when)
            case "propose":
                outcome = ComplaintState(step["outcome"])
                propose_outcome(*about, outcome, step["reason"], step["answer"], **when)
            case "confirm":
                confirm_outcome(*about, step["reason"], **when)
            case "reply":
                record_reply(*about, step["text"], **when)

    def _agency(self, complaint: Step) -> str:
        known = fetch_agencies(self._store.cursor())
        return next(each.agency_id for each in known if each.licence == complaint["agency"])

    def _at(self, step: Step) -> dict[str, Any]:
        return {"via": Via.PAGE, "now": self._calendar.moment(step["on"], NOON)}
