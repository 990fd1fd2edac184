"""The documents' side: what an assessment of the last 36 months covered, by the worst finding open of any."""

from datetime import date, datetime, timedelta

import pytest

from tests.vetting.scoring.evidence import AS_OF, NOW, clean, scored, send, settle
from vetting.store import Store

BEFORE = NOW - timedelta(days=10)


def assess(store: Store, completed_on: date, *codes: str, at: datetime = BEFORE) -> None:
    db, name = store.cursor(), f"{completed_on} {at} {codes}"
    db.execute(
        "INSERT INTO desk.assessment VALUES ($id, $at, NULL, 'river', 'document_review', $on, 'x', 'x', 'x', 'x')",
        {"id": name, "at": at, "on": completed_on},
    )
    for code in codes:
        db.execute("INSERT INTO desk.assessed_criterion VALUES ($id, $code, '')", {"id": name, "code": code})


def find(store: Store, code: str, grade: str, at: datetime = BEFORE) -> str:
    store.cursor().execute(
        "INSERT INTO desk.finding VALUES ($id, $at, NULL, 'river', $code, $grade, 's', 'a')",
        {"id": f"{code} {grade}", "at": at, "code": code, "grade": grade},
    )
    return f"{code} {grade}"


def follow(store: Store, finding: str, state: str, at: datetime) -> None:
    values = {"id": finding, "at": at, "state": state}
    store.cursor().execute("INSERT INTO desk.corrective_action VALUES ($id, $at, $state, NULL, '', 'a')", values)


@pytest.mark.parametrize(
    ("completed_on", "points"),
    [(date(2023, 9, 30), None), (date(2023, 10, 1), 100), (AS_OF, 100), (date(2026, 10, 1), None)],
)
def test_an_assessment_speaks_for_36_months_and_never_beforehand(
    store: Store, completed_on: date, points: float | None
):
    settle(store)
    assess(store, completed_on, "A.4")
    assert scored(store).criterion("A.4").documents == points


@pytest.mark.parametrize(
    ("grades", "points"),
    [
        ((), 100),
        (("observation",), 90),
        (("observation", "minor"), 70),
        (("minor", "major", "observation"), 30),
        (("critical", "minor"), 0),
    ],
)
def test_the_worst_open_finding_of_any_assessment_counts(store: Store, grades: tuple[str, ...], points: float):
    """Recorded long before the assessment that covers the criterion, and still open."""
    settle(store)
    for grade in grades:
        find(store, "A.4", grade, NOW - timedelta(days=800))
    find(store, "B.1", "critical" if points else "minor")
    assess(store, date(2026, 3, 1), "A.4")
    assert scored(store).criterion("A.4").documents == points


def test_a_finding_is_open_until_closed_and_again_by_nothing_else(store: Store):
    settle(store)
    assess(store, date(2026, 3, 1), "A.4")
    finding = find(store, "A.4", "major", BEFORE)
    for days, state, points in ((1, "agreed", 30), (2, "done", 30), (3, "rejected", 30), (4, "closed", 100)):
        follow(store, finding, state, BEFORE + timedelta(days=days))
        assert scored(store).criterion("A.4").documents == points, state
    assert scored(store, known_at=BEFORE + timedelta(days=3)).criterion("A.4").documents == 30
    assert scored(store, known_at=BEFORE - timedelta(days=1)).criterion("A.4").documents is None


def test_a_finding_without_a_recent_assessment_says_nothing_of_the_criterion_but_a_critical_one_still_stops(
    store: Store,
):
    settle(store)
    send(store, "sunrise", clean(30))
    finding = find(store, "A.4", "critical")
    found = scored(store)
    assert (found.criterion("A.4").documents, found.gates, found.band) == (None, ("finding:A.4",), "on_hold")
    follow(store, finding, "closed", NOW)
    assert scored(store).gates == ()


def test_paper_alone_is_no_worker_coverage(store: Store):
    settle(store)
    assess(store, date(2026, 3, 1), "A.4", "1.1")
    found = scored(store)
    assert (found.worker_coverage, found.coverage > 0, found.band_reason) == (0, True, "too_few_workers")
