"""`certification` on the command line: the same acts, and two members for what takes two."""

import json
from pathlib import Path

from schemas.codes import CaseState
from tests.vetting.certification.desks import AGENCY, Desk
from vetting.command_socket import Outcome
from vetting.commands.carry_out import carry_out
from vetting.commands.context import Counter


def run(desk: Desk, *argv: str) -> Outcome:
    """Carry out a command at the desk's own store, as the running dashboard would."""
    counter = Counter(folder=Path.cwd(), now=desk.when["now"], environ={}, owned=desk.store)
    return carry_out(["certification", *argv], counter)


def said(outcome: Outcome):
    assert outcome.code == 0, outcome.err
    return json.loads(outcome.out)


def by(person: str, reason: str = "So decided.") -> tuple[str, ...]:
    return "--actor", f"{person}@example.org", "--reason", reason


def test_a_case_is_opened_listed_and_moved(desk: Desk):
    scope = ("--entity", "One Agency Ltd", "--site", "Head office", "--corridor", "npl-qat")
    case_id = said(run(desk, "open", AGENCY, *scope, *by("asha"), "--json"))["case_id"]
    moved = said(run(desk, "move", case_id, "applied", *by("asha"), "--json"))
    assert (moved["state"], moved["scope"]["corridors"]) == ("applied", [{"origin": "NPL", "destination": "QAT"}])
    (line,) = said(run(desk, "list", "--json"))
    assert (line["case_id"], line["state"], line["on"], line["certificate"]) == (case_id, "applied", "reviewer", None)
    assert said(run(desk, "list", "--state", "certified", "--json")) == []
    assert "Decide on the application" in run(desk, "list").out


def test_a_move_that_is_not_in_the_table_ends_with_1_and_its_reason(desk: Desk):
    case = desk.open()
    refused = run(desk, "move", case.case_id, "certified", *by("asha"))
    assert (refused.code, refused.out) == (1, "")
    assert refused.err == "A case that is draft cannot become certified. From here it can become applied.\n"
    assert run(desk, "move", case.case_id, "nowhere", *by("asha")).code == 2


def test_deciding_takes_a_second_member(desk: Desk):
    case = desk.recommended()
    alone = run(desk, "decide", case.case_id, *by("asha"))
    assert alone.code == 1
    assert "a second, different reviewer" in alone.err
    stranger = run(desk, "decide", case.case_id, *by("nobody"))
    assert "nobody@example.org is not an active reviewer here" in stranger.err
    assert said(run(desk, "decide", case.case_id, *by("bo"), "--json"))["number"] == "FP-2026-0001"
    assert desk.state(case) == "certified"


def test_withdrawing_is_proposed_by_a_move_and_decided_by_another(desk: Desk):
    case, _ = desk.certified()
    assert "a second reviewer decides" in run(desk, "move", case.case_id, "withdrawn", *by("asha")).out
    assert desk.state(case) == "certified"
    assert run(desk, "decide", case.case_id, *by("asha")).code == 1
    assert "was confirmed" in run(desk, "decide", case.case_id, *by("bo")).out
    assert desk.state(case) == "withdrawn"


def test_a_proposal_can_be_turned_down(desk: Desk):
    case, _ = desk.certified()
    run(desk, "move", case.case_id, "withdrawn", *by("asha"))
    assert "was turned down" in run(desk, "decide", case.case_id, "--against", *by("bo")).out
    assert desk.state(case) == "certified"
    assert "No proposal waits here" in run(desk, "decide", case.case_id, "--against", *by("bo")).err


def test_a_tick_writes_down_what_is_due_once(desk: Desk):
    case, _ = desk.certified()
    assert run(desk, "tick").out == "Nothing is due.\n"
    desk.wait(366)
    (due,) = said(run(desk, "tick", "--json"))
    assert (due["case_id"], due["to_state"]) == (case.case_id, CaseState.SUSPENDED)
    assert run(desk, "tick").out == "Nothing is due.\n"
