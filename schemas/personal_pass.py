"""An administrator's decision that a text which looked personal is not."""

from datetime import datetime

from schemas.record import Record


class PersonalPass(Record):
    """Never the text itself: `reference` is the kind of alarm and a keyed hash (vetting.intake.passes)."""

    partner: str
    reference: str
    code: str
    recorded_at: datetime
    actor: str
    reason: str
