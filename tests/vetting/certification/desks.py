"""A desk to play certification on: an agency well spoken of, reviewers, and days that pass one act at a time."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from schemas.case import Case, Certificate, Corridor, Scope
from schemas.codes import AssessmentKind, CaseState, PartnerKind, Role, Via
from schemas.standard import load_standard
from schemas.viewer import Viewer
from vetting.certification.cases import move, open_case
from vetting.certification.decide import certify
from vetting.certification.reviews import count_interviews, declare_tie, record_assessment
from vetting.store import Store
from vetting.store.members import add_member
from vetting.store.partners import add_partner
from vetting.store.settings import set_setting

TODAY = date(2026, 11, 22)
AGENCY = "agency-one"
ADMIN = Viewer(role=Role.ADMIN, actor="admin@example.org")
ASHA = Viewer(role=Role.REVIEWER, organisation="body", actor="asha@example.org")
BO = Viewer(role=Role.REVIEWER, organisation="body", actor="bo@example.org")
CAI = Viewer(role=Role.REVIEWER, organisation="body", actor="cai@example.org")
SCOPE = Scope(
    legal_entity="One Agency Ltd",
    sites=("Head office",),
    corridors=(Corridor(origin="NPL", destination="QAT"),),
    sub_agents=("Hill Recruiters",),
)
EVERY_CRITERION = {criterion.crit_code: "Seen." for criterion in load_standard().criteria}
REGISTERED = """
INSERT INTO desk.agency (agency_id, recorded_at, register, licence, name, country, status, valid_until, deployed_12m)
VALUES ($agency_id, $recorded_at, 'register', '0042', 'One Agency', 'NPL', $status, $valid_until, $deployed_12m)
"""
BATCH = """
INSERT INTO desk.batch VALUES ($batch_id, $recorded_at, $partner, 'a', 'f', 'h', 1, $reports, $reports, 0, 0, 0, 0, 0)
"""
TOUCHED = "INSERT INTO desk.batch_agency VALUES ($batch_id, $agency_id, $reports)"
ANSWERS = tuple(f"w{number:02d}" for number in range(1, 23))
REPORTS = f"""
INSERT INTO evidence.report (
    batch_id, line, partner, report_id, agency_id, origin_country, destination_country, interview_date, channel,
    consent_use, consent_reviewer, consent_repayment, consent_contact, verification, raw, content_hash, method,
    charged, repaid, months, known_w03, known_w04, known_w05, {", ".join(ANSWERS)}
)
SELECT
    $batch_id, i + 2, $partner, $batch_id || '-' || i, $agency_id, 'NPL', 'QAT', $interview_date, 'return_survey',
    TRUE, FALSE, FALSE, FALSE, $verification, '', '', 1,
    i < $w01, FALSE, 0.0, TRUE, TRUE, TRUE, {", ".join(f"i < ${code}" for code in ANSWERS)}
FROM range($reports) AS reports (i)
"""


class Desk:
    """The acts under short names. Every act happens a minute after the one before, on `today`."""

    def __init__(self, store: Store, now: datetime) -> None:
        self.store, self.now, self.today = store, now, TODAY

    @property
    def when(self) -> dict:
        self.now += timedelta(minutes=1)
        return {"via": Via.PAGE, "now": self.now, "today": self.today}

    def wait(self, days: int) -> None:
        self.now, self.today = self.now + timedelta(days=days), self.today + timedelta(days=days)

    def found_the_house(self) -> None:
        """Reviewers, partners, the operating body's name and one licensed agency."""
        at = {"via": Via.CLI, "now": self.now}
        set_setting(self.store, ADMIN, "operating_body", "Fair Passage Council", **at)
        for reviewer in (ASHA, BO, CAI):
            add_member(self.store, ADMIN, email=reviewer.actor, name="", role=Role.REVIEWER, organisation="body", **at)
        for partner, kind in (("sunrise", PartnerKind.NGO), ("dockers", PartnerKind.UNION)):
            add_partner(self.store, ADMIN, partner=partner, kind=kind, name=partner.title(), **at)
        self.register()

    def register(self, status: str = "valid", deployed_12m: int | None = 90, valid_until: date | None = None) -> None:
        """What the licence register says of the agency from now on."""
        self.now += timedelta(minutes=1)
        said = {"status": status, "deployed_12m": deployed_12m, "valid_until": valid_until}
        self.store.cursor().execute(REGISTERED, {"agency_id": AGENCY, "recorded_at": self.now} | said)

    def report(
        self,
        partner: str = "sunrise",
        reports: int = 150,
        verification: str = "self_report",
        interviewed: date | None = None,
        **adverse: int,
    ) -> None:
        """Workers report: everything is well, but for the first so many of the answers named (`w07=5`)."""
        self.now += timedelta(minutes=1)
        batch = {"batch_id": f"{partner}-{self.now:%y%m%d%H%M}", "partner": partner, "agency_id": AGENCY}
        counts: Mapping[str, int] = dict.fromkeys(ANSWERS, 0) | adverse
        heard = {"interview_date": interviewed or self.today - timedelta(days=30), "verification": verification}
        db = self.store.cursor()
        db.execute(REPORTS, batch | heard | counts | {"reports": reports})
        sent = {key: batch[key] for key in ("batch_id", "partner")}
        db.execute(BATCH, sent | {"recorded_at": self.now, "reports": reports})
        db.execute(TOUCHED, {"batch_id": batch["batch_id"], "agency_id": AGENCY, "reports": reports})

    def open(self) -> Case:
        return open_case(self.store, ASHA, agency_id=AGENCY, scope=SCOPE, reason="They applied.", **self.when)

    def go(self, case: Case, *states: CaseState, by: Viewer = ASHA) -> Case:
        for state in states:
            case = move(self.store, by, case.case_id, state, f"Ready to be {state}.", **self.when)
        return case

    def under_review(self) -> Case:
        """A case in on-site review, about an agency that two partners' workers speak well of."""
        self.report("sunrise")
        self.report("dockers")
        return self.go(
            self.open(), CaseState.APPLIED, CaseState.ACCEPTED, CaseState.DOCUMENT_REVIEW, CaseState.ON_SITE_REVIEW
        )

    def assess(self, case: Case, completed_on: date | None = None, criteria: Mapping[str, str] = EVERY_CRITERION):
        return record_assessment(
            self.store,
            ASHA,
            case.case_id,
            kind=AssessmentKind.ON_SITE_REVIEW,
            completed_on=completed_on or self.today,
            assessor="Field Audits",
            chosen_by="the council",
            paid_by="the agency",
            criteria=criteria,
            **self.when,
        )

    def interview(self, case: Case, interviewed: int = 10):
        return count_interviews(self.store, ASHA, case.case_id, interviewed, **self.when)

    def declare(self, reviewer: Viewer, tied: bool = False, note: str = ""):
        return declare_tie(self.store, reviewer, AGENCY, tied, note, **self.when)

    def ready(self) -> Case:
        """A case in on-site review that nothing stands in the way of."""
        case = self.under_review()
        self.assess(case)
        self.interview(case)
        self.declare(ASHA)
        self.declare(BO)
        return case

    def recommended(self) -> Case:
        return self.go(self.ready(), CaseState.RECOMMENDED)

    def certified(self) -> tuple[Case, Certificate]:
        case = self.recommended()
        certificate = certify(self.store, BO, case.case_id, "All criteria are met.", **self.when)
        return case.model_copy(update={"state": CaseState.CERTIFIED}), certificate

    def count(self, table: str) -> int:
        """How many rows a table of the desk has: `count("trail")`."""
        statement = f"SELECT count(*) FROM desk.{table}"
        return self.store.cursor().execute(statement).fetchall()[0][0]

    def state(self, case: Case) -> str:
        newest = "SELECT arg_max(to_state, recorded_at) FROM desk.case_move WHERE case_id = $case_id"
        return self.store.cursor().execute(newest, {"case_id": case.case_id}).fetchall()[0][0]
