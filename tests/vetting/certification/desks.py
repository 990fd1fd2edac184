"""A desk to play certification on: an agency well spoken of, reviewers, and days that pass one act at a time.

The stages most tests begin from are played once per store mode, by the real acts, and copied for each test.
"""

import shutil
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from schemas.case import Case, Certificate, Corridor, Finding, Scope
from schemas.codes import Action, ActionState, AssessmentKind, CaseState, PartnerKind, Role, Sex, Via
from schemas.interview_draw import Stratum
from schemas.standard import load_standard
from schemas.trail import Entry
from schemas.viewer import Viewer
from vetting.certification.cases import move, open_case
from vetting.certification.decide import certify
from vetting.certification.evidence import Given
from vetting.certification.findings import act_on_finding
from vetting.certification.interview_draw import count_stratum, draw_sample
from vetting.certification.keys import rotate_key
from vetting.certification.reviews import declare_tie, record_assessment
from vetting.store import Moment, Store, act, open_store
from vetting.store.interview_draws import fetch_draws
from vetting.store.members import add_member
from vetting.store.migrate import migrate
from vetting.store.partners import add_partner
from vetting.store.settings import set_setting

Played = TypeVar("Played")
NOW = datetime(2026, 11, 22, 9, 0)
TODAY = NOW.date()
AGENCY = "agency-one"
ADMIN = Viewer(role=Role.ADMIN, actor="admin@example.org")
ASHA = Viewer(role=Role.REVIEWER, organisation="body", actor="asha@example.org")
BO = Viewer(role=Role.REVIEWER, organisation="body", actor="bo@example.org")
OTHERS = tuple(
    Viewer(role=role, organisation="sunrise", actor="x@example.org") for role in Role if role is not Role.REVIEWER
)
CAI = Viewer(role=Role.REVIEWER, organisation="body", actor="cai@example.org")
SCOPE = Scope(
    legal_entity="One Agency Ltd",
    sites=("Head office",),
    corridors=(Corridor(origin="NPL", destination="QAT"),),
    sub_agents=("Hill Recruiters",),
)
STRATA = (Stratum(corridor=SCOPE.corridors[0], sex=Sex.MALE, client="Pearl Towers", placed=90),)
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

    def __init__(self, store: Store, now: datetime, stages: "Stages | None" = None) -> None:
        self.store, self.now, self.today = store, now, TODAY
        self.stages, self.fresh = stages, True

    @property
    def when(self) -> dict:
        self.fresh = False
        self.now += timedelta(minutes=1)
        return {"via": Via.PAGE, "now": self.now, "today": self.today}

    def wait(self, days: int) -> None:
        self.now, self.today = self.now + timedelta(days=days), self.today + timedelta(days=days)

    def found_the_house(self) -> None:
        """Reviewers, partners, the operating body's name and address, its key, and one licensed agency."""
        at = {"via": Via.CLI, "now": self.now}
        set_setting(self.store, ADMIN, "operating_body", "Fair Passage Council", **at)
        set_setting(self.store, ADMIN, "public_address", "https://register.example.org", **at)
        rotate_key(self.store, ADMIN, **at)
        for reviewer in (ASHA, BO, CAI):
            add_member(self.store, ADMIN, email=reviewer.actor, name="", role=Role.REVIEWER, organisation="body", **at)
        for partner, kind in (("sunrise", PartnerKind.NGO), ("dockers", PartnerKind.UNION)):
            add_partner(self.store, ADMIN, partner=partner, kind=kind, name=partner.title(), **at)
        self.register()

    def register(self, status: str = "valid", deployed_12m: int | None = 90, valid_until: date | None = None) -> None:
        """What the licence register says of the agency from now on."""
        said = {"agency_id": AGENCY, "status": status, "deployed_12m": deployed_12m, "valid_until": valid_until}
        self.learn(Action.AGENCIES_IMPORT, (REGISTERED, said))

    def report(
        self,
        partner: str = "sunrise",
        reports: int = 150,
        verification: str = "self_report",
        interviewed: date | None = None,
        **adverse: int,
    ) -> None:
        """Workers report: everything is well, but for the first so many of the answers named (`w07=5`)."""
        sent = {"batch_id": f"{partner}-{self.now:%y%m%d%H%M}", "partner": partner}
        counts: Mapping[str, int] = dict.fromkeys(ANSWERS, 0) | adverse
        heard = {"interview_date": interviewed or self.today - timedelta(days=30), "verification": verification}
        rows = {"agency_id": AGENCY, "reports": reports}
        self.store.cursor().execute(REPORTS, sent | rows | counts | heard)
        touched = {"batch_id": sent["batch_id"]} | rows
        self.learn(Action.BATCH_COMMIT, (BATCH, sent | {"reports": reports}), (TOUCHED, touched))

    def learn(self, action: Action, *said: tuple[str, Mapping]) -> None:
        """Write facts in an act of their own, so that they are known from its moment on."""

        def deed(moment: Moment) -> tuple[Entry, None]:
            for statement, values in said:
                at = {"recorded_at": moment.recorded_at} if "$recorded_at" in statement else {}
                moment.db.execute(statement, dict(values) | at)
            return Entry(action=action, subject=AGENCY), None

        act(self.store, deed, actor="test", via=Via.CLI, now=self.when["now"])

    def open(self) -> Case:
        return open_case(self.store, ASHA, agency_id=AGENCY, scope=SCOPE, reason="They applied.", **self.when)

    def go(self, case: Case, *states: CaseState, by: Viewer = ASHA) -> Case:
        for state in states:
            case = move(self.store, by, case.case_id, state, f"Ready to be {state}.", **self.when)
        return case

    def under_review(self) -> Case:
        """A case in on-site review, about an agency that two partners' workers speak well of."""
        return self.at(Desk._under_review)

    def ready(self) -> Case:
        """A case in on-site review that nothing stands in the way of."""
        return self.at(Desk._ready)

    def recommended(self) -> Case:
        return self.at(Desk._recommended)

    def certified(self) -> tuple[Case, Certificate]:
        return self.at(Desk._certified)

    def at(self, stage: "Callable[[Desk], Played]") -> "Played":
        """Play the stage, or take a copy of it if nothing has happened at this desk yet."""
        if not self.fresh or self.stages is None:
            return stage(self)
        return self.stages.set_up(self, stage)

    def _under_review(self) -> Case:
        self.report("sunrise")
        self.report("dockers")
        return self.go(
            self.open(), CaseState.APPLIED, CaseState.ACCEPTED, CaseState.DOCUMENT_REVIEW, CaseState.ON_SITE_REVIEW
        )

    def _ready(self) -> Case:
        case = self._under_review()
        self.assess(case)
        self.interview(case)
        self.declare(ASHA)
        self.declare(BO)
        return case

    def _recommended(self) -> Case:
        return self.go(self._ready(), CaseState.RECOMMENDED)

    def _certified(self) -> tuple[Case, Certificate]:
        case = self._recommended()
        certificate = certify(self.store, BO, case.case_id, "All criteria are met.", **self.when)
        return case.model_copy(update={"state": CaseState.CERTIFIED}), certificate

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

    def draw(self, case: Case, strata: Sequence[Stratum] = STRATA, reason: str = ""):
        return draw_sample(self.store, ASHA, case.case_id, strata, seed="seed", reason=reason, **self.when)

    def interview(self, case: Case, interviewed: int = 10):
        """Count the workers of the sample's only stratum that were heard so far; it is drawn first where it was not."""
        if not fetch_draws(self.store.cursor(), case.case_id):
            self.draw(case)
        return count_stratum(self.store, ASHA, case.case_id, 1, interviewed=interviewed, **self.when)

    def declare(self, reviewer: Viewer, tied: bool = False, note: str = ""):
        return declare_tie(self.store, reviewer, AGENCY, tied, note, **self.when)

    def correct(self, finding: Finding, by: Viewer = ASHA) -> Finding:
        """Take a finding that nobody has acted on to its end, on a document that is named."""
        for to in (ActionState.AGREED, ActionState.DONE, ActionState.VERIFIED, ActionState.CLOSED):
            evidence = [Given("Ledger of repayments, binder 12")] if to is ActionState.VERIFIED else []
            finding = act_on_finding(self.store, by, finding.finding_id, to, "Seen.", evidence=evidence, **self.when)
        return finding

    def count(self, table: str) -> int:
        """How many rows a table of the desk has: `count("trail")`."""
        statement = f"SELECT count(*) FROM desk.{table}"
        return self.store.cursor().execute(statement).fetchall()[0][0]

    def state(self, case: Case) -> str:
        newest = "SELECT arg_max(to_state, recorded_at) FROM desk.case_move WHERE case_id = $case_id"
        return self.store.cursor().execute(newest, {"case_id": case.case_id}).fetchall()[0][0]


class Stages:
    """Each stage as files, per store mode: played the first time it is asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.played = folder, {}

    def desk(self, attached: bool, folder: Path, now: datetime) -> Desk:
        """A desk whose house is founded, in files of its own."""
        desk = Desk(self._opened(attached, folder), now, self)
        self.set_up(desk, Desk.found_the_house)
        desk.fresh = True
        return desk

    def set_up(self, desk: Desk, stage: Callable[[Desk], Played]) -> Played:
        """Bring a desk where nothing has happened yet to the end of `stage`."""
        kept = self.folder / f"{stage.__name__}-{desk.store.attached}"
        if kept not in self.played:
            result = stage(desk)
            desk.store.close()
            shutil.copytree(desk.store.path.parent, kept)
            self.played[kept] = result, desk.now
        result, desk.now = self.played[kept]
        desk.store.close()
        folder = desk.store.path.parent
        shutil.rmtree(folder)
        shutil.copytree(kept, folder)
        desk.store, desk.fresh = self._opened(desk.store.attached, folder), False
        return result

    @staticmethod
    def _opened(attached: bool, folder: Path) -> Store:
        opened = open_store(folder / "a.duckdb", folder / "b.duckdb" if attached else None)
        migrate(opened, NOW)
        return opened
