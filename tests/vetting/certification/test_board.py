"""The board: every open finding, the most urgent first, what it waits for and on whom; and the same as a file."""

import csv
from datetime import timedelta

import pytest

from schemas.board import Chosen, Stage
from schemas.case_page import WaitsOn
from schemas.codes import ActionState, CaseState, Grade
from tests.vetting.certification.desks import AGENCY, ASHA, BO, OTHERS, Desk
from tests.vetting.certification.evidence_files import pdf
from tests.vetting.certification.test_command import run
from vetting.certification.board import action_board, board_csv, chosen_rows
from vetting.certification.cases import move
from vetting.certification.evidence import Given
from vetting.certification.findings import act_on_finding, record_finding
from vetting.refusals import NotPermitted

AGREED, DONE, VERIFIED, REJECTED, CLOSED = ActionState
WAYS = {
    "late": (Grade.MINOR, ASHA, [AGREED]),
    "grave": (Grade.MAJOR, ASHA, [AGREED]),
    "done": (Grade.MAJOR, BO, [AGREED, DONE]),
    "verified": (Grade.MAJOR, ASHA, [AGREED, DONE, VERIFIED]),
    "nothing agreed": (Grade.MINOR, BO, []),
    "due": (Grade.MINOR, ASHA, [AGREED, DONE, REJECTED]),
    "asks for nothing": (Grade.OBSERVATION, ASHA, []),
    "closed": (Grade.MINOR, ASHA, [AGREED, DONE, VERIFIED, CLOSED]),
}
DAYS = {"late": 3, "grave": 5}


@pytest.fixture
def board(desk: Desk) -> Desk:
    """A week ago, one finding of every kind was recorded."""
    case = desk.go(desk.open(), CaseState.APPLIED, CaseState.ACCEPTED, CaseState.DOCUMENT_REVIEW)
    for statement, (grade, by, steps) in WAYS.items():
        finding = record_finding(
            desk.store, by, case.case_id, crit_code="1.1", grade=grade, statement=statement, **desk.when
        )
        for to in steps:
            soon = desk.today + timedelta(days=DAYS.get(statement, 40))
            evidence = [Given("Receipts in binder 2")] if to is VERIFIED else []
            act_on_finding(
                desk.store, by, finding.finding_id, to, "As seen.",
                agreed_due=soon if to is AGREED else None, evidence=evidence, **desk.when,
            )  # fmt: skip
    desk.wait(7)
    return desk


def rows(desk: Desk):
    return action_board(desk.store.cursor(), ASHA, desk.today)


def test_what_is_most_urgent_comes_first_and_closed_findings_not_at_all(board: Desk):
    assert [(row.finding.statement, row.stage, row.on) for row in rows(board)] == [
        ("grave", Stage.LATE, WaitsOn.AGENCY),
        ("late", Stage.LATE, WaitsOn.AGENCY),
        ("done", Stage.TO_VERIFY, WaitsOn.REVIEWER),
        ("verified", Stage.TO_CLOSE, WaitsOn.REVIEWER),
        ("nothing agreed", Stage.TO_AGREE, WaitsOn.REVIEWER),
        ("due", Stage.DUE, WaitsOn.AGENCY),
        ("asks for nothing", Stage.NO_DATE, WaitsOn.NOBODY),
    ]


def test_a_finding_of_a_case_that_ended_rests_and_comes_back_with_the_next(board: Desk):
    case_id = rows(board)[0].finding.case_id
    move(board.store, ASHA, case_id, CaseState.DECLINED, "They gave up.", **board.when)
    assert {row.stage for row in rows(board)} == {Stage.RESTS, Stage.NO_DATE}
    assert {row.on for row in rows(board)} == {WaitsOn.NOBODY}
    board.open()
    assert rows(board)[0].stage is Stage.LATE


def test_days_are_counted_to_the_date_agreed_or_the_schemes(board: Desk):
    days = {row.finding.statement: row.days for row in rows(board)}
    assert days == {
        "grave": -2, "late": -4, "done": 33, "verified": 33, "nothing agreed": 173, "due": 33,
        "asks for nothing": None,
    }  # fmt: skip


def test_a_finding_nobody_agreed_on_is_late_by_the_scheme_and_waits_on_the_reviewer(board: Desk):
    board.wait(174)
    (row,) = [row for row in rows(board) if row.finding.statement == "nothing agreed"]
    assert (row.stage, row.on, row.days) == (Stage.LATE, WaitsOn.REVIEWER, -1)


def test_what_was_done_or_verified_is_never_late(board: Desk):
    board.wait(400)
    stages = {row.finding.statement: row.stage for row in rows(board)}
    assert (stages["done"], stages["verified"], stages["due"]) == (Stage.TO_VERIFY, Stage.TO_CLOSE, Stage.LATE)


@pytest.mark.parametrize(
    ("chosen", "left"),
    [
        (Chosen(stage=Stage.LATE), ["grave", "late"]),
        (Chosen(grades=("major",)), ["grave", "done", "verified"]),
        (Chosen(owner=BO.actor), ["done", "nothing agreed"]),
        (Chosen(owner=BO.actor, grades=("minor", "observation")), ["nothing agreed"]),
        (Chosen(agency="another"), []),
    ],
)
def test_filters_leave_what_they_say(board: Desk, chosen: Chosen, left: list[str]):
    assert [row.finding.statement for row in chosen_rows(rows(board), chosen)] == left


def test_the_file_says_what_it_is_and_runs_nothing(board: Desk):
    case_id = rows(board)[0].finding.case_id
    formula = "=HYPERLINK(1)"
    record_finding(board.store, ASHA, case_id, crit_code="1.2", grade=Grade.CRITICAL, statement=formula, **board.when)
    when = {"today": board.today, "now": board.now}
    data = board_csv(board.store.cursor(), ASHA, Chosen(agency=AGENCY), **when).decode("utf-8-sig")
    told = list(csv.DictReader(data.splitlines()))
    assert len(told) == 8
    first = told[0]
    assert (first["statement"], first["days_late"], first["source"]) == ("grave", "2", "our own review")
    assert (first["filters"], first["as_of"]) == (f"stage=all; grades=all; agency={AGENCY}; owner=all", "2026-11-29")
    assert f"'{formula}" in [row["statement"] for row in told]
    empty = board_csv(board.store.cursor(), ASHA, Chosen(agency="x"), **when).decode("utf-8-sig")
    assert "(nothing matches these filters)" in empty


def test_only_reviewers_read_the_board(board: Desk):
    for other in OTHERS:
        with pytest.raises(NotPermitted):
            action_board(board.store.cursor(), other, board.today)


def test_files_are_given_read_and_removed_on_the_command_line(board: Desk, tmp_path):
    finding_id = rows(board)[0].finding.finding_id
    (tmp_path / "receipts.pdf").write_bytes(pdf())
    assert run(board, "evidence", "add", str(tmp_path / "receipts.pdf"), "--actor", ASHA.actor).code == 2
    where = ("--finding", finding_id, "--actor", ASHA.actor)
    said = run(board, "evidence", "add", str(tmp_path / "receipts.pdf"), *where)
    assert said.code == 0, said.err
    evidence_id = said.out.split()[1].rstrip(":")
    back = ("evidence", "read", evidence_id, "--actor", ASHA.actor, "--output", str(tmp_path / "back.pdf"))
    assert run(board, *back).code == 0
    assert (tmp_path / "back.pdf").read_bytes() == pdf()
    assert "nothing is overwritten" in run(board, *back).err
    removed = run(board, "evidence", "remove", evidence_id, "--actor", ASHA.actor, "--reason", "It names a worker.")
    assert removed.code == 0, removed.err
    assert "was removed" in run(board, *back[:-1], str(tmp_path / "again.pdf")).err
