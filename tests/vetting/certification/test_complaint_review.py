"""One table says how a complaint moves; an outcome takes two reviewers without a tie, and each step is one act."""

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest

from schemas.codes import Action
from schemas.complaint import ComplaintState, Draft
from tests.vetting.certification.complaining import (
    ANSWER,
    TEXT,
    at,
    complain,
    decided,
    declare_both,
    dismissed,
    file_of,
    proposed,
    reply,
    taken_up,
)
from tests.vetting.certification.desks import ADMIN, AGENCY, ASHA, BO, CAI, OTHERS, Desk
from vetting import trail
from vetting.certification import complaint_publishing as publishing
from vetting.certification import complaint_review as review
from vetting.certification.complaint_clock import complaints_waiting
from vetting.certification.complaint_moves import MOVES
from vetting.certification.waiting import case_queue
from vetting.disclosure.complaints import complaint_list, complaint_page, open_complaint
from vetting.refusals import NotFound, NotPermitted, Refusal
from vetting.retention import purge

S = ComplaintState
STATES: dict[ComplaintState, Callable[[Desk], str]] = {
    S.REPORTED: lambda desk: complain(desk).complaint_id,
    S.UNDER_REVIEW: partial(taken_up, shown=False),
    S.PROPOSED: partial(proposed, shown=False),
    S.SUBSTANTIATED: partial(decided, outcome=S.SUBSTANTIATED, shown=False),
    S.NOT_SUBSTANTIATED: partial(decided, outcome=S.NOT_SUBSTANTIATED, shown=False),
    S.NOT_ADMISSIBLE: dismissed,
}
# Each act, and the states it leads to.
ACTS: dict[str, tuple[Callable[[Desk, str], object], set[ComplaintState]]] = {
    "take up": (lambda d, c: review.take_up(d.store, BO, c, "Why.", shown=False, **at(d)), {S.UNDER_REVIEW}),
    "dismiss": (lambda d, c: review.dismiss(d.store, BO, c, "Why.", "It is not.", **at(d)), {S.NOT_ADMISSIBLE}),
    "propose": (
        lambda d, c: review.propose_outcome(d.store, BO, c, S.SUBSTANTIATED, "Why.", ANSWER, **at(d)),
        {S.PROPOSED},
    ),
    "confirm": (
        lambda d, c: review.confirm_outcome(d.store, BO, c, "Why.", **at(d)),
        {S.SUBSTANTIATED, S.NOT_SUBSTANTIATED},
    ),
    "send back": (lambda d, c: review.send_back(d.store, BO, c, "Why.", **at(d)), {S.UNDER_REVIEW}),
}
SPARED = {("take up", S.PROPOSED), ("send back", S.REPORTED), ("send back", S.NOT_ADMISSIBLE)}
SPARED |= {("send back", S.SUBSTANTIATED), ("send back", S.NOT_SUBSTANTIATED)}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", STATES)
def test_a_move_is_in_the_table_or_refused_without_a_trace(desk: Desk, state: ComplaintState, act: str):
    declare_both(desk)
    complaint_id = STATES[state](desk)
    assert file_of(desk, complaint_id).state is state
    do, leads_to = ACTS[act]
    before = desk.count("trail")
    allowed = bool(leads_to & MOVES[state]) and (act, state) not in SPARED
    if allowed:
        do(desk, complaint_id)
        assert file_of(desk, complaint_id).state in leads_to & MOVES[state]
        newest = trail.head(desk.store.cursor())
        assert newest is not None
        assert (newest.action, newest.subject, newest.actor) == (Action.COMPLAINT_MOVE, complaint_id, BO.actor)
    else:
        with pytest.raises(Refusal):
            do(desk, complaint_id)
        assert file_of(desk, complaint_id).state is state
    assert desk.count("trail") == before + allowed


def test_an_outcome_takes_two_different_reviewers(desk: Desk):
    declare_both(desk)
    complaint_id = proposed(desk)
    with pytest.raises(Refusal, match="a second, different reviewer must do the other"):
        review.confirm_outcome(desk.store, ASHA, complaint_id, "I say it again.", **at(desk))
    with pytest.raises(Refusal, match="has not declared whether they have a tie"):
        review.confirm_outcome(desk.store, CAI, complaint_id, "I agree.", **at(desk))
    review.confirm_outcome(desk.store, BO, complaint_id, "I agree.", **at(desk))
    file = file_of(desk, complaint_id)
    assert (file.state, file.answer and file.answer.answer) == (S.SUBSTANTIATED, ANSWER)


@pytest.mark.parametrize("act", [*ACTS, "read", "show", "reply"])
@pytest.mark.parametrize(("tied", "why"), [(True, "has declared a tie"), (None, "has not declared whether")])
def test_who_has_a_tie_or_may_have_one_does_nothing_and_reads_nothing(
    desk: Desk, act: str, tied: bool | None, why: str
):
    desk.declare(ASHA)
    if tied:
        desk.declare(BO, tied=True, note="My sister works there.")
    complaint_id = taken_up(desk) if act in ("show", "reply") else complain(desk).complaint_id
    acts: dict[str, Callable[[Desk, str], object]] = {name: do for name, (do, _) in ACTS.items()}
    acts["read"] = lambda d, c: open_complaint(d.store, BO, c, **at(d))
    acts["show"] = lambda d, c: publishing.show(d.store, BO, c, "Why.", shown=False, **at(d))
    acts["reply"] = lambda d, c: publishing.record_reply(d.store, BO, c, "We did not.", **at(d))
    with pytest.raises(Refusal, match=why):
        acts[act](desk, complaint_id)


@pytest.mark.parametrize("viewer", OTHERS, ids=lambda viewer: viewer.role)
def test_nobody_but_reviewers_reads_lists_or_moves(desk: Desk, viewer):
    complaint_id = complain(desk).complaint_id
    db = desk.store.cursor()
    for ask in (
        lambda: complaint_list(db, viewer, today=desk.today),
        lambda: complaint_page(db, viewer, complaint_id, today=desk.today),
        lambda: complaints_waiting(db, viewer, desk.today),
        lambda: open_complaint(desk.store, viewer, complaint_id, **at(desk)),
        lambda: review.take_up(desk.store, viewer, complaint_id, "Why.", shown=True, **at(desk)),
    ):
        with pytest.raises(NotPermitted):
            ask()


def test_each_reading_is_on_the_trail_and_says_nothing_of_the_text(desk: Desk):
    declare_both(desk)
    complaint_id = complain(desk).complaint_id
    for reader in (ASHA, BO, ASHA):
        assert open_complaint(desk.store, reader, complaint_id, **at(desk)).text == TEXT
        newest = trail.head(desk.store.cursor())
        assert newest is not None
        assert (newest.action, newest.actor, newest.subject) == ("complaint_view", reader.actor, complaint_id)
        assert newest.after == '{"agency":"agency-one"}'
    desk.wait(1200)
    purge(desk.store, ADMIN, **desk.when)
    with pytest.raises(NotFound, match="What was written is deleted"):
        open_complaint(desk.store, ASHA, complaint_id, **at(desk))


NAMED = "Sita Gurung told us on 9841234567."


@pytest.mark.parametrize(
    "act",
    [
        lambda d, c: review.propose_outcome(d.store, ASHA, c, S.SUBSTANTIATED, "Why.", NAMED, **at(d)),
        lambda d, c: review.propose_outcome(d.store, ASHA, c, S.SUBSTANTIATED, NAMED, ANSWER, **at(d)),
        lambda d, c: review.dismiss(d.store, ASHA, c, "Why.", NAMED, **at(d)),
        lambda d, c: review.take_up(d.store, ASHA, c, NAMED, shown=True, **at(d)),
        lambda d, c: publishing.show(d.store, ASHA, c, "Why.", shown=True, summary=NAMED, **at(d)),
        lambda d, c: publishing.record_reply(d.store, ASHA, c, NAMED, **at(d)),
    ],
    ids=["answer", "reason", "answer to whoever complained", "reason to take up", "summary", "reply"],
)
def test_nothing_reviewers_write_may_name_a_person(desk: Desk, act: Callable[[Desk, str], object]):
    declare_both(desk)
    complaint_id = taken_up(desk, shown=False)
    before = desk.count("trail")
    with pytest.raises(Refusal, match="seems to name a person"):
        act(desk, complaint_id)
    assert desk.count("trail") == before


def test_what_everybody_may_read_of_takes_an_answer(desk: Desk):
    declare_both(desk)
    complaint_id = taken_up(desk, shown=True)
    with pytest.raises(Refusal, match="it takes an answer"):
        review.dismiss(desk.store, ASHA, complaint_id, "Spam.", "It is spam.", **at(desk))


@pytest.mark.parametrize("state", [S.REPORTED, S.NOT_ADMISSIBLE])
def test_what_nobody_has_taken_up_is_not_shown_and_has_no_reply(desk: Desk, state: ComplaintState):
    declare_both(desk)
    complaint_id = STATES[state](desk)
    with pytest.raises(Refusal, match="take it under review"):
        publishing.show(desk.store, ASHA, complaint_id, "Why.", shown=True, **at(desk))
    with pytest.raises(Refusal, match="has been told nothing"):
        reply(desk, complaint_id)


def test_the_notice_tells_the_agency_the_subject_and_nothing_else(desk: Desk):
    declare_both(desk)
    complaint_id = taken_up(desk, happened_in=date(2026, 10, 1), origin="NPL", destination="QAT")
    page = complaint_page(desk.store.cursor(), ASHA, complaint_id, today=desk.today)
    assert page.notice is not None
    assert "Its subject: workers had to pay for the job." in page.notice
    assert "until 6 December 2026" in page.notice
    for word in ("NPL", "QAT", "October", "November", "2026-11", "receipt"):
        assert word not in page.notice.replace("6 December 2026", "")


def test_the_queue_has_each_complaint_with_since_when_and_due_when(desk: Desk):
    declare_both(desk)
    new, under = complain(desk).complaint_id, taken_up(desk)
    waits, held, gone = proposed(desk), decided(desk, shown=False), dismissed(desk)
    answered = decided(desk)
    lines = {line.complaint_id: line for line in case_queue(desk.store.cursor(), ASHA, desk.today)}
    assert set(lines) == {new, under, waits, held}
    assert gone not in lines
    assert answered not in lines
    assert (lines[new].on, lines[new].due_on, lines[new].since.date()) == ("reviewer", date(2026, 11, 29), desk.today)
    assert (lines[under].on, lines[under].due_on) == ("reviewer", date(2027, 1, 29))
    assert (lines[waits].on, lines[waits].yours) == ("second_reviewer", False)
    assert "a different reviewer has to confirm it" in lines[waits].why_not
    assert "held back" in lines[held].what
    assert lines[held].due_on is None
    assert all(line.agency_id == AGENCY for line in lines.values())
    seconds = {line.complaint_id: line.yours for line in complaints_waiting(desk.store.cursor(), BO, desk.today)}
    assert seconds[waits] is True
    desk.wait(8)
    late = {line.complaint_id for line in complaints_waiting(desk.store.cursor(), BO, desk.today) if line.late}
    assert late == {new}
    desk.declare(BO, tied=True, note="My sister works there now.")
    assert not any(line.yours for line in complaints_waiting(desk.store.cursor(), BO, desk.today))


def test_taking_up_again_what_was_answered_starts_a_clock_of_its_own(desk: Desk):
    declare_both(desk)
    complaint_id = decided(desk)
    desk.wait(100)  # 2 March
    review.take_up(desk.store, BO, complaint_id, "New receipts came in.", shown=True, **at(desk))
    (line,) = complaint_list(desk.store.cursor(), ASHA, today=desk.today)
    assert (line.file.state, line.due_on, line.file.answer) == (S.UNDER_REVIEW, date(2027, 5, 30), None)


def test_a_draft_takes_no_name_and_no_address():
    assert not set(Draft.model_fields) & {"name", "email", "phone", "contact"}
