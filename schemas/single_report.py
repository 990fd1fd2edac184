"""One fee report as a person may read it: its own partner, or a reviewer with the worker's consent."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from schemas.codes import Channel, PartnerKind, RateKind, Responsible, Verification
from schemas.record import Record


class Side(Record):
    """One column: what the partner wrote, and what we made of it. None: nothing was written, or nothing is known."""

    column: str
    written: str | None
    understood: str | None


class Converted(Record):
    """An amount in dollars of the money date, and by which rate: so many units of `currency` for one dollar."""

    currency: str
    usd: Decimal | None
    per_usd: Decimal
    rate_date: date
    source: str
    kind: RateKind


class SingleReport(Record):
    """A report that a reviewer opened. `place` of `total`: where it stands among those that may be opened.

    `amount_paid` is in the report's own `currency`; `paid` and `wage` (a month's) are None where no rate was known when
    the report was stored. `adverse` and `clean` are indicators; on all others this report says nothing.
    """

    opened_at: datetime
    place: int
    total: int
    batch_id: str
    report_id: str
    received_at: datetime
    partner: str
    partner_kind: PartnerKind
    interview_date: date
    channel: Channel
    verification: Verification
    responsible: Responsible | None
    notes: str | None
    currency: str | None
    amount_paid: Decimal | None
    paid: Converted | None
    wage: Converted | None
    adverse: tuple[str, ...]
    clean: tuple[str, ...]
    sides: tuple[Side, ...]


class Readable(Record):
    """What a reviewer may open in one case, in counts alone.

    `counted`: the reports that count for the agency. `readable`: those of them that may be opened. `adverse`: of these,
    how many report what an indicator asks about, by indicator; those that nobody reports are left out. `why_not`: what
    keeps this reviewer from opening any.
    """

    agency: str
    counted: int
    readable: int
    adverse: Mapping[str, int]
    why_not: tuple[str, ...]


class ReportView(Record):
    """A report somebody opened in a case, as the trail tells it."""

    recorded_at: datetime
    actor: str
    batch_id: str
    report_id: str
    reason: str


class OwnRow(Record):
    """A report of a partner's own batch. `corrected_at`: a later standing batch of its own took its place."""

    line: int
    report_id: str
    agency: str
    origin_country: str
    destination_country: str
    interview_date: date
    currency: str | None
    amount_paid: Decimal | None
    corrected_at: datetime | None


class OwnRows(Record):
    """A page of them, in the order of the file."""

    rows: tuple[OwnRow, ...]
    total: int
    page: int
    pages: int
