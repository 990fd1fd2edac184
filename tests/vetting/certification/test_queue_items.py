"""Adverse answers to knock-out questions reach the reviewers at once, whether or not they open a gate."""

import pytest

from schemas.codes import Grade, PartnerKind, Via
from tests.vetting.certification.desks import ADMIN, AGENCY, ASHA, BO, OTHERS, Desk
from vetting.certification.findings import record_finding
from vetting.certification.proposals import confirm, propose_clearance
from vetting.disclosure.queue_items import Queued, queue_items
from vetting.refusals import NotPermitted
from vetting.scoring.live import fetch_headlines, rescore
from vetting.store.partners import add_partner


@pytest.fixture(autouse=True)
def headlines() -> None:
    """Here they are kept: lists are read from them."""


def seen(desk: Desk) -> list[Queued]:
    """As the pages see it once a batch was committed and its agencies rescored."""
    rescore(desk.store, [AGENCY], desk.today)
    return queue_items(desk.store.cursor(), ASHA)


def test_an_agency_of_which_workers_report_nothing_adverse_is_not_listed(desk: Desk):
    desk.report()
    assert seen(desk) == []


def test_one_adverse_answer_is_listed_with_its_count_though_it_opens_nothing(desk: Desk):
    desk.report(w07=1, w02=9)
    (queued,) = seen(desk)
    assert [(answer.indicator, answer.workers) for answer in queued.items] == [("W07", 1)]
    assert (queued.gates, queued.referral, queued.agency.name) == ((), False, "One Agency")


@pytest.mark.parametrize("code", ["w08", "w20", "w21"])
def test_confinement_threats_and_children_are_referrals(desk: Desk, code: str):
    desk.report(**{code: 1})
    assert seen(desk)[0].referral


@pytest.mark.parametrize(("code", "refer"), [("w08", True), ("w20", True), ("w21", True), ("w07", False)])
def test_they_are_referrals_also_once_they_stop_the_agency(desk: Desk, code: str, refer: bool):
    desk.report(verification="investigated", **{code: 1})
    (signal,) = seen(desk)
    assert (signal.gates, signal.items, signal.referral) == ((code.upper(),), (), refer)


@pytest.mark.parametrize("kind", PartnerKind)
def test_whoever_reports_it_waits_also_of_an_agency_without_any_headline(desk: Desk, kind: PartnerKind):
    """One worker of one partner of any kind, auditors and the self-declared among them: no band, no points, a line."""
    add_partner(desk.store, ADMIN, partner="teller", kind=kind, name="Teller", via=Via.CLI, now=desk.when["now"])
    desk.report("teller", reports=1, w20=1)
    (signal,) = seen(desk)
    assert [(answer.indicator, answer.workers, answer.referral) for answer in signal.items] == [("W20", 1, True)]
    (headline,) = fetch_headlines(desk.store.cursor(), [AGENCY])
    assert (headline.points, headline.band_reason) == (None, "too_few_workers")


def test_what_auditors_report_waits_where_enough_others_were_heard_to_leave_them_out(desk: Desk):
    add_partner(
        desk.store, ADMIN, partner="ledger", kind=PartnerKind.AUDITOR, name="L", via=Via.CLI, now=desk.when["now"]
    )
    desk.report("sunrise")
    desk.report("ledger", reports=20, verification="investigated", w07=20)
    (signal,) = seen(desk)
    assert (signal.gates, [(each.indicator, each.workers) for each in signal.items]) == ((), [("W07", 20)])


def test_an_open_gate_is_listed_until_two_reviewers_clear_it(desk: Desk):
    desk.report(verification="investigated", w07=1)
    (queued,) = seen(desk)
    assert (queued.gates, queued.items) == (("W07",), ())
    desk.declare(ASHA)
    desk.declare(BO)
    proposal = propose_clearance(desk.store, ASHA, AGENCY, "W07", "Handed back.", **desk.when)
    confirm(desk.store, BO, proposal.proposal_id, "Seen.", **desk.when)
    assert seen(desk) == []


def test_they_are_for_reviewers(desk: Desk):
    for other in OTHERS:
        with pytest.raises(NotPermitted):
            queue_items(desk.store.cursor(), other)


def test_a_finding_changes_the_agencys_headline_at_once(desk: Desk):
    case = desk.under_review()
    rescore(desk.store, [AGENCY], desk.today)
    record_finding(desk.store, ASHA, case.case_id, crit_code="1.1", grade=Grade.CRITICAL, statement="x", **desk.when)
    assert fetch_headlines(desk.store.cursor(), [AGENCY])[0].gates == ("finding:1.1",)
    assert queue_items(desk.store.cursor(), ASHA) == [], "a gate that a finding opened is the case's"
