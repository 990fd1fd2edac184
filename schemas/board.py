"""The board of corrective actions: what every open finding waits for, and on whom."""

from datetime import date, datetime
from enum import StrEnum

from schemas.case import Finding
from schemas.case_page import WaitsOn
from schemas.record import Record


class Stage(StrEnum):
    """What an open finding waits for, the most urgent first. It rests where the agency has no case under way: it stays
    open, and meets the agency again when that applies."""

    LATE = "late"
    TO_VERIFY = "to_verify"
    TO_CLOSE = "to_close"
    TO_AGREE = "to_agree"
    DUE = "due"
    RESTS = "rests"
    NO_DATE = "no_date"


class BoardRow(Record):
    """One open finding. `due_on`: the date agreed, else the scheme's, None where nothing is asked for; `days`: until it
    is due, below 0 late. `owner`: the reviewer who recorded or imported it. `since`: of its last step."""

    finding: Finding
    agency: str
    licence: str
    stage: Stage
    on: WaitsOn
    due_on: date | None
    days: int | None
    owner: str
    since: datetime


class Chosen(Record):
    """Which rows: None and empty mean all of them."""

    stage: Stage | None = None
    grades: tuple[str, ...] = ()
    agency: str | None = None
    owner: str | None = None

    @property
    def said(self) -> str:
        """The filters as an export tells them."""
        told = {"stage": self.stage, "grades": " ".join(self.grades), "agency": self.agency, "owner": self.owner}
        return "; ".join(f"{name}={value or 'all'}" for name, value in told.items())
