"""Members (who may sign in, as what) and partners (who sends fee reports)."""

from typing import Literal

from schemas.codes import PartnerKind, Role
from schemas.record import Record


class Member(Record):
    email: str
    name: str
    role: Role
    organisation: str
    state: Literal["active", "suspended"] = "active"


class Partner(Record):
    """`partner` is its code, as used in commands and stored with every report."""

    partner: str
    kind: PartnerKind
    name: str
