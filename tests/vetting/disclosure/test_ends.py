"""What a release says holds of every count that it does not tell apart: of many agencies at once, one per count."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.codes import Via
from schemas.release import ReleasedFigure
from tests.vetting.disclosure.country import AGENCY, LONG_AGO, NOW, REVIEWER, D, send, workers
from tests.vetting.disclosure.test_grid import bounds
from vetting.disclosure import cells as told
from vetting.disclosure.cells import cells
from vetting.disclosure.release import publish
from vetting.scoring.score import score
from vetting.store import Store, open_store
from vetting.store.migrate import migrate
from vetting.store.releases import fetch_figures

# Workers of sunrise at each agency, and of dockers beside.
SIZES = [(60, 60), (13, 0), (20, 37)]
# The last two: charged, of whom no wage, payee or loan is known; and charged, of whom it is known what they got back.
SILENT = {"w02": None, "w03": None, "w04": None, "w05": None, "months": None}
ASKED: dict[str, dict[str, Any]] = {
    "w07": {"w07": True},
    "w08": {"w08": True},
    "w14": {"w14": True},
    "w18": {"w18": True},
    "w20": {"w20": True},
    "silent": {"w01": True, "charged": True} | SILENT,
    "w06": {"w01": True, "charged": True, "w02": True, "months": 2.0, "w06": True},
}


@given(n=st.integers(10, 3000), data=st.data())
def test_a_cell_holds_its_count_and_at_least_five(n: int, data: st.DataObject):
    k = data.draw(st.integers(0, n))
    cell = cells(np.array([n]), np.array([k]), np.array([True]))
    assert cell.n_low <= n <= cell.n_high
    assert cell.k_low <= k <= cell.k_high
    assert cell.k_high - cell.k_low >= told.WIDTH - 1
    assert cell.n_high - cell.n_low == told.WIDTH - 1


@given(n=st.integers(10, 300), more=st.integers(0, 200), data=st.data())
def test_as_workers_come_a_cell_is_split_along_old_lines_only(n: int, more: int, data: st.DataObject):
    k, other = data.draw(st.integers(0, n)), data.draw(st.integers(0, n))
    now = cells(np.array([n, n]), np.array([k, other]), np.array([True, True]))
    then = cells(np.array([n + more, n + more]), np.array([k, other]), np.array([True, True]))
    if now.k_low[0] != now.k_low[1]:
        assert then.k_low[0] != then.k_low[1]


def test_what_is_not_told_is_nothing():
    assert [each.tolist() for each in cells(np.array([30]), np.array([7]), np.array([False]))] == [[0]] * 4


@pytest.fixture(scope="module", params=SIZES, ids=str)
def many(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """An agency for each question and each number of adverse answers of sunrise's workers, dockers' clean ones beside.
    For reading only."""
    own, others = request.param
    store = open_store(tmp_path_factory.mktemp("ends") / "country.duckdb")
    migrate(store, LONG_AGO)
    db = store.cursor()
    for partner, kind in (("sunrise", "ngo"), ("dockers", "union")):
        db.execute(
            "INSERT INTO desk.partner (partner, recorded_at, kind, name) VALUES ($partner, $at, $kind, $partner)",
            {"partner": partner, "at": LONG_AGO, "kind": kind},
        )
    reports: dict[str, list[dict[str, Any]]] = defaultdict(list)
    first = 0
    for question, answers in ASKED.items():
        for adverse in range(own + 1):
            agency_id = f"{question}-{adverse:02d}"
            values = {"agency_id": agency_id, "name": "One", "licence": agency_id, "status": "valid", "deployed": 200}
            db.execute(AGENCY, values | {"at": LONG_AGO, "until": date(2027, 1, 1), "aliases": ""})
            reports["sunrise"] += workers(range(first, first + adverse), agency_id=agency_id, **answers)
            reports["sunrise"] += workers(range(first + adverse, first + own), agency_id=agency_id)
            reports["dockers"] += workers(range(first, first + others), agency_id=agency_id)
            first += own + others
    for partner, own in reports.items():
        send(store, partner, own)
    publish(store, REVIEWER, as_of=D, via=Via.CLI, now=NOW, today=NOW.date())
    yield store
    store.close()


def test_without_the_band_no_adverse_count_is_known_to_within_fewer_than_three(many: Store):
    """Whoever knows dockers' rows, that nothing else was adverse, and all that is told of an agency but its name and
    band: at least four numbers of sunrise's workers may have said it."""
    for alike in told_alike(many, {"band", "band_reason"}):
        for question in {question for question, _ in alike}:
            numbers = [adverse for of, adverse in alike if of == question]
            assert max(numbers) - min(numbers) >= 3, (question, numbers)


def test_with_the_band_none_may_be_the_truth_of_every_count_that_is_known_better(many: Store):
    """The band may say that some answers are adverse; not in which question, nor how many in one of them."""
    for alike in told_alike(many, set()):
        for question in {question for question, _ in alike}:
            numbers = [adverse if of == question else 0 for of, adverse in alike]
            assert max(numbers) - min(numbers) >= 3 or 0 in numbers, (question, numbers)


def told_alike(store: Store, hidden: set[str]) -> list[list[tuple[str, int]]]:
    """The questions and adverse counts of which the release tells the same to the byte."""
    alike: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for agency_id, figure in frozen(store).items():
        question, _, adverse = agency_id.partition("-")
        same = figure.model_dump_json(exclude={"agency_id", "licence", "name"} | hidden)
        alike[same].append((question, int(adverse)))
    return list(alike.values())


def frozen(store: Store) -> dict[str, ReleasedFigure]:
    ((newest,),) = store.cursor().execute("SELECT release_id FROM desk.release").fetchall()
    return fetch_figures(store.cursor(), newest)


def test_what_is_told_is_true(many: Store):
    """The exact score of the same workers lies within the released range, share and words."""
    figures = frozen(many)
    assert len(figures) in {len(ASKED) * (own + 1) for own, _ in SIZES}
    for exact in score(many.cursor(), as_of=D, agencies=sorted(figures)):
        figure = figures[exact.agency_id]
        assert exact.points is not None
        assert figure.points is not None
        assert figure.points.low <= exact.points.low + 1e-9
        assert exact.points.high - 1e-9 <= figure.points.high
        for each in figure.indicators:
            true = exact.indicator(each.code)
            if each.share is not None:
                low, high = bounds(each.share)
                assert low <= 100 * true.k / true.n <= high
                assert each.outcome in {true.outcome, "unclear"}
        if exact.band in {"insufficient_evidence", "weak"}:
            assert figure.band in {"insufficient_evidence", exact.band}
        elif exact.band == "fair":
            assert figure.band in {"fair", "insufficient_evidence"}
