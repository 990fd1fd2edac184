"""A refused attempt changes nothing and leaves one entry: what was tried, by whom, and what stood in the way."""

import json
from collections.abc import Callable

import pytest

from schemas.case import Case
from schemas.codes import CaseState, Grade, ProposalKind
from schemas.viewer import Viewer
from tests.vetting.certification.desks import AGENCY, ASHA, BO, CAI, OTHERS, Desk
from vetting import trail
from vetting.certification import reviewers
from vetting.certification.cases import move
from vetting.certification.decide import certify
from vetting.certification.findings import record_finding
from vetting.certification.proposals import confirm, propose_clearance, propose_move
from vetting.refusals import NotPermitted, OnGrounds, Refusal

TABLES = """
SELECT database_name, schema_name, table_name FROM duckdb_tables() WHERE NOT internal
"""
NEWEST = "SELECT actor, action, subject, before, after, reason FROM desk.trail ORDER BY seq DESC LIMIT 1"


def everything(desk: Desk) -> dict[str, list]:
    """All rows of all tables but the trail."""
    db = desk.store.cursor()
    named = {
        f"{database if database in ('desk', 'evidence') else schema}.{table}"
        for database, schema, table in db.execute(TABLES).fetchall()
    }
    assert {"desk.case_move", "desk.decision", "desk.proposal", "evidence.report"} <= named
    rows = {table: db.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall() for table in sorted(named)}
    rows.pop("desk.trail")
    return rows


def certifying(desk: Desk) -> tuple[str, Callable[[], object], str]:
    case = desk.recommended()
    record_finding(desk.store, CAI, case.case_id, crit_code="1.1", grade=Grade.MAJOR, statement="Fees.", **desk.when)
    return "certify", lambda: certify(desk.store, BO, case.case_id, "Good.", **desk.when), "A major finding on"


def the_same_person(desk: Desk) -> tuple[str, Callable[[], object], str]:
    case = desk.recommended()
    attempt = lambda: certify(desk.store, ASHA, case.case_id, "Good.", **desk.when)  # noqa: E731
    return "certify", attempt, "asha@example.org did the first half of this"


def a_tie(desk: Desk) -> tuple[str, Callable[[], object], str]:
    case = desk.recommended()
    desk.declare(BO, tied=True, note="Kin.")
    return "certify", lambda: certify(desk.store, BO, case.case_id, "Good.", **desk.when), "bo@example.org has declared"


def recommending(desk: Desk) -> tuple[str, Callable[[], object], str]:
    case = desk.under_review()
    to = CaseState.RECOMMENDED
    return "move:recommended", lambda: move(desk.store, ASHA, case.case_id, to, "Good.", **desk.when), "The worker-int"


def an_illegal_move(desk: Desk) -> tuple[str, Callable[[], object], str]:
    case, to = desk.open(), CaseState.ON_SITE_REVIEW
    return "move:on_site_review", lambda: move(desk.store, ASHA, case.case_id, to, "Go.", **desk.when), "A case that is"


def withdrawing(desk: Desk) -> tuple[str, Callable[[], object], str]:
    case, kind = desk.recommended(), ProposalKind.WITHDRAW
    attempt = lambda: propose_move(desk.store, ASHA, case.case_id, kind, "Out.", **desk.when)  # noqa: E731
    return "propose:withdraw", attempt, "A case that is recommended cannot become withdrawn"


def reinstating(desk: Desk) -> tuple[str, Callable[[], object], str]:
    case = desk.go(desk.certified()[0], CaseState.SUSPENDED)
    record_finding(desk.store, CAI, case.case_id, crit_code="1.1", grade=Grade.MAJOR, statement="Fees.", **desk.when)
    kind = ProposalKind.REINSTATE
    attempt = lambda: propose_move(desk.store, ASHA, case.case_id, kind, "In.", **desk.when)  # noqa: E731
    return "propose:reinstate", attempt, "A major finding on"


def confirming(desk: Desk) -> tuple[str, Callable[[], object], str]:
    case, kind = desk.certified()[0], ProposalKind.WITHDRAW
    waiting = propose_move(desk.store, ASHA, case.case_id, kind, "Out.", **desk.when)
    attempt = lambda: confirm(desk.store, ASHA, waiting.proposal_id, "Yes.", **desk.when)  # noqa: E731
    return "confirm:withdraw", attempt, "asha@example.org did the first half"


def clearing(desk: Desk) -> tuple[str, Callable[[], object], str]:
    desk.ready()
    attempt = lambda: propose_clearance(desk.store, ASHA, AGENCY, "W07", "Clear.", **desk.when)  # noqa: E731
    return "propose:clear_gate:W07", attempt, "'W07' is no gate to clear here"


TRIED = (
    certifying,
    the_same_person,
    a_tie,
    recommending,
    an_illegal_move,
    withdrawing,
    reinstating,
    confirming,
    clearing,
)


@pytest.mark.parametrize("trying", TRIED, ids=lambda trying: trying.__name__)
def test_a_refused_attempt_changes_no_table_and_leaves_one_entry(desk: Desk, trying):
    what, attempt, sentence = trying(desk)
    before, count = everything(desk), desk.count("trail")
    with pytest.raises(OnGrounds):
        attempt()
    assert everything(desk) == before
    assert desk.count("trail") == count + 1
    ((actor, action, subject, was, after, reason),) = desk.store.cursor().execute(NEWEST).fetchall()
    said = json.loads(after)
    assert (action, was, reason, said["tried"]) == ("attempt_refused", None, None, what)
    assert actor in ("asha@example.org", "bo@example.org")
    assert any(each.startswith(sentence) for each in said["obstacles"])
    assert subject == (AGENCY if trying is clearing else subject)
    assert trail.verify(desk.store.cursor())[1] is None


def wrong_usage(case: Case) -> list[tuple[Viewer, str]]:
    return [(BO, "  "), *((other, "Good.") for other in OTHERS), (BO.model_copy(update={"actor": " "}), "Good.")]


def test_wrong_usage_leaves_no_entry(desk: Desk):
    """A missing reason, a stranger and a case that is not there are no attempts at a decision."""
    case, count = desk.recommended(), desk.count("trail")
    for viewer, reason in wrong_usage(case):
        with pytest.raises(Refusal):
            certify(desk.store, viewer, case.case_id, reason, **desk.when)
    with pytest.raises(Refusal, match="There is no case"):
        certify(desk.store, BO, "nothing", "Good.", **desk.when)
    with pytest.raises(NotPermitted):
        certify(desk.store, OTHERS[0], case.case_id, "Good.", **desk.when)
    assert desk.count("trail") == count


def test_a_crash_between_the_refusal_and_its_entry_leaves_neither(desk: Desk, monkeypatch):
    _, attempt, _ = certifying(desk)
    before, count, real = everything(desk), desk.count("trail"), reviewers.act
    acts = []

    def crashing(*args, **more):
        acts.append(True)
        if len(acts) == 2:
            raise KeyboardInterrupt
        return real(*args, **more)

    monkeypatch.setattr(reviewers, "act", crashing)
    with pytest.raises(KeyboardInterrupt):
        attempt()
    assert (everything(desk), desk.count("trail"), len(acts)) == (before, count, 2)
