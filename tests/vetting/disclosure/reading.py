"""A case under review and real files of fee reports, for tests of who may read which single report."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from schemas.case import Case, Corridor, Scope
from schemas.codes import CaseState, PartnerKind, Role, Via
from schemas.single_report import SingleReport
from schemas.viewer import Viewer
from tests.vetting.accepting import accept_for
from tests.vetting.intake.conftest import ADMIN, make_desk
from tests.vetting.intake.files import fee_csv
from vetting import trail
from vetting.certification.cases import move, open_case
from vetting.certification.reviews import declare_tie
from vetting.disclosure.single_reports import open_report, readable_reports
from vetting.intake.check import check
from vetting.intake.commit import commit
from vetting.store import Store
from vetting.store.agencies import fetch_agencies
from vetting.store.members import add_member
from vetting.store.partners import add_partner
from vetting.store.terms import terms_to_accept

RITA = Viewer(role=Role.REVIEWER, organisation="body", actor="rita@body.example")
BO = Viewer(role=Role.REVIEWER, organisation="body", actor="bo@body.example")
OTHERS = tuple(
    Viewer(role=role, organisation="safe-steps", actor="x@body.example") for role in Role if role is not Role.REVIEWER
)
AGREED = {"consent_reviewer": "yes"}
SCOPE = Scope(legal_entity="Himal", sites=("Office",), corridors=(Corridor(origin="NPL", destination="QAT"),))


@dataclass
class Reading:
    """Two agencies, two partners and an employer, and reviewers. Each act happens a minute after the one before."""

    store: Store
    now: datetime
    today: date = field(init=False)
    case: Case = field(init=False)

    def __post_init__(self) -> None:
        self.today = self.now.date()
        make_desk(self.store, self.now)
        add_partner(self.store, ADMIN, partner="owner", kind=PartnerKind.AGENCY, name="Himal", **self.at())
        for reviewer in (RITA, BO):
            add_member(
                self.store, ADMIN, email=reviewer.actor, name="", role=Role.REVIEWER, organisation="body", **self.at()
            )
        self.case = self.opened("Himal Example Overseas")

    def at(self) -> dict[str, Any]:
        self.now += timedelta(minutes=1)
        return {"via": Via.PAGE, "now": self.now}

    def when(self) -> dict[str, Any]:
        return self.at() | {"today": self.today}

    def agency(self, name: str) -> str:
        return next(each.agency_id for each in fetch_agencies(self.store.cursor()) if each.name == name)

    def opened(self, name: str) -> Case:
        """A case in document review, whose first reviewer declared to have no tie."""
        agency_id = self.agency(name)
        case = open_case(self.store, RITA, agency_id=agency_id, scope=SCOPE, reason="They applied.", **self.when())
        for state in (CaseState.APPLIED, CaseState.ACCEPTED, CaseState.DOCUMENT_REVIEW):
            self.move(state, case)
        self.declare(RITA, case)
        return case

    def move(self, state: CaseState, case: Case | None = None) -> None:
        move(self.store, RITA, (case or self.case).case_id, state, "Ready for it.", **self.when())

    def declare(self, viewer: Viewer, case: Case | None = None, *, tied: bool = False) -> None:
        agency_id = (case or self.case).agency_id
        declare_tie(self.store, viewer, agency_id, tied, "A cousin." if tied else "", **self.when())

    def send(self, *changes: dict[str, str], partner: str = "safe-steps") -> str:
        """A file of good rows about Himal, R1, R2, …, with each one's changes; returns its batch."""
        return self.send_file(fee_csv(*changes), partner)

    def send_file(self, data: bytes, partner: str = "safe-steps", **checking: Any) -> str:
        if terms_to_accept(self.store.cursor(), partner):
            accept_for(self.store, partner, self.at()["now"])
        agencies = fetch_agencies(self.store.cursor())
        found = check(data, "reports.csv", agencies=agencies, today=self.today, **checking)
        viewer = Viewer(role=Role.PARTNER, organisation=partner, actor=f"ana@{partner}.example")
        return str(commit(self.store, found, partner=partner, viewer=viewer, **self.at()).batch_id)

    def open(self, viewer: Viewer = RITA, case: Case | None = None, **asked: Any) -> SingleReport:
        asked = {"reason": "To weigh the finding on fees."} | asked
        return open_report(self.store, viewer, (case or self.case).case_id, **asked, **self.when())

    def readable(self, viewer: Viewer = RITA, case: Case | None = None):
        return readable_reports(self.store.cursor(), viewer, (case or self.case).case_id, self.today)

    def numbers(self, case: Case | None = None) -> set[str]:
        """The report_ids that can be opened, opened one by one."""
        total = self.readable(case=case).readable
        return {self.open(case=case, place=place).report_id for place in range(1, total + 1)}

    def trail(self, case: Case | None = None):
        """What the trail says of the case, oldest first."""
        return trail.fetch_about(self.store.cursor(), (case or self.case).case_id)
