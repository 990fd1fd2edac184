"""Confirming a gate takes one reviewer without a tie; the agency is told the subject alone, and its reply is shown."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from schemas.codes import Role, Via
from schemas.viewer import Viewer
from tests.vetting.certification.desks import ADMIN, AGENCY, ASHA, BO, OTHERS, Desk
from tests.vetting.certification.holding import (
    BUYER,
    FIRST_MONDAY,
    at_the_line,
    confirmed,
    gated,
    look,
    on_hold,
    pass_days,
    read,
    report,
    shown,
    withdrawn,
)
from tests.vetting.certification.test_command import run, said
from vetting import trail
from vetting.certification.notices import confirm_gate, hold_page, record_reply
from vetting.certification.obstacles import live_score
from vetting.command_socket import Outcome
from vetting.commands.carry_out import carry_out
from vetting.commands.context import Counter
from vetting.disclosure.directory import directory
from vetting.refusals import NotFound, NotPermitted, Refusal
from vetting.scoring.indicators import GATES
from vetting.scoring.speech import THEY
from vetting.store.members import suspend_member

TABLES = ("gate_seen", "gate_confirmation", "hold", "agency_reply", "trail")
REPAID = "We have repaid everybody and changed how we work."


@pytest.fixture(autouse=True)
def headlines() -> None:
    """Headlines are kept: the clock looks where they say that a gate is open."""


def refused(desk: Desk, why: str, indicator: str = "W07", by: Viewer = ASHA, reason: str = "Sure.") -> None:
    """It is refused, and nothing of it is kept."""
    before = [desk.count(table) for table in TABLES]
    with pytest.raises(Refusal, match=why):
        confirm_gate(desk.store, by, AGENCY, indicator, reason, **desk.when)
    assert [desk.count(table) for table in TABLES] == before


def reply(desk: Desk, text: str = REPAID, indicator: str = "W07", by: Viewer = BO):
    return record_reply(desk.store, by, AGENCY, indicator, text, **at_the_line(desk))


def typed(desk: Desk, *argv: str) -> Outcome:
    """A command given at the desk's store."""
    return carry_out(list(argv), Counter(folder=Path.cwd(), now=desk.when["now"], environ={}, owned=desk.store))


def page(desk: Desk, at: datetime | None = None):
    db = desk.store.cursor()
    return hold_page(db, ASHA, live_score(db, AGENCY, desk.today), at or desk.now)


def test_a_confirmation_is_one_act_with_its_reason_and_its_hour(desk: Desk):
    shown(desk)
    gated(desk)
    desk.declare(ASHA)
    count = desk.count("trail")
    confirm_gate(desk.store, ASHA, AGENCY, "W07", "Two of them showed me.", **desk.when)
    assert desk.count("trail") == count + 1
    newest = trail.head(desk.store.cursor())
    assert (newest.action, newest.subject, newest.actor, newest.reason) == (
        "gate_confirm", AGENCY, ASHA.actor, "Two of them showed me.",
    )  # fmt: skip
    assert '"effective_at":"2026-11-23T09:00:00"' in newest.after
    assert look(desk) == []


def test_a_gate_the_clock_has_not_seen_yet_can_be_confirmed_too(desk: Desk):
    shown(desk)
    report(desk, "dockers", 20, verification="investigated", w07=1)
    confirmed(desk)
    assert look(desk) == [], "the same act saw it open"
    assert on_hold(desk, FIRST_MONDAY)


def test_only_an_open_gate_is_confirmed_and_only_once(desk: Desk):
    shown(desk)
    refused(desk, "No gate is open on reports")
    gated(desk)
    desk.declare(ASHA)
    desk.declare(BO)
    refused(desk, "'W19' is no gate to confirm here. Open on reports: W07", indicator="W19")
    refused(desk, "Give a reason", reason=" ")
    confirmed(desk)
    refused(desk, "asha@example.org has confirmed it already, on 2026-11-22", by=BO)


@pytest.mark.parametrize(
    ("who", "why"),
    [
        ("undeclared", "has not declared whether they have a tie"),
        ("tied", "has declared a tie with this agency"),
        ("suspended", "is not an active reviewer here"),
    ],
)
def test_who_has_a_tie_or_may_have_one_confirms_nothing(desk: Desk, who: str, why: str):
    shown(desk)
    gated(desk)
    if who != "undeclared":
        desk.declare(ASHA, tied=who == "tied", note="My brother works there.")
    if who == "suspended":
        suspend_member(desk.store, ADMIN, ASHA.actor, reason="Left.", via=Via.CLI, now=desk.when["now"])
    refused(desk, why)


@pytest.mark.parametrize("other", OTHERS, ids=lambda viewer: viewer.role)
def test_none_but_reviewers_confirm_record_or_see_the_notice(desk: Desk, other: Viewer):
    shown(desk)
    gated(desk)
    refused(desk, "This is for reviewers", by=other)
    confirmed(desk)
    with pytest.raises(NotPermitted):
        reply(desk, by=other)
    with pytest.raises(NotPermitted):
        hold_page(desk.store.cursor(), other, live_score(desk.store.cursor(), AGENCY, desk.today), desk.now)


def test_an_agency_that_no_register_names_has_no_gate_to_confirm(desk: Desk):
    with pytest.raises(NotFound, match="no agency 'nowhere'"):
        confirm_gate(desk.store, ASHA, "nowhere", "W07", "Sure.", **desk.when)


@pytest.mark.parametrize("gate", [gate.code for gate in GATES])
def test_the_notice_names_the_subject_and_the_last_day_and_nothing_else(desk: Desk, gate: str):
    shown(desk)
    gated(desk, gate.lower())
    told = confirmed(desk, gate)
    assert told.reply_by == desk.today + timedelta(days=14)
    assert f"Workers placed by you report that {THEY[gate]}." in told.notice
    subject, last_day, licence = THEY[gate], "6 December 2026", "licence 0042"
    rest = told.notice.replace(subject, "").replace(last_day, "").replace(licence, "")
    assert not re.search(r"\d", rest), "no count and no date"
    for word in ("sunrise", "dockers", "Nepal", "Qatar", "NPL", "QAT", gate, "May"):
        assert word not in rest.replace("may reply", "")


def test_a_reply_is_shown_while_it_is_on_hold_without_its_subject_or_who_wrote_it_down(desk: Desk):
    shown(desk)
    batch = gated(desk)
    confirmed(desk)
    kept = reply(desk)
    assert read(desk).replies == (), "the hold has not begun, and a reply would tell of it"
    pass_days(desk, 2)
    assert [each.model_dump() for each in read(desk).replies] == [{"recorded_at": kept.recorded_at, "reply": REPAID}]
    (entry,) = directory(desk.store.cursor(), BUYER, today=desk.today, now=desk.now).entries
    assert (entry.band, entry.band_reason, entry.replied) == ("on_hold", None, True)
    withdrawn(desk, batch)
    look(desk)
    assert len(read(desk).replies) == 1, "until the weekly hour"
    pass_days(desk, 7)
    assert (on_hold(desk), read(desk).replies) == (False, ())
    gated(desk, "w19")
    confirmed(desk, "W19")
    pass_days(desk, 7)
    assert (on_hold(desk), read(desk).replies) == (True, ()), "an old reply answers nothing new"


def test_a_reply_to_no_notice_is_refused(desk: Desk):
    shown(desk)
    gated(desk)
    before = [desk.count(table) for table in TABLES]
    with pytest.raises(Refusal, match="was sent no notice about 'W07'"):
        reply(desk)
    assert [desk.count(table) for table in TABLES] == before


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (" ", "in its own words"),
        ("Ram Bahadur Thapa was paid back.", "a worker's name"),
        ("Ring us: +977 9841234567.", "a phone number"),
        ("Write to office@agency.example.", "an e-mail address"),
        ("Passport no. 08812345 was handed back.", "a passport number"),
    ],
)
def test_a_reply_that_finds_a_person_is_refused_and_leaves_no_trace(desk: Desk, text: str, why: str):
    shown(desk)
    gated(desk)
    confirmed(desk)
    before = [desk.count(table) for table in TABLES]
    with pytest.raises(Refusal, match=why) as refusal:
        reply(desk, text)
    assert text.strip() == "" or text not in str(refusal.value)
    assert [desk.count(table) for table in TABLES] == before


def test_reviewers_see_the_notice_the_reply_and_what_comes(desk: Desk):
    shown(desk)
    gated(desk)
    told = confirmed(desk)
    reply(desk)
    now = page(desk)
    assert (now.held, now.coming.on_hold, now.coming.effective_at) == (False, True, FIRST_MONDAY)
    assert now.confirmed == (told,)
    assert [(each.indicator, each.actor, each.reply) for each in now.replies] == [("W07", BO.actor, REPAID)]
    then = page(desk, FIRST_MONDAY)
    assert (then.held, then.coming) == (True, None)


def test_on_the_command_line(desk: Desk):
    shown(desk)
    gated(desk)
    by = ("--actor", "asha@example.org")
    refusal = run(desk, "hold", AGENCY, "w07", "--reason", "Sure.", *by)
    assert (refusal.code, refusal.out) == (1, "")
    assert "has not declared" in refusal.err
    desk.declare(ASHA)
    told = said(run(desk, "hold", AGENCY, "w07", "--reason", "Sure.", "--json", *by))
    assert (told["indicator"], told["reply_by"]) == ("W07", "2026-12-06")
    assert run(desk, "reply", AGENCY, "w07", REPAID, *by).out == "The reply is kept.\n"
    assert "a worker's name" in run(desk, "reply", AGENCY, "w07", "Ram Bahadur Thapa lied.", *by).err
    desk.now = FIRST_MONDAY - timedelta(minutes=3)
    assert said(typed(desk, "score", "--role", "buyer", "--json"))[0]["band"] != "on_hold"
    desk.now = FIRST_MONDAY
    (answer,) = said(typed(desk, "score", "--role", "buyer", "--json"))
    assert (answer["band"], answer["band_reason"], answer["gates"]) == ("on_hold", None, None)
    assert ",on_hold," in typed(desk, "export", "scores", "--role", "buyer").out


def test_a_tick_says_what_it_saw(desk: Desk):
    shown(desk)
    report(desk, "dockers", 20, verification="investigated", w07=1)
    assert run(desk, "tick").out == f"{AGENCY}: W07 is open.\n"
    desk.wait(9)  # Tuesday: fourteen days are over before the Monday that comes
    assert run(desk, "tick").out == f"{AGENCY}: on hold from 2026-12-07 09:00 UTC.\n"
    assert said(run(desk, "tick", "--json")) == []


def test_everybody_who_reads_releases_reads_the_same(desk: Desk):
    shown(desk)
    gated(desk)
    confirmed(desk)
    pass_days(desk, 2)
    partner = Viewer(role=Role.PARTNER, organisation="sunrise", actor="s@sunrise.example")
    for viewer in (BUYER, partner, ASHA):
        (entry,) = directory(desk.store.cursor(), viewer, today=desk.today, now=desk.now).entries
        assert entry.band == "on_hold"
