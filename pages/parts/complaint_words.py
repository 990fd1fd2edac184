"""How complaints are spoken of on screen: reported, under review, substantiated or not; never guilty, and by months."""

from datetime import date

from pages.parts.bands import Face
from schemas.complaint import ComplaintState, Reporter

S = ComplaintState
STATES: dict[ComplaintState, Face] = {
    S.REPORTED: Face("Reported", "mark_email_unread", "gray", ""),
    S.UNDER_REVIEW: Face("Reported, under review", "manage_search", "blue", ""),
    S.PROPOSED: Face("Answer waits for a second reviewer", "how_to_reg", "blue", ""),
    S.SUBSTANTIATED: Face("Substantiated", "gpp_maybe", "red", ""),
    S.NOT_SUBSTANTIATED: Face("Not substantiated", "rule", "gray", ""),
    S.NOT_ADMISSIBLE: Face("Not looked into", "block", "gray", ""),
}
REPORTERS: dict[Reporter, str] = {
    Reporter.WORKER: "A worker",
    Reporter.FAMILY: "Family or a friend of a worker",
    Reporter.ORGANISATION: "A union or organisation",
    Reporter.BUYER: "A buyer or an employer",
    Reporter.OTHER: "Somebody else",
}
LATE = ":red-badge[:material/schedule: late]"


def month(value: date) -> str:
    """November 2026: in public no day of a complaint is told."""
    return f"{value:%B %Y}"
