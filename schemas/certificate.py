"""A certificate as a signed document, the keys that sign, and the answer to "is this certificate real?"."""

import json
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from schemas.case import PublicCertificate
from schemas.codes import CaseState
from schemas.record import Record


class SigningKey(Record):
    """The public half of a key; moments in UTC. `retired_at` is None while it is the one in use; `compromised_from`:
    from then on somebody else may have signed with it."""

    key_id: str
    recorded_at: datetime
    public_key: str
    retired_at: datetime | None
    compromised_from: datetime | None


class PublicKeys(Record):
    """All keys there ever were, oldest first, as everybody may fetch them."""

    keys: tuple[SigningKey, ...]

    def as_json(self) -> dict[str, Any]:
        """The shape docs/certificate.md describes; moments in UTC."""
        return {
            "keys": [
                {
                    "key_id": key.key_id,
                    "algorithm": "Ed25519",
                    "public_key": key.public_key,
                    "valid_from": _moment(key.recorded_at),
                    "retired_at": _moment(key.retired_at),
                    "compromised_from": _moment(key.compromised_from),
                }
                for key in self.keys
            ]
        }


class Signed(Record):
    """One signing of a certificate: `document` is the canonical JSON to the byte, `signature` base64."""

    number: str
    recorded_at: datetime
    key_id: str
    document: str
    signature: str


class CheckWord(StrEnum):
    """Every answer there is to "is this certificate real?"."""

    VALID = "valid"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    ALTERED = "altered"
    UNKNOWN = "unknown"


STANDING = {
    CaseState.CERTIFIED: CheckWord.VALID,
    CaseState.SUSPENDED: CheckWord.SUSPENDED,
    CaseState.WITHDRAWN: CheckWord.WITHDRAWN,
    CaseState.EXPIRED: CheckWord.EXPIRED,
}


class CertificateCheck(Record):
    """The answer as of a day, with the sentence why.

    `certificate` and `issued` (what was signed, as JSON) are None when we never issued one of that number; `issued`
    also when it is older than signing. `differs`: what an altered file says otherwise than it was issued, in words.
    """

    answer: CheckWord
    why: str
    as_of: date
    number: str | None
    certificate: PublicCertificate | None = None
    issued: str | None = None
    differs: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The answer as programs read it: everything in it is public, and nothing of what was sent is repeated."""
        return {
            "answer": self.answer.value,
            "why": self.why,
            "as_of": self.as_of.isoformat(),
            "number": self.number,
            "since": None if self.certificate is None else self.certificate.since.isoformat(),
            "differs": list(self.differs),
            "issued": None if self.issued is None else json.loads(self.issued),
        }


def _moment(value: datetime | None) -> str | None:
    return None if value is None else f"{value.isoformat(timespec='seconds')}Z"
