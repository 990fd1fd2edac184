"""The sandbox answers reviewers alone, changes nothing, and nothing of it can be stored, released or exported."""

import ast
import json
import pickle
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from schemas.codes import Action, Band, Role, Via
from schemas.release import ReleasedFigure, ReleaseSummary
from schemas.sandbox import WATERMARK, Sandbox
from schemas.score import Headline, Score
from schemas.trail import Entry
from schemas.viewer import Viewer
from tests.vetting.scoring.evidence import AS_OF, NOW, scored, settle
from tests.vetting.scoring.tallies import STANDARD
from tests.vetting.scoring.test_reweighing import torn
from vetting.disclosure.exports import score_row
from vetting.disclosure.sandbox import try_weights
from vetting.exports import Sidecar, export_csv
from vetting.refusals import NotFound, NotPermitted, Refusal
from vetting.store import Store
from vetting.store.act import Moment, act
from vetting.store.releases import insert_release

ROOT = Path(__file__).parents[3]
REVIEWER = Viewer(role=Role.REVIEWER, actor="ada")
SCHEME = {principle.code: float(principle.weight) for principle in STANDARD.principles}
CODES = list(SCHEME)
FEES_ALONE = dict.fromkeys(CODES, 0.0) | {"1": 50.0}


def asked(store: Store, weights: dict[str, float] = FEES_ALONE, viewer: Viewer = REVIEWER, **said: Any) -> Sandbox:
    return try_weights(store.cursor(), viewer, "river", weights, **{"as_of": AS_OF, "known_at": NOW} | said)


@pytest.fixture
def heard(store: Store) -> Store:
    settle(store)
    torn(store)
    return store


# An attached store has its schemas as databases of their own.
TABLES = """
SELECT CASE WHEN schema_name = 'main' THEN database_name ELSE schema_name END || '.' || table_name
FROM duckdb_tables()
ORDER BY ALL
"""


def everything(store: Store) -> dict[str, list[Any]]:
    """Every row of every table of ours."""
    db = store.cursor()
    named = db.execute(TABLES).fetchall()
    return {name: db.execute(f"SELECT * FROM {name} ORDER BY ALL").fetchall() for (name,) in named}


def test_the_schemes_weights_in_any_proportion_give_the_official_headline_to_the_digit(heard: Store):
    for weights in (SCHEME, {code: weight / 3 for code, weight in SCHEME.items()}):
        found, official = asked(heard, weights), scored(heard)
        assert found.scheme
        assert (found.would_be.band, found.would_be.points) == (official.band, official.points)
        assert found.would_be.worker_coverage == official.worker_coverage
    assert (found.official.band, found.official.points) == (official.band, official.points)
    assert found.weights == SCHEME
    assert found.given == pytest.approx(100 / 3)


def test_other_weights_give_another_headline_beside_the_official_one(heard: Store):
    """All weight on fees, where nobody reports any: the middle is 100."""
    found, official = asked(heard), scored(heard)
    assert not found.scheme
    assert found.weights == dict.fromkeys(CODES, 0.0) | {"1": 100.0}
    assert found.would_be.points is not None
    assert (found.would_be.points.mid, found.given) == (100, 50)
    assert (found.official.band, found.official.points) == (official.band, official.points)
    assert official.points is not None
    assert official.points.mid < 95


def test_it_follows_both_clocks(heard: Store):
    assert asked(heard, known_at=NOW - timedelta(days=1)).would_be.band is Band.INSUFFICIENT_EVIDENCE
    assert asked(heard, as_of=AS_OF - timedelta(days=400)).would_be.points is None


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.REVIEWER])
def test_it_is_for_reviewers_alone(heard: Store, role: Role):
    with pytest.raises(NotPermitted):
        asked(heard, viewer=Viewer(role=role, organisation="sunrise", actor="x"))


def test_an_agency_that_is_not_there_is_not_found(heard: Store):
    with pytest.raises(NotFound):
        try_weights(heard.cursor(), REVIEWER, "nobody", SCHEME, as_of=AS_OF)


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        ({"A": 20.0}, "each of the principles"),
        (SCHEME | {"9": 1.0}, "nothing else"),
        (SCHEME | {"A": -1.0}, "from 0 to"),
        (SCHEME | {"A": float("nan")}, "from 0 to"),
        (SCHEME | {"A": float("inf")}, "from 0 to"),
        (SCHEME | {"A": 1000.5}, "from 0 to"),
        (dict.fromkeys(CODES, 0.0), "above 0"),
    ],
)
def test_weights_that_weigh_nothing_are_refused(heard: Store, weights: dict[str, float], said: str):
    with pytest.raises(Refusal, match=said):
        asked(heard, weights)


def test_the_database_is_the_same_before_and_after(heard: Store):
    before, official = everything(heard), scored(heard)
    assert {"desk.score", "desk.trail", "desk.release_figure", "evidence.report"} <= set(before)
    for weights in (SCHEME, FEES_ALONE):
        asked(heard, weights)
    assert everything(heard) == before
    assert scored(heard) == official


LEAVING: dict[str, Callable[[Sandbox], Any]] = {
    "as a dictionary": lambda found: found.model_dump(),
    "as JSON": lambda found: found.model_dump_json(),
    "inside something else": lambda found: TypeAdapter(list[Sandbox]).dump_json([found]),
    "by the json module": lambda found: json.dumps(found),
    "the would-be headline alone": lambda found: found.would_be.model_dump(mode="json"),
    "pickled": pickle.dumps,
    "as a row of the export of scores": score_row,
    "as text": str,
    "as a cell of an export": lambda found: export_csv([{"band": found.would_be}], ["band"], SIDECAR),
    "as a row of any export": lambda found: export_csv([found], ["band"], SIDECAR),  # type: ignore[list-item]
}
SIDECAR = Sidecar(filters="none", as_of=AS_OF, exported_at=NOW)


@pytest.mark.parametrize("way", LEAVING)
def test_it_cannot_be_written_down(heard: Store, way: str):
    with pytest.raises((TypeError, AttributeError, ValueError)):
        LEAVING[way](asked(heard))


@pytest.mark.parametrize("record", [Score, Headline, ReleasedFigure])
def test_it_is_taken_for_no_score_no_headline_and_no_released_figure(heard: Store, record: Any):
    for found in (asked(heard), asked(heard).would_be):
        with pytest.raises(ValidationError):
            record.model_validate(found, from_attributes=True)


def test_no_release_takes_it(heard: Store):
    before = everything(heard)
    release = ReleaseSummary(
        release_id="r",
        recorded_at=NOW,
        as_of=AS_OF,
        known_at=NOW,
        standard=STANDARD.id,
        standard_hash=STANDARD.content_hash,
        method=1,
        agencies=1,
    )
    for found in (asked(heard), asked(heard).would_be):
        db = heard.cursor()
        db.execute("BEGIN")
        with pytest.raises((TypeError, AttributeError)):
            insert_release(db, release, "ada", [found])  # type: ignore[list-item]
        db.execute("ROLLBACK")
    assert everything(heard) == before


def test_no_act_takes_it_onto_the_trail(heard: Store):
    before = everything(heard)

    def deed(moment: Moment) -> tuple[Entry, None]:
        return Entry(action=Action.SETTING_SET, subject="x", after={"weights": asked(heard)}), None

    with pytest.raises(TypeError):
        act(heard, deed, actor="ada", via=Via.PAGE, now=NOW)
    assert everything(heard) == before


def test_only_the_window_it_is_shown_in_knows_it():
    """Whoever stores, releases or exports does not even import it."""
    knowing = set()
    for path in [each for room in ("schemas", "vetting", "pages") for each in (ROOT / room).rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").endswith(".sandbox"):
                knowing.add(path.relative_to(ROOT).as_posix())
    assert knowing == {"pages/sandbox.py", "pages/parts/sandbox_rows.py", "vetting/disclosure/sandbox.py"}
    assert WATERMARK == "Sandbox: not a score of the scheme"
