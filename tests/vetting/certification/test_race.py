"""Two reviewers at once: a certificate and a major finding cannot both commit, with or without the process's lock."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from schemas.codes import Action, CaseState, Grade
from tests.vetting.certification.desks import ASHA, BO, CAI, Desk
from vetting import trail
from vetting.certification import reviewers
from vetting.certification.cases import move
from vetting.certification.decide import certify
from vetting.certification.findings import record_finding
from vetting.certification.obstacles import Obstructed
from vetting.refusals import Refusal
from vetting.store import Store


def another_server(store: Store) -> Store:
    """The same database without sharing the lock that keeps one process's acts in line."""
    return replace(store, acts=threading.RLock())


def test_a_major_finding_that_commits_during_certifying_stops_it(desk: Desk, monkeypatch):
    """The finding commits after certifying has read and judged, and before it commits: it must judge again."""
    case = desk.recommended()
    elsewhere, interrupted = another_server(desk.store), []

    def find_meanwhile() -> None:
        record_finding(elsewhere, CAI, case.case_id, crit_code="1.1", grade=Grade.MAJOR, statement="Fees.", **desk.when)

    def acting(store, deed, *, actor, via, now):
        def paused(moment):
            done = deed(moment)
            if done[0].action is Action.CERTIFY and not interrupted:
                interrupted.append(True)
                with ThreadPoolExecutor(1) as other:
                    other.submit(find_meanwhile).result()
            return done

        return real(store, paused, actor=actor, via=via, now=now)

    real = reviewers.act
    monkeypatch.setattr(reviewers, "act", acting)
    with pytest.raises(Obstructed, match=r"A major finding on criterion 1\.1 is open"):
        certify(desk.store, BO, case.case_id, "All criteria are met.", **desk.when)
    assert interrupted
    assert (desk.state(case), desk.count("certificate"), desk.count("finding")) == ("recommended", 0, 1)
    assert trail.verify(desk.store.cursor())[1] is None


def test_of_a_certificate_and_a_finding_at_the_same_moment_never_both_stand_unseen(desk: Desk):
    case = desk.recommended()
    stores, start = (another_server(desk.store), another_server(desk.store)), threading.Barrier(2)
    when = desk.when

    def deciding() -> str:
        start.wait()
        try:
            certify(stores[0], BO, case.case_id, "All criteria are met.", **when)
        except Obstructed:
            return "refused"
        return "certified"

    def finding() -> None:
        start.wait()
        record_finding(stores[1], CAI, case.case_id, crit_code="1.1", grade=Grade.MAJOR, statement="Fees.", **when)

    with ThreadPoolExecutor(2) as pool:
        decision, found = pool.submit(deciding), pool.submit(finding)
        found.result()
        outcome = decision.result()
    order = "SELECT action FROM desk.trail WHERE subject = $case ORDER BY seq DESC LIMIT 2"
    newest = [action for (action,) in desk.store.cursor().execute(order, {"case": case.case_id}).fetchall()]
    if outcome == "certified":
        assert newest == ["finding_record", "certify"], "the finding came after, and will suspend in its turn"
    else:
        assert newest == ["attempt_refused", "finding_record"]
        assert desk.count("certificate") == 0


def test_of_two_moves_at_the_same_moment_one_wins_and_the_other_is_told(desk: Desk):
    case = desk.go(desk.open(), CaseState.APPLIED)
    start, when = threading.Barrier(2), desk.when

    def moving(to: CaseState, viewer) -> str:
        start.wait()
        try:
            return move(another_server(desk.store), viewer, case.case_id, to, "Decided.", **when).state
        except Refusal as refusal:
            return str(refusal)

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(moving, CaseState.ACCEPTED, ASHA)
        second = pool.submit(moving, CaseState.DECLINED, BO)
        results = sorted([first.result(), second.result()], key=len)
    assert results[0] == desk.state(case)
    assert "cannot become" in results[1]
    assert desk.count("case_move") == 3
