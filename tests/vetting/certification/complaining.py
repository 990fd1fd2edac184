"""Steps of complaints for tests: file one, and bring it to a state, by the real acts."""

from schemas.complaint import ComplaintFile, ComplaintState, Draft, Receipt, Subject
from schemas.viewer import PUBLIC, Viewer
from tests.vetting.certification.desks import AGENCY, ASHA, BO, Desk
from vetting.certification import complaint_review as review
from vetting.certification.complaint_moves import require_complaint
from vetting.certification.complaint_publishing import record_reply
from vetting.certification.complaints import file_complaint

S = ComplaintState
TEXT = "They asked all of us for money before we could sign, and gave no receipt."
ANSWER = "We asked the agency for its books and heard eleven workers."


def at(desk: Desk) -> dict:
    """What acts without a day take."""
    return {key: value for key, value in desk.when.items() if key != "today"}


def complain(desk: Desk, viewer: Viewer = PUBLIC, visit: str = "", **said: object) -> Receipt:
    draft = Draft.model_validate({"agency_id": AGENCY, "subject": Subject.FEES, "text": TEXT} | said)
    return file_complaint(desk.store, viewer, draft, visit=visit or f"a visit at {desk.now}", **desk.when)


def declare_both(desk: Desk) -> None:
    desk.declare(ASHA)
    desk.declare(BO)


def taken_up(desk: Desk, shown: bool = True, **said: object) -> str:
    complaint_id = complain(desk, **said).complaint_id
    review.take_up(desk.store, ASHA, complaint_id, "It is about fees.", shown=shown, **at(desk))
    return complaint_id


def proposed(desk: Desk, outcome: ComplaintState = S.SUBSTANTIATED, shown: bool = True, **said: object) -> str:
    complaint_id = taken_up(desk, shown, **said)
    review.propose_outcome(desk.store, ASHA, complaint_id, outcome, "The books show it.", ANSWER, **at(desk))
    return complaint_id


def decided(desk: Desk, outcome: ComplaintState = S.SUBSTANTIATED, shown: bool = True, **said: object) -> str:
    complaint_id = proposed(desk, outcome, shown, **said)
    review.confirm_outcome(desk.store, BO, complaint_id, "I have seen the books too.", **at(desk))
    return complaint_id


def dismissed(desk: Desk) -> str:
    complaint_id = complain(desk).complaint_id
    review.dismiss(desk.store, ASHA, complaint_id, "About another agency.", "This agency did not do it.", **at(desk))
    return complaint_id


def reply(desk: Desk, complaint_id: str, text: str = "We have paid it back.") -> None:
    record_reply(desk.store, ASHA, complaint_id, text, **at(desk))


def file_of(desk: Desk, complaint_id: str) -> ComplaintFile:
    return require_complaint(desk.store.cursor(), complaint_id)
