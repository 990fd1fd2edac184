"""Which legal rules were the counted reports of an agency compared with? For reviewers alone."""

from datetime import date, datetime

from schemas.codes import Role
from schemas.fee_cap import FeeCap
from schemas.record import Record
from schemas.standard import load_standard
from schemas.viewer import Viewer
from vetting.disclosure.roles import require
from vetting.scoring.counted import counted, of_merged, window
from vetting.scoring.kept import refuse_purged
from vetting.scoring.score import newest_moment
from vetting.store import Cursor
from vetting.store.fee_caps import fetch_caps
from vetting.store.merges import fetch_merged, members

COMPARED = counted(
    """, ruled AS (
    SELECT counted.cap_rules, counted.rule_in_force, counted.known_w03
    FROM counted
    JOIN kinds ON kinds.partner = counted.partner
    WHERE kinds.kind NOT IN ('agency', 'employer') AND counted.agency_id = $agency_id
)
SELECT ruled.cap_rules, count(*) AS reports
FROM ruled
WHERE ruled.rule_in_force
GROUP BY ruled.cap_rules
ORDER BY ruled.cap_rules
""",
    some=True,
    merged=True,
)
BETWEEN = "|"


class ComparedCap(Record):
    """One rule and how many counted reports were compared with it."""

    cap: FeeCap
    reports: int


class ComparedCaps(Record):
    """The rules, most reports first. `in_doubt`: reports of which a rule is surely in force and nobody can say which,
    because sex, sector or a rule's first day is not known."""

    compared: tuple[ComparedCap, ...]
    in_doubt: int


def compared_caps(
    db: Cursor, viewer: Viewer, agency_id: str, *, as_of: date, known_at: datetime | None = None
) -> ComparedCaps:
    """What stands behind W03 of one agency's live score as of a day, by what was known at a moment (default: now). A
    rule is told as it was known then. Raises Purged where the reports are gone."""
    require(viewer, Role.REVIEWER)
    known_at = newest_moment(db) if known_at is None else known_at
    refuse_purged(db, as_of, known_at, [agency_id])
    merged = fetch_merged(db, known_at)
    remaining = merged.get(agency_id, agency_id)
    values = (
        window(load_standard(), as_of, known_at, members(merged, [remaining]))
        | of_merged(merged)
        | {"agency_id": remaining}
    )
    counts: dict[str, int] = {}
    in_doubt = 0
    for rules, reports in db.execute(COMPARED, values).fetchall():
        in_doubt += 0 if rules else reports
        for rule in filter(None, (rules or "").split(BETWEEN)):
            counts[rule] = counts.get(rule, 0) + reports
    known = {cap.rule: cap for cap in fetch_caps(db, known_at)}
    ordered = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    return ComparedCaps(
        compared=tuple(ComparedCap(cap=known[rule], reports=reports) for rule, reports in ordered), in_doubt=in_doubt
    )
