"""Appeals: in time, decided by two who did not decide before, and what an upheld one gives back in the same act."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from schemas.case import Case
from schemas.codes import AppealOutcome, CaseState, DecisionKind, Grade, ProposalKind, Role, Via
from schemas.viewer import PUBLIC, Viewer
from tests.vetting.certification.desks import ADMIN, AGENCY, ASHA, BO, CAI, OTHERS, Desk
from vetting.certification.appeals import decide_appeal, record_appeal
from vetting.certification.decisions import case_decisions, public_decisions
from vetting.certification.findings import record_finding
from vetting.certification.obstacles import Obstructed
from vetting.certification.proposals import confirm, propose_move
from vetting.certification.waiting import case_queue
from vetting.commands.carry_out import carry_out
from vetting.commands.context import Counter
from vetting.refusals import NotFound, NotPermitted, OnGrounds, Refusal
from vetting.store.decisions import fetch_decisions
from vetting.store.members import add_member

DAN = Viewer(role=Role.REVIEWER, organisation="body", actor="dan@example.org")
EVE = Viewer(role=Role.REVIEWER, organisation="body", actor="eve@example.org")
UPHELD, DISMISSED = AppealOutcome


def others(desk: Desk, *more: Viewer) -> None:
    """Reviewers who decided nothing yet, without ties."""
    for reviewer in (DAN, EVE, *more):
        at = {"via": Via.CLI, "now": desk.when["now"]}
        add_member(desk.store, ADMIN, email=reviewer.actor, name="", role=Role.REVIEWER, organisation="body", **at)
        desk.declare(reviewer)


def declined(desk: Desk) -> Case:
    return desk.go(desk.ready(), CaseState.DECLINED)


def sent_back(desk: Desk) -> Case:
    return desk.go(desk.recommended(), CaseState.CORRECTIVE_ACTION, by=BO)


def suspended(desk: Desk) -> Case:
    return desk.go(desk.certified()[0], CaseState.SUSPENDED)


def withdrawn(desk: Desk) -> Case:
    case, _ = desk.certified()
    waiting = propose_move(desk.store, ASHA, case.case_id, ProposalKind.WITHDRAW, "Out.", **desk.when)
    confirm(desk.store, BO, waiting.proposal_id, "Out.", **desk.when)
    return case


def appealed(desk: Desk, case: Case):
    newest = fetch_decisions(desk.store.cursor(), case_id=case.case_id)[-1]
    ground = "The receipts were not read."
    return record_appeal(desk.store, CAI, newest.decision_id, received_on=desk.today, ground=ground, **desk.when)


def say(desk: Desk, appeal, who: Viewer, outcome: AppealOutcome = UPHELD):
    return decide_appeal(desk.store, who, appeal.appeal_id, outcome, "Having heard both.", **desk.when)


@pytest.mark.parametrize(
    ("decided", "to"),
    [(declined, "document_review"), (sent_back, "on_site_review"), (suspended, "certified"), (withdrawn, "suspended")],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_an_upheld_appeal_moves_the_case_in_the_same_act_and_a_dismissed_one_does_not(desk: Desk, decided, to: str):
    case = decided(desk)
    others(desk)
    before, appeal = desk.state(case), appealed(desk, case)
    assert say(desk, appeal, DAN).outcome is None
    assert desk.state(case) == before
    trail, moves = desk.count("trail"), desk.count("case_move")
    ended = say(desk, appeal, EVE)
    assert (ended.outcome, ended.proposed_by, ended.decided_by) == (UPHELD, DAN.actor, EVE.actor)
    assert (desk.state(case), desk.count("trail"), desk.count("case_move")) == (to, trail + 1, moves + 1)
    newest = "SELECT action, after FROM desk.trail ORDER BY seq DESC LIMIT 1"
    ((action, after),) = desk.store.cursor().execute(newest).fetchall()
    assert (action, json.loads(after)["state"]) == ("appeal_decide", to)
    kinds = [each.kind for each in fetch_decisions(desk.store.cursor(), case_id=case.case_id)]
    assert (kinds[-1] is DecisionKind.REINSTATE) == (to == "certified"), "a certificate given back keeps its ground"


def test_a_dismissed_appeal_leaves_the_case_where_it_is(desk: Desk):
    case = withdrawn(desk)
    others(desk)
    appeal = appealed(desk, case)
    say(desk, appeal, DAN, DISMISSED)
    assert say(desk, appeal, EVE, DISMISSED).outcome is DISMISSED
    assert desk.state(case) == "withdrawn"
    with pytest.raises(Refusal, match="has been decided: it was dismissed"):
        say(desk, appeal, DAN)


def test_whoever_took_part_in_the_decision_decides_no_appeal_against_it(desk: Desk):
    case = withdrawn(desk)
    others(desk)
    appeal = appealed(desk, case)
    for before in (ASHA, BO):
        with pytest.raises(Obstructed, match=f"{before.actor} took part in the decision appealed against"):
            say(desk, appeal, before)
    say(desk, appeal, DAN)
    with pytest.raises(Obstructed, match="a second, different reviewer"):
        say(desk, appeal, DAN)
    with pytest.raises(Obstructed, match="bo@example.org took part"):
        say(desk, appeal, BO)
    with pytest.raises(Obstructed, match="cai@example.org has not declared"):
        say(desk, appeal, CAI)
    desk.declare(CAI, tied=True, note="Kin.")
    with pytest.raises(Obstructed, match="cai@example.org has declared a tie"):
        say(desk, appeal, CAI)
    assert desk.state(case) == "withdrawn"


def test_the_one_who_recommended_what_was_declined_took_part(desk: Desk):
    case = desk.go(desk.recommended(), CaseState.DECLINED, by=BO)
    others(desk)
    appeal = appealed(desk, case)
    with pytest.raises(Obstructed, match="asha@example.org took part"):
        say(desk, appeal, ASHA)


def test_two_who_disagree_have_not_decided(desk: Desk):
    case = declined(desk)
    others(desk)
    appeal = appealed(desk, case)
    say(desk, appeal, DAN)
    assert say(desk, appeal, EVE, DISMISSED).outcome is None
    assert say(desk, appeal, DAN, DISMISSED).outcome is DISMISSED
    assert desk.state(case) == "declined"


def test_a_certificate_stays_suspended_while_something_stands_in_its_way(desk: Desk):
    case = suspended(desk)
    others(desk)
    appeal = appealed(desk, case)
    record_finding(desk.store, CAI, case.case_id, crit_code="1.1", grade=Grade.MAJOR, statement="Fees.", **desk.when)
    say(desk, appeal, DAN)
    (row,) = [row for row in case_decisions(desk.store.cursor(), EVE, case.case_id, desk.today) if row.appeal]
    assert row.why_not == ()
    assert row.if_upheld.startswith("The certificate stays suspended until nothing stands in its way: A major finding")
    assert say(desk, appeal, EVE).outcome is UPHELD
    assert desk.state(case) == "suspended"


def test_a_case_that_has_moved_on_stays_where_it_is(desk: Desk):
    case = suspended(desk)
    others(desk)
    appeal = appealed(desk, case)
    back = propose_move(desk.store, ASHA, case.case_id, ProposalKind.REINSTATE, "In.", **desk.when)
    confirm(desk.store, BO, back.proposal_id, "In.", **desk.when)
    say(desk, appeal, DAN)
    say(desk, appeal, EVE)
    assert desk.state(case) == "certified"


def test_an_appeal_comes_in_within_thirty_days_once_and_only_against_what_took_something_away(desk: Desk):
    case = declined(desk)
    (decision,) = fetch_decisions(desk.store.cursor(), case_id=case.case_id)
    count = desk.count("trail")

    def receive(day, ground="Unfair."):
        return record_appeal(desk.store, CAI, decision.decision_id, received_on=day, ground=ground, **desk.when)

    with pytest.raises(Refusal, match="cannot lie in the future"):
        receive(desk.today + timedelta(days=1))
    with pytest.raises(Refusal, match="are received from 2026-11-22 to 2026-12-22"):
        receive(desk.today - timedelta(days=1))
    with pytest.raises(Refusal, match="Say on what ground"):
        receive(desk.today, " ")
    desk.wait(31)
    with pytest.raises(Refusal, match="are received from"):
        receive(desk.today)
    assert desk.count("trail") == count
    appeal = receive(desk.today - timedelta(days=1))
    assert (appeal.received_on.isoformat(), appeal.decide_by.isoformat()) == ("2026-12-22", "2027-02-20")
    with pytest.raises(Refusal, match="has appealed against this decision already"):
        receive(desk.today - timedelta(days=1))
    with pytest.raises(NotFound, match="no decision 'x'"):
        record_appeal(desk.store, CAI, "x", received_on=desk.today, ground="g", **desk.when)
    for other in OTHERS:
        with pytest.raises(NotPermitted):
            record_appeal(desk.store, other, decision.decision_id, received_on=desk.today, ground="g", **desk.when)


def test_nobody_appeals_against_a_certificate(desk: Desk):
    case, _ = desk.certified()
    with pytest.raises(Refusal, match="took nothing away"):
        appealed(desk, case)


def test_a_refused_decision_on_an_appeal_is_kept_as_an_attempt(desk: Desk):
    case = withdrawn(desk)
    appeal = appealed(desk, case)
    count = desk.count("trail")
    with pytest.raises(OnGrounds):
        say(desk, appeal, BO)
    newest = "SELECT action, subject FROM desk.trail ORDER BY seq DESC LIMIT 1"
    assert desk.store.cursor().execute(newest).fetchall() == [("attempt_refused", case.case_id)]
    assert (desk.count("trail"), desk.count("appeal_proposal")) == (count + 1, 0)


def test_an_open_appeal_is_in_the_queue_with_its_clock_for_those_who_did_not_decide(desk: Desk):
    case = declined(desk)
    others(desk)
    appeal = appealed(desk, case)
    desk.wait(61)

    def line(viewer: Viewer):
        found = case_queue(desk.store.cursor(), viewer, desk.today)
        return next(each for each in found if "appeal" in each.what)

    assert (line(DAN).yours, line(DAN).due_on, line(DAN).late) == (True, appeal.decide_by, True)
    assert not line(ASHA).yours
    assert "asha@example.org took part" in line(ASHA).why_not
    say(desk, appeal, DAN)
    assert "dan@example.org would have it upheld" in line(EVE).what
    assert (line(EVE).yours, line(DAN).yours) == (True, False)


def test_everybody_reads_what_was_decided_and_what_became_of_the_appeal_without_names(desk: Desk):
    case = withdrawn(desk)
    others(desk)

    def published() -> list[tuple[str, str]]:
        found = public_decisions(desk.store.cursor(), PUBLIC, desk.today, AGENCY)
        said = json.dumps([each.model_dump(mode="json") for each in found])
        assert "@" not in said
        assert "Out." not in said
        assert {each.deciding_body for each in found} == {"Fair Passage Council"}
        return [(each.kind, each.appeal) for each in found]

    assert published() == [("withdraw", "The agency may appeal until 2026-12-22."), ("certify", "")]
    appeal = appealed(desk, case)
    assert published()[0][1] == ("The agency appealed on 2026-11-22; the appeal is to be decided by 2027-01-21.")
    say(desk, appeal, DAN)
    say(desk, appeal, EVE)
    assert published()[0][1] == "The agency appealed, and on 2026-11-22 two other reviewers upheld the appeal."


def test_a_case_sent_back_is_not_published(desk: Desk):
    sent_back(desk)
    assert public_decisions(desk.store.cursor(), PUBLIC, desk.today) == ()


def test_the_command_line_lists_decisions_and_decides_appeals(desk: Desk):
    case = withdrawn(desk)
    others(desk)

    def run(*argv: str):
        counter = Counter(folder=Path.cwd(), now=desk.when["now"], environ={}, owned=desk.store)
        return carry_out(["certification", *argv], counter)

    listed = json.loads(run("decisions", case.case_id, "--json").out)
    assert [row["decision"]["kind"] for row in listed] == ["withdraw", "certify"]
    assert "withdraw" in run("decisions", case.case_id).out
    decision = listed[0]["decision"]["decision_id"]
    made = run("appeal", decision, "--ground", "Unfair.", "--actor", CAI.actor, "--json")
    appeal = json.loads(made.out)["appeal_id"]
    by = ("--reason", "Heard.", "--actor")
    assert run("decide-appeal", appeal, "upheld", *by, BO.actor).code == 1
    assert "a second reviewer" in run("decide-appeal", appeal, "upheld", *by, DAN.actor).out
    assert run("decide-appeal", appeal, "upheld", *by, EVE.actor).out == "The appeal was upheld.\n"
    seen = json.loads(run("list", "--json").out)[0]["seen"]
    desk.declare(CAI)
    late = run("move", case.case_id, "certified", "--seen", str(seen), *by, DAN.actor)
    assert (late.code, "cai@example.org declared no tie" in late.err) == (1, True)
