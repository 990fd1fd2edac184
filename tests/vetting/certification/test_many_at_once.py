"""200 moves at once, legal and not: no update is lost, and the trail tells every change once and nothing else."""

import json
import random
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

import pytest

from schemas.case import Case
from schemas.codes import Action, ActionState, CaseState, Grade, ProposalKind, Via
from schemas.viewer import Viewer
from tests.vetting.certification.desks import ADMIN, ASHA, BO, CAI, SCOPE, Desk
from vetting import trail
from vetting.certification.cases import move, open_case
from vetting.certification.decide import certify
from vetting.certification.findings import act_on_finding, record_finding
from vetting.certification.moves import MOVES
from vetting.certification.proposals import confirm, drop, propose_move
from vetting.certification.reviews import declare_tie
from vetting.refusals import Refusal
from vetting.store import Store
from vetting.store.agencies import fetch_agencies, import_register
from vetting.store.cases import fetch_cases, fetch_moves
from vetting.store.findings import fetch_findings
from vetting.store.proposals import fetch_open_proposals
from vetting.trail.proof import entries

SEED, MOVES_AT_ONCE, THREADS, CASES = 20261122, 200, 8, 13
REVIEWERS = (ASHA, BO, CAI)
# What the desk keeps of cases; every row of it has to be told by one entry of the trail.
KEPT = ("case_move", "finding", "corrective_action", "proposal", "proposal_end", "certificate", "tie")

ATTEMPTS = {"attempt_refused"}  # entries that tell of a refusal: they change nothing


class Tried(NamedTuple):
    """One attempt: what was to happen, by whom, and what came of it ("" when it was done)."""

    what: str
    by: str
    refused: str


def attempts(desk: Desk, cases: list[Case], chance: random.Random) -> Iterator[Callable[[Store], Tried]]:
    """Any move to any state, most of them forbidden, and what else changes cases, by anybody."""
    states, today = list(CaseState), desk.today
    for number in range(MOVES_AT_ONCE):
        case, viewer, when = chance.choice(cases), chance.choice(REVIEWERS), desk.now + timedelta(seconds=number)
        to, lucky, kind = chance.choice(states), chance.random(), chance.choice(list(ProposalKind)[:2])

        def attempt(store: Store, case=case, viewer=viewer, when=when, to=to, lucky=lucky, kind=kind) -> Tried:
            at = {"via": Via.PAGE, "now": when, "today": today}
            try:
                what = _one(store, viewer, case, to, lucky, kind, at)
            except Refusal as refusal:
                return Tried("refused", viewer.actor, str(refusal))
            return Tried(what, viewer.actor, "")

        yield attempt


def _one(store: Store, viewer: Viewer, case: Case, to: CaseState, lucky: float, kind: ProposalKind, at: dict) -> str:
    """A move to wherever, or on from where the case stands when it is looked at; or what else reviewers do."""
    db = store.cursor()
    if lucky < 0.2:
        move(store, viewer, case.case_id, to, "To wherever.", **at)
        return "move"
    if lucky < 0.6:
        now = next(each for each in fetch_cases(db) if each.case_id == case.case_id)
        onward = [after for before, after in MOVES if before is now.state and after is not CaseState.DECLINED]
        move(store, viewer, case.case_id, onward[int(lucky * 1000) % len(onward)] if onward else to, "Onward.", **at)
        return "move"
    if lucky < 0.7:
        certify(store, viewer, case.case_id, "All criteria are met.", **at)
        return "certify"
    if lucky < 0.8:
        propose_move(store, viewer, case.case_id, kind, "As read.", **at)
        return "propose"
    if lucky < 0.88:
        (proposal, *_) = [each for each in fetch_open_proposals(db) if each.case_id == case.case_id] or [None]
        if proposal is None:
            raise Refusal("No proposal waits.")
        (confirm if lucky < 0.85 else drop)(store, viewer, proposal.proposal_id, "As read.", **at)
        return "end"
    if lucky < 0.92:
        record_finding(store, viewer, case.case_id, crit_code="5.1", grade=Grade.MINOR, statement="No box.", **at)
        return "finding"
    if lucky < 0.97:
        found = [each for each in fetch_findings(db) if each.case_id == case.case_id]
        if not found:
            raise Refusal("Nothing was found.")
        act_on_finding(store, viewer, found[-1].finding_id, ActionState.AGREED, "A box.", **at)
        return "step"
    declare_tie(store, viewer, case.agency_id, False, f"Said again at {at['now']}", **at)
    return "tie"


def kept(desk: Desk) -> dict[str, list[tuple]]:
    db = desk.store.cursor()
    return {table: db.execute(f"SELECT * FROM desk.{table} ORDER BY ALL").fetchall() for table in KEPT}


def several(desk: Desk) -> list[Case]:
    """Cases at many stages: a recommended one, and those of other agencies, each some way on."""
    cases = [desk.recommended()]
    way = (CaseState.APPLIED, CaseState.ACCEPTED, CaseState.DOCUMENT_REVIEW, CaseState.ON_SITE_REVIEW)
    for stage in range(1, CASES):
        at = {name: value for name, value in desk.when.items() if name != "today"}
        line = f"licence,name,country,status\n0{100 + stage},Agency {stage},NPL,valid\n"
        import_register(desk.store, ADMIN, line.encode(), "register", **at)
        agency = next(each for each in fetch_agencies(desk.store.cursor()) if each.licence == f"0{100 + stage}")
        case = open_case(desk.store, ASHA, agency_id=agency.agency_id, scope=SCOPE, reason="Applied.", **desk.when)
        cases.append(desk.go(case, *way[: stage % 5]))
    return cases


@pytest.mark.parametrize("locked", [True, False], ids=["one process", "as several servers"])
def test_200_moves_at_once_lose_nothing_and_leave_no_entry_too_many(desk: Desk, locked: bool):
    """`as several servers`: without the lock that keeps one process's acts in line, the trail's keys alone decide."""
    cases = several(desk)
    before, from_here, start = kept(desk), trail.verify(desk.store.cursor()).entries, threading.Barrier(THREADS)
    todo = list(attempts(desk, cases, random.Random(SEED)))

    def work(share: list[Callable[[Store], Tried]]) -> list[Tried]:
        store = desk.store if locked else replace(desk.store, acts=threading.RLock())
        start.wait()
        return [attempt(store) for attempt in share]

    with ThreadPoolExecutor(THREADS) as pool:
        tried = [each for done in pool.map(work, [todo[i::THREADS] for i in range(THREADS)]) for each in done]
    done = [each for each in tried if not each.refused]
    assert len(tried) == MOVES_AT_ONCE
    assert len(done) > 40, "enough went through to mean something"
    assert len(tried) - len(done) > 50, "and enough was refused"
    proof = trail.verify(desk.store.cursor())
    assert proof.flaw is None
    entered = list(told(desk, from_here))
    written = [entry for entry in entered if entry["action"] not in ATTEMPTS]
    assert len(entered) - len(written) <= len(tried) - len(done), "of an attempt one entry at most"
    assert len(written) == len(done), "one entry for each act that was done, none for one that was refused"
    assert sorted(each["actor"] for each in written) == sorted(each.by for each in done)
    check_moves(desk, cases, written)
    check_rows(desk, before, written)


def told(desk: Desk, after: int) -> Iterator[dict]:
    for values, _ in entries(desk.store.cursor(), after + 1):
        yield values | {name: json.loads(values[name] or "{}") for name in ("before", "after")}


def check_moves(desk: Desk, cases: list[Case], written: list[dict]) -> None:
    """Replaying the trail from where each case stood brings it to where it stands, by moves of the table alone."""
    state = {case.case_id: case.state for case in cases}
    for entry in written:
        if entry["subject"] not in state or "state" not in entry["after"] or "finding" in entry["after"]:
            continue
        was, is_now = CaseState(entry["before"]["state"]), CaseState(entry["after"]["state"])
        assert was is state[entry["subject"]], f"entry {entry['seq']} moved it from where it did not stand"
        assert (was, is_now) in MOVES
        state[entry["subject"]] = is_now
    assert {case.case_id: case.state for case in fetch_cases(desk.store.cursor())} == state


def check_rows(desk: Desk, before: dict[str, list[tuple]], written: list[dict]) -> None:
    """Every new row bears the moment of exactly one entry, and no old row is gone or other than it was."""
    at = {entry["recorded_at"]: entry for entry in written}
    assert len(at) == len(written)
    for table, rows in kept(desk).items():
        assert set(before[table]) <= set(rows), f"a row of {table} was changed or is gone"
    db, bearing = desk.store.cursor(), set()
    for table in KEPT:
        moments = f"SELECT strftime(recorded_at, '%Y-%m-%dT%H:%M:%S.%f') FROM desk.{table}"
        new = [moment for (moment,) in db.execute(moments).fetchall()]
        assert len([each for each in new if each in at]) == len(new) - len(before[table])
        bearing |= set(new) & set(at)
    assert bearing == set(at), "an entry without a change"


def test_two_reviewers_who_certify_at_the_same_instant_issue_one_certificate(desk: Desk):
    """Whoever comes second is told that the case is certified already."""
    case = desk.recommended()
    start, today, now = threading.Barrier(2), desk.today, desk.now + timedelta(minutes=1)
    desk.declare(CAI)
    entries_before = trail.verify(desk.store.cursor()).entries

    def deciding(viewer: Viewer) -> str:
        store = replace(desk.store, acts=threading.RLock())
        start.wait()
        try:
            return certify(store, viewer, case.case_id, "All met.", via=Via.PAGE, now=now, today=today).number
        except Refusal as refusal:
            return str(refusal)

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(deciding, (BO, CAI)))
    won = [each for each in said if each.startswith("FP-")]
    assert len(won) == 1
    assert "certified" in next(each for each in said if each not in won)
    assert desk.count("certificate") == 1
    moves = [each.to_state for each in fetch_moves(desk.store.cursor(), case.case_id)]
    assert moves.count(CaseState.CERTIFIED) == 1
    since = desk.store.cursor().execute(
        "SELECT action FROM desk.trail WHERE seq > $before ORDER BY seq", {"before": entries_before}
    )
    assert since.fetchall() == [(Action.CERTIFY.value,), (Action.ATTEMPT_REFUSED.value,)]
