"""An administrator sees the newest rate of each currency and adds a file of them, or is told what is wrong with it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from streamlit.testing.v1 import AppTest

from pages.parts import rate_forms
from schemas.codes import RateKind, Role
from schemas.exchange_rate import exchange_rates
from tests.pages.conftest import words_of
from tests.pages.test_members import press
from vetting import trail
from vetting.store import Store
from vetting.store.exchange_rates import fetch_rates

SeenBy = Callable[..., AppTest]
HEADER = "currency,rate_date,per_usd,source,kind\n"


def chosen(page: AppTest, text: str) -> AppTest:
    return page.file_uploader[0].upload("rates.csv", text.encode(), "text/csv").run()


def test_rates_are_added_from_a_file_and_stand_in_the_list(seen_by: SeenBy, house: Store):
    page = seen_by(Role.ADMIN, "rates")
    assert "European Central Bank" in words_of(page)
    page = chosen(page, HEADER + "ZMW,2026-10-31,25.5,Bank of Zambia,month_end\n")
    assert "1 rate can be read." in words_of(page)
    assert fetch_rates(house.cursor()).added.is_empty(), "nothing is added before somebody says so"
    press(page, "Add 1 rate")
    assert page.toast[0].value == "1 rate added. Reports that come from now on use them."
    assert fetch_rates(house.cursor()).added["per_usd"].to_list() == [Decimal("25.5")]
    head = trail.head(house.cursor())
    assert head is not None
    assert (head.actor, head.via.value, head.action.value) == ("noor@body.example", "page", "rates_add")
    again = chosen(seen_by(Role.ADMIN, "rates"), HEADER + "ZMW,2026-10-31,25.5,Bank of Zambia,month_end\n")
    assert "1 rate can be read, 1 known already." in words_of(again)
    assert not [button for button in again.button if button.label.startswith("Add")]


def test_everything_wrong_with_a_file_is_told_and_nothing_can_be_added(seen_by: SeenBy, house: Store):
    bad = "ZMW,2026-10-31,25.5,Bank of Zambia,month_end\nZMW,soon,-1,Bank of Zambia,month_end\n"
    page = chosen(seen_by(Role.ADMIN, "rates"), HEADER + bad)
    said = words_of(page)
    assert "2 problems. Nothing of the file is taken until they are mended." in said
    assert "This is no day that can be read for certain." in said
    assert "This is no rate above 0." in said
    assert not [button for button in page.button if button.label.startswith("Add")]


def test_what_is_no_table_is_refused_in_a_sentence(seen_by: SeenBy, house: Store):
    page = chosen(seen_by(Role.ADMIN, "rates"), "currency,rate\nNPR,133\n")
    assert "The file needs each of the columns" in words_of(page)


def test_every_source_and_kind_has_words():
    assert set(exchange_rates()["source"]) == rate_forms.SOURCES.keys()
    assert rate_forms.KINDS.keys() == set(RateKind)


def test_a_rate_is_written_as_people_read_it():
    assert [rate_forms.per_dollar(Decimal(text)) for text in ("0.30901635", "63.62228", "26100.49437023")] == [
        "0.3090", "63.6223", "26\u2009100.49",
    ]  # fmt: skip
    assert rate_forms.age(date(2026, 8, 22), date(2026, 11, 22)) == ""
    assert rate_forms.age(date(2026, 8, 21), date(2026, 11, 22)) == "too old for today"
