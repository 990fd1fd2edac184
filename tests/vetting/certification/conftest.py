"""Fixtures only: a desk whose house is founded, in both store modes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.vetting.certification.desks import NOW, Desk, Stages
from vetting.scoring.live import paused


@pytest.fixture(scope="session")
def stages(tmp_path_factory: pytest.TempPathFactory) -> Stages:
    """What has been played already, to be copied."""
    return Stages(tmp_path_factory.mktemp("stages"))


@pytest.fixture(params=["file", "attached"])
def desk(request: pytest.FixtureRequest, stages: Stages, tmp_path: Path) -> Iterator[Desk]:
    """Reviewers, partners and a licensed agency of which nobody has reported yet."""
    (tmp_path / "desk").mkdir()
    made = stages.desk(request.param == "attached", tmp_path / "desk", NOW)
    yield made
    made.store.close()


@pytest.fixture(autouse=True)
def headlines() -> Iterator[None]:
    """No headline is kept after each act, as in a replay of history: decisions score for themselves."""
    with paused():
        yield
