"""The one table of moves: what a case may become, by whose hand, and that nothing else happens."""

from itertools import product

import pytest

from schemas.codes import CaseState, Role
from schemas.viewer import Viewer
from tests.vetting.certification.desks import ASHA, OTHERS, Desk
from vetting.certification.cases import move
from vetting.certification.moves import Hand, check_move
from vetting.certification.obstacles import Obstructed
from vetting.refusals import NotFound, NotPermitted, Refusal

ONE_REVIEWER = {
    ("draft", "applied"),
    ("applied", "accepted"),
    ("applied", "deferred"),
    ("applied", "declined"),
    ("deferred", "applied"),
    ("deferred", "declined"),
    ("accepted", "document_review"),
    ("document_review", "on_site_review"),
    ("document_review", "declined"),
    ("on_site_review", "corrective_action"),
    ("on_site_review", "recommended"),
    ("on_site_review", "declined"),
    ("corrective_action", "on_site_review"),
    ("corrective_action", "recommended"),
    ("corrective_action", "declined"),
    ("recommended", "corrective_action"),
    ("recommended", "declined"),
    ("certified", "suspended"),
}
TWO_REVIEWERS = {
    ("recommended", "certified"),
    ("certified", "withdrawn"),
    ("suspended", "certified"),
    ("suspended", "withdrawn"),
}
CLOCK = {("certified", "suspended"), ("certified", "expired"), ("suspended", "expired")}
APPEAL = {
    ("declined", "document_review"),
    ("corrective_action", "on_site_review"),
    ("suspended", "certified"),
    ("withdrawn", "suspended"),
}
ALLOWED = {Hand.ONE: ONE_REVIEWER, Hand.TWO: TWO_REVIEWERS, Hand.CLOCK: CLOCK, Hand.APPEAL: APPEAL}
FORCED = "INSERT INTO desk.case_move VALUES ($case_id, $at, NULL, $state, 'test', 'forced')"


@pytest.mark.parametrize("hand", list(Hand))
@pytest.mark.parametrize(("before", "after"), list(product(CaseState, CaseState)))
def test_a_move_is_allowed_exactly_where_the_table_says(before: CaseState, after: CaseState, hand: Hand):
    if (before, after) in ALLOWED[hand]:
        check_move(before, after, hand)
    else:
        with pytest.raises(Refusal, match=r"cannot become|reviewer|clock"):
            check_move(before, after, hand)


def test_the_data_layer_lets_one_reviewer_make_only_the_moves_of_one(desk: Desk):
    case = desk.open()
    for before, after in product(CaseState, CaseState):
        desk.store.cursor().execute(FORCED, {"case_id": case.case_id, "at": desk.when["now"], "state": before})
        trail, moves = desk.count("trail"), desk.count("case_move")
        if (before, after) in ONE_REVIEWER and after is not CaseState.RECOMMENDED:
            assert move(desk.store, ASHA, case.case_id, after, "So decided.", **desk.when).state is after
            assert (desk.count("trail"), desk.count("case_move")) == (trail + 1, moves + 1)
            assert desk.state(case) == after
        else:
            with pytest.raises(Obstructed if (before, after) in ONE_REVIEWER else Refusal):
                move(desk.store, ASHA, case.case_id, after, "So decided.", **desk.when)
            assert (desk.count("trail"), desk.count("case_move")) == (trail + 1, moves), "the attempt, and no move"
            assert desk.state(case) == before


def test_a_move_without_a_reason_is_refused_and_leaves_no_trace(desk: Desk):
    case, trail = desk.open(), desk.count("trail")
    with pytest.raises(Refusal, match="Give a reason"):
        move(desk.store, ASHA, case.case_id, CaseState.APPLIED, "  ", **desk.when)
    assert (desk.state(case), desk.count("trail")) == ("draft", trail)


def test_a_move_says_on_the_trail_who_made_it_from_where_to_where_and_why(desk: Desk):
    case = desk.go(desk.open(), CaseState.APPLIED)
    newest = "SELECT actor, via, action, subject, before, after, reason FROM desk.trail ORDER BY seq DESC LIMIT 1"
    assert desk.store.cursor().execute(newest).fetchall() == [
        (
            "asha@example.org",
            "page",
            "case_move",
            case.case_id,
            '{"state":"draft"}',
            '{"agency":"agency-one","state":"applied"}',
            "Ready to be applied.",
        )
    ]


def test_only_a_reviewer_moves_a_case(desk: Desk):
    case, trail = desk.open(), desk.count("trail")
    for other in OTHERS:
        with pytest.raises(NotPermitted):
            move(desk.store, other, case.case_id, CaseState.APPLIED, "Yes.", **desk.when)
    assert desk.count("trail") == trail


def test_a_reviewer_without_a_name_moves_nothing(desk: Desk):
    case = desk.open()
    with pytest.raises(NotPermitted, match="under a name"):
        move(desk.store, Viewer(role=Role.REVIEWER, actor=" "), case.case_id, CaseState.APPLIED, "Yes.", **desk.when)


def test_a_case_that_is_not_there_is_not_found(desk: Desk):
    with pytest.raises(NotFound, match="no case 'x'"):
        move(desk.store, ASHA, "x", CaseState.APPLIED, "Yes.", **desk.when)
