"""Anybody complains and asks after it with two codes; nothing that was written reaches the trail."""

from datetime import date

import pytest

from schemas.codes import Role, Via
from schemas.complaint import LONGEST_TEXT, SUBJECTS, Reporter, Subject, Told
from schemas.standard import load_standard
from schemas.viewer import PUBLIC, Viewer
from tests.vetting.certification.complaining import TEXT, at, complain, decided, declare_both, reply
from tests.vetting.certification.desks import ADMIN, ASHA, Desk
from vetting import trail
from vetting.certification.complaint_review import take_up
from vetting.certification.complaints import as_code, grouped
from vetting.disclosure.complaints import follow_up
from vetting.refusals import NotFound, NotPermitted, Refusal
from vetting.retention import purge
from vetting.store.complaints import fetch_told
from vetting.store.settings import set_setting


def asked(desk: Desk, reference: str, secret: str):
    return follow_up(desk.store.cursor(), PUBLIC, reference, secret, today=desk.today)


def everything(desk: Desk) -> str:
    """Every value of every table of the desk, in one text, but for what was written."""
    db = desk.store.cursor()
    named = "SELECT DISTINCT table_name FROM information_schema.tables WHERE 'desk' IN (table_schema, table_catalog)"
    tables = [name for (name,) in db.execute(named).fetchall() if name != "complaint_text"]
    return "\n".join(str(db.execute(f"SELECT * FROM desk.{name}").fetchall()) for name in tables)


def test_every_subject_stands_for_a_criterion_of_the_standard():
    standard = load_standard()
    assert set(SUBJECTS) == set(Subject)
    for about in SUBJECTS.values():
        assert standard.criterion(about.crit_code)
    assert {subject for subject, about in SUBJECTS.items() if about.urgent} == {
        Subject.CONFINED, Subject.VIOLENCE, Subject.CHILD,
    }  # fmt: skip


def test_a_complaint_is_one_act_by_nobody_and_the_trail_holds_nothing_of_what_it_says(desk: Desk):
    before = desk.count("trail")
    said = {"happened_in": date(2026, 10, 1), "origin": "NPL", "destination": "QAT", "reporter": Reporter.FAMILY}
    receipt = complain(desk, **said)
    assert desk.count("trail") == before + 1
    newest = trail.head(desk.store.cursor())
    assert newest is not None
    assert (newest.action, newest.actor, newest.subject) == ("complaint_file", "public", receipt.complaint_id)
    assert newest.after == '{"agency":"agency-one","subject":"fees"}'
    told = fetch_told(desk.store.cursor(), receipt.complaint_id)
    assert told == Told(complaint_id=receipt.complaint_id, text=TEXT, **said)
    kept = everything(desk)
    for word in ("before we could sign", "family", receipt.secret):
        assert word not in kept
    assert receipt.secret not in str(desk.store.cursor().execute("SELECT * FROM desk.complaint_text").fetchall())


def test_whoever_complained_follows_it_with_both_codes_however_they_are_typed(desk: Desk):
    declare_both(desk)
    receipt = complain(desk)
    typed = grouped(receipt.secret).lower().replace("0", "o").replace("1", "l")
    found = asked(desk, f" {grouped(receipt.reference)} ", typed)
    assert (found.agency, found.subject, found.state) == ("One Agency", "Workers had to pay for the job", "reported")
    assert (found.answer, found.shown, found.due_on) == (None, False, date(2027, 1, 29))


@pytest.mark.parametrize("wrong", ["reference", "secret", "swapped", "empty"])
def test_wrong_codes_get_one_answer_whatever_is_wrong(desk: Desk, wrong: str):
    receipt, other = complain(desk), complain(desk)
    codes = {
        "reference": ("ZZZZZZZZ", receipt.secret),
        "secret": (receipt.reference, other.secret),
        "swapped": (receipt.secret, receipt.reference),
        "empty": ("", ""),
    }[wrong]
    with pytest.raises(NotFound, match="No complaint has these two codes"):
        asked(desk, *codes)


def test_the_outcome_and_the_reply_are_read_with_the_codes_before_anybody_else_may(desk: Desk):
    declare_both(desk)
    receipt = complain(desk)
    take_up(desk.store, ASHA, receipt.complaint_id, "About fees.", shown=False, **at(desk))
    reply(desk, receipt.complaint_id)
    found = asked(desk, receipt.reference, receipt.secret)
    assert (found.state, found.shown, [each.reply for each in found.replies]) == (
        "under_review", False, ["We have paid it back."],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"text": "   bad   "}, "Write what happened"),
        ({"text": "x" * (LONGEST_TEXT + 1)}, "2,001 characters long"),
        ({"text": "Ask my sister Sita Gurung about it, she paid."}, "a person's name"),
        ({"text": "Ring me at 9841234567, they took our money."}, "a phone number"),
        ({"happened_in": date(2026, 12, 1)}, "not one that is still to come"),
        ({"happened_in": date(2026, 10, 2)}, "is a month"),
        ({"origin": "XXX"}, "no country's code"),
        ({"agency_id": "nobody"}, "There is no agency"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_leaves_nothing(desk: Desk, said: dict, why: str):
    before = desk.count("trail")
    with pytest.raises(Refusal, match=why):
        complain(desk, **said)
    assert (desk.count("trail"), desk.count("complaint"), desk.count("complaint_rate")) == (before, 0, 0)


def test_a_refusal_holds_the_words_masked_for_it_may_be_written_down(desk: Desk):
    with pytest.raises(Refusal) as refused:
        complain(desk, text="Ask my sister Sita Gurung about it, or ring 9841234567.")
    said = str(refused.value)
    assert "Sita" not in said
    assert "9841234567" not in said
    assert "9••• (10 characters)" in said


def test_the_agencys_own_name_may_be_written(desk: Desk):
    desk.store.cursor().execute("UPDATE desk.agency SET name = 'Sita Gurung Manpower', aliases = 'Ram Thapa|Ram'")
    assert complain(desk, text="The office of Sita Gurung Manpower, or Ram Thapa, took money.").reference
    with pytest.raises(Refusal, match="a person's name"):
        complain(desk, text="The office of Ram Thapa is run by Hari Thapa, who took money.")


def test_a_reviewer_writes_down_what_somebody_says_under_a_name_and_without_a_limit(desk: Desk):
    for _ in range(5):
        receipt = complain(desk, ASHA)
    newest = trail.head(desk.store.cursor())
    assert newest is not None
    assert (newest.actor, newest.subject) == (ASHA.actor, receipt.complaint_id)
    assert desk.count("complaint_rate") == 0
    for role in (Role.BUYER, Role.PARTNER, Role.ADMIN):
        with pytest.raises(NotPermitted):
            complain(desk, Viewer(role=role, actor="x@example.org"))
    with pytest.raises(NotPermitted, match="under a name"):
        complain(desk, Viewer(role=Role.REVIEWER, actor=" "))


def test_signs_that_nobody_sees_are_taken_out(desk: Desk):
    receipt = complain(desk, text="They\x00 took\u202e money\u200d.\r\n\r\nAll of us\x07 paid.")
    told = fetch_told(desk.store.cursor(), receipt.complaint_id)
    assert told is not None
    assert told.text == "They took money\u200d.\n\nAll of us paid."


def test_the_text_goes_after_its_months_and_what_came_of_it_stays(desk: Desk):
    declare_both(desk)
    complaint_id = decided(desk)
    receipt = complain(desk)
    set_setting(desk.store, ADMIN, "complaint_months", "2", via=Via.CLI, now=desk.when["now"])
    desk.wait(60)  # 21 January
    counts = purge(desk.store, ADMIN, **desk.when)
    assert counts.complaint_texts == 0
    desk.wait(1)
    counts = purge(desk.store, ADMIN, **desk.when)
    assert counts.complaint_texts == 2
    assert desk.count("complaint_text") == 0
    assert (desk.count("complaint"), desk.count("complaint_move")) == (2, 3)
    assert fetch_told(desk.store.cursor(), complaint_id) is None
    with pytest.raises(NotFound, match="No complaint has these two codes"):
        asked(desk, receipt.reference, receipt.secret)


def test_a_code_is_read_as_it_was_meant():
    assert as_code("7k4m-92qd il O") == "7K4M92QD110"
    assert grouped("7K4M92QD") == "7K4M-92QD"
