"""Fixtures only: the sample country, loaded once."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from schemas.agency import Agency
from schemas.score import Score
from tests.sample.played import NOW, TODAY
from vetting.sample import load_sample
from vetting.scoring.score import score
from vetting.store import Store, open_store
from vetting.store.agencies import fetch_agencies
from vetting.store.migrate import migrate


@pytest.fixture(scope="session")
def country_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample country as of TODAY, closed."""
    path = tmp_path_factory.mktemp("sample") / "country.duckdb"
    store = open_store(path)
    migrate(store, NOW)
    load_sample(store, TODAY)
    store.close()
    return path


@pytest.fixture(scope="session")
def country(country_file: Path) -> Iterator[Store]:
    """For reading only."""
    store = open_store(country_file)
    yield store
    store.close()


@pytest.fixture
def own_country(country_file: Path, country: Store, tmp_path: Path) -> Iterator[Store]:
    """A copy to act in, with its keys."""
    store = open_store(Path(shutil.copy(country_file, tmp_path / "copy.duckdb")), keys=country.keys)
    yield store
    store.close()


@pytest.fixture(scope="session")
def scores(country: Store) -> list[Score]:
    return score(country.cursor(), as_of=TODAY)


@pytest.fixture(scope="session")
def register(country: Store) -> list[Agency]:
    return fetch_agencies(country.cursor())
