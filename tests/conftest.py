"""Fixtures only: a store in both of its modes, and the moments tests happen at."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from vetting.store import Store, open_store
from vetting.store.migrate import migrate

NOW = datetime(2026, 11, 22, 9, 0)


@pytest.fixture
def now() -> datetime:
    """The moment tests happen at, UTC."""
    return NOW


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files of an empty, migrated store in each mode: migrating takes longer than copying."""
    folder = tmp_path_factory.mktemp("migrated")
    for opened in (
        open_store(folder / "fair-passage.duckdb"),
        open_store(folder / "a.duckdb", folder / "b.duckdb"),
    ):
        migrate(opened, NOW)
        opened.close()
    return folder


@pytest.fixture(params=["file", "attached"])
def store(request: pytest.FixtureRequest, migrated: Path, tmp_path: Path) -> Iterator[Store]:
    """An empty, migrated store: as one DuckDB file, and as two attached catalogs that refuse what servers refuse."""
    names = ("fair-passage.duckdb",) if request.param == "file" else ("a.duckdb", "b.duckdb")
    opened = open_store(*[Path(shutil.copy(migrated / name, tmp_path / name)) for name in names])
    yield opened
    opened.close()
