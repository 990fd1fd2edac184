"""The register answers two questions for everybody: is this agency licensed, and is this certificate real?"""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from schemas.certificate import Signed
from schemas.codes import Role
from tests.pages.conftest import ROOT, words_of
from tests.vetting.certification.desks import AGENCY, Desk
from vetting.certification.signing import as_file
from vetting.store import Store
from vetting.store.certificates import fetch_signed

SeenBy = Callable[..., AppTest]


def test_anybody_sees_who_is_licensed_as_it_stands_today(seen_by: SeenBy):
    said = words_of(seen_by(None, "register"))
    assert "Himchuli Setu Overseas" in said
    assert "Licence valid" in said
    assert "Licence suspended" in said


def test_a_misspelt_name_finds_its_agency_and_no_other(seen_by: SeenBy):
    app = seen_by(None, "register")
    next(field for field in app.text_input if field.label.startswith("Name")).set_value("Himchulli Setu").run()
    assert "Himchuli Setu Overseas" in words_of(app)
    assert "Ramaroshan" not in words_of(app)


def opened_at(**asked: str) -> AppTest:
    """The page at an address that says what is asked, as a link somebody sent would open it."""
    app = AppTest.from_file(str(ROOT / "pages" / "register.py"), default_timeout=30)
    for name, value in asked.items():
        app.query_params[name] = value
    return app.run()


def test_what_fits_nothing_says_so_and_what_to_try(house: Store):
    assert "No agency fits. Try another spelling" in words_of(opened_at(search="zzzzzz"))


def test_a_certificate_we_never_issued_is_told_to_be_none_of_ours(house: Store):
    app = opened_at(certificate="FP-1999-0001")
    assert not app.exception
    assert "No certificate has the number FP-1999-0001" in words_of(app)


@pytest.fixture
def issued(desk: Desk) -> Signed:
    """The desk's agency has a certificate."""
    desk._certified()
    return fetch_signed(desk.store.cursor())[0]


def downloads(app: AppTest) -> list[str]:
    return [button.proto.label for button in app.get("download_button")]


def test_a_link_to_a_certificate_opens_its_answer_with_the_certificate_to_take_away(issued: Signed):
    app = opened_at(certificate=issued.number)
    assert not app.exception
    said = words_of(app)
    assert "Valid" in said
    assert "One Agency" in said
    assert "Nepal to Qatar" in said
    assert downloads(app) == ["Certificate (PDF)", "Signed file (JSON)"]
    assert "asha@" not in said


def test_a_pasted_file_is_valid_as_it_is_and_altered_when_a_letter_differs(seen_by: SeenBy, issued: Signed):
    app = seen_by(None, "register")
    file = as_file(issued).decode()
    app.text_area(key="certificate_text").set_value(file).run()
    assert "Valid" in words_of(app)
    app.text_area(key="certificate_text").set_value(file.replace("Head office", "Every office")).run()
    said = words_of(app)
    assert "Altered" in said
    assert "It differs from what was issued in the sites." in said
    assert "What was issued under this number:" in said
    assert "Every office" not in said
    app.text_area(key="certificate_text").set_value("").run()
    app.file_uploader(key="certificate_file").upload("a.json", file.encode(), "application/json").run()
    assert "Valid" in words_of(app)


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.BUYER, Role.PARTNER])
def test_the_agencys_own_page_has_its_certificate_and_the_way_to_the_public_answer(
    role: Role, seen_by: SeenBy, issued: Signed
):
    app = seen_by(role, "agency", agency=AGENCY)
    assert not app.exception
    assert "Certificate (PDF)" in downloads(app)


def test_the_cases_page_has_the_certificate(seen_by: SeenBy, issued: Signed, desk: Desk):
    [case_id] = desk.store.cursor().execute("SELECT case_id FROM desk.case").fetchall()[0]
    app = seen_by(Role.REVIEWER, "case", case=case_id)
    assert not app.exception
    assert "Signed file (JSON)" in downloads(app)


def test_one_from_before_signing_is_answered_and_says_why_there_is_no_file(issued: Signed, desk: Desk):
    desk.store.cursor().execute("DELETE FROM desk.certificate_signature")
    app = opened_at(certificate=issued.number)
    assert "Valid" in words_of(app)
    assert "before certificates were signed" in words_of(app)
    assert downloads(app) == []


def test_certified_only_leaves_nobody_where_nobody_is_certified(house: Store):
    assert "No agency fits" in words_of(opened_at(certified="true"))
