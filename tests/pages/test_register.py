"""The register answers two questions for everybody: is this agency licensed, and is this certificate real?"""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from tests.pages.conftest import ROOT, words_of
from vetting.store import Store

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


def test_certified_only_leaves_nobody_where_nobody_is_certified(house: Store):
    assert "No agency fits" in words_of(opened_at(certified="true"))
