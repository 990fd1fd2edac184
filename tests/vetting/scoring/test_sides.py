"""Each side of a principle is told apart, combined from its criteria by the same weights."""

from datetime import datetime

import pytest

from tests.vetting.certification.desks import AGENCY, Desk
from vetting.scoring.score import score
from vetting.store import Store


@pytest.fixture
def scored(store: Store, now: datetime):
    """The agency's score after two partners reported and criteria 2.1 and 2.2 alone were assessed on paper."""
    desk = Desk(store, now)
    desk.found_the_house()
    case = desk.under_review()
    desk.report("dockers", reports=40, w07=30)
    desk.assess(case, criteria={"2.1": "", "2.2": ""})
    return score(store.cursor(), as_of=desk.today, agencies=[AGENCY])[0]


def test_workers_of_a_principle_are_its_criteria_by_equal_weight(scored):
    principle = next(each for each in scored.principles if each.code == "2")
    criteria = [scored.criterion(code).worker for code in ("2.1", "2.2", "2.3")]
    assert principle.worker.mid == pytest.approx(sum(each.mid for each in criteria) / 3)
    assert principle.worker.low < principle.worker.mid < principle.worker.high


def test_documents_of_a_principle_are_those_assessed_and_none_is_not_zero(scored):
    documents = {each.code: each.documents for each in scored.principles}
    assert documents["2"] == pytest.approx(100)
    assert documents["A"] is None
