"""What reviewers decide about an agency's gates on its own page: a gate opens with reports, whether or not there is a
case, and two reviewers clear it."""

from schemas.case_page import GatePage
from schemas.codes import ProposalKind, Role
from schemas.score import Score
from schemas.viewer import Viewer
from vetting.certification.reviewers import folded
from vetting.certification.steps import gate_steps
from vetting.disclosure.roles import require
from vetting.store import Cursor
from vetting.store.agencies import fetch_agency
from vetting.store.assessments import fetch_ties
from vetting.store.happened import fetch_newest
from vetting.store.proposals import fetch_clearances, fetch_open_proposals


def gate_page(db: Cursor, viewer: Viewer, evidence: Score) -> GatePage:
    """For reviewers; `evidence` is the agency's score, and what was cleared is told as it was known then."""
    require(viewer, Role.REVIEWER)
    agency_id = evidence.agency_id
    seen = fetch_newest(db, agency_id)
    waiting = fetch_open_proposals(db, agency_id)
    proposals = tuple(proposal for proposal in waiting if proposal.kind is ProposalKind.CLEAR_GATE)
    return GatePage(
        agency=fetch_agency(db, agency_id),
        proposals=proposals,
        cleared=tuple(fetch_clearances(db, agency_id, evidence.known_at)),
        your_tie=fetch_ties(db, agency_id).get(folded(viewer.actor)),
        steps=tuple(gate_steps(db, viewer, agency_id, evidence, proposals)),
        seen=seen,
    )
