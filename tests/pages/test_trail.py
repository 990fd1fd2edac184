"""The trail on screen: found by subject, person, act and day; taken as a file that proves itself; its head for all."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import session
from pages.parts.trail_rows import ACTS
from schemas.codes import Action, Role, Via
from schemas.trail import Asked
from schemas.viewer import PUBLIC, Viewer
from tests.pages.conftest import ADMIN, words_of
from tests.vetting.certification.desks import ASHA, Desk
from vetting import trail
from vetting.refusals import NotPermitted
from vetting.store.settings import set_setting
from vetting.trail.search import PAGE, find_entries

SeenBy = Callable[..., AppTest]


def test_a_reviewer_reads_who_did_what_when_and_why(desk: Desk, seen_by: SeenBy):
    case = desk.under_review()
    said = words_of(seen_by(Role.REVIEWER, "trail", subject=case.case_id))
    for part in (
        "A case moved",
        "case of One Agency",
        ASHA.actor,
        "Ready to be accepted.",
        "state: applied → accepted",
    ):
        assert part in said
    assert "A setting was set" not in said.partition("fp-box")[2]


def test_an_administrator_reads_that_it_happened_and_not_what_reviewers_weighed(desk: Desk, seen_by: SeenBy):
    case = desk.under_review()
    said = words_of(seen_by(Role.ADMIN, "trail", subject=case.case_id))
    assert "A case moved" in said
    assert "Ready to be" not in said
    assert "applied" not in said
    settings = words_of(seen_by(Role.ADMIN, "trail", subject="operating_body"))
    assert "Fair Passage Council" in settings
    assert not seen_by(Role.ADMIN, "trail").get("download_button")


def test_what_is_searched_narrows_and_days_are_whole(desk: Desk):
    db, reviewer = desk.store.cursor(), Viewer(role=Role.REVIEWER, actor="ines@body.example")
    day = desk.today + timedelta(days=1)
    for hours in (14, 15, 38, 39):  # the desk's day begins at 9: the last moment before the day, and so on
        at = desk.now.replace(hour=9, minute=59, second=59, microsecond=0) + timedelta(hours=hours)
        set_setting(desk.store, ADMIN, "operating_body", f"Body {hours}", via=Via.CLI, now=at)

    def found(**asked) -> list[str]:
        lines = find_entries(db, reviewer, Asked(**asked)).lines
        return [json.loads(line.row.after or "{}").get("value", "") for line in lines]

    assert found(since=day, until=day) == ["Body 38", "Body 15"]
    assert found(since=day + timedelta(days=1)) == ["Body 39"]
    assert found(subject="OPERATING", actor="NOOR", action=Action.SETTING_SET.value, since=day)[-1] == "Body 15"
    assert found(actor="nobody") == found(subject="' OR 1=1 --") == found(action="certify") == []
    whole = find_entries(db, reviewer, Asked(actor="nobody", since=day, until=day))
    newest = trail.head(db)
    assert newest is not None
    assert whole.stretch == (newest.seq - 2, newest.seq - 1), "a file holds the days whole, whoever is searched for"


def test_every_entry_is_on_one_page_and_on_one_only(desk: Desk):
    db, reviewer = desk.store.cursor(), Viewer(role=Role.REVIEWER, actor="x")
    for number in range(PAGE):
        set_setting(desk.store, ADMIN, "operating_body", f"Body {number}", via=Via.CLI, now=desk.now)
    first = find_entries(db, reviewer, Asked())
    seen = [
        line.row.seq for page in range(1, first.pages + 1) for line in find_entries(db, reviewer, Asked(), page).lines
    ]
    assert seen == list(range(first.total, 0, -1))
    assert find_entries(db, reviewer, Asked(), 999).page == first.pages


def test_the_trail_is_for_reviewers_and_administrators(desk: Desk):
    for viewer in (PUBLIC, *(Viewer(role=role, actor="x", organisation="x") for role in (Role.BUYER, Role.PARTNER))):
        with pytest.raises(NotPermitted):
            find_entries(desk.store.cursor(), viewer, Asked())


def test_an_address_with_nonsense_in_it_does_no_harm(desk: Desk, seen_by: SeenBy):
    app = seen_by(Role.REVIEWER, "trail", since="2026-99-99", action="drop table", subject="%_")
    assert not app.exception
    assert "No entry fits" in words_of(app), "no sign stands for any text"


def test_everybody_reads_the_head_of_yesterday_and_never_a_later_one(desk: Desk, seen_by: SeenBy, monkeypatch):
    head = trail.head(desk.store.cursor())
    assert head is not None
    assert head.hash not in [code.value for code in seen_by(None, "privacy").code]
    monkeypatch.setattr(session, "today", lambda: desk.today + timedelta(days=1))
    (shown,) = [code.value for code in seen_by(None, "privacy").code]
    assert shown == head.hash
    assert trail.verify(desk.store.cursor(), shown).flaw is None


def test_every_act_has_words():
    assert [action for action in Action if action not in ACTS] == []
