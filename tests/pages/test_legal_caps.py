"""Anybody reads the legal caps with source and confidence; reviewers read which of them were compared."""

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import cap_rows
from schemas.codes import Role
from schemas.fee_cap import fee_caps
from tests.pages.conftest import words_of
from tests.vetting.certification.desks import AGENCY, Desk
from vetting.scoring import cap_speech


@pytest.mark.parametrize("role", [None, Role.BUYER, Role.PARTNER, Role.REVIEWER, Role.ADMIN])
def test_the_table_is_open_to_everybody_and_says_what_employers_pay_is_no_worker_fee(seen_by, role):
    said = words_of(seen_by(role, "legal_caps"))
    assert "Nepal to Malaysia, Saudi Arabia, United Arab Emirates, Qatar, Kuwait, Oman and Bahrain" in said
    assert "10,000 NPR" in said
    assert "confidence: high" in said
    assert "Caps on what **employers** pay" in said
    assert "not worker fees" in said


def test_a_corridor_is_chosen_and_ended_rules_are_shown_on_demand(seen_by):
    page = seen_by(None, "legal_caps")
    page.selectbox[0].select("NPL").run()
    page.selectbox[1].select("MYS").run()
    said = words_of(page)
    assert "10,000 NPR" in said
    assert "80,000 NPR" not in said
    assert "Bangladesh" not in said
    page.toggle[0].set_value(True).run()
    assert "80,000 NPR" in words_of(page)


def test_a_corridor_without_a_rule_is_told_as_unknown():
    rules = cap_rows.chosen(fee_caps(), "NPL", "JPN", None)
    assert rules == []

    def page() -> None:
        from pages.parts import cap_rows

        cap_rows.table([])

    assert "unknown, not free" in words_of(AppTest.from_function(page).run())


def test_reviewers_read_in_words_which_caps_were_compared(seen_by, desk: Desk):
    desk.report(w01=20)
    before = words_of(seen_by(Role.REVIEWER, "agency", agency=AGENCY))
    assert "None: of no report is a rule surely in force. Unknown is neither free nor unlimited." in before
    desk.store.cursor().execute("UPDATE evidence.report SET rule_in_force = TRUE, cap_rules = 'NPL-QAT-2015'")
    desk.store.cursor().execute("UPDATE evidence.report SET cap_rules = NULL WHERE line < 5")
    said = words_of(seen_by(Role.REVIEWER, "agency", agency=AGENCY)).replace("\\", "")
    assert (
        "Nepal to Qatar: 10,000 NPR service charge, since 2015-07-06. 147 reports compared. Source: Nepal: free" in said
    )
    assert "confidence high" in said
    assert "Of 3 reports a rule is in force and nobody can say which" in said


def test_every_rule_of_the_reference_is_said_in_plain_words():
    for cap in fee_caps():
        said = cap_speech.sentence(cap)
        assert "_" not in said, said
        assert "None" not in said, said
    by_rule = {cap.rule: cap_speech.sentence(cap) for cap in fee_caps()}
    assert by_rule["VNM-any-land-2022"] == (
        "Viet Nam to any country (workers on land): 1 month's wage per 12 months as service charge, at most 3 in all, "
        "since 2022-01-01."
    )
    assert by_rule["IND-any-2017"] == (
        "India to any country: 30,000 INR service charge (surely broken above 35,400), since 2017-12-14."
    )
    assert by_rule["LKA-any-2023"] == (
        "Sri Lanka to any country: the amount on the job order as service charge, in force by 2023-08-31."
    )
    assert by_rule["any-QAT-2004"] == "any country to Qatar: no cost at all, in force by 2004-12-31."
    assert by_rule["any-TWN-monthly_fee_y1-2017"] == (
        "any country to Taiwan (first year): 1,800 TWD monthly fee a month, in force by 2017-04-30."
    )
