"""What do workers report that a reviewer has to look into now? Open gates, and adverse answers that open none yet."""

from datetime import datetime

from schemas.agency import Agency
from schemas.codes import Role
from schemas.record import Record
from schemas.score import QueueItem
from schemas.viewer import Viewer
from vetting.disclosure.roles import require
from vetting.scoring.indicators import BY_CODE
from vetting.scoring.live import fetch_headlines
from vetting.store import Cursor
from vetting.store.agencies import fetch_agencies
from vetting.store.merges import fetch_merged, resolved
from vetting.store.rows import fetch_rows

NEWEST_REPORTS = """
SELECT touched.agency_id, max(batch.recorded_at) AS newest
FROM desk.batch_agency AS touched
JOIN desk.batch AS batch USING (batch_id)
LEFT JOIN desk.batch_withdrawal AS withdrawn ON withdrawn.batch_id = batch.batch_id
WHERE withdrawn.batch_id IS NULL
GROUP BY touched.agency_id
ORDER BY touched.agency_id
"""


class Queued(Record):
    """One agency's. `gates` are the indicators whose gate is open on reports; `since`: its newest reports came in.

    `referral`: under 18, violence or confinement is reported, to be referred at once, whether or not its gate is open.
    """

    agency: Agency
    gates: tuple[str, ...]
    items: tuple[QueueItem, ...]
    since: datetime | None

    @property
    def referral(self) -> bool:
        reported = (*self.gates, *(answer.indicator for answer in self.items))
        return any(BY_CODE[code].referral for code in reported)


def queue_items(db: Cursor, viewer: Viewer) -> list[Queued]:
    """Referrals first, then open gates, then the rest; within each the newest reports first."""
    require(viewer, Role.REVIEWER)
    headlines = [line for line in fetch_headlines(db) if line.queue or _on_reports(line.gates)]
    agencies = {agency.agency_id: agency for agency in fetch_agencies(db)} if headlines else {}
    newest: dict[str, datetime] = {}
    for row in resolved(fetch_rows(db, NEWEST_REPORTS, {}), fetch_merged(db)):
        newest[row["agency_id"]] = max(row["newest"], newest.get(row["agency_id"], row["newest"]))
    found = [
        Queued(
            agency=agencies[line.agency_id],
            gates=_on_reports(line.gates),
            items=line.queue,
            since=newest.get(line.agency_id),
        )
        for line in headlines
    ]
    newest_first = sorted(found, key=lambda each: (each.since is not None, each.since), reverse=True)
    return sorted(newest_first, key=lambda each: (not each.referral, not each.gates))


def _on_reports(gates: tuple[str, ...]) -> tuple[str, ...]:
    """A gate that a critical finding opened closes with the finding: the case shows it."""
    return tuple(gate for gate in gates if not gate.startswith("finding:"))
