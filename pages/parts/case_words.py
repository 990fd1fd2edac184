"""What cases, findings and corrective actions are called on screen: a word, an icon and a colour."""

from pages.parts.bands import Face
from schemas.case import Finding, PublicCertificate
from schemas.codes import ActionState, AssessmentKind, CaseState, Grade, ProposalKind
from schemas.review_codes import CellResult, SelfAnswer

STATES: dict[CaseState, Face] = {
    CaseState.DRAFT: Face("Draft", "edit_note", "gray", ""),
    CaseState.APPLIED: Face("Applied", "inbox", "blue", ""),
    CaseState.DEFERRED: Face("Deferred: something is missing", "hourglass_empty", "orange", ""),
    CaseState.DECLINED: Face("Declined", "block", "gray", ""),
    CaseState.ACCEPTED: Face("Accepted", "task", "blue", ""),
    CaseState.DOCUMENT_REVIEW: Face("Document review", "description", "blue", ""),
    CaseState.ON_SITE_REVIEW: Face("On-site review", "location_on", "blue", ""),
    CaseState.CORRECTIVE_ACTION: Face("Corrective action", "build", "orange", ""),
    CaseState.RECOMMENDED: Face("Recommended: waits for a second reviewer", "how_to_reg", "blue", ""),
    CaseState.CERTIFIED: Face("Certified", "verified", "green", ""),
    CaseState.SUSPENDED: Face("Certificate suspended", "pause_circle", "red", ""),
    CaseState.WITHDRAWN: Face("Certificate withdrawn", "cancel", "red", ""),
    CaseState.EXPIRED: Face("Certificate expired", "event_busy", "gray", ""),
}
NOT_CERTIFIED = Face("Not certified", "radio_button_unchecked", "gray", "")
# What a move is called on its button: the act, not the state.
MOVES: dict[CaseState, str] = {
    CaseState.APPLIED: "Take up the application",
    CaseState.DEFERRED: "Defer: ask for what is missing",
    CaseState.DECLINED: "Decline",
    CaseState.ACCEPTED: "Accept",
    CaseState.DOCUMENT_REVIEW: "Begin the document review",
    CaseState.ON_SITE_REVIEW: "Begin the on-site review",
    CaseState.CORRECTIVE_ACTION: "Ask for corrective action",
    CaseState.RECOMMENDED: "Recommend for certification",
    CaseState.CERTIFIED: "Certify",
    CaseState.SUSPENDED: "Suspend the certificate",
    CaseState.WITHDRAWN: "Withdraw the certificate",
}
GRADES: dict[Grade, Face] = {
    Grade.CRITICAL: Face("Critical", "emergency_home", "red", ""),
    Grade.MAJOR: Face("Major", "priority_high", "orange", ""),
    Grade.MINOR: Face("Minor", "low_priority", "blue", ""),
    Grade.OBSERVATION: Face("Observation", "visibility", "gray", ""),
}
STEPS: dict[ActionState | None, str] = {
    None: "open, no corrective action agreed yet",
    ActionState.AGREED: "corrective action agreed",
    ActionState.DONE: "reported as done, waits for a reviewer",
    ActionState.VERIFIED: "correction verified, waits to be closed",
    ActionState.REJECTED: "what was done is not enough",
    ActionState.CLOSED: "closed on evidence seen",
}
# The same steps as the past tells them.
HAPPENED: dict[ActionState, str] = {
    ActionState.AGREED: "Corrective action agreed",
    ActionState.DONE: "Reported as done",
    ActionState.VERIFIED: "Correction verified",
    ActionState.REJECTED: "Not enough",
    ActionState.CLOSED: "Closed",
}
ACTS: dict[ActionState, str] = {
    ActionState.AGREED: "Agree a corrective action",
    ActionState.DONE: "Record that the agency reports it done",
    ActionState.VERIFIED: "Verify: the evidence is enough",
    ActionState.REJECTED: "Reject: it is not enough",
    ActionState.CLOSED: "Close the finding",
}
NOTES: dict[ActionState, str] = {
    ActionState.AGREED: "What the agency will do",
    ActionState.DONE: "What the agency did, and what it sent to show it",
    ActionState.VERIFIED: "What evidence you saw, and why it is enough",
    ActionState.REJECTED: "What is still missing",
    ActionState.CLOSED: "Why the finding has ended",
}
KINDS: dict[AssessmentKind, str] = {
    AssessmentKind.DOCUMENT_REVIEW: "Document review",
    AssessmentKind.ON_SITE_REVIEW: "On-site review",
}
RESULTS: dict[CellResult, Face] = {
    CellResult.CONFORMS: Face("Conforms", "check_circle", "green", ""),
    CellResult.DOES_NOT_CONFORM: Face("Does not conform", "warning", "red", ""),
    CellResult.NOT_APPLICABLE: Face("Not applicable", "block", "blue", ""),
    CellResult.NOT_ASSESSED: Face("Not assessed", "remove", "gray", ""),
}
SELF_ANSWERS: dict[SelfAnswer, str] = {
    SelfAnswer.IN_PLACE: "in place",
    SelfAnswer.PARTLY: "partly",
    SelfAnswer.NOT_IN_PLACE: "not in place",
    SelfAnswer.NOT_ANSWERED: "not answered",
}
PROPOSALS: dict[ProposalKind, str] = {
    ProposalKind.WITHDRAW: "withdraw the certificate",
    ProposalKind.REINSTATE: "reinstate the certificate",
    ProposalKind.CLEAR_GATE: "clear a knock-out criterion",
}


def certificate_face(certificate: PublicCertificate | None) -> Face:
    """The second of three separate badges: licence, certificate, conduct."""
    return NOT_CERTIFIED if certificate is None else STATES[certificate.status]


def standing(finding: Finding) -> str:
    """Where a finding stands. One that another scheme closed was not closed on evidence we saw."""
    if finding.closed_elsewhere:
        return "closed by the other scheme"
    return STEPS[finding.state]


def finding_title(finding: Finding) -> str:
    return f"{GRADES[finding.grade].word} finding on {finding.crit_code}: {standing(finding)}"
