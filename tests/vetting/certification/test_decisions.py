"""A decision keeps what it rested on, by criterion, and nothing that is typed contradicts the computed headline."""

import pytest

from schemas.codes import Band, CaseState, DecisionKind, Grade, Outcome, ProposalKind
from schemas.standard import load_standard
from tests.vetting.certification.desks import AGENCY, ASHA, BO, Desk
from vetting.certification.cases import move
from vetting.certification.decide import certify
from vetting.certification.findings import record_finding
from vetting.certification.ground import refuse_another_band
from vetting.certification.obstacles import live_score
from vetting.certification.proposals import confirm, propose_move
from vetting.refusals import Refusal
from vetting.store.decisions import fetch_decisions


def decisions(desk: Desk):
    return fetch_decisions(desk.store.cursor(), agency_id=AGENCY)


def test_certifying_keeps_both_sides_of_every_criterion_with_their_n(desk: Desk):
    case = desk.recommended()
    record_finding(desk.store, ASHA, case.case_id, crit_code="3.1", grade=Grade.MINOR, statement="A.", **desk.when)
    certify(desk.store, BO, case.case_id, "All is in order.", notes={"1.1": " Receipts seen. ", "2.1": ""}, **desk.when)
    (kept,) = decisions(desk)
    standard, evidence = load_standard(), live_score(desk.store.cursor(), AGENCY, desk.today)
    assert (kept.kind, kept.from_state, kept.to_state) == (DecisionKind.CERTIFY, "recommended", "certified")
    assert (kept.first, kept.decided_by) == (ASHA.actor, BO.actor)
    assert (kept.decided_on, kept.deciding_body) == (desk.today, "Fair Passage Council")
    assert kept.reason == "All is in order."
    ground = kept.ground
    assert (ground.band, ground.points, ground.workers) == (evidence.band, evidence.points, evidence.workers)
    assert (ground.standard_hash, ground.method, ground.as_of) == (standard.content_hash, evidence.method, desk.today)
    assert ground.known_at < kept.recorded_at
    assert [each.crit_code for each in ground.criteria] == [each.crit_code for each in standard.criteria]
    for each in ground.criteria:
        scored = evidence.criterion(each.crit_code)
        assert (each.worker, each.documents, each.applicable) == (scored.worker, scored.documents, scored.applicable)
    by_code = {each.crit_code: each for each in ground.criteria}
    assert by_code["1.1"].note == "Receipts seen."
    assert [each.code for each in by_code["1.1"].indicators] == ["W01", "W02"]
    fees = by_code["1.1"].indicators[0]
    assert (fees.n, fees.reported, fees.outcome) == (300, False, Outcome.MET)
    assert by_code["3.1"].open_findings == (Grade.MINOR,)
    assert by_code["3.1"].documents == 70
    assert by_code["2.1"].note == ""


def test_what_a_decision_rested_on_stays_when_the_evidence_changes_and_the_rows_are_gone(desk: Desk):
    desk.certified()
    (before,) = decisions(desk)
    desk.report("sunrise", reports=200, w01=200)
    desk.store.cursor().execute("DELETE FROM evidence.report")
    desk.store.cursor().execute("DELETE FROM desk.finding")
    assert decisions(desk) == [before]
    assert live_score(desk.store.cursor(), AGENCY, desk.today).band is not before.ground.band


def test_declining_suspending_sending_back_withdrawing_and_reinstating_are_kept_too(desk: Desk):
    case = desk.recommended()
    desk.go(case, CaseState.CORRECTIVE_ACTION, by=BO)
    desk.go(case, CaseState.RECOMMENDED)
    certify(desk.store, BO, case.case_id, "In order.", **desk.when)
    desk.go(case, CaseState.SUSPENDED)
    for kind in (ProposalKind.REINSTATE, ProposalKind.WITHDRAW):
        waiting = propose_move(desk.store, ASHA, case.case_id, kind, "Proposed.", **desk.when)
        confirm(desk.store, BO, waiting.proposal_id, "Confirmed.", notes={"5.1": "Heard."}, **desk.when)
    again = desk.open()
    desk.go(again, CaseState.APPLIED, CaseState.DECLINED)
    kept = [(each.kind, each.first, each.decided_by) for each in decisions(desk)]
    assert kept == [
        ("not_certify", ASHA.actor, BO.actor),
        ("certify", ASHA.actor, BO.actor),
        ("suspend", None, ASHA.actor),
        ("reinstate", ASHA.actor, BO.actor),
        ("withdraw", ASHA.actor, BO.actor),
        ("decline", None, ASHA.actor),
    ]
    notes = [[each.note for each in decision.ground.criteria if each.note] for decision in decisions(desk)]
    assert notes == [[], [], [], ["Heard."], ["Heard."], []]


def test_a_move_that_is_no_decision_keeps_none(desk: Desk):
    desk.recommended()
    assert decisions(desk) == []


@pytest.mark.parametrize(
    ("notes", "sentence"),
    [
        ({"1.1": "Weak."}, "Your note on 1.1 states another headline than the computed one, which is strong: “weak”"),
        ({"1.1": "For me the band is fair."}, "Your note on 1.1 states another headline"),
        ({"9.9": "Seen."}, "The standard has no criterion '9.9'"),
        ({"1.1": "x" * 501}, "longer than 500 characters"),
    ],
)
def test_a_note_adds_and_cannot_state_another_band(desk: Desk, notes: dict[str, str], sentence: str):
    case = desk.recommended()
    assert live_score(desk.store.cursor(), AGENCY, desk.today).band is Band.STRONG
    count = desk.count("trail")
    with pytest.raises(Refusal, match=sentence):
        certify(desk.store, BO, case.case_id, "In order.", notes=notes, **desk.when)
    assert (desk.state(case), desk.count("decision"), desk.count("trail")) == ("recommended", 0, count)


def test_a_reason_cannot_state_another_band_either(desk: Desk):
    case = desk.recommended()
    with pytest.raises(Refusal, match="Your reason states another headline"):
        move(desk.store, BO, case.case_id, CaseState.DECLINED, "I would have rated them weak.", **desk.when)
    assert desk.state(case) == "recommended"


@pytest.mark.parametrize(
    "text",
    [
        "The band is strong.",
        "The headline: strong, as computed.",
        "Strong locks on the dormitory doors; fair recruitment is taught.",
        "The band is not weak.",
        "The score is no longer on hold.",
        "A weak signal from one partner.",
        "",
    ],
)
def test_other_words_stay_free(text: str):
    refuse_another_band(text, Band.STRONG, "Your note")


@pytest.mark.parametrize(
    "text",
    ["fair", "On hold!", "A fair band.", "Overall rating: weak", "the band would be FAIR", "headline is on hold"],
)
def test_a_band_that_was_not_computed_is_refused(text: str):
    with pytest.raises(Refusal, match="Nobody types the headline"):
        refuse_another_band(text, Band.STRONG, "Your note")
