"""Fixtures only: a desk whose house is founded."""

from datetime import datetime

import pytest

from tests.vetting.certification.desks import Desk
from vetting.store import Store


@pytest.fixture
def desk(store: Store, now: datetime) -> Desk:
    """Reviewers, partners and a licensed agency of which nobody has reported yet."""
    made = Desk(store, now)
    made.found_the_house()
    return made
