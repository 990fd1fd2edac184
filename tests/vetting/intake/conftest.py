"""A store that knows the agencies and partners the intake tests speak of."""

from datetime import datetime

import pytest
from hypothesis import settings

from schemas.codes import PartnerKind, Role, Via
from schemas.viewer import Viewer
from tests.vetting.accepting import accept_for
from tests.vetting.intake.files import AGENCIES
from vetting.store import Store
from vetting.store.agencies import import_register
from vetting.store.partners import add_partner

settings.register_profile("intake", deadline=None)  # how long one example takes says nothing about a reader
settings.load_profile("intake")

ADMIN = Viewer(role=Role.ADMIN, actor="admin@example.org")


@pytest.fixture
def desk(store: Store, now: datetime) -> Store:
    """Two agencies, and the partners `safe-steps` (an NGO) and `union`, who have accepted the terms."""
    make_desk(store, now)
    return store


def make_desk(store: Store, now: datetime) -> None:
    register = "licence,name,country,status\n" + "".join(
        f"{agency.licence},{agency.name},{agency.country},valid\n" for agency in AGENCIES
    )
    import_register(store, ADMIN, register.encode(), "np", via=Via.CLI, now=now)
    for partner, kind in (("safe-steps", PartnerKind.NGO), ("union", PartnerKind.UNION)):
        add_partner(store, ADMIN, partner=partner, kind=kind, name=partner.title(), via=Via.CLI, now=now)
        accept_for(store, partner, now)
