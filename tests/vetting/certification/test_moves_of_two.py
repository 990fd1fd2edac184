"""The moves that take two reviewers, tried from every state: refused in the data layer wherever the table has none."""

import pytest

from schemas.codes import CaseState, ProposalKind
from tests.vetting.certification.desks import ASHA, BO, Desk
from tests.vetting.certification.test_moves import FORCED, TWO_REVIEWERS
from vetting.certification.clock import tick
from vetting.certification.decide import certify
from vetting.certification.proposals import propose_move
from vetting.refusals import Refusal

TO = {ProposalKind.WITHDRAW: CaseState.WITHDRAWN, ProposalKind.REINSTATE: CaseState.CERTIFIED}
# Two reviewers make a suspended case certified by reinstating it, a recommended one by certifying it.
BY_DECISION = {("recommended", "certified")}


def entries_but_attempts(desk: Desk) -> int:
    """An attempt that is refused leaves its one entry (test_attempts.py)."""
    statement = "SELECT count(*) FROM desk.trail WHERE action <> 'attempt_refused'"
    return desk.store.cursor().execute(statement).fetchall()[0][0]


def test_certifying_and_proposing_are_refused_from_every_other_state_and_leave_no_trace(desk: Desk):
    case = desk.open()
    desk.declare(ASHA)
    desk.declare(BO)
    for before in CaseState:
        desk.store.cursor().execute(FORCED, {"case_id": case.case_id, "at": desk.when["now"], "state": before})
        others, moves, proposals = entries_but_attempts(desk), desk.count("case_move"), desk.count("proposal")
        with pytest.raises(Refusal):  # where the table has the move, the evidence or the first half is missing
            certify(desk.store, BO, case.case_id, "In order.", **desk.when)
        for kind, after in TO.items():
            if (before, after) not in TWO_REVIEWERS - BY_DECISION:
                with pytest.raises(Refusal):
                    propose_move(desk.store, ASHA, case.case_id, kind, "So proposed.", **desk.when)
        assert tick(desk.store, **{name: desk.when[name] for name in ("now", "today")}) == []
        assert desk.state(case) == before
        assert desk.count("case_move") == moves
        assert (entries_but_attempts(desk), desk.count("proposal")) == (others, proposals)
