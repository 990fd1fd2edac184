"""What the columns of a fee report, and the answers in them, are called on screen."""

from schemas.codes import Responsible, Verification
from schemas.fee_report import ANSWERS
from schemas.lookup import cost_codes

VERIFIED: dict[Verification, str] = {
    Verification.SELF_REPORT: "the worker's own word",
    Verification.RECEIPT_SEEN: "a receipt was seen",
    Verification.TWO_SOURCES: "two sources agree",
    Verification.INVESTIGATED: "investigated",
}
RESPONSIBLE: dict[Responsible, str] = {
    Responsible.AGENCY: "the agency",
    Responsible.EMPLOYER: "the employer",
    Responsible.SUB_AGENT: "a sub-agent",
    Responsible.OTHER: "somebody else",
    Responsible.UNKNOWN: "the partner could not say",
}


def column(name: str) -> str:
    """Total paid; Medical examination; The worker had a contract before departure."""
    if name in ANSWERS:
        return ANSWERS[name].partition(" (")[0].rstrip(".")
    code = name.removeprefix("cost_")
    if code != name:
        return cost_codes()[code].label
    return name.replace("_", " ").capitalize()
