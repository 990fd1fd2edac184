"""What an agency says of itself when it applies. It stands beside what reviewers found and counts in no score."""

from collections.abc import Mapping
from datetime import date, datetime

from schemas.record import Record
from schemas.review_codes import SelfAnswer


class CapacityStatement(Record):
    """The level of capacity building an agency states (a code of schemas.review_sheet) and what that rests on."""

    case_id: str
    recorded_at: datetime
    level: str
    rests_on: str
    actor: str


class SelfAnswered(Record):
    """What the agency says of one element of its management under one criterion."""

    crit_code: str
    element: str
    answer: SelfAnswer


class SelfAssessment(Record):
    """An agency's own sheet as it came in; a later one stands in its place. A cell that is not in it, or says so, is
    not answered: that is never "not in place"."""

    case_id: str
    recorded_at: datetime
    received_on: date
    actor: str
    answers: tuple[SelfAnswered, ...]

    def by_cell(self) -> Mapping[tuple[str, str], SelfAnswer]:
        return {(each.crit_code, each.element): each.answer for each in self.answers}


class Application(Record):
    """Both are None while nobody has stated them: never none, never the lowest level."""

    capacity: CapacityStatement | None = None
    self_assessment: SelfAssessment | None = None
