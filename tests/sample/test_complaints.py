"""In the sample country one complaint stands in each state, and what is public of them has an answer or a clock."""

from datetime import timedelta

from schemas.complaint import ComplaintState
from schemas.viewer import PUBLIC
from vetting.disclosure.complaints import published_complaints
from vetting.store import Store
from vetting.store.complaints import fetch_files
from vetting.trail import head


def test_a_complaint_stands_in_each_state_and_some_agencies_have_replied(country: Store):
    db = country.cursor()
    files, newest = fetch_files(db), head(db)
    assert newest is not None
    assert {file.state for file in files} == set(ComplaintState)
    assert any(file.replies for file in files)
    shown = published_complaints(db, PUBLIC, today=newest.recorded_at.date() + timedelta(days=31))
    assert len(shown) == 3
    assert all((each.answer is None) != (each.due_on is None) for each in shown)
