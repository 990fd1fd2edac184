"""What must always stand beside a score, on the reviewers' page of an agency: each line in words."""

from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from schemas.codes import PartnerKind, Role, Via
from tests.pages.conftest import ADMIN, words_of
from tests.vetting.certification.desks import AGENCY, Desk
from vetting.scoring import speech
from vetting.store.partners import add_partner

SeenBy = Callable[..., AppTest]


@pytest.fixture
def said(seen_by: SeenBy) -> Callable[[], str]:
    def read() -> str:
        app = seen_by(Role.REVIEWER, "agency", agency=AGENCY)
        assert not app.exception
        return unescape(words_of(app))

    return read


def join(desk: Desk, partner: str, kind: PartnerKind) -> None:
    add_partner(desk.store, ADMIN, partner=partner, kind=kind, name=partner, via=Via.CLI, now=desk.when["now"])


def test_each_line_is_there(desk: Desk, said: Callable[[], str]):
    desk.report("sunrise", interviewed=date(2026, 9, 22))
    desk.report("dockers", interviewed=date(2026, 5, 22))
    told = said()
    for line in (
        "Each worker of a partner once; the same person at two partners counts twice.",
        "**0** of those who left in the last 12 months were heard, out of **90** deployed",
        "**Heard by** 2 partners",
        "**Newest interview** 22 Sep 2026 · median age 4 months",
        "**Coverage** 69 % of the standard assessed, 69 % by workers",
        "No document has been assessed yet, so that none can contradict workers.",
        speech.CHANCE_ONLY,
        "No report tells of a charge, so none of one for state or passport items only.",
    ):
        assert line in told, line


def test_how_much_of_the_fees_was_state_or_passport_items_only(desk: Desk, said: Callable[[], str]):
    desk.report("sunrise", reports=40, w01=12)
    desk.store.cursor().execute("UPDATE evidence.report SET state_items_only = line < 5 WHERE charged")
    assert "Of 12 reports of a charge, 3 tell of state or passport items only." in said()


def test_documents_that_say_well_while_workers_do_not_are_a_contradiction_in_words(desk: Desk, said):
    case = desk.under_review()
    assert "No document has been assessed yet" in said()
    desk.assess(case)
    assert "No contradiction: nowhere do documents show no fault" in said()
    desk.report("dockers", reports=100, w09=90)
    told = said()
    assert "2.3 Workers can leave" in told
    assert "documents show no fault, yet 90 of 400 workers report that they face a penalty" in told
    assert "No contradiction" not in told


@pytest.mark.parametrize(
    ("deployed", "line"),
    [
        (None, "Deployments unknown: nobody says how many workers this agency placed."),
        (0, "The register says that nobody was deployed in the last 12 months."),
    ],
)
def test_deployments_unknown_and_none_deployed_are_two_answers(desk: Desk, said, deployed: int | None, line: str):
    desk.register(deployed_12m=deployed)
    desk.report("sunrise")
    told = said()
    assert line in told
    assert ("Deployments unknown" in told) is (deployed is None)


def test_a_band_that_rests_on_one_partner_says_on_whom(desk: Desk, said: Callable[[], str]):
    desk.report("sunrise", reports=400)
    desk.report("dockers", reports=400)
    assert "**rests on one partner**: without dockers or sunrise the band would be lower" in said()
    join(desk, "harbour", PartnerKind.MRC)
    desk.report("harbour", reports=400)
    told = said()
    assert "rests on one partner" not in told
    assert "**Heard by** 3 partners · without any one of them the band would be no lower" in told


def test_a_hold_that_one_partner_alone_opened_is_not_said_to_rest_on_nobody(desk: Desk, said: Callable[[], str]):
    desk.report("sunrise", reports=30, w07=20)
    told = said()
    assert "On hold" in told
    assert "would be no lower" not in told


def test_where_a_band_relies_on_auditors_it_says_so_and_their_workers_are_marked(desk: Desk, said):
    join(desk, "ledger", PartnerKind.AUDITOR)
    desk.report("sunrise", reports=200)
    desk.report("dockers", reports=200)
    assert "Relies on auditors" not in said()
    db = desk.store.cursor()
    db.execute("UPDATE evidence.report SET w22 = NULL WHERE line > 5")
    desk.report("ledger", reports=60)
    told = said()
    assert "**Relies on auditors**, so at most fair: too few workers of other partners could say: “had data" in told
    assert "auditors' workers among them" in told
    assert "### :blue" in told  # fair, where the same without auditors is strong


def test_what_agencies_and_employers_report_stands_apart(desk: Desk, said: Callable[[], str]):
    join(desk, "depot", PartnerKind.EMPLOYER)
    desk.report("sunrise", reports=20)
    desk.report("depot", reports=7)
    told = said()
    assert "Shown apart, not counted: 7 workers reported by agencies or employers." in told
    assert "7 more by agencies or employers, not counted" in told


@pytest.mark.parametrize(("code", "refer"), [("w08", True), ("w07", False)])
@pytest.mark.parametrize("verification", ["self_report", "investigated"])
def test_confinement_is_to_be_referred_at_once_whether_or_not_it_stops_the_agency(
    desk: Desk, said, code: str, refer: bool, verification: str
):
    desk.report("sunrise", verification=verification, **{code: 1})
    told = said()
    assert ("On hold" in told) is (verification == "investigated")
    assert ("Refer at once" in told) is refer
