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
from vetting.disclosure.cells import answered, cells
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


def cell_of(k: int, n: int, least: int, most: int) -> list[int]:
    n_low, n_high = answered(np.array([n]), np.array([True]))
    return [int(each[0]) for each in cells(np.array([k]), n_low, n_high, np.array([least]), np.array([most]))]


@given(n=st.integers(10, 3000), data=st.data())
def test_a_cell_holds_its_count_and_at_least_five_that_were_possible(n: int, data: st.DataObject):
    """Whatever was known before, and however close the count is to an end of it."""
    k = data.draw(st.integers(0, n))
    n_high = n // told.WIDTH * told.WIDTH + told.WIDTH - 1
    least = data.draw(st.integers(0, min(k, n_high + 1 - told.WIDTH)))
    most = data.draw(st.integers(max(k, least + told.WIDTH - 1), n_high))
    n_low, n_high, k_low, k_high = cell_of(k, n, least, most)
    assert n_low <= n <= n_high == n_low + told.WIDTH - 1
    assert k_low <= k <= k_high
    assert min(k_high, most) - max(k_low, least) >= told.WIDTH - 1


@given(n=st.integers(10, 300), more=st.integers(0, 200), data=st.data())
def test_as_workers_come_a_cell_is_split_along_old_lines_only(n: int, more: int, data: st.DataObject):
    k, other = data.draw(st.integers(0, n)), data.draw(st.integers(0, n))
    if cell_of(k, n, 0, n) != cell_of(other, n, 0, n):
        assert cell_of(k, n + more, 0, n + more) != cell_of(other, n + more, 0, n + more)


def test_where_too_little_was_possible_before_nothing_more_is_told():
    assert cell_of(7, 30, least=4, most=10) == [30, 34, 4, 10]
    assert cell_of(7, 30, least=0, most=14) == [30, 34, 5, 9]
    assert cell_of(7, 30, least=3, most=14) == [30, 34, 3, 9]
    assert cell_of(7, 30, least=3, most=12) == [30, 34, 3, 12]
    assert cell_of(7, 30, least=1, most=0) == [30, 34, 0, 34]  # what was told before contradicts itself


def test_what_is_not_told_is_nothing():
    assert [each.tolist() for each in answered(np.array([30]), np.array([False]))] == [[0], [0]]
    nothing = np.array([0])
    assert [each.tolist() for each in cells(np.array([7]), nothing, nothing, nothing, nothing)] == [[0]] * 4


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
