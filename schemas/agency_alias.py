"""A spelling of an agency's name that a partner confirmed."""

from datetime import datetime

from schemas.record import Record


class AgencyAlias(Record):
    """`folded`: the spelling as names are compared (vetting.names). `recorded_at` is UTC."""

    folded: str
    spelling: str
    agency_id: str
    partner: str
    actor: str
    batch_id: str
    recorded_at: datetime
