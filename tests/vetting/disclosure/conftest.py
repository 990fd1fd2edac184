"""Fixtures only: the small country with nothing reported yet."""

import pytest

from tests.vetting.disclosure.country import found
from vetting.store import Store


@pytest.fixture
def country(store: Store) -> Store:
    found(store)
    return store
