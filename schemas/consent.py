"""What a partner reads to a worker before asking, and what partner and operating body promise each other.

Both are versioned and never edited in place. The first version of each is data (`schemas/terms/<id>.md`); later ones
are published into the store (vetting.store.terms).
"""

import hashlib
from datetime import datetime
from enum import StrEnum
from functools import cache
from pathlib import Path

from schemas.record import Record

FOLDER = Path(__file__).parent / "terms"
EVERYBODY = ""  # the partner of a version that is for all partners
COMES_WITH = "comes with the program"


class TermsKind(StrEnum):
    CONSENT = "consent"
    SHARING = "sharing"


class Terms(Record):
    """One version. `terms_id` such as "consent-1"; versions of a kind are counted through, whomever they are for.

    `partner` is a partner's code, or EVERYBODY. `hash` is the SHA-256 of the text in UTF-8. `recorded_at` (UTC) is None
    for the version that comes with the program.
    """

    terms_id: str
    kind: TermsKind
    version: int
    partner: str
    text: str
    hash: str
    recorded_at: datetime | None
    actor: str
    reason: str


class Acceptance(Record):
    """Said once by a member of the partner (`actor`), for this version with this hash."""

    partner: str
    terms_id: str
    hash: str
    recorded_at: datetime
    actor: str


class BatchTerms(Record):
    """Under which versions a batch was sent. `accepted`: its partner had accepted both by then."""

    batch_id: str
    recorded_at: datetime
    consent_id: str
    consent_hash: str
    sharing_id: str
    sharing_hash: str
    accepted: bool


def text_hash(text: str) -> str:
    """SHA-256 of the text in UTF-8, as it stands: one changed letter is another version."""
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def first_terms(kind: TermsKind) -> Terms:
    """The version that comes with the program, for every partner."""
    terms_id = f"{kind}-1"
    text = (FOLDER / f"{terms_id}.md").read_text(encoding="utf-8")
    return Terms(
        terms_id=terms_id, kind=kind, version=1, partner=EVERYBODY, text=text, hash=text_hash(text), recorded_at=None,
        actor=COMES_WITH, reason="a working text to begin with; no lawyer has reviewed it",
    )  # fmt: skip
