"""The page to complain on loses nothing that was typed; the desk shows a text only when a reviewer asks for it."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from schemas.codes import Role
from schemas.complaint import ComplaintState, Draft, Subject
from schemas.viewer import PUBLIC, Viewer
from tests.pages.conftest import words_of
from tests.vetting.certification.complaining import ANSWER, TEXT, at, complain, decided, declare_both, reply, taken_up
from tests.vetting.certification.desks import ADMIN, AGENCY, Desk
from vetting import trail
from vetting.certification.complaints import file_complaint
from vetting.certification.reviews import declare_tie
from vetting.store.settings import set_setting

SeenBy = Callable[..., AppTest]
NAMED = "Ask my sister Sita Gurung, or ring 9841234567."


def send(app: AppTest, text: str) -> AppTest:
    app.text_area[0].set_value(text)
    return next(button for button in app.button if button.label == "Send the complaint").click().run()


def typed(app: AppTest, subject: Subject = Subject.FEES) -> AppTest:
    return app.selectbox[0].set_value(subject).run()


def test_anybody_finds_the_agency_and_files(desk: Desk, seen_by: SeenBy):
    app = send(typed(seen_by(None, "complain", agency=AGENCY)), TEXT)
    assert not app.exception
    assert "they are shown once" in words_of(app).replace("**", "")
    assert [len(code.value) for code in app.code] == [9, 19]
    newest = trail.head(desk.store.cursor())
    assert newest is not None
    assert (newest.action, newest.actor, newest.via) == ("complaint_file", "public", "page")


def test_who_is_signed_in_files_as_nobody(desk: Desk, seen_by: SeenBy):
    send(typed(seen_by(Role.BUYER, "complain", agency=AGENCY)), TEXT)
    newest = trail.head(desk.store.cursor())
    assert newest is not None
    assert (newest.action, newest.actor) == ("complaint_file", "public")


def test_a_text_with_names_is_shown_with_what_to_take_out_and_stays_in_the_form(desk: Desk, seen_by: SeenBy):
    app = send(typed(seen_by(None, "complain", agency=AGENCY)), NAMED)
    said = words_of(app)
    assert "Take out what is marked" in said
    assert ":orange-background[sister Sita Gurung] *(a person's name)*" in said
    assert app.text_area[0].value == NAMED
    assert app.selectbox[0].value is Subject.FEES
    assert desk.count("complaint") == 0


def test_at_a_limit_what_was_typed_stays_and_the_time_is_told(desk: Desk, seen_by: SeenBy):
    set_setting(desk.store, ADMIN, "complaints_per_day", "1", **at(desk))
    complain(desk)
    app = send(typed(seen_by(None, "complain", agency=AGENCY)), TEXT)
    assert "Try again in" in words_of(app)
    assert app.text_area[0].value == TEXT


def test_without_a_subject_nothing_is_sent_and_nothing_lost(desk: Desk, seen_by: SeenBy):
    app = send(seen_by(None, "complain", agency=AGENCY), TEXT)
    assert "Choose what it is about" in words_of(app)
    assert app.text_area[0].value == TEXT


def test_who_is_in_danger_is_told_at_once_whom_to_turn_to(desk: Desk, seen_by: SeenBy):
    set_setting(desk.store, ADMIN, "urgent_help", "Or ring the Council's line.", **at(desk))
    app = seen_by(None, "complain", agency=AGENCY)
    assert any("Is somebody in danger now?" in each.value for each in app.info)
    app = typed(app, Subject.VIOLENCE)
    assert any("Or ring the Council" in each.value.replace("\\", "") for each in app.error)


def test_what_is_not_published_is_not_taken_for_a_good_sign(desk: Desk, seen_by: SeenBy):
    assert "That is no good sign" in words_of(seen_by(None, "complain", agency=AGENCY))
    assert "There is no such agency" in words_of(seen_by(None, "complain", agency="nobody"))


def test_published_complaints_stand_on_every_page_about_the_agency_and_never_the_text(desk: Desk, seen_by: SeenBy):
    declare_both(desk)
    complaint_id = decided(desk)
    reply(desk, complaint_id)
    taken_up(desk, subject=Subject.DEBT)
    desk.wait(10)
    for role, page in ((None, "complain"), (Role.REVIEWER, "agency"), (Role.BUYER, "agency")):
        said = words_of(seen_by(role, page, agency=AGENCY))
        for word in (ANSWER, "We have paid it back.", "Substantiated", "Received in November 2026", "29 Jan 2027"):
            assert word in said, (role, page, word)
        assert TEXT not in said
    register = words_of(seen_by(None, "register"))
    assert "2 complaints" in register
    assert "1 without an answer yet" in register


def test_a_reviewer_reads_the_text_only_by_asking_for_it(desk: Desk, seen_by: SeenBy):
    draft = Draft(agency_id=AGENCY, subject=Subject.FEES, text=TEXT)
    complaint_id = file_complaint(desk.store, PUBLIC, draft, visit="v", **desk.when).complaint_id
    app = seen_by(Role.REVIEWER, "complaints", complaint=complaint_id)
    assert "You cannot read this complaint" in words_of(app)
    ines = Viewer(role=Role.REVIEWER, organisation="Body", actor="ines@body.example")
    declare_tie(desk.store, ines, AGENCY, False, **desk.when)
    app = app.run()
    assert TEXT not in words_of(app)
    before = desk.count("trail")
    app = next(button for button in app.button if button.label == "Read what was written").click().run()
    assert TEXT in words_of(app)
    assert desk.count("trail") == before + 1
    app.run()
    assert TEXT in words_of(app)
    assert desk.count("trail") == before + 1, "reading on is no other reading"
    app.switch_page("../cases.py").run()
    app.switch_page("../complaints.py")
    app.query_params["complaint"] = complaint_id
    assert TEXT not in words_of(app.run()), "leaving the page closes it"


def test_the_queue_leads_to_the_complaint_and_the_list_shows_its_clock(desk: Desk, seen_by: SeenBy):
    declare_both(desk)
    complaint_id = complain(desk).complaint_id
    held = decided(desk, ComplaintState.NOT_SUBSTANTIATED, shown=False)
    desk.wait(8)
    queue = words_of(seen_by(Role.REVIEWER, "cases"))
    assert f"complaints?complaint={complaint_id}" in queue
    assert f"complaints?complaint={held}" in queue
    listed = words_of(seen_by(Role.REVIEWER, "complaints"))
    assert "late" in listed
    assert f"complaints?complaint={complaint_id}" in listed
    assert f"complaints?complaint={held}" in words_of(seen_by(Role.REVIEWER, "complaints", which="held"))
