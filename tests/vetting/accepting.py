"""A partner that has read and accepted whatever counts for it now."""

from datetime import datetime

from schemas.codes import Role, Via
from schemas.viewer import Viewer
from vetting.store import Store
from vetting.store.terms import accept_terms, terms_to_accept


def accept_for(store: Store, partner: str, now: datetime, actor: str = "pia@partner.example") -> None:
    viewer = Viewer(role=Role.PARTNER, organisation=partner, actor=actor)
    read = [each.hash for each in terms_to_accept(store.cursor(), partner)]
    accept_terms(store, viewer, read, via=Via.PAGE, now=now)
