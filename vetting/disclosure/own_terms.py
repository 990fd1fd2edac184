"""Under which consent wording and data-sharing terms did this partner send its batches? Its own ones only."""

from schemas.codes import Role
from schemas.consent import BatchTerms
from schemas.viewer import Viewer
from vetting.disclosure.roles import require
from vetting.store import Cursor
from vetting.store.rows import fetch_records

OWN = """
SELECT
    said.batch_id, said.recorded_at, said.consent_id, said.consent_hash, said.sharing_id, said.sharing_hash,
    said.accepted
FROM desk.batch_terms AS said
JOIN desk.batch AS batches ON batches.batch_id = said.batch_id
WHERE batches.partner = $partner
"""
NOT_RECORDED = "not recorded"  # a batch from before the versions were kept


def own_terms(db: Cursor, viewer: Viewer) -> dict[str, BatchTerms]:
    """By batch; a batch from before the versions were recorded is not among them."""
    require(viewer, Role.PARTNER)
    found = fetch_records(db, BatchTerms, OWN, {"partner": viewer.organisation})
    return {each.batch_id: each for each in found}


def sent_under(said: BatchTerms | None) -> str:
    """consent-1 and sharing-1, not accepted; or "not recorded"."""
    if said is None:
        return NOT_RECORDED
    return f"{said.consent_id} and {said.sharing_id}{'' if said.accepted else ', not accepted'}"
