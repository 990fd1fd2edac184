"""Which moves may a complaint make, and who may act on it? The one table; anything else is refused."""

from collections.abc import Mapping

from schemas.complaint import ComplaintFile, ComplaintState
from schemas.viewer import Viewer
from vetting.certification.complaints import own_names
from vetting.certification.obstacles import refuse_if_any
from vetting.certification.reviewers import obstacles_of_person
from vetting.intake.personal_spots import require_unnamed
from vetting.refusals import NotFound, Refusal
from vetting.store import Cursor
from vetting.store.agencies import fetch_agency
from vetting.store.complaints import fetch_files

S = ComplaintState
MOVES: Mapping[ComplaintState, frozenset[ComplaintState]] = {
    S.REPORTED: frozenset({S.UNDER_REVIEW, S.NOT_ADMISSIBLE}),
    S.UNDER_REVIEW: frozenset({S.PROPOSED, S.NOT_ADMISSIBLE}),
    S.PROPOSED: frozenset({S.UNDER_REVIEW, S.SUBSTANTIATED, S.NOT_SUBSTANTIATED}),  # sent back, or confirmed
    S.SUBSTANTIATED: frozenset({S.UNDER_REVIEW}),  # something new came to light
    S.NOT_SUBSTANTIATED: frozenset({S.UNDER_REVIEW}),
    S.NOT_ADMISSIBLE: frozenset({S.UNDER_REVIEW}),  # another reviewer sees it otherwise
}
NAMED = {
    S.REPORTED: "reported",
    S.UNDER_REVIEW: "under review",
    S.PROPOSED: "answered, with a second reviewer to confirm it",
    S.SUBSTANTIATED: "substantiated",
    S.NOT_SUBSTANTIATED: "not substantiated",
    S.NOT_ADMISSIBLE: "not admissible",
}
CANNOT = "You cannot act on this complaint"


def check_move(before: ComplaintState, after: ComplaintState) -> None:
    """Refuse, with what is possible instead, unless the table has this move."""
    if after not in MOVES[before]:
        onward = " or ".join(NAMED[state] for state in ComplaintState if state in MOVES[before])
        raise Refusal(f"A complaint that is {NAMED[before]} cannot become {NAMED[after]}. It can become {onward}.")


def require_complaint(db: Cursor, complaint_id: str) -> ComplaintFile:
    found = fetch_files(db, complaint_id=complaint_id)
    if not found:
        raise NotFound("There is no such complaint. The list of complaints shows which there are.")
    return found[0]


def obstacles(db: Cursor, viewer: Viewer, file: ComplaintFile) -> list[str]:
    """What keeps this reviewer from acting on this complaint, and from reading it."""
    return obstacles_of_person(db, file.complaint.agency_id, viewer.actor)


def acting(db: Cursor, viewer: Viewer, complaint_id: str, reason: str) -> ComplaintFile:
    """The complaint, if this reviewer may act on it and the reason, which stays on the trail, names nobody."""
    file = require_complaint(db, complaint_id)
    refuse_if_any(CANNOT, obstacles(db, viewer, file))
    unnamed(db, file, reason, "This reason")
    return file


def unnamed(db: Cursor, file: ComplaintFile, text: str, what: str) -> None:
    """Refuse a text about this complaint that names or locates a person; the agency's own names may stand there."""
    require_unnamed(text, what, own_names(fetch_agency(db, file.complaint.agency_id)))
