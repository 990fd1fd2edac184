"""A partner accepts the consent wording and the terms before it sends; an administrator publishes new versions."""

from collections.abc import Callable
from datetime import datetime

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import terms_texts
from schemas.codes import PartnerKind, Role, Via
from schemas.consent import EVERYBODY, TermsKind, first_terms
from tests.pages.conftest import ADMIN, PEOPLE, words_of
from tests.pages.test_members import field, press
from tests.pages.test_upload import MENDED, count, send_and_check, send_and_commit
from tests.vetting.accepting import accept_for
from vetting import jobs
from vetting.store import Store
from vetting.store.partners import add_partner
from vetting.store.terms import fetch_acceptances, publish_terms, terms_in_force, terms_to_accept

SeenBy = Callable[..., AppTest]
CONSENT, SHARING = TermsKind


@pytest.fixture
def renewed(house: Store, now: datetime) -> Store:
    """The house after a new consent wording that nobody has accepted yet."""
    text = "# Listen first\n\nYou may say **no**.\n- one\n- two"
    publish_terms(house, ADMIN, CONSENT, EVERYBODY, text, reason="Shorter, as workers asked", via=Via.PAGE, now=now)
    return house


def commit_button(app: AppTest):
    return next(button for button in app.button if button.label.startswith("Commit "))


def test_a_new_version_is_asked_for_from_the_first_step_on_and_the_draft_is_not_lost(renewed: Store, seen_by: SeenBy):
    app = seen_by(Role.PARTNER, "upload")
    said = words_of(app)
    assert "Before you send: read and accept" in said
    assert "You may say **no**." in said, "what was written stands as it is"
    assert "Data-sharing terms" not in said, "what was accepted is not asked again"
    send_and_check(app, MENDED)
    assert commit_button(app).disabled
    assert "your file stays here meanwhile" in words_of(app)
    press(app, "Accept")
    assert "Tick the box first" in words_of(app)
    assert commit_button(app).disabled
    app.checkbox[0].check()
    press(app, "Accept")
    assert not app.exception
    assert "Before you send" not in words_of(app)
    [said] = [each for each in fetch_acceptances(renewed.cursor(), ADMIN) if each.terms_id == "consent-2"]
    assert (said.partner, said.actor) == ("sathi", PEOPLE[Role.PARTNER][0])
    assert not commit_button(app).disabled
    press(app, "Commit 3 ready rows")
    jobs.wait_until_idle()
    app.run()
    assert "consent-2 and sharing-1" in words_of(app)
    assert count(renewed, "desk.batch") == 1


def test_a_version_published_while_a_file_is_checked_holds_its_commit_and_keeps_the_draft(
    house: Store, seen_by: SeenBy, now: datetime
):
    app = send_and_check(seen_by(Role.PARTNER, "upload"), MENDED)
    publish_terms(house, ADMIN, SHARING, "sathi", "Shorter terms.", reason="shorter", via=Via.PAGE, now=now)
    press(app, "Commit 3 ready rows")
    jobs.wait_until_idle()
    app.run()
    assert not app.exception
    assert "Before you send: read and accept" in words_of(app)
    assert count(house, "desk.batch") == 0
    app.checkbox[0].check()
    press(app, "Accept")
    press(app, "Commit 3 ready rows")
    jobs.wait_until_idle()
    assert "consent-1 and sharing-2" in words_of(app.run())


def test_who_has_accepted_is_not_asked(house: Store, seen_by: SeenBy):
    app = seen_by(Role.PARTNER, "upload")
    assert "read and accept" not in words_of(app)
    send_and_commit(app, MENDED, "Commit 3 ready rows")
    told = f"consent-1 and sharing-1 (`{first_terms(CONSENT).hash[:8]}`, `{first_terms(SHARING).hash[:8]}`)"
    assert told in words_of(app)
    assert "consent-1 and sharing-1" in words_of(seen_by(Role.PARTNER, "batches"))


def test_batches_from_before_say_not_recorded(house: Store, seen_by: SeenBy):
    send_and_commit(seen_by(Role.PARTNER, "upload"), MENDED, "Commit 3 ready rows")
    house.cursor().execute("DELETE FROM desk.batch_terms")
    assert "not recorded" in words_of(seen_by(Role.PARTNER, "batches"))


def test_a_partner_reads_what_counts_for_it_and_accepts_it_on_its_own_page(renewed: Store, seen_by: SeenBy):
    app = seen_by(Role.PARTNER, "terms")
    said = words_of(app)
    assert "Not accepted yet: Consent wording, version 2." in said
    assert first_terms(SHARING).hash in said
    assert said.count("by pia@partner.example") == 1, "the other text was accepted before"
    app.checkbox[0].check()
    press(app, "Accept")
    assert not app.exception
    assert terms_to_accept(renewed.cursor(), "sathi") == ()
    assert f"by {PEOPLE[Role.PARTNER][0]}" in words_of(app)
    assert "Not accepted yet" not in words_of(app)


def test_the_administrator_sees_every_version_and_who_accepted_it(renewed: Store, seen_by: SeenBy, now: datetime):
    add_partner(renewed, ADMIN, partner="union", kind=PartnerKind.UNION, name="A Union", via=Via.CLI, now=now)
    accept_for(renewed, "union", now, actor="uwe@union.example")
    app = seen_by(Role.ADMIN, "terms")
    said = words_of(app)
    assert "Shorter, as workers asked" in said
    assert ADMIN.actor in said
    chosen = field(app, "Read a version, and who accepted it")
    chosen.select_index([each.split(",")[0] for each in chosen.options].index("Consent wording")).run()
    said = words_of(app)
    assert "uwe@union.example" in said
    assert said.count("not accepted") == 1, "Sathi has not"


def test_a_version_is_published_only_with_a_reason_and_a_confirmation(house: Store, seen_by: SeenBy):
    app = seen_by(Role.ADMIN, "terms")
    field(app, "For whom").select("sathi").run()
    field(app, "The new text").input("# Dear worker\n\nFree of charge.").run()
    assert "#### Dear worker" in words_of(app), "how it will be read, before it is published"
    press(app, "Publish the new version")
    assert "Write a reason" in words_of(app)
    field(app, "Why is there a new version?").input("Their own words")
    press(app, "Publish the new version")
    assert "Tick the box" in words_of(app)
    assert terms_in_force(house.cursor(), "sathi")[CONSENT].version == 1
    app.checkbox[0].check()
    press(app, "Publish the new version")
    assert not app.exception
    made = terms_in_force(house.cursor(), "sathi")[CONSENT]
    assert (made.text, made.reason, made.partner) == (
        "# Dear worker\n\nFree of charge.\n", "Their own words", "sathi",
    )  # fmt: skip
    assert "Sathi Resource Centre has a text of their own" in words_of(app)


def test_nothing_that_was_written_is_read_as_a_link_or_a_picture():
    drawn = terms_texts.plainly("# A\n## B\n- c\n![x](http://x.example/p.png) <b>y</b>")
    assert drawn.splitlines()[:3] == ["#### A", "##### B", "- c"]
    assert "![" not in drawn
    assert "<b>" not in drawn.replace("\\<b", "")
