"""Fixtures only: a store in both of its modes, and the moments tests happen at."""

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


@pytest.fixture(params=["file", "attached"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty, migrated store: as one DuckDB file, and as two attached catalogs that refuse what servers refuse."""
    opened = (
        open_store(tmp_path / "fair-passage.duckdb")
        if request.param == "file"
        else open_store(tmp_path / "a.duckdb", tmp_path / "b.duckdb")
    )
    migrate(opened, NOW)
    yield opened
    opened.close()
