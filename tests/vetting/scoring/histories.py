"""Random histories through the real acts: everything that a score reads may change, one act after the other.

Another kind of change is one function and its line in ACTS. An act that is refused changes nothing, which is fine.
"""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory

from schemas.codes import ActionState, AssessmentKind, CaseState, Grade, PartnerKind, Role, Via
from schemas.viewer import Viewer
from tests.vetting.certification.desks import ASHA, BO, SCOPE
from tests.vetting.intake.files import fee_csv
from vetting.certification.cases import move, open_case
from vetting.certification.evidence import Given
from vetting.certification.findings import act_on_finding, record_finding
from vetting.certification.proposals import confirm, propose_clearance
from vetting.certification.reviews import declare_tie, record_assessment
from vetting.intake.check import check
from vetting.intake.commit import commit
from vetting.intake.withdraw import withdraw as withdraw_batch
from vetting.merging import merge as merge_agencies
from vetting.merging import split as split_agencies
from vetting.scoring.indicators import BY_CODE
from vetting.scoring.live import paused
from vetting.scoring.score import score
from vetting.store import Store, open_store
from vetting.store.agencies import fetch_agencies, import_register
from vetting.store.exchange_rates import add_rates
from vetting.store.fee_caps import add_caps
from vetting.store.findings import fetch_findings
from vetting.store.members import add_member
from vetting.store.merges import fetch_gone
from vetting.store.partners import add_partner

ADMIN = Viewer(role=Role.ADMIN, actor="admin@example.org")
BEGINNING, TODAY = datetime(2026, 1, 5, 9, 0), date(2026, 11, 22)
LICENCES = ("0012/077", "0099/080", "0123/081")
PARTNERS = ("safe-steps", "union", "ledger")
COUNTING = (PartnerKind.NGO, PartnerKind.UNION, PartnerKind.AUDITOR, PartnerKind.AGENCY)
CRITERIA = ("A.1", "1.1", "2.1", "3.2", "5.1")


class History:
    """A store with three agencies, three partners, two reviewers and a case under review; every act is a day later."""

    def __init__(self, store: Store) -> None:
        self.store, self.now, self.batches = store, BEGINNING, list[str]()
        for reviewer in (ASHA, BO):
            add_member(store, ADMIN, email=reviewer.actor, name="", role=Role.REVIEWER, organisation="body", **self.at)
        for partner in PARTNERS:
            add_partner(store, ADMIN, partner=partner, kind=PartnerKind.NGO, name=partner, **self.at)
        register(self, random.Random(0))
        self.agencies = [agency.agency_id for agency in fetch_agencies(store.cursor())]
        for reviewer in (ASHA, BO):
            for agency in self.agencies:
                declare_tie(store, reviewer, agency, False, **self.when)
        case = open_case(store, ASHA, agency_id=self.agencies[0], scope=SCOPE, reason="Applied.", **self.when)
        for state in ("applied", "accepted", "document_review", "on_site_review"):
            move(store, ASHA, case.case_id, CaseState(state), "Ready.", **self.when)
        self.case_id = case.case_id

    @property
    def at(self) -> dict:
        self.now += timedelta(days=1)
        return {"via": Via.CLI, "now": self.now}

    @property
    def when(self) -> dict:
        return self.at | {"today": self.now.date()}


Act = Callable[[History, random.Random], object]


def send(history: History, rng: random.Random) -> None:
    """Reports of new workers, of workers heard before, and corrections of reports, perhaps about another agency."""
    kind = rng.choice(["good", "mixed", "bad"])
    chance = {"good": 0.0, "mixed": 0.1, "bad": 0.7}[kind]
    rows = []
    for number in rng.sample(range(40), rng.choice([3, 12, 25])):
        bad = rng.random() < chance
        rows.append(
            {
                "report_id": f"R{number}",
                "worker_ref": f"w{rng.randrange(30)}",
                "agency_licence": rng.choice(LICENCES),
                "interview_date": str(date(2025, 3, 1) + timedelta(days=rng.randrange(290))),
                "recruited_month": "2024-09",
                "departed_month": rng.choice(["2024-12", "2025-01"]),
                "destination_country": rng.choice(["QAT", "MYS"]),
                "currency": rng.choice(["NPR", "USD"]),
                "total_paid": "150000" if bad else rng.choice(["0", ""]),
                "actual_wage": "30000",
                "wage_currency": "NPR",
                "wage_period": "month",
                "passport_holder": "employer" if bad else rng.choice(["self", ""]),
                "threats": rng.choice(["yes" if bad else "no", ""]),
                "wages_withheld": rng.choice(["no", ""]),
                "movement_restricted": rng.choice(["no", ""]),
                "verification": rng.choice(["self_report", "receipt_seen", "two_sources", "investigated"]),
            }
        )
    partner = rng.choice(PARTNERS)
    ready = check(fee_csv(*rows), "f.csv", agencies=fetch_agencies(history.store.cursor()), today=TODAY)
    receipt = commit(history.store, ready, partner=partner, viewer=ADMIN, **history.at)
    history.batches += [receipt.batch_id] if receipt.batch_id else []


def withdraw(history: History, rng: random.Random) -> None:
    batch = history.batches.pop(rng.randrange(len(history.batches))) if history.batches else "none"
    withdraw_batch(history.store, batch, viewer=ADMIN, reason="Sent by mistake.", **history.when)


def change_kind(history: History, rng: random.Random) -> None:
    partner, kind = rng.choice(PARTNERS), rng.choice(COUNTING)
    add_partner(history.store, ADMIN, partner=partner, kind=kind, name=partner, **history.at)


def merge(history: History, rng: random.Random) -> None:
    gone, into = rng.sample(history.agencies, 2)
    merge_agencies(history.store, ADMIN, gone, into, "Same owner.", **history.when)


def split(history: History, rng: random.Random) -> None:
    gone = rng.choice(fetch_gone(history.store.cursor()) or ["none"])
    split_agencies(history.store, ADMIN, gone, "Two firms.", **history.when)


def register(history: History, rng: random.Random) -> None:
    """New names, aliases, licences that run out, deployments; at times one more agency."""
    lines = [
        f"{licence},Agency {licence} {rng.choice(['Ltd', 'Pvt'])},NPL,{rng.choice(['valid', 'suspended'])},2020-01-01,"
        f"{rng.choice(['2026-03-01', '2027-06-30'])},{rng.choice(['', 'Other Name'])},{rng.choice(['', '90', '700'])}"
        for licence in (*LICENCES, *rng.choice([(), (f"9{rng.randrange(3)}/090",)]))
    ]
    text = "licence,name,country,status,valid_from,valid_until,aliases,deployed_12m\n" + "\n".join(lines)
    import_register(history.store, ADMIN, text.encode(), "np", **history.at)


def find(history: History, rng: random.Random) -> None:
    code, grade = rng.choice(CRITERIA), rng.choice(list(Grade))
    record_finding(history.store, ASHA, history.case_id, crit_code=code, grade=grade, statement="Seen.", **history.when)


def correct(history: History, rng: random.Random) -> None:
    """A finding is agreed on, or corrected to the end."""
    open_ones = [finding for finding in fetch_findings(history.store.cursor()) if finding.is_open]
    finding_id, steps = rng.choice([each.finding_id for each in open_ones] or ["none"]), rng.choice([1, 4, 4])
    evidence = [Given("Ledger of repayments")]
    for state in (ActionState.AGREED, ActionState.DONE, ActionState.VERIFIED, ActionState.CLOSED)[:steps]:
        act_on_finding(
            history.store, ASHA, finding_id, state, "Seen.", agreed_due=date(2027, 6, 1), evidence=evidence,
            **history.when,
        )  # fmt: skip


def assess(history: History, rng: random.Random) -> None:
    record_assessment(
        history.store,
        ASHA,
        history.case_id,
        kind=AssessmentKind.ON_SITE_REVIEW,
        completed_on=history.now.date() - timedelta(days=rng.choice([0, 3])),
        assessor="Field Audits",
        chosen_by="the council",
        paid_by="the agency",
        criteria=dict.fromkeys(rng.sample(CRITERIA, 3), "Seen."),
        **history.when,
    )


def clear(history: History, rng: random.Random) -> None:
    """Two reviewers declare a gate answered that reports have opened."""
    scores = score(history.store.cursor(), as_of=history.now.date())
    gates = [(each.agency_id, code) for each in scores for code in each.gates if code in BY_CODE]
    agency, indicator = rng.choice(gates or [("none", "W01")])
    proposal = propose_clearance(history.store, ASHA, agency, indicator, "Repaid.", **history.when)
    confirm(history.store, BO, proposal.proposal_id, "Repaid, as seen.", **history.when)


def rates(history: History, rng: random.Random) -> None:
    """A rate for dollars paid against wages in rupees: it counts for reports that are sent afterwards."""
    line = f"NPR,2024-{rng.randrange(7, 9):02}-{rng.randrange(10, 29)},{rng.randrange(50, 400)},a bank,month_end"
    text = f"currency,rate_date,per_usd,source,kind\n{line}\n"
    add_rates(history.store, ADMIN, text.encode(), "rates.csv", **history.when)


def caps(history: History, rng: random.Random) -> None:
    """A legal rule of one name, with another amount each time: it counts for reports that are sent afterwards."""
    head = (
        "rule,origin,destination,category,kind,amount,unit,maximum,currency,valid_from,valid_to,in_force_by,cap_scope,"
        "includes,binds,confidence,source"
    )
    line = f"made,NPL,QAT,all,amount,{rng.randrange(100, 200_000)},once,,NPR,2020-01-01,,,total_cost,,NPL,low,made up"
    add_caps(history.store, ADMIN, f"{head}\n{line}\n".encode(), "caps.csv", **history.at)


ACTS: tuple[Act, ...] = (
    send,
    withdraw,
    change_kind,
    merge,
    split,
    register,
    find,
    correct,
    assess,
    clear,
    rates,
    caps,
)


@contextmanager
def beginning(migrated: Path) -> Iterator[History]:
    """A history where nothing has happened yet, in a file of its own; lists of live headlines are not kept."""
    with TemporaryDirectory() as folder:
        store = open_store(Path(copy(migrated / "fair-passage.duckdb", folder)))
        try:
            with paused():
                yield History(store)
        finally:
            store.close()
